"""Cards about visits: Monday's, reminders, one visit with its buttons."""

from collections.abc import Sequence
from typing import Any

from bot.messages.card import Button, Card, Rows
from bot.messages.render import number, render
from bot.messages.words import RATINGS
from bot.rules.calendar import Week
from storage.models import Rating, Unit, Visit

WEEK = "week"  # button data: the officer's week

_REASONS = {
    "weeks_waited": "đã {} tuần chưa có cán bộ đến",
    "never_visited": "chưa có lượt đi cơ sở nào được ghi nhận",
    "open_cases": "còn {} kiến nghị chưa giải quyết",
    "overdue_cases": "có {} kiến nghị quá hạn",
    "sensitive": "tiềm ẩn phức tạp về quan hệ lao động",
    "weak_rating": "xếp loại năm gần nhất: {}",
    "many_workers": "đông lao động ({} người)",
    "no_union": "{} lao động, chưa thành lập CĐCS",
    "campaign": "tháng {} là tháng cao điểm phát triển đoàn viên, thành lập CĐCS",
    "turn": "đến lượt theo kế hoạch luân phiên",
    "in_charge": "đồng chí được phân công phụ trách",
    "directed": "lãnh đạo giao: {}",
    "unplanned": "ngoài kế hoạch tuần",
}


def reason_words(reasons: Sequence[Sequence[Any]]) -> list[str]:
    """Why this site, in the users' words."""
    return [_REASONS[key].format(_value(key, value)) for key, value in reasons if key in _REASONS]


def _value(key: str, value: Any) -> str:
    if key == "weak_rating":
        return RATINGS[Rating(value)]
    return number(value) if isinstance(value, int) else str(value)


def monday(name: str, week: Week, found: Sequence[tuple[Visit, Unit]]) -> Card:
    """The week's assignment for one officer."""
    sites = [(site, reason_words(visit.reasons)[:3]) for visit, site in found]
    text = render("visit/monday", name=name, week=week.label(), sites=sites)
    return Card(text, visit_rows(found))


def visit_rows(found: Sequence[tuple[Visit, Unit]]) -> Rows:
    """One button a visit, opening it."""
    return tuple(
        (Button(f"📍 {site.name}"[:60], f"visit:open:{visit.id}"),) for visit, site in found
    )


def reminder(kind: str, name: str, visit: Visit, site: Unit) -> Card:
    """One reminder; the wording follows what is still missing."""
    text = render(f"visit/remind_{kind}", name=name, visit=visit, site=site)
    report = Button("📝 Báo cáo", f"report:start:{visit.id}")
    look = Button("Xem lượt đi", f"visit:open:{visit.id}")
    first = Button("📅 Hẹn ngày", f"visit:day:{visit.id}") if kind == "no_day" else report
    return Card(text, ((first, look),))
