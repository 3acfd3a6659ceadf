"""Supervisors: giving, moving and excusing visits, deciding about swaps."""

from bot.conversation.reply import Reply, show
from bot.conversation.request import Request
from bot.conversation.router import Route, button, command
from bot.conversation.routes import begin
from bot.core import messages
from bot.core.access import require
from bot.core.rules.permissions import Action
from bot.visits.cards import overview_visit as overview_visit_cards
from bot.visits.cards import supervision as supervision_cards
from bot.visits.facts.supervision import VisitOnCard
from bot.visits.forms.supervision import DIRECT, EXCUSE_FOR
from bot.visits.services import overview_visit, reassignment, supervision


async def direct(request: Request) -> Reply:
    """/giaoviec: a visit on top of the plan."""
    require(request.actor, Action.DIRECT_VISIT)
    return await begin(request, DIRECT)


async def excuse(request: Request) -> Reply:
    visit_id, subject_on_card = request.number(), on_card(request)
    try:
        visit = await supervision.to_excuse(request.work, request.actor, visit_id, subject_on_card)
    except supervision.VisitChanged as changed:
        return await newest(request, str(changed))
    about = {
        "visit_id": visit_id,
        "officer_id": subject_on_card.officer,
        "site_id": subject_on_card.site,
        "name": f"{visit.site.name} · {visit.officer.name}",
    }
    return await begin(request, EXCUSE_FOR, subject=f"visit:{visit_id}", about=about, anew=True)


async def list_candidates(request: Request) -> Reply:
    """Who could take the visit over?"""
    visit_id, page = request.number(0), request.number(1)
    handing = await reassignment.candidates(
        request.work, request.actor, visit_id, page, request.now
    )
    return show(supervision_cards.handing(handing))


async def ask_to_give(request: Request) -> Reply:
    """The tap on an officer's name: asked once, for both are told at once."""
    try:
        visit, taking = await reassignment.proposed(
            request.context, request.number(), request.number(3), on_card(request)
        )
    except supervision.VisitChanged as changed:
        return await newest(request, str(changed))
    return show(supervision_cards.sure_to_give(visit, taking, ":".join(request.arguments)))


async def give(request: Request) -> Reply:
    """The answer is yes."""
    visit_id, officer_id, swap = request.number(), request.number(3), request.arguments[4] == "s"
    try:
        decided, before = await reassignment.reassign(
            request.context, visit_id, officer_id, on_card(request), swap=swap
        )
    except supervision.VisitChanged as changed:
        return await newest(request, str(changed))
    return show(supervision_cards.reassigned(decided, before))


async def open_swap(request: Request) -> Reply:
    """An officer asks for another site."""
    try:
        visit = await reassignment.swap_request(request.context, request.number())
    except supervision.VisitChanged as changed:
        return await newest(request, str(changed))
    return show(supervision_cards.swap(visit))


async def give_other_site(request: Request) -> Reply:
    try:
        decided, former = await reassignment.give_other_site(
            request.context, request.number(), on_card(request)
        )
    except supervision.VisitChanged as changed:
        return await newest(request, str(changed))
    return show(supervision_cards.swapped(decided, former))


async def keep_site(request: Request) -> Reply:
    try:
        decided = await reassignment.keep_site(request.context, request.number(), on_card(request))
    except supervision.VisitChanged as changed:
        return await newest(request, str(changed))
    return show(supervision_cards.site_kept(decided))


async def open_anew(request: Request) -> Reply:
    """A button from before buttons said whose visit it is and where to: the visit is shown."""
    return await newest(request, messages.STALE_BUTTON)


async def newest(request: Request, toast: str) -> Reply:
    """The visit as it stands now, with what may be decided about it."""
    facts = await overview_visit.visit_page(request.context, request.number(), 0)
    where = f"open:{facts.visit.week:%Y%m%d}:0:0"
    return show(overview_visit_cards.visit(facts, 0, where), toast)


def on_card(request: Request) -> VisitOnCard:
    """Whose visit and where to, as the pressed card showed it."""
    return VisitOnCard(request.number(1), request.number(2))


_VISIT = r"(\d{1,9}):(\d{1,9}):(\d{1,9})"


ROUTES: tuple[Route, ...] = (
    command("giaoviec", direct),
    button(r"sup:new", direct),
    button(rf"sup:excuse:{_VISIT}", excuse),
    button(r"sup:reassign:(\d{1,9})(?::(\d{1,3}))?", list_candidates),
    button(rf"sup:to:{_VISIT}:(\d{{1,9}}):([sn])", ask_to_give),
    button(rf"sup:give:{_VISIT}:(\d{{1,9}}):([sn])", give),
    button(r"sup:swap:(\d{1,9})", open_swap),
    button(rf"sup:other:{_VISIT}", give_other_site),
    button(rf"sup:keep:{_VISIT}", keep_site),
    button(r"sup:(?:excuse|other|keep):(\d{1,9})", open_anew),
    button(r"sup:(?:to|give):(\d{1,9}):\d{1,9}:\d{1,9}:[sn]", open_anew),
)
