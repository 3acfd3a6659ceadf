"""Short forms about a promise: why it will not be done, which day it has instead."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from bot.conversation.form import Form, Moment, Option, Step
from bot.conversation.kinds import Day, QuickWords
from bot.core.card import Card
from bot.core.context import Context
from bot.core.rendering import capital, weekday
from bot.core.rules.calendar import local
from bot.visits.cards import promises as promise_cards
from bot.visits.facts.agreements import AHEAD, LONGEST_AHEAD
from bot.visits.services import promises
from storage.models import Draft


@dataclass(frozen=True)
class LaterDay(Day):
    """A day from tomorrow on."""

    back: int = -1
    ahead: int = LONGEST_AHEAD

    def options(self, value: Any, at: Moment) -> list[list[Option]]:
        today = local(at.now).date()
        days = [today + timedelta(days=days) for days in AHEAD]
        options = [Option(day.isoformat(), capital(weekday(day))) for day in days]
        return [options[:2], options[2:]]


async def _not_done(context: Context, draft: Draft) -> Card:
    facts = await promises.not_done(context, draft.about["promise_id"], draft.answers["why"])
    return promise_cards.detail(facts, "Đã ghi nhận.")


async def _later(context: Context, draft: Draft) -> Card:
    until = date.fromisoformat(draft.answers["until"])
    facts = await promises.later(context, draft.about["promise_id"], until)
    return promise_cards.detail(facts, "Đã dời ngày. Đến hạn, đồng chí sẽ được nhắc lại.")


NOT_DONE = Form(
    "promise_not_done",
    "Việc không làm được",
    (
        Step(
            "why",
            "Lý do",
            "Vì sao việc này không làm được? Bấm chọn hoặc gõ lý do.",
            QuickWords(
                500,
                quick=("Doanh nghiệp chưa thực hiện", "Chưa có kinh phí", "Không còn cần thiết"),
            ),
        ),
    ),
    _not_done,
    review=False,
)

LATER = Form(
    "promise_later",
    "Dời ngày hẹn",
    (
        Step(
            "until",
            "Ngày hẹn mới",
            "Hẹn lại đến ngày nào?",
            LaterDay(),
        ),
    ),
    _later,
    review=False,
)
