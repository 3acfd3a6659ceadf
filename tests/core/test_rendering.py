"""What is cut says that it was cut."""

import pytest
from jinja2 import UndefinedError

from bot.core import rendering
from bot.core.rendering import CUT, brief, on_button, render

LONG = "Công ty chậm lương hai tháng, chị em đề nghị Công đoàn làm việc với giám đốc. " * 20


def test_no_card_shows_two_empty_lines_in_a_row() -> None:
    with_holiday = render("visit/monday", name="An", week="tuần 48", visits=[], days_off="thứ Ba")
    assert "\n\n\n" not in with_holiday
    assert "\n\nTrong tuần nghỉ lễ" in with_holiday


@pytest.mark.parametrize("limit", [100, 300, 500])
def test_a_text_says_that_it_was_cut_and_keeps_its_limit(limit):
    cut = brief(LONG, limit)
    assert cut.endswith(CUT)
    assert len(cut) <= limit
    assert LONG.startswith(cut.removesuffix(CUT))


@pytest.mark.parametrize("limit", [30, 60, 80])
def test_a_label_that_was_cut_ends_in_dots(limit):
    assert brief(LONG, limit).endswith("…")
    assert len(brief(LONG, limit)) <= limit


@pytest.mark.parametrize("limit", range(20, 320))
def test_what_is_cut_ends_with_a_whole_word(limit):
    left = brief(LONG, limit).removesuffix(CUT).removesuffix("…")
    assert LONG[len(left)] in " ,.;:"


def test_a_word_that_is_longer_than_the_rest_is_cut_itself():
    assert brief("Xem " + "x" * 100, 40) == "Xem " + "x" * 35 + "…"


def test_what_fits_is_whole():
    assert brief(LONG, len(LONG)) == LONG
    assert on_button("📍 May Sen Vàng") == "📍 May Sen Vàng"


def test_a_button_says_that_its_name_goes_on():
    assert on_button("📍 " + LONG).endswith("…")
    assert len(on_button("📍 " + LONG)) <= 60


def test_what_is_not_there_is_never_taken_for_something() -> None:
    template = rendering._environment.from_string("{% if person.nickname is none %}-{% endif %}")
    with pytest.raises(UndefinedError, match="nickname"):
        template.render(person={"name": "An"})
    assert template.render(person={"nickname": None}) == "-"
