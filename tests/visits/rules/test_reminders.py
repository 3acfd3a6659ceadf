"""Which reminder comes next for one planned visit, moment by moment.

The week is 16–22/11/2026; times are wall times in Vietnam, written "day of November, hour".
"""

from dataclasses import replace
from datetime import date, datetime, time

import pytest

from bot.core.rules.calendar import Calendar, Week, at, local
from bot.visits.rules.reminders import RemindedVisit, ReminderTimes, next_reminder

WEEK = Week(date(2026, 11, 16))
TIMES = ReminderTimes()
PLAIN = Calendar()


def nov(day: int, clock: str) -> datetime:
    return at(date(2026, 11, day), time.fromisoformat(clock))


PLANNED = RemindedVisit(WEEK, "planned", None, nov(16, "07:00"))


def on(day: int | None, **facts: object) -> RemindedVisit:
    set_day = None if day is None else date(2026, 11, day)
    return replace(PLANNED, day=set_day, **facts)  # type: ignore[arg-type]


def asked(
    facts: RemindedVisit, now: datetime, sent: tuple[str, ...] = (), calendar: Calendar = PLAIN
) -> tuple[str, datetime] | None:
    reminder = next_reminder(facts, frozenset(sent), now, TIMES, calendar)
    return reminder and (reminder.tag, reminder.at)


@pytest.mark.parametrize(
    ("day", "now", "sent", "tag", "when"),
    [
        # No day set: Wednesday afternoon, then Friday, then the visit is missed.
        (None, (16, "07:00"), (), "no_day", (18, "15:00")),
        (None, (18, "15:00"), (), "no_day", (18, "15:00")),
        (None, (18, "15:00"), ("no_day",), "unreported", (20, "15:00")),
        (None, (20, "15:00"), ("no_day", "unreported"), "missed", (23, "07:00")),
        # The bot was down on Wednesday: on Thursday the question still makes sense …
        (None, (19, "10:00"), (), "no_day", (18, "15:00")),
        # … on Friday afternoon only the report is asked for …
        (None, (20, "15:30"), (), "unreported", (20, "15:00")),
        # … and on Monday one message is left, however long the bot was down.
        (None, (23, "07:00"), (), "missed", (23, "07:00")),
        (None, (30, "10:00"), (), "missed", (23, "07:00")),
        # A day is set: the eve, the morning, then the report.
        (18, (16, "09:00"), (), "eve:2026-11-18", (17, "17:00")),
        (18, (17, "17:00"), ("eve:2026-11-18",), "morning:2026-11-18", (18, "06:45")),
        (18, (18, "07:00"), ("eve:2026-11-18", "morning:2026-11-18"), "unreported", (20, "15:00")),
        # The eve still makes sense in the evening, not once the day has begun.
        (18, (17, "20:30"), (), "eve:2026-11-18", (17, "17:00")),
        (18, (18, "06:35"), (), "morning:2026-11-18", (18, "06:45")),
        # The eve came back only in quiet hours: the morning's reminder takes its place.
        (18, (17, "21:30"), (), "morning:2026-11-18", (18, "06:45")),
        # The morning's makes sense until noon.
        (18, (18, "11:59"), (), "morning:2026-11-18", (18, "06:45")),
        (18, (18, "12:00"), (), "unreported", (20, "15:00")),
        # The visit was moved: what was sent about the old day does not count for the new one.
        (19, (17, "18:00"), ("eve:2026-11-18",), "eve:2026-11-19", (18, "17:00")),
        # On Friday itself: the report is asked for in the evening, when the visit may be over.
        (20, (20, "13:00"), (), "unreported:2026-11-20", (20, "17:00")),
        # Saturday or Sunday: the report is asked for that evening, not on Friday.
        (21, (20, "15:00"), (), "eve:2026-11-21", (20, "17:00")),
        (21, (21, "13:00"), (), "unreported:2026-11-21", (21, "17:00")),
        (22, (22, "13:00"), (), "unreported:2026-11-22", (22, "17:00")),
        # Friday's reminder went out, then the officer set Saturday: one more that evening.
        (21, (21, "13:00"), ("unreported",), "unreported:2026-11-21", (21, "17:00")),
        # On Friday night nobody is written to, and on Saturday "today" is over.
        (18, (20, "22:00"), (), "missed", (23, "07:00")),
        # Monday's eve falls on Sunday, before the plan was made: nothing is sent late.
        (16, (16, "07:00"), (), "unreported", (20, "15:00")),
        # The day was set in the week after: that week's clock runs.
        (25, (20, "16:00"), (), "eve:2026-11-25", (24, "17:00")),
        (25, (25, "13:00"), (), "unreported", (27, "15:00")),
        (25, (27, "15:00"), ("unreported",), "missed", (30, "07:00")),
    ],
)
def test_the_next_reminder_is_the_latest_that_still_makes_sense(day, now, sent, tag, when):
    assert asked(on(day), nov(*now), sent) == (tag, nov(*when))


