"""Handling cases: lists, the card, and every button on it."""

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler

from bot.cases.cards import cases as case_cards
from bot.cases.cards import lists as case_list_cards
from bot.cases.forms.handling import BY_ACTION, FIND
from bot.cases.papers.complaint_sheet import make as make_sheet
from bot.cases.routes.case_files import send_copies
from bot.cases.services import (
    export as case_export,
)
from bot.cases.services import (
    handling,
    merging,
    staff,
)
from bot.cases.services import (
    lists as case_lists,
)
from bot.cases.services import (
    view as case_view,
)
from bot.channels.telegram.context import Context
from bot.conversation import engine
from bot.conversation.routes import show
from bot.core import messages

FIELDS = {"c": "category", "s": "severity", "k": "kind"}


async def start(update: Update, context: Context) -> None:
    """/kiennghi, with words after it: a search."""
    if words := " ".join(context.args or []):
        await _found(context, words, 0)
        return
    kind = "unit" if context.actor.has("supervisor") else "mine"
    await _list(context, kind, 0)


async def listed(update: Update, context: Context) -> None:
    kind, page = _groups(context)
    await _list(context, kind, int(page))


async def found(update: Update, context: Context) -> None:
    page, words = _groups(context)
    await _found(context, words, int(page))


async def find(update: Update, context: Context) -> None:
    case_lists.eyes_of(context.actor)
    await show(context, await engine.start(context.work, context.actor, FIND, context.now))


async def look(update: Update, context: Context) -> None:
    await _show(context)


async def log(update: Update, context: Context) -> None:
    case_id, page = _groups(context)
    facts = await case_view.look(context.work, context.actor, int(case_id), context.now)
    await context.show(case_cards.log(facts, int(page)))


async def who(update: Update, context: Context) -> None:
    """Who a named reporter is; written down."""
    named = await case_view.identity(context.work, context.actor, _id(context), context.now)
    await context.show(case_cards.named(named))


async def files(update: Update, context: Context) -> None:
    case, stored = await case_view.files(context.work, context.actor, _id(context))
    await send_copies(context, stored)
    await context.send(case_cards.below_files(case, len(stored)))


async def sheet(update: Update, context: Context) -> None:
    """The hand-over sheet of a khiếu nại or tố cáo, as a document."""
    facts = await case_view.sheet(context.work, context.actor, _id(context), context.now)
    await context.send_file(make_sheet(facts), f"phieu-chuyen-{facts.case.code}.docx")


async def export(update: Update, context: Context) -> None:
    """The table of the supervisor's cases."""
    table = await case_export.table_for(context.work, context.actor)
    await context.send_file(table, f"kien-nghi-{context.now:%Y%m%d}.xlsx")


async def take(update: Update, context: Context) -> None:
    await handling.take(context.work, context.actor, _id(context), context.now)
    await _done(context, messages.CASE_TAKEN)


async def close(update: Update, context: Context) -> None:
    await handling.close(context.work, context.actor, _id(context), context.now)
    await _done(context, messages.CASE_CLOSED)


async def ask_words(update: Update, context: Context) -> None:
    """An action that needs words: its form."""
    action, case = _groups(context)
    case_id = int(case)
    facts = await case_view.to_do(context.work, context.actor, case_id, action, context.now)
    shown = await engine.start(
        context.work,
        context.actor,
        BY_ACTION[action],
        context.now,
        subject=f"case:{case_id}",
        about={"case_id": case_id, "name": f"{facts.case.code} · {facts.site}"},
    )
    await show(context, shown)


async def classify(update: Update, context: Context) -> None:
    facts = await case_view.to_do(
        context.work, context.actor, _id(context), "classify", context.now
    )
    await context.show(case_cards.classify(facts))


async def set_field(update: Update, context: Context) -> None:
    case_id, letter, value = _groups(context)
    given = (context.work, context.actor, int(case_id))
    await handling.classify(*given, FIELDS[letter], value, context.now)
    facts = await case_view.look(*given, context.now)
    await context.show(case_cards.classify(facts), messages.CASE_CHANGED)


async def pass_on(update: Update, context: Context) -> None:
    """To whom?"""
    given = (context.work, context.actor, _id(context))
    facts = await case_view.to_do(*given, "pass", context.now)
    people = await staff.colleagues(*given, context.now)
    await context.show(case_cards.colleagues(facts, people))


