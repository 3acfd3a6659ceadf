"""Figures suggested for sites: the list and what is decided about each."""

from bot.conversation.reply import Reply, show
from bot.conversation.request import Request
from bot.conversation.router import Route, button, command
from bot.conversation.routes import begin
from bot.core.card import Card
from bot.core.context import Context
from bot.core.rules.permissions import Action
from bot.visits.cards import suggested_figures as figures_cards
from bot.visits.forms.suggested_figures import EDIT
from bot.visits.rules.suggested_figures import COUNTS
from bot.visits.services import suggested_figures


async def figures_part(context: Context) -> Card | None:
    """On the home card, where anything waits."""
    if not context.actor.may(Action.DECIDE_FIGURES):
        return None
    waiting = await suggested_figures.count(context)
    return figures_cards.home(waiting) if waiting else None


async def show_list(request: Request) -> Reply:
    """/dexuat"""
    page = request.number() if request.arguments else 0
    return show(figures_cards.page(await suggested_figures.waiting(request.context, page)))


async def open_one(request: Request) -> Reply:
    return show(
        figures_cards.detail(await suggested_figures.at_site(request.context, request.number()))
    )


async def accept(request: Request) -> Reply:
    await suggested_figures.accept(request.context, request.number(), request.number(1))
    return await _list(request, "Đã chấp nhận số liệu.")


async def keep_present(request: Request) -> Reply:
    await suggested_figures.keep_present(request.context, request.number(), request.number(1))
    return await _list(request, "Đã giữ nguyên số cũ.")


async def edit(request: Request) -> Reply:
    facts = await suggested_figures.at_site(request.context, request.number())
    quick = {
        key: sorted({n for n in (facts.present.get(key), value) if isinstance(n, int) and n})
        if key in COUNTS
        else []
        for key, value in facts.suggested.items()
    }
    about = {
        "site_id": facts.site.id,
        "seen_id": facts.newest_id,
        "name": facts.site.name,
        "quick": quick,
    }
    return await begin(request, EDIT, subject=f"figures:{facts.newest_id}", about=about)


async def _list(request: Request, toast: str) -> Reply:
    return show(figures_cards.page(await suggested_figures.waiting(request.context, 0)), toast)


ROUTES: tuple[Route, ...] = (
    command("dexuat", show_list),
    button(r"sug:list:(\d{1,3})", show_list),
    button(r"sug:open:(\d{1,9})", open_one),
    button(r"sug:ok:(\d{1,9}):(\d{1,9})", accept),
    button(r"sug:keep:(\d{1,9}):(\d{1,9})", keep_present),
    button(r"sug:edit:(\d{1,9}):\d{1,9}", edit),
)
