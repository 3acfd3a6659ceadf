"""Mời người: which role, at which unit or over which cluster; then the link."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.conversation.form import Form, Moment, Option, Step, UserInput
from bot.conversation.kinds import Choice, Picked
from bot.core.card import Card
from bot.core.context import Context
from bot.core.labels import INVITED_AS
from bot.core.rendering import on_button
from bot.core.rules.permissions import Actor
from bot.core.work import Work
from bot.people.cards import people
from bot.people.services import invitations
from bot.people.services.invitation_places import NamedPlace, places
from storage.enums import Role
from storage.models import Draft

_KEY = re.compile(r"^c?\d{1,9}$")

ROLES = tuple((role.value, words) for role, words in INVITED_AS.items())


@dataclass(frozen=True)
class PickedPlace(Picked):
    """A unit's id, or "c" and a cluster's id."""

    def take(self, user_input: UserInput, value: Any, at: Moment) -> Any:
        if user_input.option and _KEY.match(user_input.option):
            return {"query": (value or {}).get("query", ""), "id": user_input.option}
        return super().take(user_input, value, at)


async def _places(work: Work, actor: Actor, draft: Draft) -> Sequence[Option]:
    query = (draft.answers.get("place") or {}).get("query", "")
    matches = await places(work, actor, Role(draft.answers["role"]), query)
    return [Option(key, on_button(name)) for key, name in matches]


async def _submit(context: Context, draft: Draft) -> Card:
    key = str(draft.answers["place"]["id"])
    is_cluster = key.startswith("c")
    place = NamedPlace(cluster_id=int(key[1:])) if is_cluster else NamedPlace(unit_id=int(key))
    created = await invitations.create(
        context.work,
        context.actor,
        Role(draft.answers["role"]),
        place,
        context.now,
    )
    return people.invitation(
        created.invitation_id,
        invitations.links(context.work, draft.about["link"], created.code),
        created.role,
        created.place,
        created.expires_at,
    )


INVITE = Form(
    name="invite",
    title="Mời người vào hệ thống",
    steps=(
        Step("role", "Vai trò", "Đồng chí mời người này với vai trò nào?", Choice(ROLES)),
        Step(
            "place",
            "Đơn vị",
            "Ở đơn vị nào? Đồng chí gõ vài chữ trong tên, không cần dấu, rồi bấm chọn.",
            PickedPlace(),
        ),
    ),
    submit=_submit,
    review=False,
    choices={"place": _places},
)
