"""The clocks of a case, moment by moment.

Times are wall times in Vietnam, "day of November 2026, hour"; the 16th is a Monday. A working day
runs from 7:30 to 17:00.
"""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cases.rules.deadlines import (
    CaseClocks,
    ClockedCase,
    ReminderKind,
    add_working_time,
    day_before,
    escalate_at,
    half_time,
    is_word_owed,
    next_case_reminder,
    settle_by,
    take_by,
)
from bot.core.rules.calendar import Calendar, at, local
from storage.enums import CaseStatus, Severity

CLOCKS = CaseClocks()
PLAIN = Calendar()
NORMAL, URGENT = Severity.NORMAL, Severity.URGENT
STEPS = {"take": take_by, "half": half_time, "eve": day_before, "settle": settle_by}


def nov(day: int, clock: str) -> datetime:
    return at(date(2026, 11, 1) + timedelta(days=day - 1), time.fromisoformat(clock))


@pytest.mark.parametrize(
    ("step", "severity", "created", "due"),
    [
        # In working hours: the same hour, so many working days later.
        ("take", NORMAL, (17, "10:00"), (19, "10:00")),
        ("take", URGENT, (17, "10:00"), (18, "10:00")),
        ("settle", URGENT, (17, "10:00"), (20, "10:00")),
        ("settle", URGENT, (19, "10:00"), (22, "10:00")),
        ("settle", NORMAL, (17, "10:00"), (38, "10:00")),
        # Friday at 20:00 begins on Monday, and what is used up at closing time ends there.
        ("take", NORMAL, (20, "20:00"), (24, "17:00")),
        ("settle", URGENT, (20, "20:00"), (23, "17:00")),
        ("take", NORMAL, (21, "09:00"), (24, "17:00")),
        ("take", NORMAL, (22, "23:59"), (24, "17:00")),
        # Before the working day begins.
        ("take", NORMAL, (17, "03:00"), (18, "17:00")),
        ("take", NORMAL, (16, "07:30"), (17, "17:00")),
        ("take", NORMAL, (16, "17:00"), (18, "17:00")),
        # Over the weekend.
        ("take", NORMAL, (20, "10:00"), (24, "10:00")),
        ("take", URGENT, (20, "16:59"), (21, "16:59")),
        ("half", NORMAL, (16, "07:30"), (25, "12:15")),
        ("half", URGENT, (16, "07:30"), (17, "12:15")),
        ("eve", NORMAL, (17, "10:00"), (37, "10:00")),
        ("eve", URGENT, (17, "10:00"), (19, "10:00")),
    ],
)
def test_each_clock_runs_in_working_time_only(
    step: str, severity: Severity, created: tuple[int, str], due: tuple[int, str]
) -> None:
    assert STEPS[step](nov(*created), severity, CLOCKS, PLAIN) == nov(*due)


def test_holidays_stop_the_clock_and_swapped_days_do_not() -> None:
    off = Calendar(holidays=frozenset({date(2026, 11, 18), date(2026, 11, 19)}))
    assert take_by(nov(17, "10:00"), NORMAL, CLOCKS, off) == nov(23, "10:00")
    swapped = replace(off, extra_working_days=frozenset({date(2026, 11, 21)}))
    assert take_by(nov(17, "10:00"), NORMAL, CLOCKS, swapped) == nov(21, "10:00")


def test_tet_stops_it_for_a_week_but_not_what_is_urgent() -> None:
    tet = Calendar(holidays=frozenset(date(2027, 2, day) for day in range(4, 13)))
    created = at(date(2027, 2, 3), time(15, 0))
    assert take_by(created, NORMAL, CLOCKS, tet) == at(date(2027, 2, 16), time(15, 0))
    assert take_by(created, URGENT, CLOCKS, tet) == at(date(2027, 2, 4), time(15, 0))
    assert settle_by(created, URGENT, CLOCKS, tet) == at(date(2027, 2, 6), time(15, 0))
    urgent = ClockedCase(CaseStatus.RECEIVED, URGENT, created)
    reminder = next_case_reminder(urgent, frozenset(), created, CLOCKS, tet)
    assert reminder is not None
    assert (reminder.kind, reminder.at) == ("take", at(date(2027, 2, 4), time(15, 0)))


def test_a_case_escalates_after_its_grace_and_each_level_has_days_of_its_own() -> None:
    born = nov(2, "09:00")
    escalates_at = escalate_at(born, URGENT, CLOCKS, PLAIN)
    assert escalates_at == nov(7, "09:00")  # 3 days, then 2 more, a Saturday
    second = escalate_at(born, URGENT, CLOCKS, PLAIN, level_since=escalates_at)
    assert second == nov(10, "09:00")
    # Passed up at once by hand, it keeps the longer of the two.
    assert escalate_at(born, URGENT, CLOCKS, PLAIN, level_since=nov(2, "10:00")) == escalates_at


MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31)).map(  # noqa: DTZ001
    lambda naive: at(naive.date(), naive.time())
)
AMOUNTS = st.integers(0, 12_000).map(lambda minutes: timedelta(minutes=minutes))


