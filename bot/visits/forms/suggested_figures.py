"""The unit's leader puts other figures in place of the suggested ones."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.conversation.form import Form, Step
from bot.conversation.kinds import Choice, Number
from bot.core.card import Card
from bot.core.context import Context
from bot.core.labels import RATINGS
from bot.core.rendering import capital
from bot.visits.cards import suggested_figures as figures_cards
from bot.visits.rules.suggested_figures import COUNTS, RATING
from bot.visits.services import suggested_figures
from storage.enums import Rating
from storage.models import Draft

MOST = 200_000


async def _edit(context: Context, draft: Draft) -> Card:
    figures: dict[str, object] = {key: draft.answers[key] for key in COUNTS if key in draft.answers}
    if RATING in draft.answers:
        figures[RATING] = Rating(draft.answers[RATING])
    await suggested_figures.edit(context, draft.about["site_id"], draft.about["seen_id"], figures)
    return figures_cards.page(await suggested_figures.waiting(context, 0))


def _suggested_only(form: Form, about: Mapping[str, Any]) -> Form:
    """Only what is suggested is asked, with the old and the new number to tap."""
    quick = about.get("quick", {})
    steps = [
        replace(step, kind=replace(step.kind, quick=tuple(quick[step.key])))
        if isinstance(step.kind, Number)
        else step
        for step in form.steps
        if step.key in quick
    ]
    return replace(form, steps=tuple(steps))


EDIT = Form(
    "site_figures",  # also in drafts of before it had this name
    "Sửa số liệu của cơ sở",
    (
        Step("workers", "Tổng số lao động", "Tổng số lao động là bao nhiêu?", Number(MOST)),
        Step("women", "Lao động nữ", "Số lao động nữ là bao nhiêu?", Number(MOST)),
        Step("members", "Đoàn viên", "Số đoàn viên là bao nhiêu?", Number(MOST)),
        Step(
            RATING,
            "Xếp loại",
            "CĐCS được xếp loại nào?",
            Choice(tuple((rating.value, capital(words)) for rating, words in RATINGS.items())),
        ),
    ),
    _edit,
    fit=_suggested_only,
    send_label="✅ Lưu",
)
