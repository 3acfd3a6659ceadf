"""Units that are dissolved or merged into another: what a list may say, and who follows whom.

A dissolved unit keeps its row, with the day and, if it was merged, its successor (DOMAIN: old
reports keep the tree of their date). What is alive below it goes where it went.
"""

from collections.abc import Collection, Iterator, Mapping
from datetime import date

from bot.units.rules.tree import MAY_HOLD, Node, Tree, Wrong
from storage.enums import SITE_KINDS, UnitKind


def heir(tree: Tree, key: str) -> str | None:
    """The living unit that a dissolved one ended up in, through chains; None: in none."""
    chain = {key}
    while (node := tree.get(key)) is not None and node.dissolved:
        if node.successor is None or node.successor in chain:
            return None
        key = node.successor
        chain.add(key)
    return key if node is not None else None


def followers(tree: Tree, placed: Collection[str]) -> Iterator[tuple[str, str, str]]:
    """(unit, its dissolved parent, its new parent) of the living units below dissolved ones.

    `placed`: units that the list itself gives a parent. A unit that takes over its own parent
    moves up into its place.
    """
    for key, node in tree.items():
        parent = node.parent
        if parent is None or parent not in tree or not tree[parent].dissolved:
            continue
        if node.dissolved or key in placed:
            continue
        target = heir(tree, parent)
        if target == key:
            target = _above(tree, parent)
        if target is not None:
            yield key, parent, target


def mistakes(tree: Tree, touched: Collection[str], today: date) -> Iterator[Wrong]:
    """What is wrong with the ends of the touched units; the tree as it would be."""
    for key in touched:
        node = tree[key]
        if node.ended is None:
            if node.successor is not None:
                yield (
                    key,
                    "dissolved_on",
                    "cần ghi ngày giải thể của đơn vị được nhập vào đơn vị khác",
                )
            continue
        if node.ended > today:
            words = "chưa đến ngày này, đề nghị nhập khi đơn vị đã giải thể"
            yield key, "dissolved_on", words
        if node.parent is None:
            yield key, "dissolved_on", "đơn vị cao nhất không giải thể được"
        if node.successor is not None:
            yield from ((key, "successor", words) for words in _successor(tree, key, node))
    yield from _left_behind(tree, touched)


def _successor(tree: Tree, key: str, node: Node) -> Iterator[str]:
    into = tree.get(node.successor or "")
    if into is None:
        yield f"không có đơn vị nào mang mã {(node.successor or '').upper()}"
    elif node.successor == key:
        yield "đơn vị không thể nhập vào chính mình"
    elif _round(tree, key):
        yield "các đơn vị nhập vào nhau thành vòng tròn"
    elif into.ended and node.ended and into.ended < node.ended:
        yield f"{into.name} đã giải thể trước đó, ngày {into.ended:%d/%m/%Y}"
    elif node.kind and into.kind and (node.kind in SITE_KINDS) != (into.kind in SITE_KINDS):
        yield f"{into.name} khác loại, không thể nhận đơn vị này"


def _round(tree: Tree, key: str) -> bool:
    chain: set[str] = set()
    at: str | None = key
    while at is not None and at in tree and at not in chain:
        chain.add(at)
        at = tree[at].successor
    return at in chain


def _left_behind(tree: Tree, touched: Collection[str]) -> Iterator[Wrong]:
    """Dissolved units with living ones below that have nowhere to go."""
    left: dict[str, list[str]] = {}
    for key, node in tree.items():
        parent = node.parent
        if key in touched or node.dissolved or parent is None or parent not in touched:
            continue  # a touched one is a mistake of its own
        if tree[parent].dissolved:
            left.setdefault(parent, []).append(node.name)
    for key, names in left.items():
        words = f"còn {len(names)} đơn vị trực thuộc ({names[0]}{', …' if names[1:] else ''})"
        yield key, "dissolved_on", f"{words}: ghi đơn vị nhập vào, hoặc chuyển chúng trong tệp này"


def _above(tree: Mapping[str, Node], key: str) -> str | None:
    """The nearest living unit above."""
    chain: set[str] = set()
    at = tree[key].parent
    while (
        at is not None
        and at in tree
        and at not in chain
        and MAY_HOLD[tree[at].kind or UnitKind.UPPER]
    ):
        if not tree[at].dissolved:
            return at
        chain.add(at)
        at = tree[at].parent
    return None
