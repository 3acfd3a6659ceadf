"""Which of a site's members are new, so that each is counted once.

Two sources speak of the same people: a visit's report ("đoàn viên mới: 12") and the site's figures,
where 40 members become 52. Plan `doan-vien` (I.1) counts members gained, whoever wrote them down.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from storage.enums import CountSource

SAID_BY_VISIT = timedelta(days=366)
"""How long after a visit the members that it spoke of may come into the site's figures."""
SAID_BY_FIGURES = timedelta(days=31)
"""How long after they came into the figures a visit may speak of the same members."""


@dataclass(frozen=True)
class Figures:
    """Heads at a site: all workers, the women among them, the members of the union."""

    workers: int = 0
    women: int = 0
    members: int = 0


def gained(before: Figures | None, after: Figures, source: CountSource, *, founded: bool) -> int:
    """How many members are new. `before` None: the site was not known; `founded`: its union was
    founded while we knew the site.

    Where no member was known of a union that was there before us, they are found, not gained; and
    a mistake that is mended gains nobody.
    """
    if before is None or source is CountSource.MENDED:
        return 0
    if before.members == 0 and not founded:
        return 0
    return max(0, after.members - before.members)


@dataclass(frozen=True)
class MemberGain:
    """New members of one site: `by_visit` a report says so, else its figures rose. `home_id`: the
    unit above the site. `visit_id` 0: no visit."""

    site_id: int
    home_id: int
    day: date
    members: int
    by_visit: bool
    visit_id: int = 0


@dataclass
class _Spoken:
    day: date
    left: int


def counted_once(gains: Iterable[MemberGain]) -> Iterator[tuple[MemberGain, int]]:
    """Each with how many of its members no other source has spoken of before, by day."""
    earlier: dict[tuple[int, bool], list[_Spoken]] = {}
    for gain in sorted(gains, key=lambda g: (g.day, not g.by_visit, g.visit_id)):
        members = gain.members
        within = SAID_BY_FIGURES if gain.by_visit else SAID_BY_VISIT
        for other in earlier.get((gain.site_id, not gain.by_visit), ()):
            if gain.day - other.day <= within:
                same = min(members, other.left)
                other.left -= same
                members -= same
        earlier.setdefault((gain.site_id, gain.by_visit), []).append(_Spoken(gain.day, members))
        yield gain, members
