"""The clocks of cases, from columns: each open case knows when its next reminder is due."""

from datetime import datetime

from bot.cases.rules.deadlines import CaseReminder, ClockedCase, next_case_reminder
from bot.core.work import Work
from storage.models import Case


def plan_next(work: Work, case: Case, now: datetime, *, top: int) -> None:
    """Set `case.remind_at`; called whenever something about the case has changed.

    `top` is the id of the province: a case there cannot escalate.
    """
    reminder = next_of(work, case, now, top=top)
    case.remind_at = reminder.at if reminder else None


def next_of(work: Work, case: Case, now: datetime, *, top: int) -> CaseReminder | None:
    """The next reminder of a case, due (`at` ≤ now) or to wait for."""
    facts, clocks = clocked(case, top=top), work.settings.cases.clocks
    return next_case_reminder(facts, frozenset(case.reminded), now, clocks, work.calendar)


def clocked(case: Case, *, top: int) -> ClockedCase:
    """What its reminders depend on."""
    return ClockedCase(
        status=case.status,
        severity=case.severity,
        started=case.clock_from or case.created_at,
        level_since=case.level_since,
        at_top=case.unit_id == top,
    )
