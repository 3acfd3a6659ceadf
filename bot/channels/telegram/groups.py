"""What comes from groups: a code that links one, the end of it, another number of the same group.

A group is no person: nothing of it is a report or a concern, and members are not looked at. With
Telegram's privacy mode only commands and what happens to the group itself get here.
"""

from datetime import datetime

import structlog
from telegram import Chat, Message, Update
from telegram.error import TelegramError
from telegram.ext import ExtBot

from bot.channels.telegram.addresses import address_of
from bot.core.errors import Refused
from bot.core.rendering import render
from bot.core.rules.writing import one_line
from bot.core.work import Work
from bot.groups.services import linking

LINKING = ("start", "lienket")  # the first comes with the link that lets the bot join
ENDED_MEMBERSHIP = ("left", "kicked")

log = structlog.get_logger()


async def heard(update: Update, bot: ExtBot[int], work: Work, now: datetime) -> None:
    """One update of a group."""
    chat, message, member = update.effective_chat, update.message, update.my_chat_member
    if chat is None:
        return
    if member:
        if member.new_chat_member.status in ENDED_MEMBERSHIP:
            await linking.lost(work, address_of(chat.id), now)
    elif message and message.migrate_to_chat_id:
        await linking.moved(work, address_of(chat.id), str(message.migrate_to_chat_id))
    elif message and (code := _code(message, bot.username)) is not None:
        await _say(bot, chat, await _linked(work, chat, code, now))


def _code(message: Message, username: str) -> str | None:
    """What stands behind a command that links; None: it is no such command, or another bot's."""
    name, _, rest = (message.text or "").partition(" ")
    command, _, addressed = name.partition("@")
    is_ours = not addressed or addressed.casefold() == username.casefold()
    return rest if is_ours and command.casefold()[1:] in LINKING and name[:1] == "/" else None


async def _linked(work: Work, chat: Chat, code: str, now: datetime) -> str:
    if not code.strip():
        return render("group/how")
    try:
        unit = await linking.link(work, code, address_of(chat.id), one_line(chat.title or ""), now)
    except Refused as refusal:
        return str(refusal)
    return render("group/welcome", unit=unit)


async def _say(bot: ExtBot[int], chat: Chat, words: str) -> None:
    """In the group. It is said once: a link that was made stands in the maker's own chat too."""
    try:
        await bot.send_message(chat.id, words)
    except TelegramError as error:
        log.warning("group.not_answered", error=type(error).__name__)
