"""What counts for whom: the units that a reporting unit speaks for, through all mergers."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Owned:
    """What one report speaks for, by unit id.

    `flow`: the unit, what was merged into it and all below them, whose visits and cases count.
    `inside`: the same with predecessors that reported for themselves, whose sites it has now.
    `roots`: the unit and the predecessors that count, without what is below.
    """

    roots: frozenset[int]
    flow: frozenset[int]
    inside: frozenset[int]


def owned(
    reports: Mapping[int, tuple[int, Collection[int]]],
    paths: Iterable[tuple[int, str]],
    merged: Mapping[int, Collection[int]],
    later: Mapping[int, Collection[int]] | None = None,
) -> dict[int, Owned]:
    """Report -> what it speaks for; one pass over the tree.

    `reports`: report -> (unit, the predecessors that sent a report of their own for the same
    period). `merged`: unit -> all that was merged into it, through others too. What was merged
    into a predecessor with a report of its own is in that report. `later`: report -> those of the
    latter that were merged only after the period: their sites stood elsewhere at its end.
    """
    elsewhere = later or {}
    inside, apart = {}, {}
    over: dict[int, list[int]] = defaultdict(list)  # unit -> the reports it is a root of
    for report, (unit, alone) in reports.items():
        before = set(merged.get(unit, ()))
        kept_off = before & set(alone)
        apart[report] = kept_off.union(
            *(merged.get(predecessor, ()) for predecessor in kept_off)
        ) - {unit}
        inside[report] = (before - set(elsewhere.get(report, ()))) | {unit}
        for root in inside[report]:
            over[root].append(report)
    flow, all_of = defaultdict(set), defaultdict(set)
    for key, path in paths:
        nearest = {report: root for root in _ids(path) for report in over.get(root, ())}
        for report, root in nearest.items():
            all_of[report].add(key)
            if root not in apart[report]:
                flow[report].add(key)
    return {
        report: Owned(
            frozenset(inside[report] - apart[report]),
            frozenset(flow[report]),
            frozenset(all_of[report]),
        )
        for report in reports
    }


def own_of(unit: int, paths: Iterable[tuple[int, str]], uppers: Collection[int]) -> Owned:
    """What a receiver has itself: all below it that stands under none of the `uppers`, which
    report for themselves."""
    own = frozenset(
        key for key, path in paths if unit in (ids := _ids(path)) and not set(uppers) & set(ids)
    )
    return Owned(frozenset({unit}), own, own)


def _ids(path: str) -> list[int]:
    """From the root of the tree down to the unit itself."""
    return [int(part) for part in path.split("/") if part]
