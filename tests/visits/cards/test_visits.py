"""What the cards of a visit say, and what can be done under each reminder."""

from datetime import date
from typing import Any

import pytest

from bot.config.settings import Settings
from bot.core.rules.calendar import Week
from bot.visits.cards import visits as cards
from bot.visits.facts.visits import LastReport, VisitFacts
from storage.enums import UnitKind
from storage.models import Unit, Visit, VisitReport
from tests.cast import AN, KCN, LONG_AGO, SEN_VANG

REPORT, LOOK, CANNOT = "📝 Báo cáo", "Xem lượt đi", "🚫 Không đi được"
SET_DAY, CHANGE_DAY = "📅 Hẹn ngày", "📅 Đổi ngày"
WEDNESDAY = date(2026, 11, 18)
WEEK = Week.of(WEDNESDAY)
CALENDAR = Settings().make_calendar()


def a_site() -> Unit:
    return Unit(
        id=SEN_VANG.id,
        code=SEN_VANG.code,
        name=SEN_VANG.name,
        folded="may sen vang",
        kind=UnitKind.SITE_UNION,
        path=SEN_VANG.path,
        known_since=date(2026, 1, 5),
    )


def a_visit(**columns: Any) -> Visit:
    return Visit(
        id=1,
        key="w",
        week=WEEK.monday,
        site_id=SEN_VANG.id,
        unit_id=KCN.id,
        officer_id=AN.id,
        created_at=LONG_AGO,
        **columns,
    )


@pytest.mark.parametrize(
    ("kind", "day", "buttons"),
    [
        ("no_day", None, [[SET_DAY, LOOK]]),
        ("eve", WEDNESDAY, [[CHANGE_DAY, LOOK]]),
        ("morning", WEDNESDAY, [[REPORT, LOOK]]),
        ("unreported", WEDNESDAY, [[REPORT, LOOK]]),
        ("unreported", None, [[REPORT], [SET_DAY, CANNOT]]),
        ("missed", None, [[REPORT, LOOK]]),
    ],
)
def test_each_reminder_offers_what_is_still_missing(
    kind: str, day: date | None, buttons: list[list[str]]
) -> None:
    card = cards.reminder(kind, AN.full_name, a_visit(day=day), a_site(), CALENDAR)
    assert [[button.label for button in row] for row in card.rows] == buttons
    assert SEN_VANG.name in card.text


@pytest.mark.parametrize(
    ("visited_on", "words"),
    [
        (date(2026, 10, 27), "từ 27/10 chưa có cán bộ đến"),
        (date(2026, 11, 15), "từ 15/11 chưa có cán bộ đến"),
        (date(2026, 11, 16), "đã 3 tuần chưa có cán bộ đến"),  # of this very visit
        (None, "đã 3 tuần chưa có cán bộ đến"),
    ],
)
def test_the_card_names_the_day_somebody_was_last_there_before_this_visit(
    visited_on: date | None, words: str
) -> None:
    report = visited_on and VisitReport(
        visit_id=7, author_id=AN.id, submitted_at=LONG_AGO, visited_on=visited_on, kind="care"
    )
    facts = VisitFacts(
        visit=a_visit(reasons=[["weeks_waited", 3]]),
        site=a_site(),
        week=WEEK,
        last=LastReport(report, ()) if report else None,
        open_cases=(),
        days=(),
        reportable=True,
        correctable=False,
        topic_words={},
        calendar=CALENDAR,
    )
    assert words in cards.detail(facts).text


@pytest.mark.parametrize(
    ("monday", "marked"),
    [
        (date(2026, 11, 23), ["24/11 (nghỉ lễ)"]),
        (date(2026, 8, 17), ["22/08 (làm bù)"]),  # for Monday 31/8
        (date(2027, 2, 1), [f"0{day}/02 (nghỉ lễ)" for day in (4, 5, 6, 7)]),
        (date(2026, 11, 16), []),
    ],
)
def test_the_days_to_choose_from_say_which_are_holidays(monday: date, marked: list[str]) -> None:
    week = Week(monday)
    facts = VisitFacts(
        visit=a_visit(),
        site=a_site(),
        week=week,
        last=None,
        open_cases=(),
        days=week.days,
        reportable=True,
        correctable=False,
        topic_words={},
        calendar=CALENDAR,
    )
    labels = [button.label for row in cards.days(facts).rows for button in row]
    assert [label for label in labels if "(" in label] == marked
    assert len(labels) == 8
    assert max(len(label) for label in labels) <= 18


def test_an_agreed_day_that_is_a_holiday_says_so_in_the_reminder() -> None:
    visit = a_visit(day=date(2026, 11, 24))
    card = cards.reminder("eve", AN.full_name, visit, a_site(), CALENDAR)
    assert "thứ Ba 24/11 (nghỉ lễ)" in card.text
