"""Tìm cán bộ: a few letters of the name, then the person."""

from collections.abc import Sequence

from bot.conversation.form import Form, Option, Step
from bot.conversation.kinds import Picked
from bot.core.card import Card
from bot.core.context import Context
from bot.core.rendering import on_button
from bot.core.rules.permissions import Actor
from bot.core.work import Work
from bot.people.cards import people
from bot.people.services import members
from storage.models import Draft


async def _people(work: Work, actor: Actor, draft: Draft) -> Sequence[Option]:
    query = (draft.answers.get("who") or {}).get("query", "")
    matches = await members.find(work, actor, query)
    return [Option(str(key), on_button(name)) for key, name in matches]


async def _submit(context: Context, draft: Draft) -> Card:
    facts = await members.facts(context, draft.answers["who"]["id"])
    return people.person(facts)


FIND_PERSON = Form(
    name="find_person",
    title="Tìm cán bộ",
    steps=(
        Step(
            "who",
            "Họ tên",
            "Đồng chí gõ vài chữ trong họ tên, không cần dấu, rồi bấm chọn.",
            Picked(),
        ),
    ),
    submit=_submit,
    review=False,
    choices={"who": _people},
)
