"""Forms: a unit's own plan; what stands in a plan's way."""

from dataclasses import dataclass
from datetime import date

from bot.conversation.form import Form, Step
from bot.conversation.kinds import Day, Note, Words, text_of
from bot.core.card import Card
from bot.core.context import Context
from bot.plans.cards import own_plans as cards
from bot.plans.facts.own_plans import NewPlan
from bot.plans.services import difficulties, own_plans
from storage.models import Draft


@dataclass(frozen=True)
class IssuedOn(Day):
    """The day on a paper: of the last two years, today among the buttons."""

    back: int = 2 * 366
    too_far: str = "Chỉ ghi được ngày trong hai năm gần đây."


async def _register(context: Context, draft: Draft) -> Card:
    answers, about = draft.answers, draft.about
    note = answers.get("note")
    new = NewPlan(
        answers.get("number") or "",
        date.fromisoformat(answers["issued"]),
        text_of(note) if note else "",
        tuple(note["files"]) if note else (),
    )
    facts = await own_plans.register(context, about["plan"], int(about["unit_id"]), new)
    return cards.page(facts, "Đã ghi nhận kế hoạch của đơn vị.")


async def _send(context: Context, draft: Draft) -> Card:
    note = draft.answers["note"]
    words = text_of(note) or "(xem tệp kèm)"
    sent = await difficulties.send(context, draft.about["plan"], words, tuple(note["files"]))
    return cards.difficulty_sent(sent)


OWN_PLAN = Form(
    "own_plan",
    "Kế hoạch của đơn vị",
    (
        Step(
            "number",
            "Số",
            "Kế hoạch của đơn vị số bao nhiêu, ví dụ 15/KH-CĐ? Không có số thì bỏ qua.",
            Words(60),
            optional=True,
        ),
        Step("issued", "Ngày ban hành", "Ban hành ngày nào?", IssuedOn()),
        Step(
            "note",
            "Văn bản",
            "Đồng chí gửi tệp, ảnh kế hoạch hoặc ghi vài dòng nội dung chính. Có thể bỏ qua.",
            Note(),
            optional=True,
        ),
    ),
    _register,
    words_to="note",
    files_to="note",
)
DIFFICULTY = Form(
    "difficulty",
    "Khó khăn, vướng mắc",
    (
        Step(
            "note",
            "Nội dung",
            "Đơn vị đang vướng gì khi thực hiện kế hoạch, đề nghị hỗ trợ thế nào? Đồng chí viết, "
            "gửi tin thoại, ảnh hoặc tệp.",
            Note(),
        ),
    ),
    _send,
    words_to="note",
    files_to="note",
)
ALL = (OWN_PLAN, DIFFICULTY)
