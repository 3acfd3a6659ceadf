"""/xeploai: yearly ratings."""

from bot.conversation.asking import Decision, asked_first
from bot.conversation.reply import Reply, show
from bot.conversation.request import Request
from bot.conversation.router import Route, button, command
from bot.core.labels import RATINGS
from bot.core.rules.permissions import Action
from bot.summaries.cards import ratings as cards
from bot.summaries.services import ratings
from storage import people
from storage.enums import UnitKind


async def start(request: Request) -> Reply:
    """A committee sees its own; everybody else the list of their unit."""
    own = await _own_site(request)
    if own:
        return show(cards.rating_card(await ratings.look(request.context, own, 0)))
    return show(cards.ratings(await ratings.list_units(request.context, 0, 0, 0)))


async def list_units(request: Request) -> Reply:
    unit_id, year, page = request.number(), request.number(1), request.number(2)
    if not unit_id:
        return await start(request)
    return show(cards.ratings(await ratings.list_units(request.context, unit_id, year, page)))


async def open_unit(request: Request) -> Reply:
    page = await ratings.look(request.context, request.number(), request.number(1))
    return show(cards.rating_card(page))


async def ask_to_decide(request: Request) -> Decision:
    unit_id, year = request.number(), request.number(1)
    page = await ratings.look(request.context, unit_id, year)
    rating = cards.BY_KEY[request.arguments[3]]
    short = cards.SHORT[rating]
    return Decision(
        f"Xếp loại năm {page.year} của {page.row.unit.name}: {RATINGS[rating]} ({short})?",
        f"✅ Quyết định {short}",
        f"rate:one:{unit_id}:{year}",
    )


async def decide(request: Request) -> Reply:
    unit_id, year, proposal_id = request.number(), request.number(1), request.number(2)
    rating = cards.BY_KEY[request.arguments[3]]
    page = await ratings.decide(request.context, unit_id, year, rating, proposal_id)
    return show(cards.rating_card(page, "Đã ghi nhận xếp loại."))


async def propose(request: Request) -> Reply:
    rating = cards.BY_KEY[request.arguments[2]]
    page = await ratings.propose(request.context, request.number(), request.number(1), rating)
    return show(cards.rating_card(page, "Đã ghi đề xuất, chờ lãnh đạo quyết định."))


async def preview(request: Request) -> Reply:
    facts = await ratings.preview(request.context, request.number(), request.number(1))
    return show(cards.preview(facts))


async def decide_all(request: Request) -> Reply:
    unit_id, year, stamp = request.number(), request.number(1), request.arguments[2]
    facts = await ratings.decide_all(request.context, unit_id, year, stamp)
    return show(cards.ratings(facts, "Đã duyệt các đề xuất."))


async def _own_site(request: Request) -> int:
    """The CĐCS of somebody who looks after nothing else; 0 for all others."""
    paths = request.actor.paths_for(Action.RATE_UNITS, Action.PROPOSE_RATING)
    async with request.work.read() as session:
        places = await people.places_at(session, paths)
    only_sites = all(place.kind is UnitKind.SITE_UNION for place in places)
    return (places[0].id or 0) if places and only_sites else 0


_ID, _YEAR, _RATING = r"(\d{1,9})", r"(\d{1,4})", r"(htxs|htt|ht|kht)"

ROUTES: tuple[Route, ...] = (
    command("xeploai", start),
    button(rf"rate:list:{_ID}:{_YEAR}:(\d{{1,3}})", list_units),
    button(rf"rate:one:{_ID}:{_YEAR}", open_unit),
    *asked_first(rf"rate:set:{_ID}:{_YEAR}:{_ID}:{_RATING}", ask_to_decide, decide),
    button(rf"rate:say:{_ID}:{_YEAR}:{_RATING}", propose),
    button(rf"rate:all:{_ID}:{_YEAR}", preview),
    button(rf"rate:yes:{_ID}:{_YEAR}:([0-9a-f]{{8}})", decide_all),
)