def working_time_between(start: datetime, end: datetime) -> timedelta:
    """Counted day by day, not as the rules do it."""
    passed, day = timedelta(0), local(start).date()
    while day <= local(end).date():
        opening, closing = at(day, CLOCKS.day_start), at(day, CLOCKS.day_end)
        if PLAIN.is_working_day(day):
            passed += max(timedelta(0), min(end, closing) - max(start, opening))
        day += timedelta(days=1)
    return passed


@given(MOMENTS, AMOUNTS)
def test_what_is_added_lies_between(start: datetime, amount: timedelta) -> None:
    end = add_working_time(start, amount, CLOCKS, PLAIN)
    assert working_time_between(start, end) == amount
    if amount:
        wall = local(end)
        assert PLAIN.is_working_day(wall.date())
        assert CLOCKS.day_start < wall.time() <= CLOCKS.day_end


@given(MOMENTS, AMOUNTS, AMOUNTS)
def test_it_makes_no_difference_where_one_stops_to_count(
    start: datetime, one: timedelta, other: timedelta
) -> None:
    there = add_working_time(start, one, CLOCKS, PLAIN)
    whole = add_working_time(start, one + other, CLOCKS, PLAIN)
    assert add_working_time(there, other, CLOCKS, PLAIN) == (whole if other else there)


def test_what_makes_no_sense_is_refused() -> None:
    naive = datetime(2026, 11, 16)  # noqa: DTZ001
    with pytest.raises(ValueError, match="time zone"):
        take_by(naive, NORMAL, CLOCKS, PLAIN)
    with pytest.raises(ValueError, match="time zone"):
        next_case_reminder(BROUGHT, frozenset(), naive, CLOCKS, PLAIN)
    with pytest.raises(ValueError, match="forwards"):
        add_working_time(nov(16, "08:00"), timedelta(-1), CLOCKS, PLAIN)
    with pytest.raises(ValueError, match="ends before"):
        CaseClocks(day_start=time(17, 0), day_end=time(7, 30))
    with pytest.raises(ValueError, match="ends before"):
        CaseClocks(day_start=time(7, 30), day_end=time(7, 30))


def test_what_is_asked_at_night_waits_for_its_own_time_and_not_for_the_morning() -> None:
    asked = next_case_reminder(BROUGHT, frozenset(), nov(2, "23:00"), CLOCKS, PLAIN)
    assert asked is not None
    assert (asked.kind, asked.at) == ("take", nov(4, "09:00"))


# Brought on Monday the 2nd at 9:00. Normal: take by the 4th, moves on the 6th, half on the 11th
# at 13:45, a day before on the 20th, overdue on the 23rd, escalates on the 25th, always at 9:00.
BROUGHT = ClockedCase(CaseStatus.RECEIVED, NORMAL, nov(2, "09:00"))
TAKEN = replace(BROUGHT, status=CaseStatus.IN_PROGRESS)


def tag(kind: str, day: int, clock: str = "09:00") -> str:
    return f"{kind}:2026-11-{day:02d}T{clock}"


@pytest.mark.parametrize(
    ("facts", "now", "sent", "expected", "when"),
    [
        # Nobody takes it.
        (BROUGHT, (2, "09:00"), (), tag("take", 4), (4, "09:00")),
        (BROUGHT, (4, "09:00"), (tag("take", 4),), tag("move_on", 6), (6, "09:00")),
        (BROUGHT, (6, "10:00"), (), tag("move_on", 6), (6, "09:00")),
        (BROUGHT, (7, "10:00"), (tag("move_on", 6),), tag("half", 11, "13:45"), (11, "13:45")),
        # Taken, then left alone: half, a day before, overdue, and it escalates.
        (TAKEN, (2, "09:00"), (), tag("half", 11, "13:45"), (11, "13:45")),
        (TAKEN, (19, "09:00"), (), tag("half", 11, "13:45"), (11, "13:45")),
        (TAKEN, (20, "09:00"), (), tag("day_before", 20), (20, "09:00")),
        (TAKEN, (23, "08:59"), (tag("day_before", 20),), tag("overdue", 23), (23, "09:00")),
        (TAKEN, (23, "09:00"), (), tag("overdue", 23), (23, "09:00")),
        (TAKEN, (23, "09:00"), (tag("overdue", 23),), tag("escalate", 25), (25, "09:00")),
        # After a long downtime one thing is left, and it is done however late.
        (TAKEN, (40, "03:00"), (), tag("escalate", 25), (40, "06:30")),
        (BROUGHT, (40, "10:00"), (), tag("escalate", 25), (25, "09:00")),
    ],
)
def test_one_reminder_at_a_time(
    facts: ClockedCase,
    now: tuple[int, str],
    sent: tuple[str, ...],
    expected: str,
    when: tuple[int, str],
) -> None:
    reminder = next_case_reminder(facts, frozenset(sent), nov(*now), CLOCKS, PLAIN)
    assert reminder is not None
    assert (reminder.tag, reminder.at) == (expected, nov(*when))


