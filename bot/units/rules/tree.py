"""What a tree of units may look like: parents that exist and may hold such a unit, no circles."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from storage.enums import SITE_KINDS, UnitKind

# Which kinds may lie directly under which.
MAY_HOLD: Mapping[str, frozenset[str]] = {
    UnitKind.FEDERATION: frozenset(UnitKind),
    UnitKind.UPPER: frozenset({UnitKind.UPPER, *SITE_KINDS}),
    UnitKind.SITE_UNION: frozenset(),
    UnitKind.ENTERPRISE: frozenset(),
}
DEEPEST = 20  # levels; a path has to fit into its column


@dataclass(frozen=True)
class Node:
    """`parent` and `successor` are keys of other nodes; `ended`: dissolved on this day.

    `kind` None: not known, held for possible.
    """

    name: str
    kind: str | None
    parent: str | None
    ended: date | None = None
    successor: str | None = None

    @property
    def dissolved(self) -> bool:
        return self.ended is not None


Tree = Mapping[str, Node]
Wrong = tuple[str, str, str]  # the node's key, the column, the words


def mistakes(
    tree: Tree, touched: Collection[str], was_top: Collection[str], turned: Collection[str]
) -> Iterator[Wrong]:
    """What is wrong with the touched nodes; `turned` are those that changed their kind."""
    depths = _depths(tree)
    tops = sum(1 for node in tree.values() if node.parent is None and not node.dissolved)
    for key in touched:
        node = tree[key]
        if node.parent is None:
            if tops > 1 and key not in was_top:
                yield key, "parent", "đề nghị ghi mã đơn vị cấp trên"
            continue
        for words in _parent(node, node.parent, tree):
            yield key, "parent", words
        deep = depths[key]
        if deep is None:
            yield (
                key,
                "parent",
                "các đơn vị là cấp trên của nhau thành vòng tròn, đề nghị sửa mã cấp trên",
            )
        elif deep > DEEPEST:
            yield key, "parent", f"cây tổ chức sâu hơn {DEEPEST} cấp"
    yield from _held(tree, touched, turned)


def _parent(node: Node, parent: str, tree: Tree) -> Iterator[str]:
    if parent not in tree:
        yield f"không có đơn vị nào mang mã {parent.upper()}, đề nghị sửa mã hoặc thêm đơn vị đó"
    elif tree[parent].dissolved and not node.dissolved:
        yield f"đơn vị cấp trên ({tree[parent].name}) đã giải thể, đề nghị ghi đơn vị khác"
    elif not _may_hold(tree[parent].kind, node.kind):
        yield f"{tree[parent].name} không thể là cấp trên của loại đơn vị này, đề nghị sửa"


def _held(tree: Tree, touched: Collection[str], turned: Collection[str]) -> Iterator[Wrong]:
    """A unit that turned into another kind must still be able to hold what lies under it."""
    for key, node in tree.items():
        parent = node.parent
        if parent in turned and key not in touched and not node.dissolved:
            assert parent is not None
            if not _may_hold(tree[parent].kind, node.kind):
                yield parent, "kind", f"không đổi loại được vì còn đơn vị trực thuộc ({node.name})"


def _may_hold(parent: str | None, child: str | None) -> bool:
    return parent is None or child is None or child in MAY_HOLD[parent]


def _depths(tree: Tree) -> dict[str, int | None]:
    """How many levels down each node lies, from 1; None for those that go round in a circle."""
    depths: dict[str, int | None] = {}
    for start in tree:
        way: dict[str, None] = {}
        key: str | None = start
        while key is not None and key in tree and key not in depths and key not in way:
            way[key] = None
            key = tree[key].parent
        depth = None if key in way else depths.get(key, 0) if key else 0
        for step in reversed(way):
            depth = None if depth is None else depth + 1
            depths[step] = depth
    return depths
