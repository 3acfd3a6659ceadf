"""Cards about announcements: the message itself, how far it has got, the answers."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.announcements.facts.announcements import AudienceReach, Progress
from bot.core.card import Button, Card
from bot.core.rendering import brief, number, on_button, render
from bot.core.rules.calendar import local
from storage.enums import AnnouncementState, Audience
from storage.models import Announcement, Unit

AUDIENCES: Mapping[Audience, str] = {
    Audience.EVERYBODY: "Cán bộ, lãnh đạo và BCH CĐCS",
    Audience.CADRES: "Cán bộ và lãnh đạo",
    Audience.OFFICERS: "Cán bộ",
    Audience.LEADERS: "Lãnh đạo",
    Audience.REPRESENTATIVES: "BCH CĐCS",
}
STATES: Mapping[AnnouncementState, str] = {
    AnnouncementState.SENDING: "đang gửi",
    AnnouncementState.PAUSED: "tạm dừng",
    AnnouncementState.DONE: "đã gửi xong",
}
BLOCKED, NEVER_IN, LATE, LOST = (
    "đã chặn tin hoặc bỏ tài khoản",
    "chưa vào hệ thống",
    "gửi nhiều lần chưa được",
    "tin không gửi được",
)
NOT_YET = "đang chờ gửi"
WITHDRAWN = "không còn giữ vai trò"
_WHY = {"Forbidden": BLOCKED, "NoAddress": NEVER_IN, "": LATE, "TimedOut": LATE, "RetryAfter": LATE}
NAMED = 5  # of those who cannot be reached

NEW = Button("✍️ Soạn thông báo", "ann:new")
LIST = Button("📣 Các thông báo", "ann:list")
HOME = Button("🏠 Trang chính", "home")


def why(error: str) -> str:
    """Why somebody did not get it, by the kind of the last error."""
    return _WHY.get(error, LOST)


def announcement(announcement_id: int, words: str, author: str, office: str) -> Card:
    """To each reader: the words, and who wrote them."""
    text = render("announcement/message", words=words, author=author, office=office)
    return Card(text, ((Button("💬 Trả lời", f"ann:reply:{announcement_id}"),),))


def readers_line(audience: Audience, reach: AudienceReach) -> str:
    """For the review: to how many, and who will hardly get it."""
    parts = [f"{AUDIENCES[audience]}: {number(reach.readers)} đồng chí"]
    if reach.unreachable:
        names = [f"{name} ({reason})" for name, reason in reach.unreachable[:NAMED]]
        rest = len(reach.unreachable) - len(names)
        more = f" và {number(rest)} đồng chí khác" if rest else ""
        parts.append(f"Khó nhận được: {', '.join(names)}{more}")
    if reach.units_without:
        parts.append(f"{number(reach.units_without)} đơn vị chưa có ai trong hệ thống để nhận")
    return ".\n".join(parts)


def listed(announcements: Sequence[tuple[Announcement, Unit]]) -> Card:
    """Those of late, to look at, and the way to a new one."""
    text = render("announcement/list", any=bool(announcements))
    rows = tuple(
        (
            Button(
                on_button(f"{local(row.created_at):%d/%m} · {STATES[row.state]}: {row.words}"),
                f"ann:open:{row.id}",
            ),
        )
        for row, _ in announcements
    )
    return Card(text, ((NEW,), *rows, (HOME,)))


def so_far(facts: Progress) -> str:
    """Đã nhận: 568/1.001 đồng chí"""
    return f"Đã nhận: {number(facts.reached)}/{number(facts.announcement.readers)} đồng chí"


def progress(facts: Progress, now: datetime) -> Card:
    """How far it has got, with what can be done about it."""
    row = facts.announcement
    reasons: dict[str, int] = {}
    for error, count in facts.errors.items():
        reasons[why(error)] = reasons.get(why(error), 0) + count
    later = facts.waits_for if facts.waits_for and facts.waits_for > now else None
    text = render(
        "announcement/progress",
        f=facts,
        row=row,
        audience=AUDIENCES[row.audience],
        state=STATES[facts.state],
        reasons=list(reasons.items()),
        later=later,
    )
    steer = {
        AnnouncementState.SENDING: Button("⏸ Tạm dừng", f"ann:pause:{row.id}"),
        AnnouncementState.PAUSED: Button("▶️ Gửi tiếp", f"ann:go:{row.id}"),
    }
    first = (steer[facts.state],) if facts.may_steer and facts.state in steer else ()
    look = Button("🔄 Xem tiến độ", f"ann:open:{row.id}")
    again = (look,) if facts.state is not AnnouncementState.DONE else ()
    missing = facts.unreached or facts.units_without or facts.held
    sheet = ((Button("📥 Ai chưa nhận được", f"ann:file:{row.id}"),),) if missing else ()
    file = ((Button("📎 Ảnh, tệp kèm theo", f"ann:attached:{row.id}"),),) if row.file_id else ()
    rows = (*(((*first, *again),) if first or again else ()), *file, *sheet, (LIST, HOME))
    return Card(text, rows)


def answered(announcement: Announcement, reader: str, office: str, phone: str, words: str) -> Card:
    """To the author: what a reader answered."""
    text = render(
        "announcement/answered",
        row=announcement,
        reader=reader,
        office=office,
        phone=phone,
        words=words,
    )
    return Card(text, ((Button("📣 Xem thông báo", f"ann:open:{announcement.id}"),),))


def answer_sent(author: str) -> Card:
    """To the reader: where the answer went."""
    return Card(render("announcement/answer_sent", author=author), ((HOME,),))


def about(words: str) -> str:
    """What an answer is about, at the head of its form."""
    return brief(" ".join(words.split()), 60)
