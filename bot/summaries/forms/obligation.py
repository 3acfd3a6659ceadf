"""What the receiving unit decides about reports it waits for."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from bot.conversation.form import Form, Moment, Option, Step, UserInput
from bot.conversation.kinds import Day, QuickWords
from bot.core import messages
from bot.core.card import Card
from bot.core.context import Context
from bot.core.errors import Refused
from bot.core.rendering import day as day_text
from bot.core.rendering import weekday
from bot.core.rules.calendar import local
from bot.summaries.cards import obligations
from bot.summaries.services import follow_up
from storage.models import Draft

_DAY = timedelta(days=1)


@dataclass(frozen=True)
class DueDay(Day):
    """The first late day: "trước ngày 15/12" is 15/12. The nearest ones by a tap."""

    ahead: int = 365
    near: tuple[int, ...] = (3, 7, 14, 30)
    hint: str = "Đề nghị bấm một ngày hoặc gõ ngày/tháng từ ngày mai trở đi, ví dụ 15/12."

    def options(self, value: Any, at: Moment) -> list[list[Option]]:
        today = local(at.now).date()
        days = [today + (n + 1) * _DAY for n in self.near]  # so many days are left, with today
        options = [Option(d.isoformat(), f"Trước {weekday(d)}") for d in days]
        return [options[i : i + 2] for i in range(0, len(options), 2)]

    def take(self, user_input: UserInput, value: Any, at: Moment) -> Any:
        answer = super().take(user_input, value, at)
        if date.fromisoformat(answer) <= local(at.now).date():
            raise Refused(
                messages.DEADLINE_OUT_OF_RANGE.format(day=day_text(date.fromisoformat(answer)))
            )
        return answer

    def show(self, value: Any) -> str:
        due = date.fromisoformat(value)
        return f"trước ngày {day_text(due)} (ngày cuối là {day_text(due - _DAY)})"


async def _excuse(context: Context, draft: Draft) -> Card:
    obligation, why = draft.about["obligation_id"], draft.answers["why"]
    try:
        facts = await follow_up.excuse(context, obligation, why)
    except Refused as refused:  # it was sent meanwhile: there is nothing left to excuse
        return _over(draft, str(refused))
    return obligations.done_excused(facts)


async def _move(context: Context, draft: Draft) -> Card:
    group, due = draft.about["group"], date.fromisoformat(draft.answers["due"])
    try:
        count = await follow_up.move_deadline(context, group, due)
    except Refused as refused:
        return _over(draft, str(refused))
    return obligations.done_moved(draft.about["obligation_id"], due, count)


def _over(draft: Draft, sentence: str) -> Card:
    return obligations.refused(sentence, draft.about["obligation_id"])


EXCUSE_REPORT = Form(
    "excuse_report",
    "Miễn gửi báo cáo",
    (
        Step(
            "why",
            "Lý do",
            "Lý do miễn cho đơn vị? Bấm chọn hoặc gõ lý do; đơn vị sẽ đọc được.",
            QuickWords(
                500,
                quick=(
                    "Đơn vị mới thành lập",
                    "Đơn vị đang sáp nhập, sắp xếp lại",
                    "Đã báo cáo bằng văn bản giấy",
                ),
            ),
        ),
    ),
    _excuse,
    review=False,
)

MOVE_DEADLINE = Form(
    "move_deadline",
    "Đổi hạn gửi báo cáo",
    (
        Step(
            "due",
            "Hạn mới",
            "Hạn mới là trước ngày nào? Áp dụng cho mọi đơn vị cùng báo cáo này. "
            "Báo cáo đã ghi nhận trễ hạn vẫn giữ nguyên.",
            DueDay(),
        ),
    ),
    _move,
)
