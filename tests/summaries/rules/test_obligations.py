"""Which reports fall due and which prompt comes next, moment by moment.

The deadline is "before 15/12/2026": 14/12 is the last day in time.
"""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.core.rules.calendar import Calendar, at, local
from bot.core.rules.programmes import Programme, ReportDue
from bot.core.rules.public_holidays import public_years
from bot.summaries.rules.obligations import (
    NUDGES,
    ObligationFacts,
    PromptTimes,
    next_prompt,
    over_by,
    owed,
    owed_between,
)

DUE = date(2026, 12, 15)
TIMES, PLAIN = PromptTimes(), Calendar()
YEARLY = ReportDue("year", "Báo cáo năm", (15, 12), "II.3")
JUNE = ReportDue("june", "Báo cáo 6 tháng", (10, 6), "III", last=(31, 5))


def plan(*reports: ReportDue, starts=date(2020, 5, 1), ends=None) -> Programme:
    return Programme(
        "p", "Kế hoạch", "KH", "LĐLĐ", "s", starts, "Ban", "Ban", ends, reports=reports
    )


JANUARY = ReportDue("last", "t", (15, 1), "s", of_last_year=True)


def on(day: date, clock: str = "08:00") -> datetime:
    return at(day, time.fromisoformat(clock))


def dec(day: int, clock: str = "08:00") -> datetime:
    return on(date(2026, 12, day), clock)


def tag(words: str) -> str:
    return f"{DUE}:{words}"


# ---- What is owed --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("report", "year", "first", "last", "due"),
    [
        (YEARLY, 2026, (2026, 1, 1), (2026, 12, 31), (2026, 12, 15)),
        (JUNE, 2027, (2027, 1, 1), (2027, 5, 31), (2027, 6, 10)),
        # 29/2 where there is one, and where there is none: 28/2 is the last day in time.
        (ReportDue("q", "t", (29, 2), "s"), 2028, (2028, 1, 1), (2028, 12, 31), (2028, 2, 29)),
        (ReportDue("q", "t", (29, 2), "s"), 2027, (2027, 1, 1), (2027, 12, 31), (2027, 3, 1)),
        (
            ReportDue("q", "t", (1, 6), "s", first=(29, 2), last=(29, 2)),
            *(2027, (2027, 3, 1), (2027, 2, 28), (2027, 6, 1)),
        ),
        (ReportDue("q", "t", (29, 2), "s"), 2100, (2100, 1, 1), (2100, 12, 31), (2100, 3, 1)),
        (JANUARY, 2027, (2026, 1, 1), (2026, 12, 31), (2027, 1, 15)),
    ],
)
def test_a_report_has_its_days_in_the_year_it_is_due(report, year, first, last, due):
    one = owed(plan(report), report, year)
    assert (one.first_day, one.last_day, one.due_before) == (date(*first), date(*last), date(*due))
    assert one.group == f"p:{report.key}:{year}"


@pytest.mark.parametrize(
    ("first", "last", "groups"),
    [
        ((2026, 12, 15), (2026, 12, 15), ["p:year:2026"]),
        ((2026, 12, 16), (2027, 6, 9), []),
        ((2026, 12, 1), (2027, 6, 10), ["p:year:2026", "p:june:2027"]),  # across New Year
        (
            (2026, 6, 10),
            (2027, 12, 15),
            ["p:june:2026", "p:june:2027", "p:year:2026", "p:year:2027"],
        ),
        ((2027, 1, 1), (2026, 12, 31), []),
    ],
)
def test_what_falls_due_between_two_days_both_counted(first, last, groups):
    found = owed_between([plan(YEARLY, JUNE)], date(*first), date(*last))
    assert sorted(one.group for one in found) == sorted(groups)


@pytest.mark.parametrize(
    ("starts", "ends", "owes"),
    [
        (date(2026, 12, 14), None, True),
        (date(2026, 12, 15), None, False),
        (date(2020, 1, 1), date(2026, 12, 14), True),
        (date(2020, 1, 1), date(2026, 12, 13), False),  # a plan of 2019–2023 asks for nothing now
    ],
)
def test_only_a_plan_in_force_on_the_last_day_in_time_asks_for_a_report(starts, ends, owes):
    found = owed_between([plan(YEARLY, starts=starts, ends=ends)], DUE, DUE)
    assert bool(found) is owes


@pytest.mark.parametrize(
    ("ends", "owes"), [(date(2026, 12, 31), True), (date(2026, 12, 30), False)]
)
def test_the_last_year_of_a_plan_is_reported_in_the_january_after(ends, owes):
    found = owed_between([plan(JANUARY, ends=ends)], date(2027, 1, 15), date(2027, 1, 15))
    assert bool(found) is owes


# ---- Which prompt comes next ---------------------------------------------------------------


