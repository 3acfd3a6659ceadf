"""Cards about changes of the organisation: what one would do, what was done, to whom it matters."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.core.card import Button, Card, Rows, grid
from bot.core.rendering import brief, number, on_button, render
from bot.units.facts.changes import ChangeFacts, concerned_words
from bot.units.rules.import_plan import Change
from storage.enums import OrgChangeKind, OrgChangeState
from storage.models import OrgChange

HOME = Button("🏠 Trang chính", "home")
OWN = 5  # of the reader's own units that are named
ALL = Button("« Các thay đổi", "org:list")
KINDS: Mapping[OrgChangeKind, str] = {
    OrgChangeKind.RENAME: "✏️ Đổi tên",
    OrgChangeKind.MOVE: "➡️ Chuyển",
    OrgChangeKind.MERGE: "🔗 Nhập vào",
    OrgChangeKind.SPLIT: "✂️ Tách",
    OrgChangeKind.DISSOLVE: "✖️ Giải thể",
}
STATES: Mapping[OrgChangeState, str] = {
    OrgChangeState.PROPOSED: "chưa xác nhận",
    OrgChangeState.PLANNED: "chưa đến ngày",
    OrgChangeState.DONE: "đã thực hiện",
    OrgChangeState.UNDONE: "đã hủy, trở lại như cũ",
    OrgChangeState.DROPPED: "đã bỏ trước ngày thực hiện",
    OrgChangeState.FAILED: "không thực hiện được",
}
# What stands in the way of taking a change back, by table.
IN_THE_WAY: Mapping[str, str] = {
    "unit": "đơn vị đã được sửa tiếp hoặc đang có việc",
    "visit": "lượt đi đã có thay đổi",
    "case": "việc đã được xử lý tiếp",
    "membership": "vai trò đã thay đổi",
    "promise": "việc đã thống nhất đã có kết quả",
    "alert": "cảnh báo đã có thay đổi",
    "invitation": "liên kết mời đã được dùng hoặc thu hồi",
    "unit_rating": "xếp loại đã được sửa tiếp",
}


@dataclass(frozen=True)
class WhatIsTold:
    """What everybody concerned reads of a change. `moved`: more than a name is another."""

    title: str
    lines: Sequence[str]
    more: int
    day: date
    moved: bool

    @classmethod
    def of(cls, change: OrgChange) -> "WhatIsTold":
        moved = change.kind is not OrgChangeKind.RENAME
        return cls(change.title, change.lines, change.more, change.effective_on, moved)


def overview(changes: Sequence[ChangeFacts]) -> Card:
    """The kinds of changes, and those ahead or done lately."""
    kinds = grid([Button(label, f"org:new:{kind.value}") for kind, label in KINDS.items()], 2)
    rows: Rows = tuple(
        (Button(on_button(f"{_day(c.day)} · {c.title}"), f"org:open:{c.change_id}"),)
        for c in changes
    )
    lists = (Button("📥 Nhiều đơn vị: nhập tệp", "import:how"),)
    return Card(render("change/overview", changes=changes), (*kinds, lists, *rows, (HOME,)))


def page(facts: ChangeFacts) -> Card:
    """One change as it stands, with what may be done about it."""
    text = render(
        "change/page", f=facts, state=STATES[facts.state], parts=concerned_words(facts.concerned)
    )
    rows: list[tuple[Button, ...]] = []
    key = facts.change_id
    if facts.state is OrgChangeState.PROPOSED and not facts.problems:
        label = f"✅ Hẹn ngày {_day(facts.day)}" if facts.later else "✅ Thực hiện"
        rows.append((Button(label, f"org:go:{key}:{facts.digest}"), _drop(key, "✖️ Bỏ")))
    elif facts.state in (OrgChangeState.PROPOSED, OrgChangeState.PLANNED):
        rows.append((_drop(key, "✖️ Bỏ thay đổi này"),))
    elif facts.may_undo:
        rows.append((Button("↩️ Hủy, trở lại như cũ", f"org:undo:{key}"),))
    return Card(text, (*rows, (ALL, HOME)))


def undoing(facts: ChangeFacts) -> Card:
    """The first of two taps."""
    sure = Button("↩️ Hủy thay đổi này", f"org:undone:{facts.change_id}")
    back = Button("« Không", f"org:open:{facts.change_id}")
    return Card(render("change/undoing", f=facts), ((sure, back),))


def told_planned(facts: ChangeFacts, own: Sequence[str]) -> Card:
    """To everybody concerned, before the day. `own`: what happens to the reader's own units."""
    return Card(render("change/told_planned", f=facts, **_own(facts, own)), ((HOME,),))


