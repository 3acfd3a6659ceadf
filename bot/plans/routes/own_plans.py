"""Buttons about a unit's own plan, and about what stands in a plan's way."""

from bot.conversation.reply import Reply, send, show
from bot.conversation.request import Request
from bot.conversation.router import Route, button
from bot.conversation.routes import begin
from bot.conversation.stored_files import attachments
from bot.core import messages
from bot.core.errors import Refused
from bot.plans.cards import own_plans as cards
from bot.plans.forms.own_plans import DIFFICULTY, OWN_PLAN
from bot.plans.services import difficulties, own_plans


async def open_one(request: Request) -> Reply:
    return show(
        cards.page(await own_plans.look(request.context, request.arguments[0], request.number(1)))
    )


async def list_units(request: Request) -> Reply:
    facts = await own_plans.list_units(request.context, request.arguments[0], request.number(1))
    return show(cards.units(facts))


async def register(request: Request) -> Reply:
    key = request.arguments[0]
    facts = await own_plans.look(request.context, key, request.number(1))
    if not facts.may_register:
        raise Refused(messages.NOT_ALLOWED)
    about = {
        "plan": key,
        "unit_id": facts.unit.id,
        "name": f"{facts.unit.name}, {facts.plan.short}",
    }
    return await begin(request, OWN_PLAN, subject=f"uplan:{key}:{facts.unit.id}", about=about)


async def send_files(request: Request) -> Reply:
    facts, files = await own_plans.files_of(request.context, request.number())
    return send(*attachments(request.work, files), then=cards.page(facts))


async def raise_difficulty(request: Request) -> Reply:
    plan = difficulties.look(request.context, request.arguments[0])
    about = {"plan": plan.key, "name": plan.short}
    return await begin(request, DIFFICULTY, subject=f"diff:{plan.key}", about=about)


_KEY = r"([a-z0-9-]{1,30})"

ROUTES: tuple[Route, ...] = (
    button(rf"uplan:open:{_KEY}:(\d{{1,9}})", open_one),
    button(rf"uplan:units:{_KEY}:(\d{{1,3}})", list_units),
    button(rf"uplan:new:{_KEY}:(\d{{1,9}})", register),
    button(r"uplan:files:(\d{1,9})", send_files),
    button(rf"diff:new:{_KEY}", raise_difficulty),
)
