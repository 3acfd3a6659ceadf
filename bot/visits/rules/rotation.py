"""Choosing this week's sites of one pool: by priority, with nobody left waiting too long.

A pool of S sites and V visits a week goes round in N = ceil(S/V) weeks. Each site gets its next
turn at most N + 1 weeks after the last one, whatever the priorities; `docs/decisions/
0003-assignment.md` has the argument.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate


def longest_wait(sites: int, visits: int) -> int:
    """Weeks within which every one of `sites` gets a turn with `visits` (≥ 1) a week."""
    return round_of(sites, visits) + 1


def round_of(sites: int, visits: int) -> int:
    """Weeks in which `sites` all get a turn with `visits` (≥ 1) a week."""
    return -(-sites // visits)


def choose(
    ranked: Sequence[int], waited: Mapping[int, int], capacity: int, slots: int, home: int
) -> tuple[list[int], frozenset[int]]:
    """The sites to visit, and those among them owed to the rotation, not to their priority.

    `ranked`: all free sites, best first. `waited`: weeks since the last turn, for the free
    sites whose turn this pool answers for (its home sites); the others only fill up.
    `capacity`: visits of a normal week, ≥ 1; `slots`: visits left this week; `home`: how many home
    sites there are in all, free or not.
    """
    if slots <= 0:
        return [], frozenset()
    last = longest_wait(home, capacity)
    remaining = {site: max(1, last + 1 - weeks) for site, weeks in waited.items()}
    needs = _needs(remaining.values(), capacity, last)
    if max(needs, default=0) > slots:
        return _longest_waiting(ranked, waited, slots)
    return _best_within(ranked, remaining, needs, slots)


def _needs(remaining: Iterable[int], capacity: int, last: int) -> list[int]:
    """For k = 1, 2, …: how many sites due within k weeks must be visited now.

    The coming k - 1 weeks can take (k - 1) · capacity of them; the rest cannot wait.
    """
    due = [0] * last
    for weeks in remaining:
        if weeks <= last:
            due[weeks - 1] += 1
    return [total - k * capacity for k, total in enumerate(accumulate(due))]


def _best_within(
    ranked: Sequence[int], remaining: Mapping[int, int], needs: list[int], slots: int
) -> tuple[list[int], frozenset[int]]:
    """Best first, but never so that the needs no longer fit in the slots left.

    The sets "due within k weeks" are nested, so taking the best site that still fits is optimal.
    """
    chosen: list[int] = []
    forced: set[int] = set()
    never = len(needs) + 1
    horizon = _horizon(needs, slots)
    skipped = False
    for site in ranked:
        weeks = remaining.get(site, never)
        if weeks > horizon:
            skipped = True
            continue
        chosen.append(site)
        if skipped:
            forced.add(site)
        slots -= 1
        if slots == 0:
            break
        for k in range(weeks - 1, len(needs)):
            needs[k] -= 1
        horizon = _horizon(needs, slots)
    return chosen, frozenset(forced)


def _horizon(needs: Sequence[int], slots: int) -> int:
    """The most weeks a site may have left to be taken now: no more once a need fills the slots."""
    tight = (k for k, need in enumerate(needs, 1) if need >= slots)
    return next(tight, len(needs) + 1)


def _longest_waiting(
    ranked: Sequence[int], waited: Mapping[int, int], slots: int
) -> tuple[list[int], frozenset[int]]:
    """There is a backlog (leave, directed visits): clear it, the longest wait first."""
    overdue_first = sorted((site for site in ranked if site in waited), key=lambda s: -waited[s])
    chosen = overdue_first[:slots]
    return chosen, frozenset(chosen)
