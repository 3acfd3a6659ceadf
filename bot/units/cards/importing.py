"""Cards about the list of units: what would change, what is wrong, what was done."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import PurePath
from typing import Any, Protocol

from bot.core.card import Button, Card, Rows
from bot.core.labels import RATINGS, unit_kind
from bot.core.rendering import number, on_button, render
from bot.core.rules.calendar import Week
from bot.units.facts.changes import Concerned, concerned_words
from bot.units.facts.columns import HEADINGS
from bot.units.rules.import_plan import NOTHING, Change, ImportPlan, Mistake
from storage.enums import Rating
from storage.models import Unit, Visit

MOST_MISTAKES = 20
MOST_NEW, MOST_CHANGED, MOST_WARNINGS, MOST_ENDS, MOST_MOVES = 5, 10, 5, 10, 10

LIST_CAPTION = "Danh sách đơn vị hiện có. Sửa trong tệp này rồi gửi lại vào đây."
DROPPED = "Đã bỏ tệp này, chưa có gì thay đổi."
FILE_GONE = "Tệp này không còn. Đề nghị đồng chí gửi lại."
NOT_XLSX = (
    "Tệp này không phải .xlsx nên chưa đọc được. "
    "Đề nghị mở bằng Excel, chọn Lưu thành .xlsx rồi gửi lại."
)
NOT_A_LIST = (
    "{what} nên chưa đọc được. Danh sách đơn vị đề nghị gửi bằng tệp Excel có đuôi .xlsx; "
    "gõ /nhap để nhận tệp mẫu."
)
_WHAT = {
    ".pdf": "Tệp này là PDF",
    **dict.fromkeys((".zip", ".rar", ".7z"), "Tệp này là tệp nén, bên trong có thể có nhiều tệp,"),
    **dict.fromkeys((".doc", ".docx"), "Tệp này là Word"),
}
CAPTION = "Tệp mẫu danh sách đơn vị"


class LookedAt(Protocol):
    """A looked-at list as this card needs it. `officers`: id -> name; `following`: code of a
    dissolved unit -> units, cases, visits and people that go along.
    """

    @property
    def plan(self) -> ImportPlan: ...
    @property
    def officers(self) -> Mapping[int, str]: ...
    @property
    def following(self) -> Mapping[str, Any]: ...
    @property
    def concerned(self) -> Concerned: ...
    @property
    def own_top(self) -> str: ...
    @property
    def sheet(self) -> str: ...
    @property
    def notes(self) -> Sequence[str]: ...


def explain() -> Card:
    """How to import; the template file follows."""
    return Card(render("import/explain"), ((Button("📤 Tải danh sách hiện có", "import:list"),),))


def not_a_list(name: str) -> str:
    """To an administrator who sent a document that can be no list of units."""
    ending = PurePath(name.lower()).suffix
    unnamed = "Tệp này không phải tệp Excel" if ending else "Tên tệp không có đuôi .xlsx"
    return NOT_A_LIST.format(what=_WHAT.get(ending, unnamed))


def mistakes(all_mistakes: Sequence[Mistake]) -> Card:
    """The first mistakes, and how many there are in all."""
    lines = [mistake_words(mistake) for mistake in all_mistakes[:MOST_MISTAKES]]
    return Card(render("import/mistakes", shown=lines, total=len(all_mistakes)))


def preview(
    outcome: LookedAt,
    *,
    name: str = "",
    file_id: int = 0,
    outdated: bool = False,
) -> Card:
    """What an import would do. Buttons only where there is something to do."""
    plan, officers, following = outcome.plan, outcome.officers, outcome.following
    others = plan.altered
    text = render(
        "import/preview",
        name=name,
        sheet=outcome.sheet,
        notes=outcome.notes,
        outdated=outdated,
        top=f"{plan.top.after['name']} ({plan.top.code})" if plan.top else "",
        new=len(plan.new),
        new_shown=[f"{change.code} {change.after['name']}" for change in plan.new[:MOST_NEW]],
        changed=len(others),
        changed_shown=[change_words(c, officers) for c in others[:MOST_CHANGED]],
        moves=moves_in_short(others) if len(others) > MOST_CHANGED else (),
        ends=len(plan.ends),
        ends_shown=[end_words(c, following.get(c.code)) for c in plan.ends[:MOST_ENDS]],
        concerned=concerned_words(outcome.concerned),
        own_top=outcome.own_top,
        same=plan.same,
        missing=plan.missing,
        warnings=len(plan.warnings),
        warnings_shown=[mistake_words(w) for w in plan.warnings[:MOST_WARNINGS]],
    )
    if not file_id or not (plan.new or plan.changed):
        return Card(text)
    go = Button("✅ Nhập", f"import:go:{file_id}:{plan.digest()}")
    later = Button("📅 Hẹn ngày", f"import:later:{file_id}")
    own: Rows = ()
    if outcome.own_top:
        label = on_button(f"Đúng, dùng mã {outcome.own_top}")
        own = ((Button(label, f"import:top:{file_id}"),),)
    return Card(text, (*own, (go, later), (Button("✖️ Bỏ", f"import:drop:{file_id}"),)))


def moves_in_short(changes: Sequence[Change]) -> list[tuple[str, str, int]]:
    """(code before, code after, how many) of the units that come to lie below another one."""
    moves = Counter(
        ((c.before or {}).get("parent") or "", c.after["parent"] or "")
        for c in changes
        if "parent" in c.keys
    )
    return [(before, after, count) for (before, after), count in moves.most_common(MOST_MOVES)]


def done(plan: ImportPlan, change_id: int = 0) -> Card:
    """What was imported, under the heads that the preview had."""
    text = render(
        "import/done",
        new=len(plan.new),
        changed=len(plan.altered),
        ends=len(plan.ends),
        following=len(plan.following),
        same=plan.same,
    )
    back = ((Button("↩️ Hủy lần nhập này", f"org:undo:{change_id}"),),) if change_id else ()
    return Card(text, (*back, (Button("🏠 Trang chính", "home"),)))


def dropped() -> Card:
    """The list was not imported."""
    return Card(DROPPED, ((Button("🏠 Trang chính", "home"),),))


def mistake_words(mistake: Mistake) -> str:
    """Dòng 12, cột Số lao động: …"""
    where = f"Dòng {mistake.line}"
    if mistake.column:
        where += f", cột {HEADINGS[mistake.column]}"
    return f"{where}: {mistake.words}"


def end_words(change: Change, along: Any = None) -> str:
    """KCN CĐ các KCN: giải thể ngày 10/11/2026, nhập vào HS. Chuyển theo: 5 đơn vị trực thuộc…"""
    after = change.after
    words = f"{change.code} {after['name']}: giải thể ngày {after['dissolved_on']:%d/%m/%Y}"
    words += f", nhập vào {after['successor']}" if after["successor"] else ", không nhập vào đâu"
    if along is None:
        return words
    parts = [
        f"{number(count)} {name}"
        for count, name in (
            (along.units, "đơn vị trực thuộc"),
            (along.cases, "việc đang mở"),
            (along.visits, "lượt đi sắp tới"),
            (along.people if after["successor"] else 0, "người giữ vai trò"),
        )
        if count
    ]
    words += f". Chuyển theo: {', '.join(parts)}" if parts and after["successor"] else ""
    if not after["successor"]:
        words += f". Chuyển lên cấp trên: {number(along.cases)} việc" if along.cases else ""
        words += f". Hủy {number(along.visits)} lượt đi cơ sở" if along.visits else ""
        if along.people:
            words += f". Còn {number(along.people)} người giữ vai trò ở đó, cần mời vào đơn vị mới"
    return words


def told_visit(visit: Visit, before: Unit, site: Unit | None, why: str) -> Card:
    """To the officer: the site of a visit was merged into another, or is no more."""
    text = render("import/visit", week=Week.of(visit.week), before=before, site=site, why=why)
    if site is None:
        return Card(text, ((Button("🏠 Trang chính", "home"),),))
    return Card(text, ((Button(on_button(f"📍 {site.name}"), f"visit:open:{visit.id}"),),))


def told_merged(before: Unit, after: Unit) -> Card:
    """To whoever has a role at a unit that was merged."""
    text = render("import/merged", before=before, after=after)
    return Card(text, ((Button("🏠 Trang chính", "home"),),))


def change_words(change: Change, officers: Mapping[int, str]) -> str:
    """DN01 Gỗ Minh Thới: Số lao động 132 → 140; …"""
    before = change.before or NOTHING
    parts = [
        f"{HEADINGS[key]} {_value(key, before[key], officers)}"
        f" → {_value(key, change.after[key], officers)}"
        for key in change.keys
    ]
    if change.rating and change.new_rating:
        year, rating = change.rating
        was = _rating(change.rating_before)
        parts.append(f"{HEADINGS['rating']} {year} {was} → {_rating(rating)}")
    return f"{change.code} {change.after['name']}: {'; '.join(parts)}"


def _rating(rating: Rating | None) -> str:
    return RATINGS[rating] if rating else "(trống)"


def _value(key: str, value: Any, officers: Mapping[int, str]) -> str:
    if value is None or value == "":
        return "(trống)"
    if key == "kind":
        return unit_kind(value)
    if key == "officer":
        return officers.get(value, str(value))
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, float):
        return f"{value:.6f}".rstrip("0").rstrip(".").replace(".", ",")
    return number(value) if isinstance(value, int) else str(value)
