"""Before any handler: who asks, and a piece of work bound to this update."""

from dataclasses import replace

from telegram import Update
from telegram.ext import ApplicationHandlerStop

from bot.channels.at_work import note_day
from bot.channels.telegram import groups
from bot.channels.telegram.addresses import address_of, key_of
from bot.channels.telegram.context import TelegramContext
from bot.core import access
from bot.core.context import Context
from bot.core.rules.names import full_name
from bot.core.rules.writing import one_line
from storage import people


async def prepare(update: object, context: TelegramContext) -> None:
    """Resolve the person and their present roles; what comes from groups is handled here."""
    if not isinstance(update, Update):
        raise ApplicationHandlerStop
    context.incoming = update
    context.work = context.runtime.work.for_update(key_of(update.update_id), context.now)
    user, chat = update.effective_user, update.effective_chat
    if chat and chat.type in (chat.GROUP, chat.SUPERGROUP):
        await groups.heard(update, context.bot, context.work, context.now)
        raise ApplicationHandlerStop
    if user is None or chat is None or chat.type != chat.PRIVATE:
        raise ApplicationHandlerStop
    actor, seen_at = await access.actor_and_day(context.work, address_of(user.id))
    context.actor = replace(
        actor, shown_name=full_name(one_line(user.first_name), one_line(user.last_name or ""))
    )
    if update.my_chat_member:
        await _reachable(update, context)
        raise ApplicationHandlerStop
    command, button = _asked_for(update)
    person = Context(context.runtime.work, context.actor, context.now)
    await note_day(person, seen_at, command=command, button=button)


async def _reachable(update: Update, context: TelegramContext) -> None:
    """One of the staff blocked the bot or let it in again.

    Nothing is marked of what somebody raised as a worker: one act, two marks would show whose it
    is. Those cases learn of it when a message about them does not arrive.
    """
    member, person_id = update.my_chat_member, context.actor.person_id
    if member is None or not person_id:
        return
    blocked = member.new_chat_member.status in ("kicked", "left")
    async with context.work.write() as session:
        addresses = await people.addresses(session, [person_id])
        if blocked and len(addresses[person_id]) > 1:
            return  # they are still reached by another channel
        await people.set_blocked(session, person_id, context.now if blocked else None)


def _asked_for(update: Update) -> tuple[str, str]:
    """The command and the button."""
    message, query = update.message or update.edited_message, update.callback_query
    text = (message.text or "") if message else ""
    command = text.split()[0][1:].partition("@")[0] if text.startswith("/") else ""
    button = (query.data or "-") if query else ""
    return command, button
