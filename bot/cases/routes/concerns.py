"""Workers: bringing a concern, following it, answering; and the posters that lead them here."""

from typing import Any

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler

from bot.cases.cards import concerns as concern_cards
from bot.cases.forms.concern import CONCERN
from bot.cases.forms.reply import ADD, AGAIN
from bot.cases.services import concerns, own_cases, site_links
from bot.channels.telegram.context import Context
from bot.conversation import engine
from bot.conversation.form import Form
from bot.conversation.routes import show
from bot.core import worker_messages


async def concern(update: Update, context: Context) -> None:
    """/phananh, or the button on the home card."""
    await begin(context)


async def by_link(context: Context, start: str) -> None:
    """The link of a poster: straight into the form, the workplace known."""
    site = await site_links.opened(context.work, start)
    if site is None:
        await context.refuse(worker_messages.SITE_UNKNOWN)
    await begin(context, site.id if site else None)


async def begin(context: Context, site_id: int | None = None) -> None:
    """What is known beforehand is not asked again."""
    answers: dict[str, Any] = {}
    if await concerns.agreed_before(context.work, context.actor):
        answers["consent"] = worker_messages.CONSENT_VERSION
    if site_id is not None:
        answers["site"] = {"query": "", "id": site_id}
    subject = f"site:{site_id}" if site_id else ""
    work, actor = context.work, context.actor
    await show(
        context,
        await engine.start(work, actor, CONCERN, context.now, subject=subject, answers=answers),
    )


async def follow(update: Update, context: Context) -> None:
    """/theodoi: one's own concerns, or the one with the code that is given."""
    if context.args:
        typed = "".join(context.args)
        case_id = await own_cases.by_code(context.work, context.actor, typed, context.now)
        await _open(context, case_id)
        return
    await listed(update, context)


async def listed(update: Update, context: Context) -> None:
    """One's own concerns."""
    found = await own_cases.mine(context.work, context.actor)
    await context.show(concern_cards.own_list(found))


async def opened(update: Update, context: Context) -> None:
    """One of one's own, with what happened to it."""
    await _open(context, _case_id(context))


async def add(update: Update, context: Context) -> None:
    """An answer, or something more."""
    await _form(context, ADD)


async def again(update: Update, context: Context) -> None:
    """Not settled for whoever raised it."""
    await _form(context, AGAIN)


async def happy(update: Update, context: Context) -> None:
    """Settled for whoever raised it."""
    case_id = _case_id(context)
    case = await own_cases.satisfied(context.work, context.actor, case_id, context.now)
    context.runtime.dispatcher.wake()
    await context.show(concern_cards.thanked(case))


async def _form(context: Context, form: Form) -> None:
    """About one's own case: whether it still may be done is asked again at the end."""
    case_id = _case_id(context)
    own = await own_cases.look(context.work, context.actor, case_id)
    about = {"case_id": case_id, "name": own.case.code}
    subject = f"case:{case_id}"
    work, actor = context.work, context.actor
    await show(
        context, await engine.start(work, actor, form, context.now, subject=subject, about=about)
    )


async def _open(context: Context, case_id: int) -> None:
    await context.show(
        concern_cards.own_case(await own_cases.look(context.work, context.actor, case_id))
    )


def _case_id(context: Context) -> int:
    return int(context.match.group(1)) if context.match else 0


HANDLERS = (
    CommandHandler("phananh", concern),
    CommandHandler("theodoi", follow),
    CallbackQueryHandler(concern, pattern=r"^own:new$"),
    CallbackQueryHandler(listed, pattern=r"^own:list$"),
    CallbackQueryHandler(opened, pattern=r"^own:open:(\d{1,9})$"),
    CallbackQueryHandler(add, pattern=r"^own:add:(\d{1,9})$"),
    CallbackQueryHandler(again, pattern=r"^own:again:(\d{1,9})$"),
    CallbackQueryHandler(happy, pattern=r"^own:happy:(\d{1,9})$"),
)
