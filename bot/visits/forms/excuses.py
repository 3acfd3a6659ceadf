"""A leader does not excuse an officer from a visit, and says why."""

from bot.conversation.form import Form, Step
from bot.conversation.kinds import QuickWords
from bot.core.card import Card
from bot.core.context import Context
from bot.core.errors import Refused
from bot.visits.cards import excuses as excuse_cards
from bot.visits.cards import supervision as supervision_cards
from bot.visits.facts.supervision import VisitOnCard
from bot.visits.services import excuses
from storage.models import Draft


async def _refuse(context: Context, draft: Draft) -> Card:
    about = draft.about
    on_card = VisitOnCard(about.get("officer_id", 0), about.get("site_id", 0))
    try:
        facts = await excuses.refuse(context, about["visit_id"], draft.answers["why"], on_card)
    except Refused as refused:  # decided or withdrawn meanwhile: nothing is left to ask
        return supervision_cards.refused(str(refused))
    return excuse_cards.refusal_sent(facts)


REFUSE_EXCUSE = Form(
    "refuse_excuse",
    "Đề nghị vẫn đi",
    (
        Step(
            "why",
            "Lời nhắn",
            "Đồng chí nhắn gì để cán bộ rõ? Bấm chọn hoặc gõ vài chữ.",
            QuickWords(
                500,
                quick=(
                    "Cơ sở đang có việc cần nắm",
                    "Thu xếp đi ngày khác trong tuần",
                    "Đi buổi ngắn cũng được",
                ),
            ),
        ),
    ),
    _refuse,
    review=False,
)
