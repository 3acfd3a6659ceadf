"""Supervisors: giving, moving and excusing visits, deciding about swaps."""

from bot.conversation.reply import Reply, show
from bot.conversation.request import Request
from bot.conversation.router import Route, button, command
from bot.conversation.routes import begin
from bot.core.access import require
from bot.core.rules.permissions import Action
from bot.visits.cards import supervision as supervision_cards
from bot.visits.forms.supervision import DIRECT, EXCUSE_FOR
from bot.visits.services import reassignment, supervision


async def direct(request: Request) -> Reply:
    """/giaoviec: a visit on top of the plan."""
    require(request.actor, Action.DIRECT_VISIT)
    return await begin(request, DIRECT)


async def excuse(request: Request) -> Reply:
    visit_id = request.number()
    visit = await supervision.to_excuse(request.work, request.actor, visit_id)
    return await begin(
        request,
        EXCUSE_FOR,
        subject=f"visit:{visit_id}",
        about={"visit_id": visit_id, "name": f"{visit.site.name} · {visit.officer.name}"},
    )


async def list_candidates(request: Request) -> Reply:
    """Who could take the visit over?"""
    visit_id, page = request.number(0), request.number(1)
    handing = await reassignment.candidates(
        request.work, request.actor, visit_id, page, request.now
    )
    return show(supervision_cards.handing(handing))


async def ask_to_give(request: Request) -> Reply:
    """The tap on an officer's name: asked once, for both are told at once."""
    choice, visit_id, officer_id = request.arguments[0], request.number(1), request.number(2)
    visit, officer = await reassignment.proposed(
        request.work, request.actor, visit_id, officer_id, request.now
    )
    return show(supervision_cards.sure_to_give(visit, officer, choice))


async def give(request: Request) -> Reply:
    """The answer is yes."""
    visit_id, officer_id, former_id = (request.number(position) for position in range(3))
    decided = await reassignment.reassign(
        request.context, visit_id, officer_id, former_id, swap=request.arguments[3] == "s"
    )
    return show(supervision_cards.reassigned(decided))


async def open_swap(request: Request) -> Reply:
    """An officer asks for another site."""
    visit = await reassignment.swap_request(request.context, request.number())
    return show(supervision_cards.swap(visit))


async def give_other_site(request: Request) -> Reply:
    decided, former = await reassignment.give_other_site(request.context, request.number())
    return show(supervision_cards.swapped(decided, former))


async def keep_site(request: Request) -> Reply:
    decided = await reassignment.keep_site(request.context, request.number())
    return show(supervision_cards.site_kept(decided))


ROUTES: tuple[Route, ...] = (
    command("giaoviec", direct),
    button(r"sup:new", direct),
    button(r"sup:excuse:(\d{1,9})", excuse),
    button(r"sup:reassign:(\d{1,9})(?::(\d{1,3}))?", list_candidates),
    button(r"sup:to:((\d{1,9}):(\d{1,9}):\d{1,9}:[sn])", ask_to_give),
    button(r"sup:give:(\d{1,9}):(\d{1,9}):(\d{1,9}):([sn])", give),
    button(r"sup:swap:(\d{1,9})", open_swap),
    button(r"sup:other:(\d{1,9})", give_other_site),
    button(r"sup:keep:(\d{1,9})", keep_site),
)