@pytest.mark.parametrize("status", ["guided", "settled", "answered", "merged"])
def test_a_case_with_a_result_is_left_in_peace(status: str) -> None:
    facts = replace(BROUGHT, status=CaseStatus(status))
    assert next_case_reminder(facts, frozenset(), nov(40, "10:00"), CLOCKS, PLAIN) is None


@pytest.mark.parametrize(
    "facts", [replace(TAKEN, at_top=True), replace(TAKEN, status=CaseStatus.REFERRED)]
)
def test_at_the_top_or_with_an_agency_it_is_overdue_and_stays(facts: ClockedCase) -> None:
    late = next_case_reminder(facts, frozenset(), nov(40, "10:00"), CLOCKS, PLAIN)
    assert late is not None
    assert late.kind == "overdue"
    sent = frozenset({late.tag})
    assert next_case_reminder(facts, sent, nov(40, "10:00"), CLOCKS, PLAIN) is None


def test_what_nobody_takes_at_the_top_is_said_every_monday_at_one_moment_for_all() -> None:
    """Brought to the province: take on the 4th, move on on the 6th, overdue on Monday the 23rd."""
    facts, sent = replace(BROUGHT, at_top=True), frozenset({tag("move_on", 6), tag("overdue", 23)})
    first = next_case_reminder(facts, sent, nov(23, "10:00"), CLOCKS, PLAIN)
    assert first is not None
    assert (first.tag, first.at) == (tag("weekly", 30, "07:30"), nov(30, "07:30"))
    later = replace(facts, started=nov(3, "14:00"))
    other = next_case_reminder(
        later, frozenset({"move_on:2026-11-09T14:00"}), nov(30, "07:30"), CLOCKS, PLAIN
    )
    assert other is not None
    assert other.at == first.at
    next_week = next_case_reminder(facts, sent | {first.tag}, first.at, CLOCKS, PLAIN)
    assert next_week is not None
    assert next_week.at == nov(37, "07:30")
    after_weeks = next_case_reminder(facts, sent | {first.tag}, nov(60, "10:00"), CLOCKS, PLAIN)
    assert after_weeks is not None
    assert after_weeks.at == nov(58, "07:30"), "one for all that was missed"
    for status in (CaseStatus.IN_PROGRESS, CaseStatus.REFERRED):
        taken = replace(facts, status=status)
        assert next_case_reminder(taken, sent, nov(23, "10:00"), CLOCKS, PLAIN) is None


@pytest.mark.parametrize(
    ("facts", "kind", "now", "broken"),
    [
        (replace(BROUGHT, at_top=True), "overdue", (23, "09:00"), True),
        (replace(BROUGHT, at_top=True), "move_on", (6, "09:00"), False),  # still in time
        (replace(BROUGHT, at_top=True), "take", (40, "09:00"), False),  # first they are asked
        (BROUGHT, "overdue", (23, "09:00"), False),  # it goes up in two days, and that is told
        (replace(TAKEN, at_top=True), "overdue", (23, "09:00"), False),
    ],
)
def test_a_promise_is_broken_where_nobody_took_it_at_the_top_in_time(
    facts: ClockedCase, kind: ReminderKind, now: tuple[int, str], broken: bool
) -> None:
    assert is_word_owed(facts, kind, nov(23, "09:00"), nov(*now)) is broken


def test_a_case_made_urgent_or_reopened_is_reminded_of_anew() -> None:
    sent = frozenset({tag("half", 11, "13:45")})
    now = nov(3, "09:00")
    urgent = next_case_reminder(replace(TAKEN, severity=URGENT), sent, now, CLOCKS, PLAIN)
    assert urgent is not None
    assert urgent.kind == "day_before"  # its half was hours before that: one of them is enough
    again = replace(TAKEN, started=nov(16, "09:00"))
    reopened = next_case_reminder(again, sent, nov(16, "09:00"), CLOCKS, PLAIN)
    assert reopened is not None
    assert (reopened.kind, reopened.at) == ("half", nov(25, "13:45"))


def test_a_case_nobody_touches_escalates_to_the_top_and_is_told_of_at_every_level() -> None:
    facts, now, sent = replace(BROUGHT, severity=URGENT), nov(2, "09:00"), frozenset[str]()
    told, levels = [], 1
    for _ in range(50):
        reminder = next_case_reminder(facts, sent, now, CLOCKS, PLAIN)
        if reminder is None:
            break
        now = max(now, reminder.at)
        sent |= {reminder.tag}
        if now > nov(60, "00:00"):
            break
        told.append((levels, reminder.kind, local(reminder.at).day))
        if reminder.kind == "escalate":
            levels += 1
            facts = replace(facts, status=CaseStatus.ESCALATED, level_since=now, at_top=levels == 3)
    assert told == [
        (1, "take", 3),
        (1, "day_before", 4),
        (1, "move_on", 5),  # overdue at the same moment: one message is enough
        (1, "escalate", 7),  # a Saturday: what is urgent does not wait
        (2, "take", 8),
        (2, "escalate", 10),
        (3, "take", 11),
        (3, "move_on", 13),
        *[(3, "weekly", monday) for monday in (23, 30, 7, 14, 21, 28)],
    ]


def day(text: str) -> date:
    return date.fromisoformat(text)
