"""A grassroots committee updates how many workers and members its site has."""

from collections.abc import Sequence

from bot.conversation.form import Form, Option, Step
from bot.conversation.kinds import Number, OneOf
from bot.core.card import Card
from bot.core.context import Context
from bot.core.rendering import brief
from bot.core.rules.permissions import Action, Actor
from bot.core.work import Work
from bot.units.cards import own_figures as cards
from bot.units.services import own_figures
from bot.units.services.own_figures import Figures
from storage import people, units
from storage.models import Draft

MOST = 200_000


async def _sites(work: Work, actor: Actor, draft: Draft) -> Sequence[Option]:
    async with work.read() as session:
        sites = await people.places_at(session, actor.paths_for(Action.COUNT_SITE))
    return [Option(str(site.id), brief(site.name, 60)) for site in sites]


async def _names(work: Work, actor: Actor, draft: Draft) -> dict[str, str]:
    site_id = draft.answers.get("site")
    if not isinstance(site_id, int):
        return {}
    async with work.read() as session:
        site = (await units.by_ids(session, [site_id])).get(site_id)
    return {"site": site.name} if site else {}


async def _submit(context: Context, draft: Draft) -> Card:
    answers = draft.answers
    figures = Figures(answers["workers"], answers["women"], answers["members"])
    return cards.done(*await own_figures.update(context, answers["site"], figures))


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
    choices={"site": _sites},
    names=_names,
    send_label="✅ Cập nhật",
)
