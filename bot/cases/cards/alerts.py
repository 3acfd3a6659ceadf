"""Cards of early warning and of short reports. No word of a concern but the phrases that rang."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from bot.cases.cards.labels import category_of
from bot.cases.facts.alerts import AlertSeen, FalseWords, QuickFacts
from bot.cases.rules.early_warning import SignKind, strike_law
from bot.core.card import Button, Card, Rows
from bot.core.rendering import on_button, render
from bot.core.rules.calendar import local
from storage.enums import AlertLevel
from storage.models import Alert

MOST_WORDS = 30  # on a card
OWNERSHIPS = {
    "state": "Doanh nghiệp nhà nước",
    "private": "Doanh nghiệp tư nhân trong nước",
    "foreign": "Doanh nghiệp có vốn đầu tư nước ngoài",
    "other": "Loại hình khác",
}
HOME = Button("🏠 Trang chính", "home")
SIGNS = {
    SignKind.STOPPAGE: "có thông tin về ngừng việc tập thể",
    SignKind.CLOSURE: "giải thể, chủ doanh nghiệp bỏ trốn",
    SignKind.OVERTIME_REFUSAL: "tập thể không làm thêm giờ",
    SignKind.ZONE: "nhiều doanh nghiệp trong địa bàn cùng có dấu hiệu",
    SignKind.CLUSTER: "nhiều phản ánh, kiến nghị cùng lĩnh vực trong ít ngày",
    SignKind.ARREARS: "nợ lương, chậm lương hoặc chậm đóng, trốn đóng BHXH",
    SignKind.SUDDEN_CHANGE: "thay đổi đột ngột định mức, phụ cấp",
    SignKind.SEASON: "đang trong thời điểm nhạy cảm (trước Tết, điều chỉnh lương tối thiểu)",
}


def alert(facts: AlertSeen, now: datetime) -> Card:
    """What rang, where, how many; with what there is to do."""
    text = render(
        "alert/alert",
        facts=facts,
        now=now,
        law=strike_law(),
        alarm=facts.alert.level == AlertLevel.ALARM,
        signs=[_sign(sign, quotes=facts.quotes) for sign in facts.alert.signs],
        category=category_of(facts.case)[1] if facts.case else "",
        last=facts.reports[-1] if facts.reports else None,
    )
    return Card(text, _buttons(facts))


def reminder(facts: AlertSeen) -> Card:
    """To the leader: the short report is late."""
    return Card(render("alert/reminder", facts=facts), _buttons(facts))


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
    if not facts.stopped:
        return "Không xảy ra ngừng việc" if facts.report.resumed else "Chưa xảy ra ngừng việc"
    if not facts.report.resumed:
        return "Người lao động chưa trở lại làm việc"
    return "Người lao động đã trở lại làm việc"


def raised(facts: AlertSeen) -> Card:
    """To whoever has just raised it: who hears of it, and what comes next."""
    return Card(
        render("alert/raised", facts=facts, now=facts.alert.at, law=strike_law()), _buttons(facts)
    )


def list_of(alerts: Sequence[AlertSeen], *, may_raise: bool, may_mend: bool) -> Card:
    """The alerts that are not over; `may_raise` one, `may_mend` the words that rang in vain."""
    rows: Rows = tuple(
        (
            Button(
                on_button(f"{_mark(facts)} {facts.place} · {_day(a)} · {facts.unit.name}"),
                f"alert:open:{a.id}",
            ),
        )
        for facts in alerts
        if (a := facts.alert)
    )
    raise_one = ((Button("🚨 Báo nguy cơ ngừng việc", "alert:raise"),),) if may_raise else ()
    mend = ((Button("📋 Từ báo nhầm", "alert:words"),),) if may_mend else ()
    text = render("alert/list", count=len(alerts))
    return Card(text, (*rows, *raise_one, *mend, (HOME,)))


def _day(alert: Alert) -> str:
    return f"{local(alert.at):%d/%m}"


def false_words(rows: Sequence[FalseWords]) -> Card:
    """The words that rang for nothing, the most frequent first."""
    counts = Counter((row.words.casefold(), SIGNS[row.kind]) for row in rows)
    text = render("alert/words", words=counts.most_common(MOST_WORDS), count=len(counts))
    table = ((Button("📥 Tải xlsx", "alert:table"),),) if rows else ()
    return Card(text, (*table, (Button("« Quay lại", "alert:list"),)))


def _mark(facts: AlertSeen) -> str:
    return "🚨" if facts.alert.level == AlertLevel.ALARM else "⚠️"


def _buttons(facts: AlertSeen) -> Rows:
    number = facts.alert.id
    look = (
        ((Button("📂 Mở phản ánh, kiến nghị", f"case:open:{facts.case.id}"),),)
        if facts.case
        else ()
    )
    opens = facts.site_opens and facts.site
    last = (
        *(
            (Button("📍 Trang cơ sở", f"site:open:{opens.id}:alert:open:{facts.alert.id}"),)
            if opens
            else ()
        ),
        HOME,
    )
    if facts.alert.wrong_at and facts.may_judge:
        return (*look, (Button("↩️ Vẫn là cảnh báo", f"alert:right:{number}"),), last)
    if facts.alert.over_at:
        return (*look, last)
    label = "🔄 Cập nhật báo cáo" if facts.reports else "📝 Lập báo cáo nhanh"
    write = Button(label, f"alert:report:{number}")
    if not facts.leads:
        return ((write,), last)
    noted = Button("👌 Đã nắm", f"alert:seen:{number}")
    wrong = Button("🙅 Không phải", f"alert:wrong:{number}")
    judge = (wrong,) if facts.may_judge and not facts.reports else ()
    return (*look, (write,), (noted, *judge), last)


def _sign(sign: str, *, quotes: bool) -> str:
    """`stoppage:ngưng máy, nghỉ làm` in words."""
    kind, _, words = sign.partition(":")
    label = SIGNS[SignKind(kind)]
    return f"{label}: “{words}”" if words and quotes else label
