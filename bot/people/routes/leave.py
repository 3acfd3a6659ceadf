"""Leave (nghỉ phép)."""

from bot.conversation.reply import Reply, show
from bot.conversation.request import Request
from bot.conversation.router import Route, button, command
from bot.conversation.routes import begin
from bot.core import messages
from bot.people.cards import leave as leave_cards
from bot.people.forms.leave import LEAVE
from bot.people.services import leave


async def open_leave(request: Request) -> Reply:
    """One's own leaves; without any, the form at once."""
    leaves = await leave.mine(request.context)
    if leaves or request.button:
        return show(leave_cards.mine(leaves))
    return await begin(request, LEAVE)


async def enter(request: Request) -> Reply:
    """Enter a leave."""
    await leave.mine(request.context)  # whether they may at all
    return await begin(request, LEAVE)


async def ask_to_drop(request: Request) -> Reply:
    """The first of two taps."""
    own = await leave.own(request.context, request.number())
    return show(leave_cards.calling_off(own))


async def drop(request: Request) -> Reply:
    """The second tap."""
    await leave.cancel(request.context, request.number())
    leaves = await leave.mine(request.context)
    return show(leave_cards.mine(leaves), messages.LEAVE_OFF)


ROUTES: tuple[Route, ...] = (
    command("nghiphep", open_leave),
    button(r"leave(?::mine)?", open_leave),
    button(r"leave:new", enter),
    button(r"leave:drop:(\d{1,9})", ask_to_drop),
    button(r"leave:sure:(\d{1,9})", drop),
)
