"""The last resort: a refusal is said, a failure is noted with a code and said."""

import secrets

import structlog
from sqlalchemy.exc import SQLAlchemyError
from telegram import Update
from telegram.error import BadRequest, ChatMigrated, Forbidden, TelegramError
from telegram.ext import ApplicationHandlerStop

from bot.channels.telegram.addresses import address_of, key_of
from bot.channels.telegram.context import TelegramContext
from bot.core import access, messages, speech
from bot.core.errors import Refused, TurnLost
from storage import inbox
from storage.faults import passes

log = structlog.get_logger()

_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # none that is read for another


async def on_error(update: object, context: TelegramContext) -> None:
    """Called by PTB for whatever a handler raised; the next update works.

    Raises ApplicationHandlerStop: this update is over.
    """
    error = context.error
    if not isinstance(update, Update):
        log.error("program.failed", error=type(error).__name__, exc_info=error)
        return
    context.incoming = update
    try:
        await _say(update, context, error)
    except SQLAlchemyError as fault:  # the database went away meanwhile
        await _failed(update, context, fault)
    raise ApplicationHandlerStop  # else PTB would ask the handlers of the next group


async def _say(update: Update, context: TelegramContext, error: Exception | None) -> None:
    if isinstance(error, Refused):
        await context.refuse(await _to(update, context, str(error)))
    elif isinstance(error, TurnLost):  # whoever has the update now answers it
        log.warning("update.taken_over", update_id=update.update_id)
    elif isinstance(error, TelegramError):
        await _not_delivered(update, context, error)
    else:
        await _failed(update, context, error)


async def _to(update: Update, context: TelegramContext, sentence: str) -> str:
    """The refusal as whoever asked is spoken to; who that is, an error's context does not know."""
    work, user = context.runtime.work, update.effective_user
    if user is None or (await access.actor_of(work, address_of(user.id))).grants:
        return sentence
    return speech.to_worker(sentence)


async def _not_delivered(update: Update, context: TelegramContext, error: TelegramError) -> None:
    """Cards look after themselves, so this is a file or a list of messages, and only looked at:
    the update is handled again. What Telegram refuses for good, it refuses a second time.
    """
    async with context.runtime.work.read() as session:
        row = await inbox.get(session, key_of(update.update_id))
    chat = update.effective_chat
    final = isinstance(error, BadRequest | Forbidden | ChatMigrated)
    if row is None or chat is None or row.done_at or (final and row.attempts):
        await _failed(update, context, error)
        return
    log.warning("answer.kept", update_id=update.update_id, error=type(error).__name__)
    await context.runtime.answers.keep_for_repeat(update.update_id, chat.id)


async def _failed(update: Update, context: TelegramContext, error: Exception | None) -> None:
    """Where the database was away nobody is told to try again: what was sent may have been done by
    then, and would be done twice. The update is handled again.
    """
    if passes(error) and context.runtime.inbox.again(update):
        log.warning("update.broken_off", update_id=update.update_id, error=type(error).__name__)
        return
    code = "".join(secrets.choice(_LETTERS) for _ in range(6))
    log.error(
        "update.failed",
        code=code,
        update_id=update.update_id,
        error=type(error).__name__,
        exc_info=error,
    )
    sentence = messages.FAILED_AFTER if await _done(update, context, code) else messages.FAILED
    await context.refuse(sentence.format(code=code))


async def _done(update: Update, context: TelegramContext, code: str) -> bool:
    """Whether the step was kept all the same; the code is noted where the database takes it."""
    try:
        async with context.runtime.work.write() as session:
            await inbox.mark_failed(session, key_of(update.update_id), code)
            row = await inbox.get(session, key_of(update.update_id))
    except SQLAlchemyError as error:  # away: that may be the very failure
        log.error("update.failure_not_noted", code=code, error=type(error).__name__)
        return False
    return row is not None and row.done_at is not None
