"""Short forms about a plan's task: to whom it goes, by when, what came of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from bot.conversation.form import Form, Moment, Option, Step
from bot.conversation.kinds import Day, Note, OneOf, text_of
from bot.core.card import Card
from bot.core.context import Context
from bot.core.rendering import capital, on_button, weekday
from bot.core.rules.calendar import local
from bot.core.rules.permissions import Actor
from bot.core.work import Work
from bot.plans.cards import tasks as task_cards
from bot.plans.facts.tasks import TaskUpdate
from bot.plans.services import tasks
from storage.models import Draft

YEAR = 366
FILES_ONLY = "(xem tệp kèm)"


@dataclass(frozen=True)
class LastDay(Day):
    """A day from today on, within a year; usual ones by a tap."""

    ahead: int = YEAR

    def options(self, value: Any, at: Moment) -> list[list[Option]]:
        today = local(at.now).date()
        quarter_end = _month_end(today, (today.month - 1) // 3 * 3 + 3)
        wanted = (today + timedelta(days=7), _month_end(today, today.month), quarter_end)
        days = sorted({*wanted, date(today.year, 12, 31)} - {today})
        options = [Option(day.isoformat(), capital(weekday(day))) for day in days]
        return [[option] for option in options]


def _month_end(today: date, month: int) -> date:
    first_of_next = date(today.year + month // 12, month % 12 + 1, 1)
    return first_of_next - timedelta(days=1)


async def _staff(work: Work, actor: Actor, draft: Draft) -> Sequence[Option]:
    people = await tasks.owners(work, actor, int(draft.about["task_id"]))
    return [Option(str(key), on_button(f"👤 {name}")) for key, name in people]


async def _give(context: Context, draft: Draft) -> Card:
    page = await tasks.give(context, int(draft.about["task_id"]), draft.answers["owner"])
    return task_cards.page(page, "Đã giao việc.")


async def _move(context: Context, draft: Draft) -> Card:
    due = date.fromisoformat(draft.answers["due"])
    page = await tasks.move(context, int(draft.about["task_id"]), due)
    return task_cards.page(page, "Đã đổi hạn.")


def _report(what: str, sentence: str) -> Any:
    async def submit(context: Context, draft: Draft) -> Card:
        note = draft.answers["note"]
        words = text_of(note) or FILES_ONLY
        update = TaskUpdate(what, words, tuple(note["files"]))
        page = await tasks.report(context, int(draft.about["task_id"]), update)
        return task_cards.page(page, sentence)

    return submit


def _telling(what: str, title: str, ask: str, sentence: str) -> Form:
    return Form(
        f"task_{what}",
        title,
        (Step("note", "Nội dung", ask, Note()),),
        _report(what, sentence),
        words_to="note",
        files_to="note",
    )


GIVE = Form(
    "task_give",
    "Giao nhiệm vụ",
    (Step("owner", "Người thực hiện", "Giao cho đồng chí nào?", OneOf()),),
    _give,
    review=False,
    choices={"owner": _staff},
)
MOVE = Form(
    "task_move",
    "Đổi hạn nhiệm vụ",
    (Step("due", "Hạn mới", "Nhiệm vụ phải xong chậm nhất ngày nào?", LastDay()),),
    _move,
    review=False,
)
PROGRESS = _telling(
    "progress",
    "Tiến độ nhiệm vụ",
    "Đến nay đã làm được gì, còn vướng gì? Đồng chí viết, gửi tin thoại, ảnh hoặc tệp.",
    "Đã ghi nhận tiến độ.",
)
DONE = _telling(
    "done",
    "Kết quả nhiệm vụ",
    "Kết quả thế nào: số liệu, số văn bản, nơi thực hiện? Đồng chí viết, gửi ảnh hoặc tệp.",
    "Đã ghi nhận kết quả.",
)
DROPPED = _telling(
    "dropped",
    "Nhiệm vụ không thực hiện",
    "Vì sao nhiệm vụ này không thực hiện (không còn phù hợp, chưa có kinh phí…)?",
    "Đã ghi nhận.",
)
REPORTS = {"progress": PROGRESS, "done": DONE, "dropped": DROPPED}
ALL = (GIVE, MOVE, *REPORTS.values())
