"""Leaders write to many, follow how far it has got; readers answer."""

from bot.announcements.cards import announcements as cards
from bot.announcements.forms.announce import ANNOUNCE, ANSWER
from bot.announcements.papers import unreached_table
from bot.announcements.services import sending, writing
from bot.conversation.reply import Reply, document, send, show
from bot.conversation.request import Request
from bot.conversation.router import Route, button, command
from bot.conversation.routes import begin
from bot.conversation.stored_files import attachments
from bot.core.rules.calendar import local


async def listed(request: Request) -> Reply:
    return show(cards.listed(await sending.listed(request.context)))


async def write(request: Request) -> Reply:
    """Who may write to one unit only is not asked which."""
    places = await writing.places(request.work, request.actor)
    answers = {"unit": {"query": "", "id": places[0][0]}} if len(places) == 1 else {}
    return await begin(request, ANNOUNCE, about={}, answers=answers)


async def open_one(request: Request) -> Reply:
    """The toast says it too: where nothing has changed, the card looks as if nobody had looked."""
    facts = await sending.progress(request.context, request.number())
    return show(cards.progress(facts, request.now), cards.so_far(facts))


async def attached(request: Request) -> Reply:
    """What went along with it."""
    facts, file = await sending.attached(request.context, request.number())
    return send(*attachments(request.work, [file]), then=cards.progress(facts, request.now))


async def pause(request: Request) -> Reply:
    facts = await sending.pause(request.context, request.number())
    return show(cards.progress(facts, request.now))


async def go_on(request: Request) -> Reply:
    facts = await sending.go_on(request.context, request.number())
    return show(cards.progress(facts, request.now))


async def unreached(request: Request) -> Reply:
    """Those who do not have it, as a file."""
    missing = await sending.unreached(request.context, request.number())
    name = f"chua-nhan-thong-bao-{local(request.now):%d-%m-%Y}.xlsx"
    return document(unreached_table.make(missing), name)


async def reply(request: Request) -> Reply:
    """A reader answers."""
    row = await sending.to_answer(request.context, request.number())
    about = {"announcement_id": row.id, "name": cards.about(row.words)}
    return await begin(request, ANSWER, subject=f"announcement:{row.id}", about=about)


ROUTES: tuple[Route, ...] = (
    command("thongbao", listed),
    button("ann:list", listed),
    button("ann:new", write),
    button(r"ann:open:(\d{1,9})", open_one),
    button(r"ann:attached:(\d{1,9})", attached),
    button(r"ann:pause:(\d{1,9})", pause),
    button(r"ann:go:(\d{1,9})", go_on),
    button(r"ann:file:(\d{1,9})", unreached),
    button(r"ann:reply:(\d{1,9})", reply),
)
