"""Where a case begins and where it goes next: one level up at a time, up to the province.

Plan `sat-co-so`: what is beyond one's capacity or authority goes up. A worker's case about the
union's own people goes past them, to the level above (our own proposal); what a cadre proposes
begins with the union over the site, whatever its words.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from bot.cases.rules.cases import goes_past_officers
from storage.enums import CaseKind, Category

OfficerState = Literal["present", "on_leave", "departed"]
RoutingReason = Literal["in_charge", "queue", "past_officer", "on_leave", "departed"]


@dataclass(frozen=True)
class OfficerInCharge:
    """Who sees to the site. `state` on the day the case is born."""

    id: int
    state: OfficerState = "present"


@dataclass(frozen=True)
class Routing:
    """Where a case begins: the unit, and the officer or None for the unit's queue.

    `offer`: the unit's supervisor is to be asked who takes it (leave, departure, own people).
    """

    unit_level: int
    assignee: int | None
    reason: RoutingReason

    @property
    def offer(self) -> bool:
        return self.reason in ("past_officer", "on_leave", "departed")


@dataclass(frozen=True)
class HeldCase:
    """A case and who has it in hand."""

    case: int
    assignee: int | None


def chain(path: Sequence[int]) -> tuple[int, ...]:
    """The levels of a case, the owning unit first, from the path of the tree (root first).

    The root is the province; whoever leads it (Ban Thường vụ LĐLĐ tỉnh) decides last.
    Raises ValueError for an empty path.
    """
    if not path:
        raise ValueError("a unit has a path")
    return tuple(reversed(path))


def next_level(levels: Sequence[int], current: int) -> int | None:
    """The unit one level up, or None at the top.

    A unit that no longer lies on the chain (merged, moved) gives the chain's first: the case
    follows its site.
    """
    if current not in levels:
        return levels[0]
    above = levels.index(current) + 1
    return levels[above] if above < len(levels) else None


def route(
    category: Category,
    kind: CaseKind,
    names_officer: bool,
    levels: Sequence[int],
    officer: OfficerInCharge | None,
) -> Routing:
    """Where a new case begins. `levels`: as `chain` gives them; `officer`: in charge of the site.

    Where there is no level above, the top keeps a case about its own people, in nobody's hands,
    so that the supervisor gives it to somebody else.
    """
    if goes_past_officers(category, kind) or names_officer:
        above = next_level(levels, levels[0])
        return Routing(levels[0] if above is None else above, None, "past_officer")
    if officer is None:
        return Routing(levels[0], None, "queue")
    if officer.state != "present":
        return Routing(levels[0], None, officer.state)
    return Routing(levels[0], officer.id, "in_charge")


def orphaned(cases: Iterable[HeldCase], states: Mapping[int, OfficerState]) -> tuple[HeldCase, ...]:
    """The cases to offer to the supervisor in one list: their officer is away or has left.

    An officer not in `states` counts as departed.
    """
    return tuple(
        held
        for held in cases
        if held.assignee is not None and states.get(held.assignee, "departed") != "present"
    )
