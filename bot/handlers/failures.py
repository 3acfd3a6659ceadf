"""The last resort: a refusal is said, a failure is noted with a code and said."""

import secrets

import structlog
from telegram import Update
from telegram.error import Forbidden, TelegramError
from telegram.ext import ApplicationHandlerStop

from bot.context import Context
from bot.errors import Refused
from bot.messages import says, worker_says
from bot.services import access
from storage import inbox

log = structlog.get_logger()

_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # none that is read for another


async def on_error(update: object, context: Context) -> None:
    """Called by PTB for whatever a handler raised; the next update works.

    Raises ApplicationHandlerStop: this update is over.
    """
    error = context.error
    if not isinstance(update, Update):
        log.error("program.failed", error=type(error).__name__, exc_info=error)
        return
    context.incoming = update
    if isinstance(error, Refused):
        await _tell(context, await _to(update, context, str(error)))
    elif isinstance(error, Forbidden):
        log.info("person.unreachable", update_id=update.update_id)
    else:
        await _failed(update, context, error)
    raise ApplicationHandlerStop  # else PTB would ask the handlers of the next group


async def _to(update: Update, context: Context, sentence: str) -> str:
    """The refusal as whoever asked is spoken to; who that is, an error's context does not know."""
    work, user = context.runtime.work, update.effective_user
    if user is None or (await access.actor_of(work, user.id)).grants:
        return sentence
    return worker_says.to_worker(sentence)


async def _failed(update: Update, context: Context, error: Exception | None) -> None:
    code = "".join(secrets.choice(_LETTERS) for _ in range(6))
    log.error(
        "update.failed",
        code=code,
        update_id=update.update_id,
        error=type(error).__name__,
        exc_info=error,
    )
    async with context.runtime.work.write() as session:
        await inbox.mark_failed(session, update.update_id, code)
    await _tell(context, says.FAILED.format(code=code))


async def _tell(context: Context, sentence: str) -> None:
    try:
        await context.refuse(sentence)
    except TelegramError as error:
        log.warning("answer.not_sent", error=type(error).__name__)
