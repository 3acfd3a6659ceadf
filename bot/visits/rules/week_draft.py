"""The week's plan in the making: which officer of a pool gets which of the chosen sites."""

import heapq
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.visits.rules import rotation
from bot.visits.rules.pools import Officer, Pool
from bot.visits.rules.priority import Site


@dataclass
class WeekDraft:
    """Who goes where so far. `rank`: site -> its place by priority, 0 the first."""

    sites: Mapping[int, Site]
    rank: Mapping[int, int]
    directed: frozenset[tuple[int, int]]
    rest_weeks: int
    on_top: frozenset[tuple[int, int]] = frozenset()
    """Of the directed ones those that the quota does not count: put off from an earlier week."""
    planned: Counter[int] = field(default_factory=Counter)
    """Visits to each site this week."""
    assigned: dict[int, list[int]] = field(default_factory=dict)
    """Officer -> sites this plan adds."""
    own: dict[int, set[int]] = field(default_factory=dict)
    """Officer -> all sites of the week, the directed ones too."""
    by_turn: set[int] = field(default_factory=set)

    extra: Counter[int] = field(default_factory=Counter)
    """Officer -> visits on top of the quota."""

    def __post_init__(self) -> None:
        self.extra.update(officer_id for officer_id, _ in self.on_top)
        for officer_id, site_id in self.directed:
            self.planned[site_id] += 1
            self.own.setdefault(officer_id, set()).add(site_id)

    def fill(self, pool: Pool) -> None:
        """Give every officer of the pool the quota: free sites first, then second visits."""
        rest = min(self.rest_weeks, rotation.round_of(len(pool.sites), pool.capacity) - 1)
        ranked = sorted(pool.sites, key=lambda site: (self._rests(site, rest), self.rank[site]))
        free = [site for site in ranked if not self.planned[site]]
        waited = {site: self.sites[site].weeks_since_turn for site in free if site in pool.home}
        slots = sum(self.left(officer) for officer in pool.present)
        chosen, by_turn = rotation.choose(free, waited, pool.capacity, slots, len(pool.home))
        self.by_turn |= by_turn
        self._share_out(pool.present, chosen)
        self._second_visits(pool)

    def spread(self, pool: Pool) -> None:
        """Turn second visits into first ones where overlapping scopes left a site waiting."""
        ranked = sorted(pool.sites, key=self.rank.__getitem__)
        waiting = [site for site in reversed(ranked) if not self.planned[site]]
        for officer in pool.present:
            for place, site in enumerate(tuple(self.assigned.get(officer.id, ()))):
                if waiting and self.planned[site] > 1:
                    self._drop(officer.id, place)
                    self._give(officer.id, waiting.pop(), place)

    def left(self, officer: Officer) -> int:
        """Visits still missing from the officer's quota."""
        quota = officer.quota + self.extra[officer.id]
        return max(0, quota - len(self.own.get(officer.id, ())))

    def _rests(self, site_id: int, weeks: int) -> bool:
        """Whether somebody was there, or was to go, less than so many weeks ago."""
        since = self.sites[site_id].rested_weeks
        return since is not None and since < weeks

    def _give(self, officer_id: int, site_id: int, place: int | None = None) -> None:
        mine = self.assigned.setdefault(officer_id, [])
        mine.insert(len(mine) if place is None else place, site_id)
        self.own.setdefault(officer_id, set()).add(site_id)
        self.planned[site_id] += 1

    def _drop(self, officer_id: int, place: int) -> None:
        site_id = self.assigned[officer_id].pop(place)
        self.own[officer_id].remove(site_id)
        self.planned[site_id] -= 1

    def _share_out(self, officers: Sequence[Officer], chosen: Sequence[int]) -> None:
        """Whoever is in charge of a site goes there; the others by who has the most left."""
        by_id = {officer.id: officer for officer in officers}
        rest: list[int] = []
        for site_id in chosen:
            officer = by_id.get(self.sites[site_id].officer_in_charge or 0)
            if officer and self.left(officer):
                self._give(officer.id, site_id)
            else:
                rest.append(site_id)
        seats = sorted((-n, o.id) for o in officers for n in range(1, self.left(o) + 1))
        for site_id, (_, officer_id) in zip(rest, seats, strict=False):
            self._give(officer_id, site_id)

    def _second_visits(self, pool: Pool) -> None:
        """No free site is left in the scope: go where the fewest go, by priority."""
        lacking = [officer for officer in pool.present if self.left(officer)]
        if not lacking:
            return
        least = [(self.planned[site], self.rank[site], site) for site in pool.sites]
        heapq.heapify(least)
        for officer in lacking:
            self._take_least(officer, least)

    def _take_least(self, officer: Officer, least: list[tuple[int, int, int]]) -> None:
        popped: list[tuple[int, int, int]] = []
        while least and self.left(officer):
            planned, rank, site = heapq.heappop(least)
            if site not in self.own.get(officer.id, ()):
                self._give(officer.id, site)
                planned += 1
            popped.append((planned, rank, site))
        for entry in popped:
            heapq.heappush(least, entry)
