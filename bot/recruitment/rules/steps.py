"""The way of an enterprise to its union: which steps follow which, what each needs, when it lies.

The steps are those of plan `doan-vien` (II.2, II.3): survey, the owner's goodwill, a group that
recruits (ban vận động), the congress once the conditions are met. How long one may lie is our own
proposal and configurable.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal

from bot.core.rules.calendar import Calendar, at, local
from bot.core.rules.slots import Slot, next_slot
from storage.enums import RecruitmentStep, VisitKind

ORDER = tuple(RecruitmentStep)
LEAST = 5
"""Applications that a union needs: Điều lệ Công đoàn Việt Nam 2013, Điều 16.1.a. The charters since
then were not at hand; cadres check it against the one in force."""
UNDO_WITHIN = timedelta(days=1)
MORNING = time(7, 30)
AGAIN_AFTER = timedelta(days=14)

Wrong = Literal["more_than_workers", "too_few"]
ReminderKind = Literal["still", "again"]


def place(step: RecruitmentStep) -> int:
    """1 for the first step; the union itself is the sixth."""
    return ORDER.index(step) + 1


def next_step(step: RecruitmentStep) -> RecruitmentStep | None:
    """The step after this one; None: the founding is what is left."""
    following = ORDER[place(step) :]
    return following[0] if following else None


def is_back(step: RecruitmentStep, to: RecruitmentStep) -> bool:
    """Whether the move leads back; it then needs a reason."""
    return place(to) < place(step)


def needs_applications(step: RecruitmentStep) -> bool:
    """Whether a step stands on collected applications."""
    return step in (RecruitmentStep.READY, RecruitmentStep.CONGRESS)


def may_found(step: RecruitmentStep) -> bool:
    """Whether the founding can be noted: the conditions were met before."""
    return needs_applications(step)


def wrong(
    to: RecruitmentStep, workers: int, willing: int | None, applications: int | None
) -> Wrong | None:
    """Why an enterprise with these numbers cannot stand at the step. `workers` 0: not known."""
    numbers = [number for number in (willing, applications) if number is not None]
    if workers and any(number > workers for number in numbers):
        return "more_than_workers"
    if needs_applications(to) and (applications or 0) < LEAST:
        return "too_few"
    return None


_SUGGESTED: Mapping[tuple[RecruitmentStep | None, VisitKind], RecruitmentStep] = {
    (None, VisitKind.SURVEY): RecruitmentStep.SURVEY,
    (None, VisitKind.PROPAGANDA): RecruitmentStep.SURVEY,
    (RecruitmentStep.SURVEY, VisitKind.SURVEY): RecruitmentStep.OWNER,
    (RecruitmentStep.SURVEY, VisitKind.PROPAGANDA): RecruitmentStep.OWNER,
    (RecruitmentStep.OWNER, VisitKind.PROPAGANDA): RecruitmentStep.GROUP,
}
SUGGESTING = frozenset(kind for _, kind in _SUGGESTED)


def suggested(step: RecruitmentStep | None, kind: str) -> RecruitmentStep | None:
    """The step that a visit of this kind speaks for; somebody confirms it. `step` None: nothing has
    begun there."""
    return _SUGGESTED.get((step, VisitKind(kind))) if kind in SUGGESTING else None


@dataclass(frozen=True)
class StepDays:
    """Days without anything new after which a step lies too long."""

    survey: int = 30
    owner: int = 30
    group: int = 45
    ready: int = 30
    congress: int = 15

    def of(self, step: RecruitmentStep) -> int:
        days: int = getattr(self, step.value)
        return days

    def since(self, step: RecruitmentStep, now: datetime) -> datetime:
        """Whoever moved before this moment lies too long: the days are those of the calendar."""
        return at(local(now).date() - timedelta(days=self.of(step)), time())


def days_since(moved_at: datetime, now: datetime) -> int:
    """0 on the day of the move, 1 on the next, whatever the hour."""
    return (local(now).date() - local(moved_at).date()).days


def is_still(step: RecruitmentStep, moved_at: datetime, days: StepDays, now: datetime) -> bool:
    """Whether the step has lain longer than its days."""
    return moved_at < days.since(step, now)


def may_undo(founded_at: datetime, now: datetime) -> bool:
    """Whether whoever noted the founding may still take it back."""
    return now <= founded_at + UNDO_WITHIN


def next_reminder(
    moved_at: datetime, days: int, sent: frozenset[str], now: datetime, calendar: Calendar
) -> tuple[datetime, Slot[ReminderKind]] | None:
    """The reminder to send now or to wait for, as `next_slot` gives it: once the days are over, and
    two weeks later, on working days. The tags name the day of the last move."""
    return next_slot(_slots(local(moved_at).date(), days, calendar), sent, now, calendar)


def _slots(moved: date, days: int, calendar: Calendar) -> Iterator[Slot[ReminderKind]]:
    over = calendar.first_working_day(moved + timedelta(days=days + 1))
    again = at(calendar.first_working_day(over + AGAIN_AFTER), MORNING)
    yield Slot("still", at(over, MORNING), f"still:{moved}", again)
    yield Slot("again", again, f"again:{moved}")