def told_done(facts: "WhatIsTold", own: Sequence[str]) -> Card:
    """To everybody concerned, once it was done."""
    return Card(render("change/told_done", f=facts, **_own(facts, own)), ((HOME,),))


def told_off(facts: ChangeFacts, own: Sequence[str]) -> Card:
    """To everybody concerned: it does not take place, or was taken back."""
    return Card(render("change/told_off", f=facts, **_own(facts, own)), ((HOME,),))


def _own(facts: "ChangeFacts | WhatIsTold", own: Sequence[str]) -> dict[str, Any]:
    """The reader's own units are named first, unless the lines of the change say just that; one
    line may stand for many units, so that to count lines says nothing.
    """
    whole = not facts.more and set(facts.lines) <= set(own)
    return {"own": () if whole else own[:OWN], "own_more": 0 if whole else len(own[OWN:])}


def told_failed(facts: ChangeFacts) -> Card:
    """To whoever planned it: its day came and it could not be done."""
    return Card(
        render("change/told_failed", f=facts),
        ((Button("Xem", f"org:open:{facts.change_id}"), HOME),),
    )


def line(change: Change, names: Mapping[str, str]) -> str:
    """Bến Quê: từ CĐ phường A chuyển sang CĐ phường B"""
    name, words = named_line(change, names)
    return f"{name}: {words}"


def many(units: Sequence[str], words: str) -> str:
    """107 đơn vị (Bến Quê, Phú Lộc, …): từ CĐ phường A chuyển sang CĐ phường B"""
    first = ", ".join(brief(name, 30) for name in units[:2])
    return f"{number(len(units))} đơn vị ({first}, …): {words}"


def back(name: str, place: str) -> str:
    """Bến Quê: trở lại CĐ phường A"""
    return f"{name}: trở lại {place}" if place else f"{name}: trở lại như trước"


def named_line(change: Change, names: Mapping[str, str]) -> tuple[str, str]:
    """The unit, and what happens to it."""
    before, after, keys = change.before or {}, change.after, change.keys
    name = before.get("name") or after["name"]

    def called(code: str | None) -> str:
        return names.get((code or "").casefold(), code or "")

    if after["dissolved_on"] and after["successor"]:
        return name, f"nhập vào {called(after['successor'])}"
    if after["dissolved_on"] and "dissolved_on" in keys:
        return name, "giải thể"
    parts = [f"đổi tên thành {after['name']}"] if "name" in keys else []
    if "parent" in keys:
        parts.append(f"từ {called(before.get('parent'))} chuyển sang {called(after['parent'])}")
    if "dissolved_on" in keys:
        parts.append("hoạt động trở lại")
    return name, ", ".join(parts)


def in_the_way(names: Mapping[str, Sequence[str]]) -> list[str]:
    """Table -> what is meant, where it has names: why a change cannot be taken back."""
    lines = []
    for table, meant in names.items():
        words = IN_THE_WAY.get(table, "số liệu đã thay đổi")
        named = ", ".join(name for name in meant[:5] if name)
        more = f" và {number(len(meant) - 5)} đơn vị nữa" if named and len(meant) > 5 else ""
        lines.append(f"{number(len(meant))} {words}" + (f": {named}{more}" if named else ""))
    return lines


def _drop(key: int, label: str) -> Button:
    return Button(label, f"org:drop:{key}")


def _day(day: date) -> str:
    return f"{day:%d/%m}"