def asked(now: datetime, sent=(), calendar=PLAIN, due=DUE, times=TIMES):
    found = next_prompt(ObligationFacts(due), frozenset(sent), now, times, calendar)
    return found and (found.tag.removeprefix(f"{due}:"), found.at)


@pytest.mark.parametrize(
    ("now", "sent", "words", "when"),
    [
        # 15/11/2026 is a Sunday, 12/12 a Saturday: on the Fridays before.
        (on(date(2026, 10, 20)), (), "30", on(date(2026, 11, 13))),
        (on(date(2026, 11, 13)), (), "30", on(date(2026, 11, 13))),
        (on(date(2026, 11, 15)), (), "30", on(date(2026, 11, 13))),
        (on(date(2026, 11, 15)), ("30",), "14", dec(1)),
        (dec(1), ("30", "14"), "7", dec(8)),
        (dec(8), ("30", "14", "7"), "3", dec(11)),
        (dec(12), ("30", "14", "7", "3"), "1", dec(14)),
        (dec(14), ("30", "14", "7", "3", "1"), "late", dec(15)),
        # 15/12/2026 is a Tuesday; the nudge comes on the Monday after.
        (dec(15), ("1", "late"), "2026-12-21", dec(21)),
        (dec(21), ("late", "2026-12-21"), "2026-12-28", dec(28)),
        (dec(28), ("late", "2026-12-28"), "2027-01-04", on(date(2027, 1, 4))),  # the year's end
        # Down from 16/11 to 13/12: one prompt, the latest.
        (dec(13, "10:00"), ("30",), "3", dec(11)),
        # Back in the night before a prompt: that one alone, not two of one morning.
        (dec(8, "02:00"), ("30",), "7", dec(8)),
        (dec(14, "02:00"), ("30",), "1", dec(14)),
        # First heard of on the last day: told on the last day.
        (dec(14, "10:00"), (), "1", dec(14)),
        # The last day is over at night: only "late" is said, next morning.
        (dec(14, "22:00"), (), "late", dec(15)),
        (dec(15, "07:00"), ("30",), "late", dec(15)),
        # Back weeks after: one nudge for all of them.
        (on(date(2027, 1, 6), "09:00"), ("1",), "2027-01-04", on(date(2027, 1, 4))),
        # At night nothing, then the latest as soon as people may be written to.
        (dec(9, "23:00"), ("30",), "7", dec(10, "06:30")),
    ],
)
def test_the_next_prompt_is_the_latest_that_still_makes_sense(now, sent, words, when):
    assert asked(now, [tag(one) for one in sent]) == (words, when)


def test_whoever_has_sent_or_is_excused_is_left_alone():
    facts = ObligationFacts(DUE, open=False)
    assert next_prompt(facts, frozenset(), dec(14), TIMES, PLAIN) is None


def test_after_half_a_year_there_is_no_nudge_any_more():
    last = date(2026, 12, 21) + timedelta(weeks=NUDGES - 1)
    assert asked(on(last), [tag(str(last))]) is None
    assert asked(on(last), [tag(str(last - timedelta(weeks=1)))]) == (str(last), on(last))


@pytest.mark.parametrize(
    ("due", "day", "first"),
    [
        (date(2026, 12, 15), 0, date(2026, 12, 21)),
        (date(2026, 12, 14), 0, date(2026, 12, 21)),  # a Monday: not twice on one day
        (date(2026, 12, 13), 0, date(2026, 12, 21)),  # a Sunday: "late" is heard on Monday
        (date(2026, 12, 15), 4, date(2026, 12, 18)),
    ],
)
def test_the_first_nudge_comes_on_its_weekday_after_the_deadline(due, day, first):
    times = PromptTimes(nudge_day=day)
    assert asked(on(due), [f"{due}:late"], due=due, times=times) == (str(first), on(first))


def test_a_moved_deadline_begins_anew():
    assert asked(dec(14), [tag("1"), tag("late")], due=date(2026, 12, 22)) == ("14", dec(8))


@pytest.mark.parametrize(
    ("off", "now", "sent", "words", "when"),
    [
        # A day off in between: on the working day before, when a report can still be signed.
        ((8,), 2, ("14",), "7", dec(7)),
        # The last day is off: on the last working day, with what comes that day anyway, as one.
        ((14,), 10, ("7",), "1", dec(11)),
        ((11, 14), 9, ("7",), "1", dec(10)),
        # The deadline day is off: "late" waits for the next working day.
        ((15, 16), 14, ("1",), "late", dec(17)),
        ((14, 15), 13, ("1",), "late", dec(16)),
    ],
)
def test_days_off_move_a_prompt_but_never_past_the_deadline(off, now, sent, words, when):
    calendar = Calendar(holidays=frozenset(date(2026, 12, day) for day in off))
    assert asked(dec(now), [tag(one) for one in sent], calendar) == (words, when)


