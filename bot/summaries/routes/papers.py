"""Papers to download, and what a unit's papers carry."""

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler

from bot.channels.telegram.context import Context
from bot.conversation import engine
from bot.conversation.routes import show
from bot.documents.file import File
from bot.summaries.services import papers
from bot.units.cards import letterheads as letterhead_cards
from bot.units.forms.letterhead import BY_LINE
from bot.units.services import letterheads
from bot.visits.services import minutes


async def unit(update: Update, context: Context) -> None:
    """A unit's report as it stands, or as it was sent."""
    form, obligation = _groups(context)
    given = (context.work, context.actor, int(obligation))
    await _send(context, await papers.unit_file(*given, form, context.now))


async def version(update: Update, context: Context) -> None:
    """One of the versions that were sent."""
    obligation, number = (int(one) for one in _groups(context))
    given = (context.work, context.actor, obligation)
    await _send(context, await papers.unit_file(*given, "docx", context.now, number))


async def consolidated(update: Update, context: Context) -> None:
    form, obligation = _groups(context)
    given = (context.work, context.actor, int(obligation))
    await _send(context, await papers.all_file(*given, form, context.now))


async def visit(update: Update, context: Context) -> None:
    """The minutes of a visit."""
    (report,) = _groups(context)
    await _send(context, await minutes.minutes_file(context.work, context.actor, int(report)))


async def heads(update: Update, context: Context) -> None:
    """/thethuc: one's own unit at once, else which."""
    found = await letterheads.mine(context.work, context.actor)
    if len(found) == 1:
        await _head(context, found[0].id or 0)
    else:
        await context.show(letterhead_cards.several(found))


async def head(update: Update, context: Context) -> None:
    (unit_id,) = _groups(context)
    await _head(context, int(unit_id))


async def line(update: Update, context: Context) -> None:
    """Change one line."""
    unit_id, key = _groups(context)
    facts = await letterheads.see(context.work, context.actor, int(unit_id))
    shown = await engine.start(
        context.work,
        context.actor,
        BY_LINE[key],
        context.now,
        subject=f"head:{unit_id}:{key}",
        about={"unit_id": facts.unit.id, "name": facts.unit.name},
    )
    await show(context, shown)


async def _head(context: Context, unit_id: int) -> None:
    facts = await letterheads.see(context.work, context.actor, unit_id)
    await context.show(letterhead_cards.one(facts.unit, facts.head, facts.own))


async def _send(context: Context, file: File) -> None:
    await context.send_file(file.data, file.name)


def _groups(context: Context) -> tuple[str, ...]:
    assert context.match is not None
    return context.match.groups()


_ID = r"(\d{1,9})"
_LINES = "|".join(BY_LINE)

HANDLERS = (
    CommandHandler("thethuc", heads),
    CallbackQueryHandler(heads, pattern=r"^paper:heads$"),
    CallbackQueryHandler(unit, pattern=rf"^paper:(docx|xlsx|pdf):{_ID}$"),
    CallbackQueryHandler(version, pattern=rf"^paper:v:{_ID}:(\d{{1,4}})$"),
    CallbackQueryHandler(consolidated, pattern=rf"^paper:all:(docx|xlsx|pdf):{_ID}$"),
    CallbackQueryHandler(visit, pattern=rf"^paper:min:{_ID}$"),
    CallbackQueryHandler(head, pattern=rf"^paper:head:{_ID}$"),
    CallbackQueryHandler(line, pattern=rf"^paper:line:{_ID}:({_LINES})$"),
)
