"""Short forms about a visit: asking for another site, saying why it is not possible."""

from bot.conversation.form import Form, Step
from bot.conversation.kinds import QuickWords
from bot.core.card import Card
from bot.core.context import Context
from bot.visits.cards import excuses as excuse_cards
from bot.visits.cards import visits as visit_cards
from bot.visits.services import visits
from storage.models import Draft


async def _ask_swap(context: Context, draft: Draft) -> Card:
    why, visit = draft.answers["why"], draft.about["visit_id"]
    facts, names = await visits.ask_swap(context, visit, why)
    return visit_cards.detail(facts, visit_cards.swap_sent(names))


async def _ask_next_week(context: Context, draft: Draft) -> Card:
    why, visit = draft.answers["why"], draft.about["visit_id"]
    facts, names = await visits.ask_swap(context, visit, why, next_week=True)
    return visit_cards.detail(facts, visit_cards.swap_sent(names))


async def _excuse(context: Context, draft: Draft) -> Card:
    why, visit = draft.answers["why"], draft.about["visit_id"]
    facts, names = await visits.ask_excuse(context, visit, why)
    return visit_cards.detail(facts, excuse_cards.sent_words(names))


SWAP = Form(
    "swap",
    "Xin đổi cơ sở",
    (
        Step(
            "why",
            "Lý do",
            "Vì sao đồng chí xin đổi? Bấm chọn hoặc gõ lý do.",
            QuickWords(
                500, quick=("Trùng lịch công tác", "Cơ sở đề nghị dời ngày", "Đường xa, khó đi")
            ),
        ),
    ),
    _ask_swap,
    review=False,
)

NEXT_WEEK = Form(
    "next_week",
    "Xin sang tuần sau",
    (
        Step(
            "why",
            "Lý do",
            "Vì sao đồng chí xin chuyển lượt đi sang tuần sau? Bấm chọn hoặc gõ lý do.",
            QuickWords(
                500, quick=("Cơ sở đề nghị dời ngày", "Trùng lịch công tác", "Nghỉ phép, ốm")
            ),
        ),
    ),
    _ask_next_week,
    review=False,
)

EXCUSE = Form(
    "excuse",
    "Không đi được",
    (
        Step(
            "why",
            "Lý do",
            "Vì sao đồng chí không đi được? Bấm chọn hoặc gõ lý do; lãnh đạo sẽ trả lời.",
            QuickWords(
                500,
                quick=("Ốm đau", "Việc đột xuất của cơ quan", "Cơ sở nghỉ, đóng cửa", "Thời tiết"),
            ),
        ),
    ),
    _excuse,
    review=False,
)
