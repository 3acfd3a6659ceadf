"""A visit that is put off to the next week, and what it counts as in both weeks.

In the week it was put off from it is asked of nobody: neither due nor missed nor excused, but shown
by itself. In the week it was put off to it is due as any other, on top of what that week's plan
gives its officer (plan `sat-co-so`: at least one a week; what is put off is not saved). So a visit
is due once, wherever weeks are added up.
"""

from bot.core.rules.calendar import Calendar, Week
from storage.enums import OPEN_STATUSES, VisitStatus


def week_after(week: Week, calendar: Calendar) -> Week:
    """The week that a visit of this one is put off to: the next one that is no holiday (Tết)."""
    later = week.next()
    while calendar.week_is_off(later):
        later = later.next()
    return later


def may_be_deferred(status: VisitStatus, week: Week, this_week: Week) -> bool:
    """While it is open and its week is running: an earlier one is over, a later one has time."""
    return status in OPEN_STATUSES and week == this_week


def is_due(status: VisitStatus) -> bool:
    """Whether a planned visit is due in its own week."""
    return status is not VisitStatus.DEFERRED
