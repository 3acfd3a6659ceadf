"""Before any handler: who asks, and a piece of work bound to this update."""

from dataclasses import replace

from telegram import Update
from telegram.ext import ApplicationHandlerStop

from bot.context import Context
from bot.rules.names import full_name
from bot.services import access
from storage import people, reporters


async def prepare(update: object, context: Context) -> None:
    """Resolve the person and their present roles. Other chats than private ones are not served."""
    if not isinstance(update, Update):
        raise ApplicationHandlerStop
    context.incoming = update
    context.work = context.runtime.work.for_update(update.update_id, context.now)
    user, chat = update.effective_user, update.effective_chat
    if user is None or chat is None or chat.type != chat.PRIVATE:
        raise ApplicationHandlerStop
    actor = await access.actor_of(context.work, user.id)
    context.actor = replace(actor, shown_name=full_name(user.first_name, user.last_name or ""))
    if update.my_chat_member:
        await _reachable(update, context)
        raise ApplicationHandlerStop


async def _reachable(update: Update, context: Context) -> None:
    """Somebody blocked the bot or let it in again."""
    member = update.my_chat_member
    if member is None:
        return
    gone = member.new_chat_member.status in ("kicked", "left")
    since, actor, work = context.now if gone else None, context.actor, context.work
    async with work.write() as session:
        if actor.person_id:
            await people.set_blocked(session, actor.person_id, since)
        if known := await reporters.find(session, work.vault, actor.telegram_id):
            await reporters.set_unreachable(session, known.id, since)
