"""/dulieu: what is stored about me; take it along, withdraw, erase, without asking anybody."""

from bot.cases.cards import own_data as cards
from bot.cases.services import own_data
from bot.conversation.reply import Attachment, Reply, send, show
from bot.conversation.request import Request
from bot.conversation.router import Route, button, command


async def see(request: Request) -> Reply:
    """What there is."""
    return show(cards.stored(await own_data.see(request.work, request.actor)))


async def export(request: Request) -> Reply:
    """All of it, to read and to take along."""
    content = await own_data.export(request.work, request.actor)
    return send(
        Attachment("document", cards.FILE_NAME, cards.FILE_CAPTION, cards.copy(content)),
        Attachment("document", cards.DATA_NAME, cards.DATA_CAPTION, cards.data(content)),
    )


async def ask(request: Request) -> Reply:
    """The second of two taps: nothing of it can be undone."""
    return show(cards.sure(request.arguments[0]))


async def withdraw(request: Request) -> Reply:
    """Consent is taken back."""
    await own_data.withdraw(request.context)
    return show(cards.done("withdraw"))


async def erase(request: Request) -> Reply:
    """All of it goes."""
    await own_data.erase(request.context)
    return show(cards.done("erase"))


ROUTES: tuple[Route, ...] = (
    command("dulieu", see),
    button(r"data:see", see),
    button(r"data:export", export),
    button(r"data:ask:(withdraw|erase)", ask),
    button(r"data:withdraw", withdraw),
    button(r"data:erase", erase),
)
