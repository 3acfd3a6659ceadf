"""A question about a report, thanks for it, the officer's answer: one message each."""

from bot.conversation.form import Form, Step
from bot.conversation.kinds import QuickWords, Words
from bot.core.card import Card
from bot.core.context import Context
from bot.visits.cards import report_notes as note_cards
from bot.visits.services import report_notes
from storage.enums import Remark
from storage.models import Draft

MOST = 500


async def _ask(context: Context, draft: Draft) -> Card:
    return await _remark(context, draft, Remark.QUESTION)


async def _thank(context: Context, draft: Draft) -> Card:
    return await _remark(context, draft, Remark.THANKS)


async def _remark(context: Context, draft: Draft, what: Remark) -> Card:
    visit_id, words = draft.about["visit_id"], draft.answers["words"]
    decided = await report_notes.remark(context, visit_id, what, words)
    return note_cards.sent(decided.officer, reached=decided.reached)


async def _answer(context: Context, draft: Draft) -> Card:
    visit_id, words = draft.about["visit_id"], draft.answers["words"]
    leader, is_reached = await report_notes.answer(context, visit_id, words)
    return note_cards.sent(leader, reached=is_reached)


ASK_ON_REPORT = Form(
    "report_ask",
    "Hỏi thêm về báo cáo",
    (
        Step(
            "words",
            "Nội dung hỏi",
            "Đồng chí muốn hỏi thêm điều gì? Bấm chọn hoặc gõ; hệ thống gửi tới cán bộ.",
            QuickWords(
                MOST,
                quick=(
                    "Công nhân phản ánh cụ thể thế nào?",
                    "Doanh nghiệp đã trả lời ra sao?",
                    "Cần công đoàn cấp trên hỗ trợ gì?",
                ),
            ),
        ),
    ),
    _ask,
    review=False,
)

THANK_FOR_REPORT = Form(
    "report_thank",
    "Cảm ơn",
    (
        Step(
            "words",
            "Lời cảm ơn",
            "Bấm chọn hoặc gõ lời cảm ơn; hệ thống gửi tới cán bộ.",
            QuickWords(
                MOST,
                quick=(
                    "Cảm ơn đồng chí, báo cáo rõ và kịp thời.",
                    "Cách làm hay, đồng chí phát huy.",
                    "Cảm ơn đồng chí đã giải quyết việc tại cơ sở.",
                ),
            ),
        ),
    ),
    _thank,
    review=False,
)

ANSWER_ON_REPORT = Form(
    "report_answer",
    "Trả lời về báo cáo",
    (
        Step(
            "words",
            "Trả lời",
            "Đồng chí gõ nội dung trả lời; hệ thống gửi tới lãnh đạo.",
            Words(MOST),
        ),
    ),
    _answer,
    review=False,
)