@pytest.mark.parametrize("status", ["reported", "excused", "missed"])
def test_a_visit_that_is_settled_is_left_alone(status):
    assert asked(on(None, status=status), nov(23, "08:00")) is None


def test_a_confirmed_visit_is_reminded_of_like_a_planned_one():
    facts = on(18, status="confirmed")
    assert asked(facts, nov(16, "09:00")) == ("eve:2026-11-18", nov(17, "17:00"))


def test_after_the_last_reminder_there_is_none():
    assert asked(on(None), nov(24, "08:00"), ("missed",)) is None


def test_a_visit_planned_on_thursday_is_not_chided_for_wednesday():
    assert asked(on(None, created_at=nov(19, "09:00")), nov(19, "09:00")) == (
        "unreported",
        nov(20, "15:00"),
    )


def test_a_visit_planned_after_its_week_is_still_closed():
    assert asked(on(None, created_at=nov(24, "09:00")), nov(24, "09:00")) == (
        "missed",
        nov(23, "07:00"),
    )


def test_whoever_sets_tomorrow_in_the_evening_is_not_told_so_at_once():
    facts = on(18, day_set_at=nov(17, "18:00"))
    assert asked(facts, nov(17, "18:00")) == ("morning:2026-11-18", nov(18, "06:45"))


def test_nothing_is_said_on_a_holiday_but_what_keeps_its_sense_comes_after():
    wednesday_off = Calendar(frozenset({date(2026, 11, 18)}))
    assert asked(on(None), nov(18, "15:00"), (), wednesday_off) == ("no_day", nov(19, "06:30"))
    friday_off = Calendar(frozenset({date(2026, 11, 20)}))
    # "Complete it today" is not said on the Saturday after.
    assert asked(on(18), nov(20, "15:00"), (), friday_off) == ("missed", nov(23, "07:00"))
    # The eve of Saturday would fall on the holiday and is worth nothing after it.
    facts = on(21)
    assert asked(facts, nov(20, "17:00"), (), friday_off) == (
        "morning:2026-11-21",
        nov(21, "06:45"),
    )


def test_a_missed_visit_is_closed_on_the_first_day_after_the_holidays():
    monday_off = Calendar(frozenset({date(2026, 11, 23)}))
    assert asked(on(18), nov(23, "08:00"), ("unreported",), monday_off) == (
        "missed",
        nov(24, "06:30"),
    )


def test_what_came_due_before_the_visit_was_heard_of_is_not_said():
    """Monday's card itself waited for Friday: it asks for a day already."""
    days_off = Calendar(frozenset(date(2026, 11, day) for day in (16, 17, 18, 19)))
    assert asked(on(None), nov(16, "07:00"), (), days_off) == ("unreported", nov(20, "15:00"))


def test_last_week_is_said_while_it_was_last_week():
    reminder = next_reminder(PLANNED, frozenset(), nov(23, "07:00"), TIMES, PLAIN)
    assert reminder is not None
    assert (reminder.tag, reminder.until) == ("missed", nov(30, "00:00"))


