"""A grassroots committee updates how many workers and members its site has."""

from bot.conversation.form import Form, Step
from bot.conversation.kinds import Number, OneOf
from bot.core.card import Card
from bot.core.context import Context
from bot.core.rules.permissions import Action
from bot.units.cards import own_figures as cards
from bot.units.forms.own_site import own_sites, site_name
from bot.units.services import own_figures
from bot.units.services.own_figures import Figures
from storage.models import Draft

MOST = 200_000


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
    choices={"site": own_sites(Action.COUNT_SITE)},
    names=site_name,
    send_label="✅ Cập nhật",
)
