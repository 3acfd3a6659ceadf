"""Which units the obligations speak for: the tree as it stands, mergers, and who reported alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.summaries.rules.unit_scope import Owned, own_of, owned
from bot.summaries.services.obligations import predecessors
from storage import figures
from storage.enums import SITE_KINDS, UnitKind
from storage.figures import UnitNode
from storage.models import Obligation


@dataclass(frozen=True)
class UnitScope:
    """The tree, and obligation id -> what it speaks for.

    `merged`: upper-level union -> those that were merged into it.
    """

    nodes: dict[int, UnitNode]
    owned: dict[int, Owned]
    merged: dict[int, list[int]]

    def sites(self, obligation_id: int) -> list[UnitNode]:
        """The sites that stand there now, by name."""
        inside = self.owned[obligation_id].inside
        nodes = (node for key, node in self.nodes.items() if key in inside)
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


async def own_ground_of(session: AsyncSession, receiver: int) -> UnitScope:
    """The receiver with its departments and the sites directly below them, under `OWN`."""
    nodes = {node.id: node for node in await figures.tree(session)}
    uppers = {node.id for node in nodes.values() if node.kind is UnitKind.UPPER}
    own = own_of(receiver, ((node.id, node.path) for node in nodes.values()), uppers)
    return UnitScope(nodes, {OWN: own}, {})


async def ground_of(session: AsyncSession, obligations: Sequence[Obligation]) -> UnitScope:
    """In three queries."""
    nodes = {node.id: node for node in await figures.tree(session)}
    uppers = [node.id for node in nodes.values() if node.kind not in SITE_KINDS]
    merged = await predecessors(session, uppers)
    sent = await figures.sent_by(
        session, {o.group for o in obligations}, {p for o in obligations for p in merged[o.unit_id]}
    )
    reports = {
        o.id or 0: (o.unit_id, {p for p in merged[o.unit_id] if (o.group, p) in sent})
        for o in obligations
    }
    return UnitScope(
        nodes, owned(reports, ((n.id, n.path) for n in nodes.values()), merged), merged
    )