def test_the_times_are_configurable():
    late = ReminderTimes(no_day=time(16, 30))
    reminder = next_reminder(PLANNED, frozenset(), nov(16, "08:00"), late, PLAIN)
    assert reminder is not None
    assert reminder.at == nov(18, "16:30")


def test_a_naive_moment_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        next_reminder(PLANNED, frozenset(), datetime(2026, 11, 16), TIMES, PLAIN)  # noqa: DTZ001


@pytest.mark.parametrize("day", [None, *range(16, 23)])
def test_asking_again_after_each_sending_ends_with_missed_and_never_repeats(day):
    facts, now, sent = on(day), nov(16, "07:00"), []
    while reminder := next_reminder(facts, frozenset(sent), now, TIMES, PLAIN):
        assert reminder.tag not in sent
        assert reminder.at >= now
        sent.append(reminder.tag)
        now = reminder.at
    assert sent[-1] == "missed"
    assert now == nov(23, "07:00")


TET = Calendar(frozenset(date(2027, 2, day) for day in range(4, 11)))
LIBERATION = Calendar(frozenset({date(2027, 4, 30), date(2027, 5, 1), date(2027, 5, 3)}))


@pytest.mark.parametrize(
    ("calendar", "monday", "day", "expected"),
    [
        # Friday 30/4 is off: the report is asked for on Thursday.
        (LIBERATION, "2027-04-26", None, ["no_day 28/04 15:00", "unreported 29/04 15:00"]),
        (
            LIBERATION,
            "2027-04-26",
            "2027-04-28",
            ["eve 27/04 17:00", "morning 28/04 06:45", "unreported 29/04 15:00"],
        ),
        # Set on the holiday itself, or on the one after it: never before the visit.
        (LIBERATION, "2027-04-26", "2027-04-30", ["eve 29/04 17:00", "unreported 02/05 17:00"]),
        (LIBERATION, "2027-04-26", "2027-05-01", ["unreported 02/05 17:00"]),
        # Tết from Thursday: a day is asked for on Tuesday, the report on Wednesday.
        (TET, "2027-02-01", None, ["no_day 02/02 15:00", "unreported 03/02 15:00"]),
        (
            TET,
            "2027-02-01",
            "2027-02-03",  # the last day before it: not while the visit may be under way
            ["eve 02/02 17:00", "morning 03/02 06:45", "unreported 03/02 17:00"],
        ),
        (TET, "2027-02-01", "2027-02-05", []),  # nothing is said over Tết
        # The week after it has two working days.
        (TET, "2027-02-08", None, ["unreported 12/02 15:00"]),
    ],
)
def test_over_days_off_the_report_is_asked_for_before_them_and_never_before_the_visit(
    calendar: Calendar, monday: str, day: str | None, expected: list[str]
) -> None:
    week = Week(date.fromisoformat(monday))
    created = at(week.monday, time(7))
    facts = RemindedVisit(week, "planned", day and date.fromisoformat(day), created)
    now, sent, heard = created, [], []
    while reminder := next_reminder(facts, frozenset(sent), now, TIMES, calendar):
        now = max(now, reminder.at)
        sent.append(reminder.tag)
        heard.append(f"{reminder.kind} {local(reminder.at):%d/%m %H:%M}")
    assert heard.pop().startswith("missed ")
    assert heard == expected


@pytest.mark.parametrize("day", [None, 18])
@pytest.mark.parametrize("now", [(16, "09:00"), (18, "15:00"), (20, "16:00"), (23, "07:00")])
def test_whoever_waits_for_a_leaders_word_is_asked_nothing_but_the_week_ends(
    day: int | None, now: tuple[int, str]
) -> None:
    facts = on(day, waits_for_excuse=True)
    assert asked(facts, nov(*now)) == ("missed", nov(23, "07:00"))
    assert asked(facts, nov(*now), sent=("missed",)) is None
