"""Messages and buttons that belong to a form somebody is filling in."""

from contextlib import suppress

from telegram import Message, Update
from telegram.error import TelegramError
from telegram.ext import CallbackQueryHandler, ExtBot, MessageHandler, filters

from bot.channels.telegram import cards
from bot.channels.telegram.answers import Place
from bot.channels.telegram.context import Context
from bot.conversation import engine
from bot.conversation.engine import Shown
from bot.conversation.form import FileGiven, Given
from bot.core import messages, worker_messages
from bot.core.errors import Refused
from bot.core.work import Work
from bot.home.routes.loose_messages import outside_any_form


async def pressed(update: Update, context: Context) -> None:
    """A button on a form's card."""
    if context.match is None:
        return
    draft_id, step, option = context.match.groups()
    try:
        shown = await engine.press(
            context.work, context.actor, int(draft_id), step, option, context.now
        )
    except engine.SentAlready as said_quietly:
        if update.callback_query:
            await cards.answer(update.callback_query, str(said_quietly))
        return
    await show(context, shown)


async def said(update: Update, context: Context) -> None:
    """A message: the answer to the open step, or one outside of any form."""
    message = update.message
    if message is None:
        return
    given = read(message)
    open_form = await engine.current(context.work, context.actor, context.now)
    if open_form is None or open_form.draft_id is None:
        shown = await outside_any_form(context, given)
    else:
        draft_id = open_form.draft_id
        try:
            shown = await engine.take(context.work, context.actor, draft_id, given, context.now)
        except Refused as refused:
            await context.refuse(_spoken(context, str(refused)))
            shown = await engine.current(context.work, context.actor, context.now)
    if given.file:
        context.runtime.files.wake()
    if shown:
        await show(context, shown)


async def edited(update: Update, context: Context) -> None:
    """A corrected message corrects the answer it gave."""
    message = update.edited_message
    if message is None:
        return
    shown = await engine.correct(
        context.work, context.actor, message.message_id, read(message), context.now
    )
    if shown:
        await show(context, shown)
    elif message.text or message.caption:
        await context.refuse(_spoken(context, messages.ANSWER_ALREADY_SENT))


def _spoken(context: Context, sentence: str) -> str:
    """As whoever writes is spoken to."""
    return sentence if context.actor.grants else worker_messages.to_worker(sentence)


async def show(context: Context, shown: Shown) -> None:
    """One card per form: edited in place when its own button was pressed, else at the bottom.

    The card that a form is begun from stays: Monday's card has the address and the telephone. The
    last card is a receipt: it is noted before it is tried, for nothing else says it again.
    """
    chat = context.incoming.effective_chat
    if chat is None:
        return
    place = Place(shown.draft_id, shown.card_message_id, receipt=shown.draft_id is None)
    if place.receipt:
        await context.keep(shown.card, place)
    message_id = await _show(context, shown, place)
    if message_id is None:
        return
    if place.receipt:
        await context.runtime.answers.delivered(context.incoming.update_id)
    await put_in_place(context.runtime.work, context.bot, chat.id, place, message_id)


async def put_in_place(
    work: Work, bot: ExtBot[int], chat_id: int, place: Place, message_id: int
) -> None:
    """A card is shown: its form knows the message, the one it took the place of goes."""
    if message_id == place.replaces:
        return
    if place.draft_id is not None:
        await engine.card_shown(work, place.draft_id, message_id)
    if place.replaces:
        with suppress(TelegramError):  # after 48 hours, or gone: its buttons are stale anyway
            await bot.delete_message(chat_id, place.replaces)


async def _show(context: Context, shown: Shown, place: Place) -> int | None:
    query = context.incoming.callback_query
    if query and query.message and query.message.message_id != shown.card_message_id:
        await cards.answer(query, shown.toast)
        return await context.send(shown.card, place)
    return await context.show(shown.card, shown.toast, place)


def read(message: Message) -> Given:
    """What a message gives, whatever its kind."""
    place = message.location
    return Given(
        words=message.text or message.caption,
        file=_file(message),
        place=(place.latitude, place.longitude) if place else None,
        message_id=message.message_id,
    )


def _file(message: Message) -> FileGiven | None:
    if message.photo:
        best = message.photo[-1]
        return FileGiven(best.file_id, best.file_unique_id, "photo", size=best.file_size)
    if message.voice:
        voice = message.voice
        return FileGiven(voice.file_id, voice.file_unique_id, "voice", size=voice.file_size)
    if message.document:
        paper = message.document
        name = paper.file_name or ""
        return FileGiven(
            paper.file_id, paper.file_unique_id, "document", name, size=paper.file_size
        )
    return None


HANDLERS = (
    CallbackQueryHandler(pressed, pattern=r"^f:(\d+):([\w.-]+):([\w.=-]+)$"),
    MessageHandler(filters.UpdateType.EDITED_MESSAGE, edited),
    MessageHandler(filters.UpdateType.MESSAGE & ~filters.COMMAND, said),
)
