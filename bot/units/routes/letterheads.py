"""/thethuc: what a unit's papers carry."""

from bot.conversation.reply import Reply, show
from bot.conversation.request import Request
from bot.conversation.router import Route, button, command
from bot.conversation.routes import begin
from bot.conversation.view import STANDS
from bot.units.cards import letterheads as letterhead_cards
from bot.units.cards.letterheads import LINES
from bot.units.forms.letterhead import BY_LINE
from bot.units.services import letterheads


async def list_heads(request: Request) -> Reply:
    """/thethuc: one's own unit at once, else which."""
    units = await letterheads.mine(request.work, request.actor)
    if len(units) == 1:
        return await _show_head(request, units[0].id or 0)
    return show(letterhead_cards.several(units))


async def open_head(request: Request) -> Reply:
    return await _show_head(request, request.number())


async def change_line(request: Request) -> Reply:
    """Change one line."""
    unit_id, key = request.number(0), request.arguments[1]
    facts = await letterheads.see(request.work, request.actor, unit_id)
    stands = {"words": letterhead_cards.words_of(facts.head, key)}
    about = {"unit_id": facts.unit.id, "name": facts.unit.name, STANDS: stands}
    return await begin(request, BY_LINE[key], subject=f"head:{unit_id}:{key}", about=about)


async def change_basis(request: Request) -> Reply:
    """Change what the reports of one plan say that they carry out."""
    unit_id, plan = request.number(0), request.arguments[1]
    facts = await letterheads.see(request.work, request.actor, unit_id)
    stands = {"words": facts.head.bases.get(plan) or letterhead_cards.DOTS}
    about = {"unit_id": facts.unit.id, "name": facts.unit.name, "plan": plan, STANDS: stands}
    form = BY_LINE[letterheads.BASIS]
    return await begin(request, form, subject=f"head:{unit_id}:basis:{plan}", about=about)


async def _show_head(request: Request, unit_id: int) -> Reply:
    facts = await letterheads.see(request.work, request.actor, unit_id)
    return show(letterhead_cards.detail(facts.unit, facts.head, facts.own, facts.plans))


_ID = r"(\d{1,9})"
_LINES = "|".join(LINES)

ROUTES: tuple[Route, ...] = (
    command("thethuc", list_heads),
    button(r"paper:heads", list_heads),
    button(rf"paper:head:{_ID}", open_head),
    button(rf"paper:line:{_ID}:({_LINES})", change_line),
    button(rf"paper:basis:{_ID}:([a-z0-9-]{{1,30}})", change_basis),
)
