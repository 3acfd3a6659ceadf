"""Whose a task is, in which order tasks are seen, when one is reminded of."""

from datetime import date, datetime, time

import pytest

from bot.config.settings import Programmes
from bot.core.rules.calendar import Calendar, at
from bot.core.rules.programmes import Task
from bot.plans.rules.tasks import (
    Place,
    TaskDay,
    has_task,
    is_overdue,
    levels_of,
    next_reminder,
    urgency,
)
from bot.programmes import load
from storage.enums import TaskState, UnitKind

UPPER, SITE, PROVINCE = (
    Place(UnitKind.UPPER),
    Place(UnitKind.SITE_UNION),
    Place(UnitKind.FEDERATION),
)
DIRECT = Place(UnitKind.SITE_UNION, direct=True)
SET = at(date(2026, 11, 2), time(9, 0))


@pytest.mark.parametrize(
    ("place", "levels", "has"),
    [
        (UPPER, ("upper",), True),
        (UPPER, ("province",), False),
        (SITE, ("site",), True),
        (SITE, ("direct_site",), False),
        (DIRECT, ("direct_site",), True),
        (DIRECT, ("site",), True),
        (DIRECT, ("upper",), False),
        (PROVINCE, ("province", "upper"), True),
        (Place(UnitKind.ENTERPRISE), ("site", "upper", "province"), False),
    ],
)
def test_a_unit_has_the_tasks_of_its_level(place: Place, levels: tuple[str, ...], has: bool):
    assert has_task(place, Task("1", "…", "Ban Tổ chức", "II", levels)) is has


@pytest.mark.parametrize(
    ("department", "has"),
    [
        ("Ban Tổ chức", True),
        ("Ban Tổ chức - Kiểm tra", True),
        ("ban tổ chức – kiểm tra", True),
        ("Văn phòng", False),
    ],
)
def test_a_department_has_what_names_it(department: str, has: bool):
    place = Place(UnitKind.FEDERATION, department=department)
    task = Task("1", "…", "Ban Tổ chức - Kiểm tra", "II", ("province",))
    assert has_task(place, task) is has


def test_every_task_of_the_five_plans_is_somebodys():
    for plan in load(Programmes()):
        for task in plan.tasks:
            places = (PROVINCE, UPPER, SITE, DIRECT)
            assert any(set(task.levels) & levels_of(place) for place in places), task


def test_late_tasks_come_first_then_by_their_day_then_what_nobody_took_then_what_is_over():
    now = at(date(2026, 11, 20), time(9, 0))
    rows = [
        (TaskState.DONE, date(2026, 11, 1)),
        (None, None),
        (TaskState.OPEN, date(2026, 12, 31)),
        (TaskState.OPEN, date(2026, 11, 30)),
        (TaskState.OPEN, date(2026, 11, 19)),
    ]
    assert sorted(rows, key=lambda row: urgency(*row, now)) == [rows[n] for n in (4, 3, 2, 1, 0)]


def test_the_last_day_itself_is_in_time():
    due = date(2026, 11, 20)
    assert not is_overdue(TaskState.OPEN, due, at(due, time(23, 59)))
    assert is_overdue(TaskState.OPEN, due, at(date(2026, 11, 21), time(0, 0)))
    assert not is_overdue(TaskState.DONE, due, at(date(2026, 11, 21), time(0, 0)))


def moments(due: date) -> list[tuple[str, datetime]]:
    """All reminders, each sent when it is due."""
    sent: frozenset[str] = frozenset()
    now, reminders = SET, []
    while pair := next_reminder(TaskDay(due, SET), sent, now, Calendar()):
        now = max(now, pair[0])
        sent |= {pair[1].tag}
        reminders.append((pair[1].kind, now))
    return reminders


def test_a_task_is_reminded_of_a_week_before_on_its_day_and_twice_when_it_is_late():
    assert moments(date(2026, 11, 25)) == [
        ("soon", at(date(2026, 11, 18), time(7, 30))),
        ("due", at(date(2026, 11, 25), time(7, 30))),
        ("late", at(date(2026, 11, 26), time(7, 30))),
        ("late", at(date(2026, 12, 2), time(7, 30))),
    ]


def test_a_last_day_on_a_sunday_is_reminded_of_on_friday():
    assert ("due", at(date(2026, 11, 20), time(7, 30))) in moments(date(2026, 11, 22))


def test_a_new_day_is_reminded_of_again_and_a_task_just_set_is_not_at_once():
    day = TaskDay(date(2026, 11, 3), SET)
    pair = next_reminder(day, frozenset({"due:2026-11-02"}), SET, Calendar())
    assert pair
    assert (pair[1].kind, pair[0]) == ("due", at(date(2026, 11, 3), time(7, 30)))
