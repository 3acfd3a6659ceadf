"""Plain values about visits as the committee of a site sees them: no word of the report."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.core.rules.calendar import Week
from storage.models import Promise, Unit, Visit


@dataclass(frozen=True)
class SiteVisit:
    """One visit: who comes or came, when; `vouched` by the committee; `may_vouch` now."""

    visit: Visit
    site: Unit
    officer: str
    day: date | None  # reported, else set
    vouched: bool
    may_vouch: bool

    @property
    def week(self) -> str:
        return Week.of(self.visit.week).label()


@dataclass(frozen=True)
class SiteVisits:
    """The visits of all one's sites, the newest first, and what was agreed there and is open."""

    visits: Sequence[SiteVisit]
    several: bool  # sites
    promises: Sequence[tuple[Promise, str]] = ()  # open ones, each with its site's name
