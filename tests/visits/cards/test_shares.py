"""Where nothing was due, no share is said: "0/0" looks like something left undone."""

import re
from datetime import date

from bot.core.rules.calendar import Week
from bot.visits.cards import overview, periods
from bot.visits.facts.overview import ListPage, OfficerRow, StaffFacts, UnitsFacts, View
from bot.visits.facts.periods import PeriodFacts, PeriodFigures, PeriodUnits
from bot.visits.rules.overview import WeekTally
from bot.visits.rules.periods import Period, PeriodKind
from storage.enums import UnitKind
from storage.models import Person, Unit
from tests.cast import AN, KCN, LONG_HOA, Place

NONE, SOME, ALL_EXCUSED = WeekTally(), WeekTally(2, missed=1), WeekTally(0, allowed=2)
WEEK = Week(date(2026, 11, 16))
YEAR = Period.of(PeriodKind.YEAR, WEEK)


def unit(place: Place) -> Unit:
    return Unit(
        id=place.id,
        code=place.code,
        name=place.name,
        folded="",
        kind=UnitKind.UPPER,
        path=place.path,
        known_since=date(2026, 1, 5),
    )


def test_a_label_says_a_share_only_of_what_was_due() -> None:
    assert overview.with_share("Quý I", NONE, ": ") == "Quý I"
    assert overview.with_share("Quý I", ALL_EXCUSED, ": ") == "Quý I"
    assert overview.with_share("Quý IV", SOME, ": ") == "Quý IV: 2/3"


def test_no_card_of_the_overview_says_nought_of_nought() -> None:
    view = View(WEEK, 0, "")
    rows = [(unit(KCN), NONE), (unit(LONG_HOA), ALL_EXCUSED)]
    quarters = [(part, NONE) for part in YEAR.parts]
    of_year = PeriodFigures(YEAR, 46, {WEEK.monday: ALL_EXCUSED})
    an = Person(name=AN.full_name, folded="")
    idle = OfficerRow(
        an, quota=1, planned=0, done=0, quota_met=False, streak=0, away=(), came_in=True
    )
    staff = overview.staff(StaffFacts(view, [idle], ListPage(0, False)))
    assert "không có lượt phải đi, chỉ tiêu 1 lượt mỗi tuần" in staff.text
    assert "0/0" not in staff.text
    cards = (
        overview.units(UnitsFacts(view, rows, (0, 0), ListPage(0, False))),
        periods.units(PeriodUnits(view, YEAR, rows, ListPage(0, False))),
        periods.period(
            PeriodFacts(view, WEEK, of_year, None, None, quarters, sites=3, has_units=False)
        ),
    )
    for card in cards:
        said = [card.text, *(button.label for row in card.rows for button in row)]
        assert not any(re.search(r"\b0/0\b", words) for words in said), said
        assert "2 lượt được đồng ý vắng" in card.text


def test_what_was_asked_for_stands_with_the_visits_that_it_is_about() -> None:
    tally = WeekTally(in_time=1, late=1, no_day=2, swaps=1, excuse_requests=1)
    assert overview.exceptions(tally) == [
        "2 lượt chưa hẹn ngày (trong đó 1 lượt xin đổi hoặc xin sang tuần sau, "
        "1 lượt xin phép không đi)",
    ]
    assert overview.exceptions(WeekTally(dated=1, swaps=1)) == [
        "1 lượt đã hẹn ngày (trong đó 1 lượt xin đổi hoặc xin sang tuần sau)"
    ]
    mixed = WeekTally(missed=1, no_day=2, dated=1, swaps=2, excuse_requests=1)
    assert ", ".join(overview.exceptions(mixed)) == (
        "1 lượt chưa đi, 2 lượt chưa hẹn ngày, 1 lượt đã hẹn ngày (trong các lượt này có "
        "2 lượt xin đổi hoặc xin sang tuần sau, 1 lượt xin phép không đi)"
    ), "two of one visit would be too many"


def test_what_was_reported_late_is_said_among_what_was_reported() -> None:
    view, tally = View(WEEK, 0, ""), WeekTally(in_time=30, late=2, missed=4, no_day=17, dated=1)
    assert "32/54 lượt đã báo cáo, trong đó 2 lượt báo cáo trễ; 4 lượt chưa đi, 17 lượt" in (
        overview.brief(view, tally, 0, may_direct=False).text
    )
    figures = PeriodFigures(YEAR, 46, {WEEK.monday: tally})
    text = periods.period(
        PeriodFacts(view, WEEK, figures, None, None, [], sites=3, has_units=False)
    ).text
    assert "</b> lượt đã báo cáo (59%), trong đó 2 lượt báo cáo trễ: 4 lượt chưa đi, 17" in text
    done = overview.brief(view, WeekTally(late=2, allowed=1), 0, may_direct=False).text
    assert done.endswith(
        "2/2 lượt đã báo cáo (1 lượt được đồng ý vắng), trong đó 2 lượt báo cáo trễ."
    )
    idle = overview.brief(view, ALL_EXCUSED, 0, may_direct=False).text
    assert idle.endswith("không có lượt phải đi (2 lượt được đồng ý vắng).")
