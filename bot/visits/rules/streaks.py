"""Weeks in a row in which an officer or unit met the quota of visits (plan `sat-co-so`)."""

from collections.abc import Mapping, Set

from bot.core.rules.calendar import Calendar, Week


def weeks_in_a_row(
    done_weeks: Set[Week], quota_by_week: Mapping[Week, int], current: Week, calendar: Calendar
) -> int:
    """How many weeks in a row met the quota, up to `current`.

    `done_weeks`: weeks in which the quota was met. `quota_by_week`: visits asked for in each
    week. Weeks off (Tết) and weeks that asked for nothing (leave; 0 or not in the mapping)
    neither count nor break the row. The current week counts once it is met, and before that
    breaks nothing, for it is not over.
    """
    start = min({*done_weeks, *quota_by_week}, default=current)
    row = 0
    week = current
    while week >= start:
        has_quota = quota_by_week.get(week, 0) > 0 and not calendar.week_is_off(week)
        if week in done_weeks:
            row += 1
        elif has_quota and week != current:
            break
        week = week.previous()
    return row
