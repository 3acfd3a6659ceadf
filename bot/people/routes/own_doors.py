"""/hoso: who one is here, and where one is reached."""

from bot.conversation.reply import Reply, show
from bot.conversation.request import Request
from bot.conversation.router import Route, button, command
from bot.conversation.routes import begin
from bot.people.cards import own_doors as cards
from bot.people.forms.own_doors import OWN_EMAIL, OWN_EMAIL_CODE
from bot.people.services import own_doors
from storage.addresses import ZALO


async def see(request: Request) -> Reply:
    """One's own doors."""
    doors = await own_doors.see(request.context)
    return show(
        cards.own_doors(doors.name, doors.phone, doors.addresses, doors.offered, doors.here)
    )


async def add_email(request: Request) -> Reply:
    await own_doors.see(request.context)  # refuses who has no role before anything is asked
    return await begin(request, OWN_EMAIL, about={}, anew=True)


async def ask_code(request: Request) -> Reply:
    await own_doors.see(request.context)
    return await begin(request, OWN_EMAIL_CODE, about={}, anew=True)


async def add_zalo(request: Request) -> Reply:
    """A code to be sent from there."""
    return show(cards.to_zalo(await own_doors.link_code(request.context, ZALO)))


async def drop(request: Request) -> Reply:
    await own_doors.drop(request.context, request.arguments[0])
    return await see(request)


async def accept(request: Request, code: str) -> Reply:
    """The code came through the channel itself."""
    return show(cards.linked(await own_doors.accept(request.context, code)))


ROUTES: tuple[Route, ...] = (
    command("hoso", see),
    button(r"p:doors", see),
    button(r"p:mail", add_email),
    button(r"p:mailcode", ask_code),
    button(r"p:zalo", add_zalo),
    button(r"p:drop:(email|zalo)", drop),
)
