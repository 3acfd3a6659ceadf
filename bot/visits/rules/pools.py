"""Officers who share the same sites form a pool, and each site has one pool that answers for it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Officer:
    """Somebody who visits; `quota` visits a week, among the sites of one scope."""

    id: int
    quota: int
    scope: str
    away: bool = False
    """On leave: goes nowhere, but still counts in the pool's normal capacity, so that one
    leave does not change how long sites may wait."""


@dataclass
class Pool:
    """Officers with the same sites. `home`: the sites of no smaller pool; it sees to their turn."""

    sites: tuple[int, ...]
    """By id."""
    officers: list[Officer] = field(default_factory=list)
    home: set[int] = field(default_factory=set)

    @property
    def capacity(self) -> int:
        """Visits in a normal week, with nobody on leave."""
        return sum(max(0, officer.quota) for officer in self.officers)

    @property
    def present(self) -> list[Officer]:
        """Those who can go this week, by id."""
        return sorted((o for o in self.officers if not o.away), key=lambda o: o.id)


def make_pools(
    officers: Iterable[Officer], scopes: Mapping[str, Sequence[int]], site_ids: Collection[int]
) -> list[Pool]:
    """The pools, the most specific first, each with its home sites.

    Among scopes of one size the order goes by the ids in them and not by their keys or by
    priority, so that a site keeps its home from week to week.
    """
    by_sites: dict[frozenset[int], Pool] = {}
    by_scope: dict[str, Pool] = {}
    for officer in officers:
        if officer.scope not in by_scope:
            members = frozenset(s for s in scopes.get(officer.scope, ()) if s in site_ids)
            pool = by_sites.setdefault(members, Pool(tuple(sorted(members))))
            by_scope[officer.scope] = pool
        by_scope[officer.scope].officers.append(officer)
    pools = sorted(by_sites.values(), key=lambda pool: (len(pool.sites), pool.sites))
    _settle_homes(pools)
    return pools


def _settle_homes(pools: Iterable[Pool]) -> None:
    settled: set[int] = set()
    for pool in pools:
        if pool.capacity:  # a pool that never goes anywhere can answer for no site
            pool.home = set(pool.sites) - settled
            settled |= pool.home
