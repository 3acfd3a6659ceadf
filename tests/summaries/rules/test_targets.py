"""What a target means for one unit and one year."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.rules.programmes import Programme, Target
from bot.summaries.cards import target_words
from bot.summaries.facts.targets import TargetLine
from bot.summaries.rules.targets import (
    Frame,
    Outlook,
    Pace,
    Reached,
    course,
    due,
    fitting,
    forecast,
    frame_of,
    is_for,
    left_to_win,
    pace,
    plan_asks,
    split,
    sum_of_years,
    together,
    whole_goal,
    whole_span,
)
from storage.enums import UnitKind
from storage.models import Unit

PLAN = Programme(
    key="p",
    title="P",
    short="P",
    issuer="P",
    source="P",
    starts=date(2024, 8, 27),
    ends=date(2033, 12, 31),
    responsible="P",
    difficulties="P",
)
MEMBERS = Target(
    "m", "m", 25_000, "đoàn viên", "I", last_year=2028, counts="members_gained", per="span"
)
UNIONS = Target(
    "u", "u", 100, "%", "I", last_year=2028, counts="union_share", per="span", from_workers=25
)
LATER = Target("l", "l", 30_000, "đoàn viên", "I", 2029, 2033, counts="members_gained", per="span")
WEEKS = Target("w", "w", 1, "lần/tuần", "I", counts="visits_kept")
IN_TIME = Target("t", "t", 90, "%", "I", counts="settled_in_time")
SHARE = Target("s", "s", 54, "%", "I", counts="union_share", from_workers=25)
DECLARED = Target("d", "d", 70, "%", "II")
YEAR = Frame(date(2026, 1, 1), date(2026, 12, 31))
MIDDLE = date(2026, 7, 2)  # the 183rd of 365 days


@given(st.integers(0, 10**7), st.dictionaries(st.integers(1, 500), st.integers(0, 10**5)))
def test_shares_add_up_exactly_and_none_is_off_by_a_whole_one(amount, weights) -> None:
    parts = split(amount, weights)
    assert sum(parts.values()) == (amount if weights else 0)
    whole = sum(weights.values())
    if whole:
        assert all(abs(parts[k] * whole - amount * w) < whole for k, w in weights.items())


def test_what_is_left_goes_to_the_largest_remainders() -> None:
    assert split(10, {1: 5, 2: 3, 3: 1}) == {1: 6, 2: 3, 3: 1}  # 5.56, 3.33, 1.11
    assert split(100, {1: 1, 2: 1, 3: 1}) == {1: 34, 2: 33, 3: 33}
    assert split(5, {1: 0, 2: 0}) == {1: 3, 2: 2}, "nobody weighs anything: all alike"


def test_the_years_of_a_longer_time_add_up_to_what_the_plan_asks() -> None:
    assert sum(plan_asks(MEMBERS, PLAN, year) for year in range(2024, 2029)) == 25_000
    assert sum(plan_asks(LATER, PLAN, year) for year in range(2029, 2034)) == 30_000
    assert plan_asks(MEMBERS, PLAN, 2024) < plan_asks(MEMBERS, PLAN, 2026)
    assert plan_asks(UNIONS, PLAN, 2028) == 100
    assert 50 < plan_asks(UNIONS, PLAN, 2026) < 60
    assert plan_asks(DECLARED, PLAN, 2026) == 70


def test_years_that_were_set_otherwise_are_added_to_those_that_follow_the_plan() -> None:
    assert sum_of_years(MEMBERS, PLAN, {}) == 25_000
    less = plan_asks(MEMBERS, PLAN, 2026) - 700
    assert sum_of_years(MEMBERS, PLAN, {2026: less}) == 24_300
    words = target_words.whole_time(MEMBERS, 24_300)
    assert words == (
        "⚠️ Cả giai đoạn đến năm 2028: 25.000 đoàn viên; số giao các năm cộng lại là 24.300, "
        "còn thiếu 700."
    )
    assert "nhiều hơn 5." in target_words.whole_time(LATER, 30_005)
    assert target_words.whole_time(LATER, 30_000) == (
        "Cả giai đoạn 2029–2033: 30.000 đoàn viên; số giao các năm cộng lại vừa đủ."
    )


def test_a_year_is_counted_within_the_plan_and_a_share_of_the_whole_time_from_its_start() -> None:
    assert frame_of(MEMBERS, PLAN, 2024) == Frame(date(2024, 8, 27), date(2024, 12, 31))
    assert frame_of(MEMBERS, PLAN, 2026) == YEAR
    assert frame_of(UNIONS, PLAN, 2026) == Frame(date(2024, 8, 27), date(2026, 12, 31))
    assert whole_span(LATER, PLAN) == Frame(date(2029, 1, 1), date(2033, 12, 31))


@pytest.mark.parametrize(
    ("target", "asked", "reached", "wanted"),
    [
        (MEMBERS, 730, Reached(0), 366),  # 183 of 365 days
        (DECLARED, 70, Reached(0, 20), 7),  # 70 % of 20, at the middle: 7.02
        (WEEKS, 1, Reached(20, 26), 26),  # every week so far
        (IN_TIME, 90, Reached(8, 10), 9),
    ],
)
def test_what_is_due_by_a_day(target, asked, reached, wanted) -> None:
    assert due(target, asked, YEAR, MIDDLE, reached) == wanted


@pytest.mark.parametrize(
    ("target", "asked", "reached", "wanted"),
    [
        (MEMBERS, 730, Reached(366), Pace.ON),
        (MEMBERS, 730, Reached(365), Pace.BEHIND),
        (MEMBERS, None, Reached(365), Pace.NOT_SET),
        (MEMBERS, 730, None, Pace.UNKNOWN),
        (DECLARED, 70, None, Pace.UNKNOWN),
        (DECLARED, 70, Reached(7, 20), Pace.ON),
        (WEEKS, 1, Reached(25, 26), Pace.BEHIND),
        (WEEKS, 1, Reached(0, 0), Pace.NOTHING),
        (IN_TIME, 90, Reached(9, 10), Pace.ON),
    ],
)
def test_who_lags_has_less_than_is_due_and_who_has_no_data_does_not(
    target, asked, reached, wanted
) -> None:
    assert pace(target, asked, YEAR, MIDDLE, reached) is wanted


def test_a_forecast_goes_on_at_the_pace_of_the_days_that_are_known() -> None:
    long_ago = date(2020, 1, 1)
    assert forecast(MEMBERS, Reached(183), YEAR, long_ago, MIDDLE) == 183 + 182
    assert forecast(MEMBERS, Reached(0), YEAR, long_ago, MIDDLE) == 0
    # Known since 3 May: 61 days behind it, 182 ahead.
    assert forecast(MEMBERS, Reached(61), YEAR, date(2026, 5, 3), MIDDLE) == 61 + 182
    assert forecast(UNIONS, Reached(3, 4), YEAR, long_ago, MIDDLE) == 4, "never more than all"


@pytest.mark.parametrize(
    ("target", "asked", "reached", "day", "standing", "then"),
    [
        # 54 % of 3 enterprises are 2: the first is due at the middle of the year, both at its end.
        (SHARE, 54, Reached(0, 3), date(2026, 5, 1), Pace.ON, Outlook.CLOSE),
        (SHARE, 54, Reached(0, 3), date(2026, 8, 1), Pace.BEHIND, 0),
        (SHARE, 54, Reached(1, 3), date(2026, 5, 1), Pace.ON, 3),
        (SHARE, 54, Reached(1, 3), date(2026, 12, 1), Pace.ON, Outlook.CLOSE),
        (SHARE, 54, Reached(1, 3), YEAR.last, Pace.BEHIND, Outlook.OVER),  # a third is no 54 %
        (SHARE, 54, Reached(2, 3), YEAR.last, Pace.ON, Outlook.OVER),
        (MEMBERS, 1000, Reached(273), date(2026, 4, 10), Pace.ON, Outlook.CLOSE),  # of 273,97
        (MEMBERS, 1000, Reached(274), date(2026, 4, 10), Pace.ON, 1000),
        (MEMBERS, 1000, Reached(272), date(2026, 4, 10), Pace.BEHIND, 992),
        (IN_TIME, 90, Reached(2, 3), MIDDLE, Pace.BEHIND, Outlook.RATE),  # two thirds in time
        (IN_TIME, 90, Reached(3, 3), MIDDLE, Pace.ON, Outlook.RATE),
    ],
)
def test_pace_and_forecast_say_one_thing(target, asked, reached, day, standing, then) -> None:
    assert pace(target, asked, YEAR, day, reached) is standing
    ahead = forecast(target, reached, YEAR, YEAR.first, day)
    assert fitting(ahead, standing, whole_goal(target, asked, reached)) == then


@given(st.integers(1, 3000), st.integers(0, 3000), st.integers(1, 100), st.integers(56, 365))
def test_nobody_is_on_pace_and_forecast_to_miss_and_in_the_end_green_is_the_goal(
    of, value, percent, days
) -> None:
    reached = Reached(min(value, of), of)
    day = date(2026, 1, 1) + timedelta(days=days - 1)
    needed = whole_goal(SHARE, percent, reached)
    standing = pace(SHARE, percent, YEAR, day, reached)
    then = fitting(forecast(SHARE, reached, YEAR, YEAR.first, day), standing, needed)
    assert not (standing is Pace.ON and isinstance(then, int) and then < needed)
    met = reached.value * 100 >= of * percent
    if day == YEAR.last:
        assert (standing is Pace.ON) is met
    if met:
        assert standing is Pace.ON


def on_pace(target: Target, wanted: int, reached: Reached, outlook: int | Outlook) -> TargetLine:
    return TargetLine(
        plan=PLAN,
        position=0,
        target=target,
        unit=Unit(code="u", name="U", folded="u", kind=UnitKind.UPPER, path="/1/"),
        year=2026,
        day=date(2026, 5, 1),
        frame=YEAR,
        wanted=wanted,
        reached=reached,
        due=0,
        outlook=outlook,
        pace=Pace.ON,
    )


def test_what_is_reached_already_is_fulfilled_and_not_forecast() -> None:
    for line in (on_pace(MEMBERS, 1, Reached(2), 3), on_pace(SHARE, 54, Reached(2, 3), 3)):
        assert target_words.standing(line) == "hoàn thành chỉ tiêu"
        assert target_words.outlook(line) == ""
    in_part = on_pace(DECLARED, 70, Reached(5, 5), Outlook.DECLARED)
    for line in (
        on_pace(MEMBERS, 3, Reached(2), 3),
        on_pace(WEEKS, 1, Reached(9, 9), Outlook.RATE),
        on_pace(IN_TIME, 90, Reached(9, 9), Outlook.RATE),
        replace(in_part, units=3, units_known=1),
    ):
        assert target_words.standing(line) == "kịp tiến độ"
    assert "Giữ nhịp này" in target_words.outlook(on_pace(MEMBERS, 3, Reached(2), 3))


def test_who_is_on_pace_by_less_than_one_reads_what_is_needed_in_the_end() -> None:
    line = on_pace(SHARE, 54, Reached(0, 3), Outlook.CLOSE)
    assert target_words.outlook(line) == (
        "Dự báo: sát tiến độ, chưa chắc đạt; đến 31/12/2026 cần đủ 2 DN từ 25 lao động"
    )


def test_a_forecast_says_why_there_is_none() -> None:
    long_ago = date(2020, 1, 1)
    assert forecast(MEMBERS, Reached(9), YEAR, date(2026, 6, 1), MIDDLE) is Outlook.FEW
    assert forecast(MEMBERS, Reached(9), YEAR, long_ago, date(2026, 2, 24)) is Outlook.FEW
    assert forecast(WEEKS, Reached(9, 9), YEAR, long_ago, MIDDLE) is Outlook.RATE
    assert forecast(DECLARED, Reached(9, 9), YEAR, long_ago, MIDDLE) is Outlook.DECLARED
    assert forecast(MEMBERS, Reached(9), YEAR, long_ago, YEAR.last) is Outlook.OVER


def test_several_units_are_added_up_and_those_without_data_are_none() -> None:
    assert together([Reached(3, 4), None, Reached(1, 6)]) == Reached(4, 10)
    assert together([Reached(3), Reached(0)]) == Reached(3)
    assert together([None]) is None


def test_what_a_unit_can_be_asked() -> None:
    assert is_for(WEEKS, UnitKind.UPPER, direct=True)
    assert not is_for(WEEKS, UnitKind.SITE_UNION, direct=True)
    assert is_for(DECLARED, UnitKind.SITE_UNION, direct=True)
    assert not is_for(DECLARED, UnitKind.SITE_UNION, direct=False), "its upper union declares"
    assert is_for(MEMBERS, UnitKind.SITE_UNION, direct=False)
    assert not is_for(MEMBERS, UnitKind.ENTERPRISE, direct=True)


def test_the_course_has_a_point_for_every_month_and_today() -> None:
    gains = {date(2026, 1, 5): 3, date(2026, 3, 31): 4, date(2026, 4, 2): 5}
    assert course(gains, YEAR, date(2026, 4, 10)) == [
        (date(2026, 1, 31), 3),
        (date(2026, 2, 28), 3),
        (date(2026, 3, 31), 7),
        (date(2026, 4, 10), 12),
    ]


FOUNDED = Target("f", "f", 10, "CĐCS", "I", counts="new_unions")


@pytest.mark.parametrize(
    ("target", "kind", "workers", "members", "left"),
    [
        (MEMBERS, UnitKind.SITE_UNION, 205, 205, 0),
        (MEMBERS, UnitKind.SITE_UNION, 205, 200, 5),
        (MEMBERS, UnitKind.SITE_UNION, 205, 210, 0),  # figures of two days
        (MEMBERS, UnitKind.ENTERPRISE, 540, 0, 540),
        (FOUNDED, UnitKind.ENTERPRISE, 540, 0, 1),
        (FOUNDED, UnitKind.SITE_UNION, 540, 100, 0),
    ],
)
def test_only_who_is_not_yet_won_is_left_to_win(target, kind, workers, members, left) -> None:
    assert left_to_win(target, kind, workers, members) == left


@given(st.integers(0, 10**7), st.dictionaries(st.integers(1, 500), st.integers(0, 10**5)))
def test_nobody_is_asked_for_more_than_is_left_unless_all_are(amount, rooms) -> None:
    if amount <= sum(rooms.values()):
        assert all(part <= rooms[key] for key, part in split(amount, rooms).items())
