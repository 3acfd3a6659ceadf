"""Words asked for while a case is handled: each a short form, handed in with its last answer."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.cases.cards import cases as case_cards
from bot.cases.cards import lists as case_list_cards
from bot.cases.rules.cases import EscalationReason
from bot.cases.services import handling
from bot.cases.services import lists as case_lists
from bot.cases.services import view as case_view
from bot.conversation.form import Form, Moment, Step, Submit, UserInput
from bot.conversation.kinds import Choice, Day, QuickWords, Words
from bot.core.card import Card
from bot.core.context import Context
from bot.core.errors import Refused
from storage.models import Draft

Act = Callable[[Context, Draft], Awaitable[str | None]]
"""Returns the name of the unit that the case went up to, if it did."""
LEAST_WORDS = 4
NOTHING_MORE = "Không ghi thêm"


@dataclass(frozen=True)
class Result(Words):
    """A result that says something: "ok" and "đã xong" answer nobody."""

    least: int = LEAST_WORDS
    hint: str = "Đề nghị ghi rõ kết quả; người phản ánh sẽ đọc nguyên văn."

    def take(self, user_input: UserInput, value: Any, at: Moment) -> Any:
        words = super().take(user_input, value, at)
        if len(words.split()) < self.least:
            raise Refused(f"Nội dung còn quá ngắn. {self.hint}")
        return words


def _submit(act: Act) -> Submit:
    """Do it and show the case; what can no longer be done ends the form with the reason."""

    async def submit(context: Context, draft: Draft) -> Card:
        case_id = int(draft.about["case_id"])
        try:
            level = await act(context, draft)
        except Refused as refused:
            return case_cards.refused(str(refused), case_id)
        return await _after(context, case_id, level or "")

    return submit


async def _after(context: Context, case_id: int, level: str) -> Card:
    try:
        return case_cards.detail(await case_view.look(context, case_id))
    except Refused:  # it has been escalated out of sight
        return case_cards.gone_up(level)


async def _ask(context: Context, draft: Draft) -> None:
    case, words = draft.about["case_id"], draft.answers["words"]
    await handling.ask(context, case, words)


async def _note(context: Context, draft: Draft) -> None:
    case, words = draft.about["case_id"], draft.answers["words"]
    await handling.note(context, case, words)


async def _escalate(context: Context, draft: Draft) -> str:
    case, answers = draft.about["case_id"], draft.answers
    reason = EscalationReason(answers["reason"])
    return await handling.escalate(context, case, reason, answers["words"])


async def _refer(context: Context, draft: Draft) -> None:
    case, answers = draft.about["case_id"], draft.answers
    day, words = date.fromisoformat(answers["day"]), answers["words"].removeprefix(NOTHING_MORE)
    await handling.refer(context, case, answers["agency"], day, words)


async def _guide(context: Context, draft: Draft) -> None:
    case, words = draft.about["case_id"], draft.answers["words"]
    await handling.guide(context, case, words)


async def _settle(context: Context, draft: Draft) -> None:
    case, words = draft.about["case_id"], draft.answers["words"]
    await handling.settle(context, case, words)


async def _reopen(context: Context, draft: Draft) -> None:
    case, words = draft.about["case_id"], draft.answers["words"]
    await handling.reopen(context, case, words)


async def _find(context: Context, draft: Draft) -> Card:
    case_list = await case_lists.search(context, draft.answers["query"], 0)
    return case_list_cards.listed(case_list)


ASK = Form(
    "case_ask",
    "Hỏi người phản ánh",
    (
        Step(
            "words",
            "Câu hỏi",
            "Đồng chí muốn hỏi gì? Câu hỏi được gửi ngay trong giờ ban ngày; ban đêm, ngày lễ thì "
            "gửi vào buổi sáng kế tiếp. Người ẩn danh vẫn ẩn danh.",
            Words(1000),
        ),
    ),
    _submit(_ask),
    review=False,
)

NOTE = Form(
    "case_note",
    "Ghi chú nội bộ",
    (Step("words", "Ghi chú", "🔒 Ghi chú gì? Chỉ cán bộ xử lý thấy.", Words(1000)),),
    _submit(_note),
    review=False,
)

ESCALATE = Form(
    "case_escalate",
    "Chuyển cấp trên",
    (
        Step(
            "reason",
            "Lý do",
            "Vì sao chuyển lên?",
            Choice((("capacity", "Vượt khả năng"), ("authority", "Vượt thẩm quyền")), columns=2),
        ),
        Step(
            "words",
            "Nội dung",
            "Đã làm gì, đề nghị cấp trên điều gì? Bấm chọn hoặc gõ.",
            QuickWords(
                1000,
                quick=(
                    "Doanh nghiệp không hợp tác",
                    "Đã làm việc nhiều lần, chưa có kết quả",
                    "Cần cấp trên làm việc với cơ quan chức năng",
                ),
            ),
        ),
    ),
    _submit(_escalate),
    review=False,
)

REFER = Form(
    "case_refer",
    "Chuyển cơ quan chức năng",
    (
        Step(
            "agency",
            "Cơ quan",
            "Chuyển cơ quan nào? Bấm chọn hoặc gõ tên.",
            QuickWords(
                200,
                quick=(
                    "Cơ quan BHXH",
                    "Sở Nội vụ",
                    "Thanh tra tỉnh",
                    "Ủy ban nhân dân cấp xã",
                    "Công an",
                    "Tòa án nhân dân",
                ),
            ),
        ),
        Step("day", "Ngày chuyển", "Chuyển ngày nào?", Day(back=60)),
        Step(
            "words",
            "Ghi thêm",
            "Số văn bản, người nhận (nếu có)?",
            QuickWords(500, quick=(NOTHING_MORE,)),
        ),
    ),
    _submit(_refer),
    review=False,
)

GUIDE = Form(
    "case_guide",
    "Không thuộc thẩm quyền, hướng dẫn",
    (
        Step(
            "words",
            "Hướng dẫn",
            "Hướng dẫn thế nào? Người phản ánh sẽ đọc nguyên văn.",
            Result(1500, hint="Đề nghị ghi rõ cơ quan cần đến, giấy tờ, thời hạn."),
        ),
    ),
    _submit(_guide),
    review=False,
)

SETTLE = Form(
    "case_settle",
    "Đã giải quyết",
    (
        Step(
            "words",
            "Kết quả",
            "Kết quả thế nào? Người phản ánh (và những người cùng phản ánh) sẽ đọc nguyên văn.",
            Result(1500),
        ),
    ),
    _submit(_settle),
    review=False,
)

REOPEN = Form(
    "case_reopen",
    "Mở lại",
    (
        Step(
            "words",
            "Lý do",
            "Vì sao mở lại? Bấm chọn hoặc gõ.",
            QuickWords(500, quick=("Chưa giải quyết xong", "Sự việc tái diễn", "Có thông tin mới")),
        ),
    ),
    _submit(_reopen),
    review=False,
)

FIND = Form(
    "case_find",
    "Tìm phản ánh, kiến nghị",
    (Step("query", "Tìm", "Gõ mã, tên cơ sở hoặc vài chữ nội dung, không cần dấu.", Words(100)),),
    _find,
    review=False,
)

BY_ACTION = {
    "ask": ASK,
    "note": NOTE,
    "escalate": ESCALATE,
    "refer": REFER,
    "guide": GUIDE,
    "settle": SETTLE,
    "reopen": REOPEN,
}
