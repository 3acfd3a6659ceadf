"""Which site of the list a place is that an officer reported under another name."""

from collections.abc import Sequence

from bot.conversation.form import Form, Option, Step
from bot.conversation.kinds import Picked
from bot.core.card import Card
from bot.core.context import Context
from bot.core.rendering import on_button
from bot.core.rules.permissions import Actor
from bot.core.work import Work
from bot.units.cards import new_sites as cards
from bot.units.services import new_sites
from storage.models import Draft


async def _sites(work: Work, actor: Actor, draft: Draft) -> Sequence[Option]:
    query = (draft.answers.get("site") or {}).get("query") or draft.about["name"]
    sites = await new_sites.sites_like(work, actor, query)
    return [Option(str(key), on_button(f"📍 {name}")) for key, name in sites]


async def _merge(context: Context, draft: Draft) -> Card:
    await new_sites.merge(context, draft.about["site_id"], draft.answers["site"]["id"])
    return cards.listed(await new_sites.waiting(context))


SAME_SITE = Form(
    "same_site",
    "Trùng với cơ sở đã có",
    (
        Step(
            "site",
            "Cơ sở",
            "Đó là cơ sở nào trong danh sách? Bấm chọn hoặc gõ vài chữ tên.",
            Picked(),
        ),
    ),
    _merge,
    review=False,
    choices={"site": _sites},
)
