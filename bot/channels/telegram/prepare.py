"""Before any handler: who asks, and a piece of work bound to this update."""

import re
from dataclasses import replace

from telegram import Update
from telegram.ext import ApplicationHandlerStop

from bot.channels.telegram import groups
from bot.channels.telegram.addresses import address_of, key_of
from bot.channels.telegram.context import TelegramContext
from bot.conversation.registry import FORMS
from bot.core import access
from bot.core.rules.names import full_name
from bot.core.rules.writing import one_line
from storage import drafts, people
from storage.coarse import day_of

NOT_WORK = ("/start", "/phananh", "/theodoi", "/dulieu")
NOT_WORK_BUTTONS = ("home", "own:", "data:")
FORM_BUTTON = re.compile(r"^f:(\d{1,18}):")


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
    today = day_of(context.now)
    if seen_at != today and await _at_work(update, context):
        async with context.runtime.work.write() as session:
            await people.set_seen(session, context.actor.person_id, today)


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


async def _at_work(update: Update, context: TelegramContext) -> bool:
    """Whether somebody of the staff does something for their work.

    Not where they look at the start or bring something as a worker: a day on which that alone
    was done would lead from the person to the case of that day.
    """
    if not context.actor.person_id:
        return False
    message = update.message or update.edited_message
    query = update.callback_query
    pressed = (query.data or "") if query else ""
    if message and (message.text or "").startswith("/"):
        return (message.text or "").split()[0].split("@")[0] not in NOT_WORK
    async with context.work.read() as session:
        if by_form := FORM_BUTTON.match(pressed):
            draft = await drafts.get_locked(session, int(by_form[1]))
        elif query:
            return not pressed.startswith(NOT_WORK_BUTTONS)
        else:
            draft = await drafts.latest(session, context.actor.owners, FORMS)
    return draft is not None and draft.owner == context.actor.owner
