"""Cards about the list of units: what would change, what is wrong, what was done."""

from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any

from bot.core.card import Button, Card
from bot.core.labels import RATINGS, UNIT_KINDS
from bot.core.rendering import number, render
from bot.core.rules.calendar import Week
from bot.units.facts.columns import HEADINGS
from bot.units.rules.import_plan import NOTHING, Change, ImportPlan, Mistake
from storage.enums import Rating
from storage.models import Unit, Visit

MOST_MISTAKES = 20
MOST_NEW, MOST_CHANGED, MOST_WARNINGS, MOST_ENDS = 5, 10, 5, 10

DROPPED = "Đã bỏ tệp này, chưa có gì thay đổi."
FILE_GONE = "Tệp này không còn. Đề nghị đồng chí gửi lại."
NOT_XLSX = (
    "Tệp này không phải .xlsx nên chưa đọc được. "
    "Đề nghị mở bằng Excel, chọn Lưu thành .xlsx rồi gửi lại."
)
CAPTION = "Tệp mẫu danh sách đơn vị"


def explain() -> Card:
    """How to import; the template file follows."""
    return Card(render("import/explain"))


def mistakes(all_mistakes: Sequence[Mistake]) -> Card:
    """The first mistakes, and how many there are in all."""
    lines = [mistake_words(mistake) for mistake in all_mistakes[:MOST_MISTAKES]]
    return Card(render("import/mistakes", shown=lines, total=len(all_mistakes)))


def preview(
    plan: ImportPlan,
    officers: Mapping[int, str],
    following: Mapping[str, Any] = MappingProxyType({}),
    *,
    name: str = "",
    file_id: int = 0,
    outdated: bool = False,
) -> Card:
    """What an import would do. Buttons only where there is something to do.

    `following`: code of a dissolved unit -> units, cases, visits and people that go along.
    """
    others = plan.altered
    text = render(
        "import/preview",
        name=name,
        outdated=outdated,
        top=f"{plan.top.after['name']} ({plan.top.code})" if plan.top else "",
        new=len(plan.new),
        new_shown=[f"{change.code} {change.after['name']}" for change in plan.new[:MOST_NEW]],
        changed=len(others),
        changed_shown=[change_words(c, officers) for c in others[:MOST_CHANGED]],
        ends=len(plan.ends),
        ends_shown=[end_words(c, following.get(c.code)) for c in plan.ends[:MOST_ENDS]],
        same=plan.same,
        missing=plan.missing,
        warnings=len(plan.warnings),
        warnings_shown=[mistake_words(w) for w in plan.warnings[:MOST_WARNINGS]],
    )
    if not file_id or not (plan.new or plan.changed):
        return Card(text)
    go = Button("✅ Nhập", f"import:go:{file_id}:{plan.digest()}")
    return Card(text, ((go, Button("✖️ Bỏ", f"import:drop:{file_id}")),))


def done(plan: ImportPlan) -> Card:
    """What was imported, under the heads that the preview had."""
    text = render(
        "import/done",
        new=len(plan.new),
        changed=len(plan.altered),
        ends=len(plan.ends),
        following=len(plan.following),
        same=plan.same,
    )
    return Card(text, ((Button("Trang chính", "home"),),))


def dropped() -> Card:
    """The list was not imported."""
    return Card(DROPPED, ((Button("Trang chính", "home"),),))


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
        words += f". Thôi không đi: {number(along.visits)} lượt" if along.visits else ""
        if along.people:
            words += f". Còn {number(along.people)} người giữ vai trò ở đó, cần mời vào nơi mới"
    return words


def told_visit(visit: Visit, before: Unit, site: Unit | None, why: str) -> Card:
    """To the officer: the site of a visit was merged into another, or is no more."""
    text = render("import/visit", week=Week.of(visit.week), before=before, site=site, why=why)
    if site is None:
        return Card(text, ((Button("Trang chính", "home"),),))
    return Card(text, ((Button(f"📍 {site.name}"[:60], f"visit:open:{visit.id}"),),))


def told_merged(before: Unit, after: Unit) -> Card:
    """To whoever has a role at a unit that was merged."""
    text = render("import/merged", before=before, after=after)
    return Card(text, ((Button("Trang chính", "home"),),))


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
        return UNIT_KINDS[value]
    if key == "officer":
        return officers.get(value, str(value))
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, float):
        return f"{value:.6f}".rstrip("0").rstrip(".").replace(".", ",")
    return number(value) if isinstance(value, int) else str(value)
