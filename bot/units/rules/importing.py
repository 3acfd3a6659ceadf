"""A list of units against the organisation as it is: what would change, or what is wrong.

All or nothing: as long as there is one mistake there is nothing to import. A cell that was left
empty changes nothing. Codes are compared without case.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from bot.units.rules import identity, merging
from bot.units.rules import tree as unit_tree
from bot.units.rules import values as unit_values
from bot.units.rules.import_plan import (
    ENDING,
    NOT_IN_FILE,
    NOTHING,
    Change,
    ImportPlan,
    ImportRow,
    KnownUnit,
    Mistake,
    Values,
)
from bot.units.rules.tree import Node
from storage.enums import UnitKind

NO_NAME = "đơn vị mới chưa có tên, đề nghị ghi tên, hoặc xóa dòng nếu không phải đơn vị"
NO_KIND = "đơn vị mới chưa ghi loại, đề nghị chọn trong danh sách của ô"


def plan(
    rows: Sequence[ImportRow], known_units: Iterable[KnownUnit], top_code: str, today: date
) -> ImportPlan:
    """Check the rows against the known units; the tree may come in any order.

    `top_code`: the top unit where none is known yet and the file has several candidates.
    `today`: no rating and no end of a unit can be newer.
    """
    units = {unit.code.casefold(): unit for unit in known_units}
    mistakes = list(_twice(rows))
    placed = {row.line for row in rows if row.cells.get("parent")}
    rows = _with_parents(rows, units, top_code.casefold())
    planned = [_change(row, units) for row in rows]
    changes = {change.code.casefold(): change for change in planned}
    for row, change in zip(rows, planned, strict=True):
        mistakes += _row_mistakes(row, change, units.get(row.code.casefold()), today.year)
    changes |= _following(rows, changes, units)
    mistakes += _tree_mistakes(changes, units, today)
    mistakes += identity.mistakes(changes.values(), units)
    if mistakes:
        return ImportPlan(mistakes=tuple(sorted(set(mistakes))))
    new = tuple(c for c in changes.values() if c.before is None)
    old = [c for c in changes.values() if c.before is not None]
    changed = tuple(c for c in old if c.keys or c.new_rating)
    named = {row.code.casefold() for row in rows}
    missing = sum(1 for key, unit in units.items() if key not in named and not unit.dissolved)
    doubts = identity.doubts(changes.values(), units)
    warnings = (*doubts, *(w for c in changes.values() for w in _warnings(c, c.line in placed)))
    return ImportPlan(new, changed, len(old) - len(changed), missing, warnings)


def own_top(
    import_plan: ImportPlan, rows: Sequence[ImportRow], known_units: Iterable[KnownUnit]
) -> Change | None:
    """The one new federation of the list that is placed nowhere, where there is a top unit already:
    it may be that unit under another code. None where there is no such doubt."""
    if not any(unit.values["parent"] is None and not unit.dissolved for unit in known_units):
        return None
    placed = {row.code.casefold() for row in rows if row.cells.get("parent")}
    unplaced = [
        change
        for change in import_plan.new
        if change.after["kind"] == UnitKind.FEDERATION and change.code.casefold() not in placed
    ]
    return unplaced[0] if len(unplaced) == 1 else None


def top_row(
    rows: Sequence[ImportRow], known_units: Iterable[KnownUnit], code: str, name: str
) -> list[ImportRow]:
    """The organisation itself, where there is no tree yet and the file does not begin one."""
    units = list(known_units)
    codes = {row.code.casefold() for row in rows} | {unit.code.casefold() for unit in units}
    has_top = any(unit.values["parent"] is None and not unit.dissolved for unit in units)
    if not rows or has_top or code.casefold() in codes:
        return []
    return [ImportRow(NOT_IN_FILE, code, {"name": name, "kind": UnitKind.FEDERATION})]


def follows(mistake: Mistake, unread: Collection[tuple[int, str]]) -> bool:
    """Whether it may only be said because a cell (line, column) of the row could not be read."""
    resting_on = _RESTS_ON.get(mistake.column, ())
    return any((mistake.line, key) in unread for key in (mistake.column, *resting_on))


# What a mistake in one column may come from in another.
_RESTS_ON: Mapping[str, tuple[str, ...]] = {
    "name": ("code", "parent", "kind"),
    "kind": ("code",),
    "parent": ("code", "kind"),
    "women": ("workers",),
    "latitude": ("longitude",),
    "longitude": ("latitude",),
    "rating": ("kind",),
    "rating_year": ("rating",),
    "dissolved_on": ("successor",),
    "successor": ("dissolved_on",),
}


def _twice(rows: Sequence[ImportRow]) -> Iterator[Mistake]:
    first: dict[str, int] = {}
    for row in rows:
        line = first.setdefault(row.code.casefold(), row.line)
        if line != row.line:
            yield Mistake(
                row.line, "code", f"mã {row.code} đã có ở dòng {line}, đề nghị xóa một dòng"
            )


def _with_parents(
    rows: Sequence[ImportRow], units: Mapping[str, KnownUnit], top_code: str
) -> Sequence[ImportRow]:
    """New units without a parent go under the top one; others are named by their full code."""
    names = {row.code.casefold(): row.code for row in rows}
    names |= {key: unit.code for key, unit in units.items()}
    top = _top(rows, units, top_code)
    ended = _ended(rows, units)
    new_rows = []
    for row in rows:
        values = dict(row.cells)
        if into := values.get("successor"):
            values["successor"] = names.get(into.casefold(), into)
        parent = values.get("parent")
        if parent is not None:
            values["parent"] = _gone_along(row, units, ended) or names.get(
                parent.casefold(), parent
            )
        elif row.code.casefold() not in units and top and row.code.casefold() != top:
            values["parent"] = names[top]
        new_rows.append(ImportRow(row.line, row.code, values))
    return new_rows


def _ended(rows: Sequence[ImportRow], units: Mapping[str, KnownUnit]) -> dict[str, str | None]:
    """Units dissolved before this list, which does not bring them back, and their heirs."""
    back = {row.code.casefold() for row in rows if row.cells.get("dissolved_on", "") is None}
    tree = _tree({}, units)
    ended = [key for key, node in tree.items() if node.dissolved and key not in back]
    return {key: merging.heir(tree, key) for key in ended}


def _gone_along(
    row: ImportRow, units: Mapping[str, KnownUnit], ended: Mapping[str, str | None]
) -> str | None:
    """The parent of a unit whose row still names the one that was merged into it."""
    unit = units.get(row.code.casefold())
    own: str = (unit.values["parent"] if unit else None) or ""
    heir = ended.get(str(row.cells["parent"]).casefold())
    return own if heir and heir == own.casefold() else None


def _top(rows: Sequence[ImportRow], units: Mapping[str, KnownUnit], top_code: str) -> str | None:
    for key, unit in units.items():
        if unit.values["parent"] is None and not unit.dissolved:
            return key
    orphans = [row.code.casefold() for row in rows if row.cells.get("parent") is None]
    if top_code in orphans:
        return top_code
    return orphans[0] if len(orphans) == 1 else None


def _change(row: ImportRow, units: Mapping[str, KnownUnit]) -> Change:
    unit = units.get(row.code.casefold())
    before = unit.values if unit else None
    values = {key: value for key, value in row.cells.items() if key in NOTHING}
    cleared = {key: NOTHING[key] for key, value in values.items() if value is None}
    if "dissolved_on" in cleared:
        cleared["successor"] = None  # a unit that lives again was merged into none
    rating, year = row.cells.get("rating"), row.cells.get("rating_year")
    return Change(
        row.line,
        unit.code if unit else row.code,
        before,
        {**(before or NOTHING), **values, **cleared},
        unit.ratings.get(year) if unit and year else None,
        (year, rating) if rating and year else None,
    )


def _row_mistakes(
    row: ImportRow, change: Change, unit: KnownUnit | None, year: int
) -> Iterator[Mistake]:
    def wrong(column: str, words: str) -> Mistake:
        return Mistake(row.line, column, words)

    after = change.after
    stays_dissolved = unit is not None and unit.dissolved and after["dissolved_on"] is not None
    if stays_dissolved and (change.new_rating or not set(change.keys) <= set(ENDING)):
        words = f"đơn vị {change.code} đã giải thể, không cập nhật được"
        yield wrong("code", f"{words}; đề nghị xóa dòng, đơn vị mới thì ghi mã mới")
    if not after["name"]:
        yield wrong("name", NO_NAME)
    if after["kind"] is None:
        yield wrong("kind", NO_KIND)
    yield from (wrong(*pair) for pair in unit_values.count_mistakes(after))
    yield from (wrong(*pair) for pair in unit_values.place_mistakes(after))
    yield from (wrong(*pair) for pair in unit_values.quota_mistakes(after))
    yield from (
        wrong(*pair) for pair in unit_values.rating_mistakes(row.cells, after["kind"], year)
    )


def _warnings(change: Change, placed: bool) -> Iterator[Mistake]:
    after = change.after
    if after["members"] > after["workers"]:
        words = f"số đoàn viên ({after['members']}) lớn hơn số lao động ({after['workers']})"
        yield Mistake(change.line, "members", words)
    if after["officer_name"] and "officer_name" in change.keys:
        words = f"{after['officer_name']} chưa tham gia: ghi tên trước, tham gia thì tự khớp"
        yield Mistake(change.line, "officer", words)
    is_new = change.before is None and not placed
    if is_new and after["kind"] == UnitKind.FEDERATION and after["parent"]:
        yield Mistake(change.line, "parent", f"được đặt trực thuộc {after['parent']}")


def _following(
    rows: Sequence[ImportRow], changes: Mapping[str, Change], units: Mapping[str, KnownUnit]
) -> dict[str, Change]:
    """What lies under a unit that is merged goes to its successor, unless the file says where.

    A list that was written out and edited still names the old parent in every row: that is no
    other place to go to.
    """
    placed = {row.code.casefold() for row in rows if _placed(row, units.get(row.code.casefold()))}
    codes = {key: unit.code for key, unit in units.items()}
    codes |= {key: change.code for key, change in changes.items()}
    following = {}
    for key, merged, into in merging.followers(_tree(changes, units), placed):
        moved = {"parent": codes[into]}
        if change := changes.get(key):
            along = codes[merged] if not change.keys and not change.new_rating else ""
            following[key] = replace(change, after={**change.after, **moved}, follows=along)
        elif merged in changes:
            line, before = changes[merged].line, units[key].values
            after = {**before, **moved}
            following[key] = Change(line, codes[key], before, after, follows=codes[merged])
    return following


def _placed(row: ImportRow, unit: KnownUnit | None) -> bool:
    """Whether the row moves the unit, or sets a new one somewhere."""
    parent = row.cells.get("parent")
    return parent is not None and (unit is None or parent != unit.values["parent"])


def _tree_mistakes(
    changes: Mapping[str, Change], units: Mapping[str, KnownUnit], today: date
) -> list[Mistake]:
    tree = _tree(changes, units)
    was_top = {key for key, c in changes.items() if c.before and c.before["parent"] is None}
    turned = {key for key, c in changes.items() if c.before and "kind" in c.keys}
    wrong = (
        *unit_tree.mistakes(tree, changes.keys(), was_top, turned),
        *merging.mistakes(tree, changes.keys(), today),
    )
    ends = {key for key, column, _ in wrong if column in ENDING}
    return [
        Mistake(changes[key].line, column, words)
        for key, column, words in wrong
        if column != "parent" or tree[key].parent not in ends  # put right with that end
    ]


def _tree(changes: Mapping[str, Change], units: Mapping[str, KnownUnit]) -> dict[str, Node]:
    tree = {key: _node(unit.values) for key, unit in units.items()}
    return tree | {key: _node(change.after) for key, change in changes.items()}


def _node(values: Values) -> Node:
    parent, into = ((values[key] or "").casefold() or None for key in ("parent", "successor"))
    return Node(values["name"], values["kind"], parent, values["dissolved_on"], into)
