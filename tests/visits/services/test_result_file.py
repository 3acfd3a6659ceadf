"""The office's own kinds of results."""

from pathlib import Path

import pytest

from bot.app.assembly import use_results
from bot.core.errors import ConfigError
from bot.summaries.papers.sentences import sentences
from bot.summaries.rules.figures import BY_KEY, FIGURES
from bot.visits.rules.results import IN_USE, OWN
from bot.visits.services.result_file import load

FESTIVAL = """
[[results]]
key = "festival"
label = "Hội diễn"
words = "tổ chức hội diễn văn nghệ"
times = "buổi"
[[results.measures]]
key = "guests"
kind = "number"
ask = "Bao nhiêu người xem?"
words = "người xem"
unit = "người"
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "results.toml"


def test_without_a_file_the_programs_own_are_used(file: Path) -> None:
    assert load(file) == OWN


@pytest.mark.parametrize(
    ("text", "mistake"),
    [
        ("results = [", "this is not TOML"),
        (FESTIVAL.replace('"festival"', '"F"'), 'results "F": a key is 2 to 12 small letters'),
    ],
)
def test_a_mistake_names_the_file_and_its_place(file: Path, text: str, mistake: str) -> None:
    file.write_text(text, "utf-8")
    with pytest.raises(ConfigError) as refusal:
        load(file)
    assert str(refusal.value).startswith(f"{file}: ")
    assert mistake in str(refusal.value)


def test_an_own_file_makes_its_own_figures_and_sentences(file: Path) -> None:
    file.write_text(FESTIVAL, "utf-8")
    use_results(load(file))
    try:
        assert [kind.key for kind in IN_USE.all()] == ["festival"]
        keys = [figure.key for figure in FIGURES if figure.of_result]
        assert keys == ["res_festival", "res_festival_guests"]
        assert "res_care" not in BY_KEY
        values = {"res_festival": 2, "res_festival_guests": 1_200}
        assert sentences("III.7", values, {}) == [
            "Tổ chức hội diễn văn nghệ 02 buổi: 1.200 người xem."
        ]
    finally:
        use_results(OWN)
    assert "res_care" in BY_KEY


def test_of_what_nobody_stated_nothing_is_said() -> None:
    assert sentences("III.7", {}, {}) == []
    values = {"res_care": 12, "res_care_people": 250, "res_care_money": 125_000_000}
    assert sentences("III.7", values, {}) == [
        "Chăm lo đoàn viên, người lao động 12 lượt: 250 lượt người được chăm lo; "
        "tiền chăm lo 125.000.000 đồng."
    ]
    assert BY_KEY["res_care_money"].label == "Chăm lo: tiền chăm lo"
