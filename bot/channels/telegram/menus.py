"""The command menus behind Telegram's menu button; a convenience, so setting one may fail."""

import asyncio
import hashlib
from collections.abc import Sequence
from contextlib import suppress

import structlog
from telegram import BotCommand, BotCommandScopeChat, BotCommandScopeDefault
from telegram.error import BadRequest, NetworkError, RetryAfter, TelegramError
from telegram.ext import ExtBot

from bot.core import access
from bot.core.clock import Clock
from bot.core.rules.permissions import Actor, Grant, every_role
from bot.core.work import Work
from bot.home.commands import commands_for
from storage import marks, people
from storage.addresses import TELEGRAM, Address
from storage.enums import Lane

log = structlog.get_logger()

MARK = "menus:"
BETWEEN_CHATS = 0.2  # seconds: 3,000 people in ten minutes, and most of the limit left to others
AGAIN_SECONDS = 600.0  # those whom Telegram did not answer about are tried again
MOST_TRIES = 6  # of a chat that is never answered about, while Telegram is there


async def publish_for_strangers(bot: ExtBot[int]) -> None:
    """The menu of people without a role; everybody else's is set in their own chat."""
    with suppress(TelegramError):
        await bot.set_my_commands(_menu(Actor()), scope=BotCommandScopeDefault())


async def publish_for(bot: ExtBot[int], work: Work, address: Address) -> None:
    """The menu fitting somebody's present roles, in their own chat."""
    with suppress(TelegramError):
        await _publish(bot, work, address, None)


async def keep_current(bot: ExtBot[int], work: Work, clock: Clock) -> None:
    """Until cancelled: where the menus are others than those last set for everybody, set them for
    everybody who holds a role, once, slowly and behind all messages. Who joins, gets or loses a
    role hears of it at once, by `publish_for`.
    """
    mark = MARK + _version(web=work.settings.web.is_on)
    async with work.read() as session:
        current = mark in await marks.all_marks(session)
        waiting = [] if current else await people.addresses_with_roles(session, TELEGRAM)
    if not current:
        await _publish_for_all(bot, work, waiting)
        async with work.write() as session:
            await marks.replace_mark(session, MARK, mark, clock.now())
        log.info("menus.published", people=len(waiting))
    await asyncio.Event().wait()


async def _publish_for_all(bot: ExtBot[int], work: Work, addresses: Sequence[Address]) -> None:
    """One after another. A chat that is not answered about, though Telegram is there, is left alone
    after some tries: the others' menus are done, and not set anew at every start.
    """
    waiting, tries = list(addresses), 0
    while waiting and tries < MOST_TRIES:
        unanswered = []
        for address in waiting:
            try:
                await _publish(bot, work, address, Lane.BROADCAST)
            except BadRequest:
                pass  # this chat has no menus: it is gone
            except (NetworkError, RetryAfter):
                unanswered.append(address)
            except TelegramError:
                pass  # they blocked the bot
            await asyncio.sleep(BETWEEN_CHATS)
        waiting = unanswered
        if waiting:
            tries += await _is_there(bot)
            log.warning("menus.not_published", people=len(waiting), tries=tries)
            await asyncio.sleep(AGAIN_SECONDS if tries < MOST_TRIES else 0)


async def _is_there(bot: ExtBot[int]) -> bool:
    """Whether Telegram answers at all."""
    try:
        await bot.get_me()
    except TelegramError:
        return False
    return True


async def _publish(bot: ExtBot[int], work: Work, address: Address, lane: Lane | None) -> None:
    """Raises TelegramError."""
    actor = await access.actor_of(work, address)
    menu = _menu(actor, work.settings.web.is_on)
    scope = BotCommandScopeChat(int(address.id))
    await bot.set_my_commands(menu, scope=scope, rate_limit_args=lane)


def _menu(actor: Actor, web: bool = False) -> list[BotCommand]:
    return [BotCommand(name, words) for name, words in commands_for(actor, web=web)]


def _version(*, web: bool) -> str:
    """Another one whenever somebody's menu is another one."""
    menus = [
        (role, commands_for(Actor(grants=(Grant(role, ()),)), web=web)) for role in every_role()
    ]
    return hashlib.sha256(repr(menus).encode()).hexdigest()[:16]