def test_a_prompt_hour_inside_quiet_hours_is_the_first_moment_after_them():
    times = PromptTimes(time=time(22, 0))
    assert asked(dec(11, "12:00"), [tag("7")], times=times) == ("3", dec(12, "06:30"))
    # 22:00 on the last day would be heard on the day that is late.
    assert asked(dec(14, "06:00"), [tag("3")], times=times) == ("1", dec(14, "06:30"))


def test_whoever_was_just_told_hears_nothing_that_came_due_before():
    over = over_by(DUE, dec(9, "10:00"), TIMES, PLAIN)
    assert over == {tag("30"), tag("14"), tag("7")}
    assert asked(dec(9, "10:00"), over) == ("3", dec(11))


@pytest.mark.parametrize("year", range(2025, 2036))
@pytest.mark.parametrize(("month", "day"), [(12, 15), (11, 25), (6, 10), (2, 20)])
def test_every_year_prompts_come_on_working_days_and_one_of_them_on_the_last_in_time(
    year: int, month: int, day: int
):
    """Of the plans' own days, and of one around Tết; with the holidays of each year."""
    years_known = public_years().values()
    calendar = Calendar(
        frozenset().union(*(public.off for public in years_known)),
        frozenset().union(*(public.worked for public in years_known)),
    )
    due, said, heard = date(year, month, day), [], []
    now = on(due - timedelta(days=60))
    while prompt := next_prompt(ObligationFacts(due), frozenset(said), now, TIMES, calendar):
        now, said = prompt.at, [*said, prompt.tag]
        heard.append((prompt.kind, local(now).date()))
        if prompt.kind == "late":
            break
    assert all(calendar.is_working_day(one) for _, one in heard)
    assert len({one for _, one in heard}) == len(heard)
    assert ("before", calendar.last_working_day(due - timedelta(days=1))) in heard
    assert heard[-1] == ("late", calendar.first_working_day(due))


def test_a_naive_moment_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        next_prompt(ObligationFacts(DUE), frozenset(), datetime(2026, 12, 1), TIMES, PLAIN)  # noqa: DTZ001


# ---- Whatever the downtimes ----------------------------------------------------------------

days_off = st.frozensets(st.dates(date(2026, 10, 25), date(2027, 2, 15)), max_size=25)
gaps = st.lists(st.integers(1, 24 * 20), min_size=1, max_size=40)
days_before = st.lists(st.integers(1, 60), min_size=1, max_size=6).map(tuple)
walls = st.sampled_from([time(8), time(6, 30), time(22), time(0), time(20, 59)])


@given(days_off, gaps, days_before, walls, st.integers(0, 6), st.integers(0, 40), st.booleans())
def test_every_prompt_comes_at_most_once_in_order_and_none_after_it_is_answered(
    off, gaps, days, wall, nudge_day, answered_after, is_answered
):
    """The program looks at its clock at odd hours, as it does after downtimes."""
    times = PromptTimes(days, wall, nudge_day)
    calendar = Calendar(holidays=off)
    now, said, moments = on(date(2026, 10, 25), "03:00"), [], []
    for n, hours in enumerate(gaps):
        now += timedelta(hours=hours)
        facts = ObligationFacts(DUE, open=not (is_answered and n >= answered_after))
        while prompt := next_prompt(facts, frozenset(said), now, times, calendar):
            if prompt.at > now:
                break
            assert facts.open
            assert calendar.may_speak(now)
            assert prompt.tag not in said
            if prompt.kind == "before":
                assert local(now).date() < DUE
            else:
                assert local(now).date() >= DUE
            said.append(prompt.tag)
            moments.append(now)
    assert len(set(moments)) == len(moments), "one at a time"
    order = [f"{DUE}:{d}" for d in sorted(set(days), reverse=True)] + [f"{DUE}:late"]
    planned = [one for one in said if one in order]
    assert planned == [one for one in order if one in planned]
    nudges = said[len(planned) :]
    assert nudges == sorted(nudges)


@given(days_off, days_before, walls, st.integers(0, 6))
@example(frozenset({DUE}), (1,), time(8), 2)  # told late on the day after, which is that weekday
def test_waiting_for_each_prompt_in_turn_meets_them_all_in_time(off, days, wall, nudge_day):
    """With no downtime at all: the last prompt before the deadline is never lost."""
    times, calendar = PromptTimes(days, wall, nudge_day), Calendar(holidays=off)
    now, said = on(date(2026, 9, 1), "08:00"), []
    while prompt := next_prompt(ObligationFacts(DUE), frozenset(said), now, times, calendar):
        assert prompt.at >= now
        now = prompt.at
        said.append(prompt.tag)
        if prompt.kind == "late":
            break
    assert said[-2:] == [f"{DUE}:{min(days)}", f"{DUE}:late"]
