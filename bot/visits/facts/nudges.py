"""Plain values about reminding officers of reports that are waited for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.core.rules.calendar import Calendar, Week
from bot.visits.facts.supervision import Decided
from storage.models import Person

THE_WEEK = "w"


@dataclass(frozen=True)
class LateVisits:
    """Which visits are meant: a single one, or those of a week within a unit (0: within all that
    one leads). `where`: what the button stood on, as in its data: "w" the week, else the list that
    a single visit was opened from; "" the list of reports that are missing."""

    monday: date | None = None
    unit_id: int = 0
    visit_id: int = 0
    where: str = ""

    @property
    def key(self) -> str:
        """The part of a button's data that names them."""
        where = f":{self.where}" if self.where else ""
        if self.monday is None:
            return f"one:{self.visit_id}{where}"
        return f"all:{self.monday:%Y%m%d}:{self.unit_id}{where}"


@dataclass(frozen=True)
class Nudge:
    """One officer and the visits they are to be reminded of.

    `reminded_at`: when a leader did last, today or within the hour;
    `why`: what keeps a message from them, in words.
    """

    officer: Person
    visits: Sequence[Decided]
    reminded_at: datetime | None = None
    why: str = ""


@dataclass(frozen=True)
class Nudges:
    """Everybody whose report of a week is waited for, each in one place."""

    meant: LateVisits
    week: Week
    sent_by: str
    calendar: Calendar
    now: datetime
    to_remind: Sequence[Nudge] = ()
    just_reminded: Sequence[Nudge] = ()  # less than an hour ago
    on_leave: Sequence[Nudge] = ()
    ended: Sequence[Nudge] = ()  # they go to no sites any more
    unreachable: Sequence[Nudge] = ()

    @property
    def anybody(self) -> bool:
        """Whether a report is waited for at all."""
        return any(
            (self.to_remind, self.just_reminded, self.on_leave, self.ended, self.unreachable)
        )
