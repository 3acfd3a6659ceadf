"""How many workers and members a site has: updated by its committee, or by the leader above."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.conversation.form import Choices, Form, Option, Step
from bot.conversation.kinds import Choice, Number, OneOf
from bot.core.card import Card
from bot.core.context import Context
from bot.core.rendering import number
from bot.core.rules.permissions import Action, Actor
from bot.core.work import Work
from bot.units.cards import own_figures as cards
from bot.units.forms.own_site import own_sites, site_name
from bot.units.rules.counts import Figures
from bot.units.services import own_figures
from storage.models import Draft

MOST = 200_000


async def _submit(context: Context, draft: Draft) -> Card:
    answers = draft.answers
    figures = Figures(answers["workers"], answers["women"], answers["members"])
    return cards.done(*await own_figures.update(context, answers["site"], figures))


def _as_it_stands(key: str) -> Choices:
    """The present number, to be kept by a tap."""

    async def present(work: Work, actor: Actor, draft: Draft) -> Sequence[Option]:
        figures = await own_figures.stands_now(work, actor, int(draft.answers["site"]))
        stands = getattr(figures, key) if figures else None
        return [] if stands is None else [Option(str(stands), f"Vẫn như cũ: {number(stands)}")]

    return present


OWN_FIGURES = Form(
    "own_figures",
    "Cập nhật số lao động, đoàn viên",
    (
        Step("site", "CĐCS", "Cập nhật cho CĐCS nào?", OneOf()),
        Step("workers", "Lao động", "Hiện có bao nhiêu người lao động?", Number(MOST)),
        Step("women", "Lao động nữ", "Trong đó bao nhiêu lao động nữ?", Number(MOST)),
        Step("members", "Đoàn viên", "Bao nhiêu đoàn viên công đoàn?", Number(MOST)),
    ),
    _submit,
    choices={
        "site": own_sites(Action.COUNT_SITE),
        **{key: _as_it_stands(key) for key in ("workers", "women", "members")},
    },
    names=site_name,
    send_label="✅ Cập nhật",
)

_MENDED = "mended"


async def _set(context: Context, draft: Draft) -> Card:
    answers = draft.answers
    figures = Figures(answers["workers"], answers["women"], answers["members"])
    mended = answers["why"] == _MENDED
    site_id = draft.about["site_id"]
    return cards.done_by_leader(
        *await own_figures.set_by_leader(context, site_id, figures, mended=mended)
    )


def _present(form: Form, about: Mapping[str, Any]) -> Form:
    """The present numbers to tap."""
    steps = [
        replace(step, kind=replace(step.kind, quick=(about["present"][step.key],)))
        if isinstance(step.kind, Number)
        else step
        for step in form.steps
    ]
    return replace(form, steps=tuple(steps))


SET_FIGURES = Form(
    "set_figures",
    "Sửa số liệu của cơ sở",
    (
        Step("workers", "Lao động", "Cơ sở hiện có bao nhiêu người lao động?", Number(MOST)),
        Step("women", "Lao động nữ", "Trong đó bao nhiêu lao động nữ?", Number(MOST)),
        Step("members", "Đoàn viên", "Bao nhiêu đoàn viên công đoàn?", Number(MOST)),
        Step(
            "why",
            "Lý do",
            "Vì sao số liệu thay đổi? Sửa số ghi sai thì không tính là đoàn viên mới.",
            Choice((("changed", "Thực tế đã thay đổi"), (_MENDED, "Số trước đây ghi sai"))),
        ),
    ),
    _set,
    fit=_present,
    send_label="✅ Lưu",
)