async def give(update: Update, context: Context) -> None:
    case_id, person = (int(one) for one in _groups(context))
    name = await handling.give(context.work, context.actor, case_id, person, context.now)
    await _done(context, messages.CASE_PASSED.format(name=name))


async def alike(update: Update, context: Context) -> None:
    facts = await case_view.look(context.work, context.actor, _id(context), context.now)
    await context.show(case_cards.alike(facts))


async def link(update: Update, context: Context) -> None:
    case_id, other = (int(one) for one in _groups(context))
    await merging.link(context.work, context.actor, case_id, other, context.now)
    await _done(context, messages.CASE_LINKED)


async def merge(update: Update, context: Context) -> None:
    case_id, other = (int(one) for one in _groups(context))
    await merging.merge(context.work, context.actor, case_id, other, context.now)
    await _done(context, messages.CASE_MERGED.format(count=1))


async def gather(update: Update, context: Context) -> None:
    given = (context.work, context.actor, _id(context), context.now)
    count = await merging.gather(*given)
    await _done(context, messages.CASE_MERGED.format(count=count))


async def _list(context: Context, kind: str, page: int) -> None:
    listed = await case_lists.listed(context.work, context.actor, kind, page, context.now)
    await context.show(case_list_cards.listed(listed))


async def _found(context: Context, words: str, page: int) -> None:
    listed = await case_lists.search(context.work, context.actor, words[:100], page, context.now)
    await context.show(case_list_cards.listed(listed))


async def _done(context: Context, toast: str) -> None:
    context.runtime.dispatcher.wake()
    await _show(context, toast)


async def _show(context: Context, toast: str = "") -> None:
    facts = await case_view.look(context.work, context.actor, _id(context), context.now)
    await context.show(case_cards.one(facts), toast)


def _groups(context: Context) -> tuple[str, ...]:
    assert context.match is not None
    return context.match.groups()


def _id(context: Context) -> int:
    return int(_groups(context)[0])


_ID = r"(\d{1,9})"
_PAGE = r"(\d{1,3})"
_ASKING = "|".join(BY_ACTION)

HANDLERS = (
    CommandHandler("kiennghi", start),
    CallbackQueryHandler(listed, pattern=rf"^case:list:([a-z]+):{_PAGE}$"),
    CallbackQueryHandler(found, pattern=rf"^case:found:{_PAGE}:(.+)$"),
    CallbackQueryHandler(find, pattern=r"^case:find$"),
    CallbackQueryHandler(export, pattern=r"^case:export$"),
    CallbackQueryHandler(look, pattern=rf"^case:open:{_ID}$"),
    CallbackQueryHandler(log, pattern=rf"^case:log:{_ID}:{_PAGE}$"),
    CallbackQueryHandler(who, pattern=rf"^case:who:{_ID}$"),
    CallbackQueryHandler(files, pattern=rf"^case:files:{_ID}$"),
    CallbackQueryHandler(sheet, pattern=rf"^case:sheet:{_ID}$"),
    CallbackQueryHandler(take, pattern=rf"^case:take:{_ID}$"),
    CallbackQueryHandler(close, pattern=rf"^case:close:{_ID}$"),
    CallbackQueryHandler(ask_words, pattern=rf"^case:({_ASKING}):{_ID}$"),
    CallbackQueryHandler(classify, pattern=rf"^case:classify:{_ID}$"),
    CallbackQueryHandler(set_field, pattern=rf"^case:set:{_ID}:([csk]):(\w{{1,16}})$"),
    CallbackQueryHandler(pass_on, pattern=rf"^case:pass:{_ID}$"),
    CallbackQueryHandler(give, pattern=rf"^case:give:{_ID}:{_ID}$"),
    CallbackQueryHandler(alike, pattern=rf"^case:alike:{_ID}$"),
    CallbackQueryHandler(link, pattern=rf"^case:link:{_ID}:{_ID}$"),
    CallbackQueryHandler(merge, pattern=rf"^case:merge:{_ID}:{_ID}$"),
    CallbackQueryHandler(gather, pattern=rf"^case:gather:{_ID}$"),
)
