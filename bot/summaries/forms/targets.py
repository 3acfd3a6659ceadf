"""Forms about targets: a number to set or share out, a result to declare, why it goes back."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.conversation.form import Form, Step
from bot.conversation.kinds import Note, Number, Words, text_of
from bot.core.card import Card
from bot.core.context import Context
from bot.summaries.cards import targets as cards
from bot.summaries.services import declarations, targets
from bot.summaries.services.declarations import NewResult
from bot.summaries.services.targets import MOST, Meant
from storage.models import Draft


def meant(about: Mapping[str, Any]) -> Meant:
    """The target that the form is about."""
    return Meant(about["plan"], about["position"], about["unit_id"], about["year"])


async def _set(context: Context, draft: Draft) -> Card:
    page = await targets.set_value(context, meant(draft.about), draft.answers["value"])
    return cards.target_card(page, "Đã đặt số và báo cho đơn vị.")


async def _preview(context: Context, draft: Draft) -> Card:
    preview = await targets.preview_split(context, meant(draft.about), draft.answers["value"])
    return cards.preview(preview)


async def _declare(context: Context, draft: Draft) -> Card:
    answers = draft.answers
    note = answers["note"]
    new = NewResult(answers["value"], answers.get("total"), text_of(note), tuple(note["files"]))
    page = await declarations.declare(context, meant(draft.about), new)
    return cards.target_card(page, "Đã gửi lên cấp trên xem xét.")


async def _send_back(context: Context, draft: Draft) -> Card:
    page = await declarations.send_back(
        context, draft.about["declaration"], draft.answers["reason"]
    )
    return cards.target_card(page, "Đã trả lại, đơn vị sẽ nhận được lý do.")


def _fitted(form: Form, about: Mapping[str, Any]) -> Form:
    """The question names the target; the present number can be tapped; no share is above 100."""
    steps = []
    for step in form.steps:
        kind = step.kind
        if isinstance(kind, Number) and step.key == "value" and "most" in about:
            kind = replace(kind, most=about["most"], quick=tuple(about["quick"]))
        ask = about.get("asks", {}).get(step.key, step.ask)
        if step.key != "total" or about.get("share"):
            steps.append(replace(step, kind=kind, ask=ask))
    return replace(form, steps=tuple(steps))


SET_TARGET = Form(
    "set_target",
    "Đặt chỉ tiêu",
    (Step("value", "Chỉ tiêu", "Đặt bao nhiêu?", Number(MOST)),),
    _set,
    fit=_fitted,
    send_label="✅ Đặt số này",
)
SPLIT_TARGET = Form(
    "split_target",
    "Chia chỉ tiêu",
    (Step("value", "Tổng số", "Tổng số cần chia là bao nhiêu?", Number(MOST)),),
    _preview,
    fit=_fitted,
    review=False,
)
DECLARE_RESULT = Form(
    "declare_result",
    "Khai kết quả chỉ tiêu",
    (
        Step("total", "Tổng số", "Tổng số là bao nhiêu?", Number(MOST, least=1)),
        Step("value", "Đã thực hiện", "Đã thực hiện được bao nhiêu?", Number(MOST)),
        Step(
            "note",
            "Minh chứng",
            "Đồng chí ghi ngắn gọn đã làm gì, số văn bản nào; gửi kèm ảnh hoặc tệp.",
            Note(),
        ),
    ),
    _declare,
    words_to="note",
    files_to="note",
    fit=_fitted,
)
RETURN_RESULT = Form(
    "return_result",
    "Trả lại kết quả",
    (Step("reason", "Lý do", "Vì sao trả lại, cần bổ sung gì?", Words(500)),),
    _send_back,
    send_label="↩️ Trả lại",
)
ALL = (SET_TARGET, SPLIT_TARGET, DECLARE_RESULT, RETURN_RESULT)
