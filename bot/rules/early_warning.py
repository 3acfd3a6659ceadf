"""Signs that a site is heading for a stoppage, and whether to raise the alarm now.

The signs are those the unions watch; thresholds, weights and seasons are our own proposal.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.rules.calendar import local
from bot.rules.cases import Category


class SignKind(StrEnum):
    STOPPAGE = "stoppage"  # words of a stoppage: ngừng việc, đình công, ngưng máy …
    CLOSURE = "closure"  # dissolution, owner fled
    OVERTIME_REFUSAL = "overtime_refusal"  # many refuse overtime together
    ZONE = "zone"  # several sites of one zone at once
    CLUSTER = "cluster"  # several cases of one category at one site
    ARREARS = "arrears"  # wages or insurance in arrears
    SUDDEN_CHANGE = "sudden_change"  # of quota or allowance
    SEASON = "season"  # before Tết, after a change of the minimum wage; only with another sign


class AlertLevel(StrEnum):
    WARNING = "warning"  # tension: go there
    ALARM = "alarm"  # work may stop or has stopped


@dataclass(frozen=True)
class CaseText:
    """What a case tells early warning. `at`: aware, when it was brought."""

    id: int
    site: int
    category: Category
    text: str
    at: datetime


@dataclass(frozen=True)
class Season:
    """The next or running Tết (first day of the lunar year) and the last or next change of the
    minimum wage; None: not known."""

    tet: date | None = None
    wage_change: date | None = None


@dataclass(frozen=True)
class Thresholds:
    """Our own proposal, configurable."""

    cluster_size: int = 3
    cluster_days: int = 7
    zone_sites: int = 3
    zone_days: int = 7
    before_tet_days: int = 45
    after_wage_change_days: int = 60


@dataclass(frozen=True)
class Sign:
    """One sign; `words` are the phrases found, empty for signs that are counted."""

    kind: SignKind
    weight: int
    words: tuple[str, ...] = ()
    cases: tuple[int, ...] = ()
    """Ids of the cases that make it up, the new one included."""


@dataclass(frozen=True)
class Alert:
    """`kind`: the heaviest sign, which with the site names the event; `size`: cases in it."""

    level: AlertLevel
    kind: SignKind
    signs: tuple[Sign, ...]
    size: int


@dataclass(frozen=True)
class AlertFacts:
    """The last alert about the same site and kind: when (aware) and how many cases then."""

    at: datetime
    size: int


def signs(
    case: CaseText,
    recent: Sequence[CaseText],
    *,
    zone_recent: Sequence[CaseText] = (),
    today: date,
    season: Season = Season(),
    thresholds: Thresholds = Thresholds(),
) -> tuple[Sign, ...]:
    """The signs of a new case, the heaviest first.

    `recent`: other cases of the site, `zone_recent`: of other sites of its zone; both may reach
    further back than needed.
    """
    return ()


def alert(found: Sequence[Sign]) -> Alert | None:
    """The alert that the signs add up to, if any."""
    if not found:
        return None
    size = len({case for sign in found for case in sign.cases})
    heaviest = max(found, key=lambda sign: sign.weight)
    return Alert(AlertLevel.WARNING, heaviest.kind, tuple(found), size)


def should_alert(
    previous: AlertFacts | None,
    now: datetime,
    size: int,
    *,
    pause: timedelta = timedelta(hours=24),
) -> bool:
    """Whether to tell again about the same cluster (site and kind): after `pause`, or grown."""
    local(now)
    return previous is None or now - previous.at >= pause or size > previous.size
