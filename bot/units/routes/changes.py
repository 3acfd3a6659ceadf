"""Administrators: what becomes of units. /donvi"""

from bot.conversation.asking import Decision, asked_first
from bot.conversation.reply import Reply, show
from bot.conversation.request import Request
from bot.conversation.router import Route, button, command
from bot.conversation.routes import begin
from bot.core.access import require
from bot.core.rules.permissions import Action
from bot.units.cards import changes as change_cards
from bot.units.forms.change_unit import CHANGES
from bot.units.services import changes
from storage.enums import OrgChangeKind


async def overview(request: Request) -> Reply:
    """The kinds of changes, those ahead and those done lately."""
    return show(change_cards.overview(await changes.recent(request.context)))


async def new(request: Request) -> Reply:
    """Begin one."""
    require(request.actor, Action.CHANGE_UNITS)
    return await begin(request, CHANGES[OrgChangeKind(request.arguments[0])], about={})


async def open_change(request: Request) -> Reply:
    return show(change_cards.page(await changes.look(request.context, request.number())))


async def confirm(request: Request) -> Reply:
    """ "Thực hiện", "Hẹn ngày": if it still does what was seen."""
    facts = await changes.confirm(request.context, request.number(), request.arguments[1])
    return show(change_cards.page(facts))


async def ask_to_drop(request: Request) -> Decision:
    await changes.look(request.context, request.number())
    return Decision(
        "Bỏ thay đổi này, không thực hiện nữa? Ai đã được báo thì được báo lại.",
        "✖️ Bỏ thay đổi",
        f"org:open:{request.number()}",
    )


async def drop(request: Request) -> Reply:
    return show(change_cards.page(await changes.drop(request.context, request.number())))


async def ask_to_undo(request: Request) -> Reply:
    """The first of two taps."""
    return show(change_cards.undoing(await changes.look(request.context, request.number())))


async def undo(request: Request) -> Reply:
    """The second tap."""
    return show(change_cards.page(await changes.undo(request.context, request.number())))


_KINDS = "|".join(kind.value for kind in CHANGES)
ROUTES: tuple[Route, ...] = (
    command("donvi", overview),
    button(r"org:list", overview),
    button(rf"org:new:({_KINDS})", new),
    button(r"org:open:(\d{1,9})", open_change),
    button(r"org:go:(\d{1,9}):([0-9a-f]{16})", confirm),
    *asked_first(r"org:drop:(\d{1,9})", ask_to_drop, drop),
    button(r"org:undo:(\d{1,9})", ask_to_undo),
    button(r"org:undone:(\d{1,9})", undo),
)
