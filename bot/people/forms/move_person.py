"""Chuyển đơn vị: to which unit, and who takes over what is in hand."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.conversation.form import Form, Option, Step
from bot.conversation.kinds import OneOf, Picked
from bot.core.card import Card
from bot.core.context import Context
from bot.core.rendering import on_button
from bot.core.rules.permissions import Actor
from bot.core.work import Work
from bot.people.cards import handovers as handover_cards
from bot.people.services import handovers
from bot.people.services.invitation_places import places
from storage.enums import Role
from storage.models import Draft


async def _places(work: Work, actor: Actor, draft: Draft) -> Sequence[Option]:
    query = (draft.answers.get("place") or {}).get("query", "")
    matches = await places(work, actor, Role(draft.about["role"]), query)
    return [Option(key, on_button(name)) for key, name in matches if key.isdecimal()]


async def _takers(work: Work, actor: Actor, draft: Draft) -> Sequence[Option]:
    others = await handovers.takers(work, actor, int(draft.about["membership_id"]))
    return [Option(str(key), on_button(name)) for key, name in others]


async def _names(work: Work, actor: Actor, draft: Draft) -> dict[str, str]:
    """What was chosen, in words: both are kept as ids."""
    names: dict[str, str] = {}
    if unit_id := (draft.answers.get("place") or {}).get("id"):
        names["place"] = await handovers.place_name(work, actor, int(unit_id))
    if taker := draft.answers.get("taker"):
        others = await handovers.takers(work, actor, int(draft.about["membership_id"]))
        names["taker"] = dict(others).get(int(taker), "")
    return {key: words for key, words in names.items() if words}


async def _submit(context: Context, draft: Draft) -> Card:
    membership_id, unit_id = int(draft.about["membership_id"]), int(draft.answers["place"]["id"])
    if taker := draft.answers.get("taker"):
        after = await handovers.hand_over(context, membership_id, int(taker), unit_id)
    else:
        after = await handovers.move(context, membership_id, unit_id)
    return handover_cards.done(after)


def _fit(form: Form, about: Mapping[str, Any]) -> Form:
    """Whoever says who takes over reads what there is, before anything is done."""
    in_hand = about.get("in_hand", "")
    steps = [
        replace(step, ask=f"{in_hand} {step.ask}".strip()) if step.key == "taker" else step
        for step in form.steps
    ]
    return replace(form, steps=tuple(steps))


MOVE_PERSON = Form(
    name="move_person",
    title="Chuyển đơn vị",
    steps=(
        Step(
            "place",
            "Đơn vị mới",
            "Chuyển sang đơn vị nào? Đồng chí gõ vài chữ trong tên rồi bấm chọn.",
            Picked(),
        ),
        Step(
            "taker",
            "Bàn giao cho",
            "Bàn giao cho ai? Bỏ qua thì đồng chí ấy làm tiếp việc trong "
            "phạm vi đơn vị mới, việc còn lại do lãnh đạo đơn vị cũ giao lại.",
            OneOf(),
            optional=True,
        ),
    ),
    submit=_submit,
    send_label="🔀 Chuyển",
    fit=_fit,
    choices={"place": _places, "taker": _takers},
    names=_names,
)
