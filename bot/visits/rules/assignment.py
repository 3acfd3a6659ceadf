"""Who goes where next week: plan `sat-co-so`, "at least once a week to the grassroots".

The same input always gives the same plan, in whatever order it comes. What is promised, and why
it holds, is in `docs/decisions/0003-assignment.md`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from bot.visits.rules.pools import Officer, make_pools
from bot.visits.rules.priority import DEFAULT_WEIGHTS, Reason, Site, Weights, reasons, score
from bot.visits.rules.week_draft import WeekDraft

__all__ = ["Assignment", "AssignmentPlan", "Officer", "Reason", "Site", "Weights", "plan_week"]


@dataclass(frozen=True)
class Assignment:
    """One officer goes to one site; the weightiest reason first, never without a reason."""

    officer_id: int
    site_id: int
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class AssignmentPlan:
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
    on_top: Iterable[tuple[int, int]] = (),
) -> AssignmentPlan:
    """Plan one week.

    `scopes`: scope key -> ids of its sites; scopes may nest and overlap, and unknown sites in
    them are passed over. `already`: (officer, site) of directed visits; they count toward the
    quota and use up the site. `on_top`: those of visits put off from an earlier week, which use up
    the site and leave the quota as it is. `month` (1–12) is that of the week, for the campaigns.
    Raises ValueError when two sites or two officers have the same id.
    """
    sites_by_id = _by_id(sites)
    staff = _by_id(officers)
    pools = make_pools(staff.values(), scopes, sites_by_id.keys())
    ranks = _ranks(sites_by_id, month, weights)
    put_off = frozenset(on_top)
    directed = frozenset(already) | put_off
    draft = WeekDraft(sites_by_id, ranks, directed, weights.rest_weeks, put_off)
    for pool in pools:
        draft.fill(pool)
    for pool in pools:
        draft.spread(pool)
    assignments = (
        Assignment(
            officer_id, site_id, _why(draft, officer_id, sites_by_id[site_id], month, weights)
        )
        for officer_id, site_ids in sorted(draft.assigned.items())
        for site_id in site_ids
    )
    missing = sorted((officer.id, draft.left(officer)) for p in pools for officer in p.present)
    return AssignmentPlan(tuple(assignments), tuple(pair for pair in missing if pair[1]))


class _HasId(Protocol):
    @property
    def id(self) -> int: ...


_T = TypeVar("_T", bound=_HasId)


def _by_id(things: Iterable[_T]) -> dict[int, _T]:
    by_id: dict[int, _T] = {}
    for thing in things:
        if by_id.setdefault(thing.id, thing) is not thing:
            raise ValueError(f"two of them have the id {thing.id}")
    return by_id


def _ranks(sites: Mapping[int, Site], month: int, weights: Weights) -> dict[int, int]:
    """Site -> its place by priority; the longer wait and then the lower id break ties."""
    order = sorted(
        (-score(site, month, weights), -site.weeks_since_turn, site.id) for site in sites.values()
    )
    return {site_id: place for place, (_, _, site_id) in enumerate(order)}


def _why(
    draft: WeekDraft, officer_id: int, site: Site, month: int, weights: Weights
) -> tuple[Reason, ...]:
    grounds = reasons(site, month, weights)
    turn = site.id in draft.by_turn or not grounds
    in_charge = site.officer_in_charge == officer_id
    return (
        *((Reason("turn"),) if turn else ()),
        *grounds,
        *((Reason("in_charge"),) if in_charge else ()),
    )
