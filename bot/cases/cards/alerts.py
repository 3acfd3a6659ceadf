"""Cards of early warning and of short reports. No word of a concern but the phrases that rang."""

from collections.abc import Sequence

from bot.cases.cards.labels import CATEGORIES
from bot.cases.facts.alerts import AlertSeen, QuickFacts
from bot.cases.rules.early_warning import SignKind
from bot.core.card import Button, Card, Rows
from bot.core.rendering import render
from storage.enums import AlertLevel

HOME = Button("🏠 Trang chính", "home")
SIGNS = {
    SignKind.STOPPAGE: "nói đến ngừng việc",
    SignKind.CLOSURE: "giải thể, chủ doanh nghiệp bỏ trốn",
    SignKind.OVERTIME_REFUSAL: "tập thể không làm thêm giờ",
    SignKind.ZONE: "nhiều nơi trong địa bàn cùng có dấu hiệu",
    SignKind.CLUSTER: "nhiều vụ việc cùng lĩnh vực trong ít ngày",
    SignKind.ARREARS: "nợ, chậm lương hoặc bảo hiểm",
    SignKind.SUDDEN_CHANGE: "thay đổi đột ngột định mức, phụ cấp",
    SignKind.SEASON: "đang trong thời điểm nhạy cảm (trước Tết, điều chỉnh lương tối thiểu)",
}


def alert(seen: AlertSeen) -> Card:
    """What rang, where, how many; with what there is to do."""
    text = render(
        "alert/alert",
        seen=seen,
        alarm=seen.alert.level == AlertLevel.ALARM,
        signs=[_sign(kept, quotes=seen.quotes) for kept in seen.alert.signs],
        category=CATEGORIES[seen.case.category][1],
        last=seen.reports[-1] if seen.reports else None,
    )
    return Card(text, _buttons(seen))


def reminder(seen: AlertSeen) -> Card:
    """To the leader: the short report is late."""
    return Card(render("alert/reminder", seen=seen), _buttons(seen))


def quick_report(facts: QuickFacts, *, own: bool = False) -> Card:
    """A short report in words; `own`: to whoever has just sent it."""
    alert_id, report = facts.alert.id, facts.report
    update = Button("🔄 Cập nhật", f"alert:report:{alert_id}")
    rows: Rows = (
        (Button("📄 Tải văn bản (docx)", f"alert:docx:{report.id}"),),
        *(() if report.resumed else ((update,),)),
        (Button("🔔 Xem cảnh báo", f"alert:open:{alert_id}"), HOME),
    )
    return Card(render("alert/quick_report", f=facts, own=own, resumed=resumed(facts)), rows)


def resumed(facts: QuickFacts) -> str:
    """How things stand, in words for text and document alike."""
    if not facts.report.resumed:
        return "Người lao động chưa trở lại làm việc"
    if not facts.report.taking_part:
        return "Không xảy ra ngừng việc"
    return "Người lao động đã trở lại làm việc"


def list_of(found: Sequence[AlertSeen]) -> Card:
    """The alerts that are not over."""
    rows: Rows = tuple(
        (Button(f"{_mark(seen)} {seen.place} · {seen.unit.name}"[:60], f"alert:open:{a.id}"),)
        for seen in found
        if (a := seen.alert)
    )
    return Card(render("alert/list", count=len(found)), (*rows, (HOME,)))


def _mark(seen: AlertSeen) -> str:
    return "🚨" if seen.alert.level == AlertLevel.ALARM else "⚠️"


def _buttons(seen: AlertSeen) -> Rows:
    number = seen.alert.id
    look = Button("📂 Mở vụ việc", f"case:open:{seen.case.id}")
    if seen.alert.over_at:
        return ((look,), (HOME,))
    label = "🔄 Cập nhật báo cáo" if seen.reports else "📝 Lập báo cáo nhanh"
    write = Button(label, f"alert:report:{number}")
    return ((look,), (write,), (Button("👌 Đã nắm", f"alert:seen:{number}"), HOME))


def _sign(kept: str, *, quotes: bool) -> str:
    """`stoppage:ngưng máy, nghỉ làm` in words."""
    kind, _, words = kept.partition(":")
    told = SIGNS[SignKind(kind)]
    return f"{told}: “{words}”" if words and quotes else told
