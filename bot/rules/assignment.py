"""Who goes where next week: plan `sat-co-so`, "at least once a week to the grassroots".

The same input always gives the same plan, in whatever order it comes. What is promised, and why
it holds, is in `docs/decisions/0003-assignment.md`.
"""

import heapq
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

from bot.rules import rotation
from bot.rules.pools import Officer, Pool, make_pools
from bot.rules.priority import DEFAULT_WEIGHTS, Reason, Site, Weights, reasons, score

__all__ = ["Assignment", "Officer", "Plan", "Reason", "Site", "Weights", "plan_week"]


@dataclass(frozen=True)
class Assignment:
    """One officer goes to one site; the weightiest reason first, never without a reason."""

    officer_id: int
    site_id: int
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class Plan:
    """The visits to add to those already planned, by officer, each one's in order of choice.

    `short`: officers whose scope has too few sites, and how many visits are missing.
    """

    assignments: tuple[Assignment, ...]
    short: tuple[tuple[int, int], ...]


def plan_week(
    sites: Iterable[Site],
    officers: Iterable[Officer],
    scopes: Mapping[str, Sequence[int]],
    already: Iterable[tuple[int, int]] = (),
    *,
    month: int,
    weights: Weights = DEFAULT_WEIGHTS,
) -> Plan:
    """Plan one week.

    `scopes`: scope key -> ids of its sites; scopes may nest and overlap, and unknown sites in
    them are passed over. `already`: (officer, site) of directed visits; they count toward the
    quota and use up the site. `month` (1–12) is that of the week, for the campaign months.
    Raises ValueError when two sites or two officers have the same id.
    """
    known = _by_id(sites)
    staff = _by_id(officers)
    pools = make_pools(staff.values(), scopes, known.keys())
    week = _Week(known, _ranks(known, month, weights), frozenset(already))
    for pool in pools:
        week.fill(pool)
    for pool in pools:
        week.spread(pool)
    return week.plan(pools, month, weights)


class _HasId(Protocol):
    @property
    def id(self) -> int: ...


_T = TypeVar("_T", bound=_HasId)


def _by_id(things: Iterable[_T]) -> dict[int, _T]:
    found: dict[int, _T] = {}
    for thing in things:
        if found.setdefault(thing.id, thing) is not thing:
            raise ValueError(f"two of them have the id {thing.id}")
    return found


def _ranks(known: Mapping[int, Site], month: int, weights: Weights) -> dict[int, int]:
    """Site -> its place by priority; the longer wait and then the lower id break ties."""
    order = sorted(
        (-score(site, month, weights), -site.weeks_since_turn, site.id) for site in known.values()
    )
    return {site_id: place for place, (_, _, site_id) in enumerate(order)}


@dataclass
class _Week:
    """The plan in the making."""

    known: Mapping[int, Site]
    rank: Mapping[int, int]
    directed: frozenset[tuple[int, int]]
    planned: Counter[int] = field(default_factory=Counter)
    """Visits to each site this week."""
    given: dict[int, list[int]] = field(default_factory=dict)
    """Officer -> sites this plan adds."""
    own: dict[int, set[int]] = field(default_factory=dict)
    """Officer -> all sites of the week, the directed ones too."""
    by_turn: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        for officer_id, site_id in self.directed:
            self.planned[site_id] += 1
            self.own.setdefault(officer_id, set()).add(site_id)

    def fill(self, pool: Pool) -> None:
        """Give every officer of the pool the quota: free sites first, then second visits."""
        ranked = sorted(pool.sites, key=self.rank.__getitem__)
        free = [site for site in ranked if not self.planned[site]]
        waited = {site: self.known[site].weeks_since_turn for site in free if site in pool.home}
        slots = sum(self._left(officer) for officer in pool.present)
        chosen, by_turn = rotation.choose(free, waited, pool.capacity, slots, len(pool.home))
        self.by_turn |= by_turn
        self._share_out(pool.present, chosen)
        self._second_visits(pool)

    def spread(self, pool: Pool) -> None:
        """Turn second visits into first ones where overlapping scopes left a site waiting."""
        ranked = sorted(pool.sites, key=self.rank.__getitem__)
        waiting = [site for site in reversed(ranked) if not self.planned[site]]
        for officer in pool.present:
            for place, site in enumerate(self.given.get(officer.id, ())):
                if waiting and self.planned[site] > 1:
                    self._drop(officer.id, place)
                    self._give(officer.id, waiting.pop(), place)

    def plan(self, pools: Iterable[Pool], month: int, weights: Weights) -> Plan:
        """The finished plan, with the reasons."""
        made = tuple(
            Assignment(officer_id, site_id, self._why(officer_id, site_id, month, weights))
            for officer_id, sites in sorted(self.given.items())
            for site_id in sites
        )
        present = (officer for pool in pools for officer in pool.present)
        missing = sorted((officer.id, self._left(officer)) for officer in present)
        return Plan(made, tuple(pair for pair in missing if pair[1]))

    def _left(self, officer: Officer) -> int:
        return max(0, officer.quota - len(self.own.get(officer.id, ())))

    def _give(self, officer_id: int, site_id: int, place: int | None = None) -> None:
        mine = self.given.setdefault(officer_id, [])
        mine.insert(len(mine) if place is None else place, site_id)
        self.own.setdefault(officer_id, set()).add(site_id)
        self.planned[site_id] += 1

    def _drop(self, officer_id: int, place: int) -> None:
        site_id = self.given[officer_id].pop(place)
        self.own[officer_id].remove(site_id)
        self.planned[site_id] -= 1

    def _share_out(self, officers: Sequence[Officer], chosen: Sequence[int]) -> None:
        """Whoever is in charge of a site goes there; the others by who has the most left."""
        by_id = {officer.id: officer for officer in officers}
        rest: list[int] = []
        for site_id in chosen:
            officer = by_id.get(self.known[site_id].officer_in_charge or 0)
            if officer and self._left(officer):
                self._give(officer.id, site_id)
            else:
                rest.append(site_id)
        seats = sorted((-n, o.id) for o in officers for n in range(1, self._left(o) + 1))
        for site_id, (_, officer_id) in zip(rest, seats, strict=False):
            self._give(officer_id, site_id)

    def _second_visits(self, pool: Pool) -> None:
        """No free site is left in the scope: go where the fewest go, by priority."""
        lacking = [officer for officer in pool.present if self._left(officer)]
        if not lacking:
            return
        least = [(self.planned[site], self.rank[site], site) for site in pool.sites]
        heapq.heapify(least)
        for officer in lacking:
            self._take_least(officer, least)

    def _take_least(self, officer: Officer, least: list[tuple[int, int, int]]) -> None:
        passed: list[tuple[int, int, int]] = []
        while least and self._left(officer):
            planned, rank, site = heapq.heappop(least)
            if site not in self.own.get(officer.id, ()):
                self._give(officer.id, site)
                planned += 1
            passed.append((planned, rank, site))
        for entry in passed:
            heapq.heappush(least, entry)

    def _why(
        self, officer_id: int, site_id: int, month: int, weights: Weights
    ) -> tuple[Reason, ...]:
        site = self.known[site_id]
        grounds = reasons(site, month, weights)
        turn = site_id in self.by_turn or not grounds
        in_charge = site.officer_in_charge == officer_id
        return (
            *((Reason("turn"),) if turn else ()),
            *grounds,
            *((Reason("in_charge"),) if in_charge else ()),
        )
