"""Which units the obligations speak for: the tree as it stands, mergers, and who reported alone."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.summaries.rules.unit_scope import Owned, own_of, owned
from bot.summaries.services.obligations import predecessors
from storage import figures, trees
from storage.enums import SITE_KINDS, UnitKind
from storage.figures import UnitNode
from storage.models import Obligation, UnitPast


@dataclass(frozen=True)
class UnitScope:
    """The tree as it is, and obligation id -> what it speaks for.

    `merged`: upper-level union -> those that were merged into it. `earlier`: obligation id -> the
    tree as it was on the last day of its period, where it was another.
    """

    nodes: dict[int, UnitNode]
    owned: dict[int, Owned]
    merged: dict[int, list[int]]
    earlier: dict[int, dict[int, UnitNode]] = field(default_factory=dict)

    def tree_of(self, obligation_id: int) -> dict[int, UnitNode]:
        """The tree that counts for it."""
        return self.earlier.get(obligation_id, self.nodes)

    def sites(self, obligation_id: int) -> list[UnitNode]:
        """The sites that stood there at the end of its period, by name."""
        inside = self.owned[obligation_id].inside
        nodes = (node for key, node in self.tree_of(obligation_id).items() if key in inside)
        return [n for n in nodes if n.kind in SITE_KINDS and n.dissolved_on is None]

    def known_since(self, obligation_id: int) -> date:
        """Since when any of the units that it speaks for is in the list."""
        return min(self.nodes[root].known_since for root in self.owned[obligation_id].roots)

    def units(self) -> set[int]:
        """Whose visits and cases are asked for; sites have none of their own but at the root."""
        wanted = set[int]().union(*(owned_units.flow for owned_units in self.owned.values()))
        return {
            key
            for key in wanted
            if self.nodes[key].kind not in SITE_KINDS or self.nodes[key].path == f"/{key}/"
        }


OWN = 0
"""The key of what is counted for a receiver itself, which owes no report."""


async def own_ground_of(session: AsyncSession, receiver: int, day: date) -> UnitScope:
    """The receiver with its departments and the sites directly below them on a day, under `OWN`."""
    now = {node.id: node for node in await figures.tree(session)}
    nodes = as_on(now, await trees.others_then(session, day), day)
    uppers = {node.id for node in nodes.values() if node.kind is UnitKind.UPPER}
    own = own_of(receiver, ((node.id, node.path) for node in nodes.values()), uppers)
    return UnitScope(nodes, {OWN: own}, {})


async def ground_of(session: AsyncSession, obligations: Sequence[Obligation]) -> UnitScope:
    """In three queries, and one more for each last day of a period that is over."""
    nodes = {node.id: node for node in await figures.tree(session)}
    uppers = [node.id for node in nodes.values() if node.kind not in SITE_KINDS]
    merged = await predecessors(session, uppers)
    sent = await figures.sent_by(
        session, {o.group for o in obligations}, {p for o in obligations for p in merged[o.unit_id]}
    )
    by_day: dict[date, list[Obligation]] = defaultdict(list)
    for obligation in obligations:
        by_day[obligation.last_day].append(obligation)
    scope = UnitScope(nodes, {}, merged)
    for day, owing in by_day.items():
        tree = as_on(nodes, await trees.others_then(session, day), day)
        alone = {o.id or 0: {p for p in merged[o.unit_id] if (o.group, p) in sent} for o in owing}
        reports = {o.id or 0: (o.unit_id, alone[o.id or 0]) for o in owing}
        apart = {
            report: {p for p in sending if tree[p].dissolved_on is None}
            for report, sending in alone.items()
        }
        paths = [(node.id, node.path) for node in tree.values()]
        scope.owned.update(owned(reports, paths, merged, apart))
        if tree != nodes:
            scope.earlier.update(dict.fromkeys(reports, tree))
    return scope


def as_on(
    nodes: Mapping[int, UnitNode], others: Mapping[int, UnitPast], day: date
) -> dict[int, UnitNode]:
    """The tree as it was on a day: places, names, and who was still there."""
    tree = {}
    for key, node in nodes.items():
        row = others.get(key)
        then = replace(node, path=row.path, name=row.name) if row else node
        if then.dissolved_on and then.dissolved_on > day:
            then = replace(then, dissolved_on=None, successor_id=None)
        tree[key] = then
    return tree


async def ground_of_units(session: AsyncSession, unit_ids: Collection[int], day: date) -> UnitScope:
    """What these units have on a day with all that was merged into them, each under its own id."""
    nodes = {node.id: node for node in await figures.tree(session)}
    uppers = [node.id for node in nodes.values() if node.kind not in SITE_KINDS]
    merged = await predecessors(session, uppers)
    tree = as_on(nodes, await trees.others_then(session, day), day)
    paths = [(node.id, node.path) for node in tree.values()]
    speaking: dict[int, tuple[int, tuple[int, ...]]] = {unit: (unit, ()) for unit in unit_ids}
    scope = UnitScope(nodes, owned(speaking, paths, merged), merged)
    if tree != nodes:
        scope.earlier.update(dict.fromkeys(unit_ids, tree))
    return scope
