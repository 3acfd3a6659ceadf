"""The command menus behind Telegram's menu button; a convenience, so setting one may fail."""

from contextlib import suppress

from telegram import BotCommand, BotCommandScopeChat, BotCommandScopeDefault
from telegram.error import TelegramError
from telegram.ext import ExtBot

from bot.core import access
from bot.core.rules.permissions import Actor
from bot.core.work import Work
from bot.home.commands import commands_for
from storage.addresses import Address


async def publish_for_strangers(bot: ExtBot[int]) -> None:
    """The menu of people without a role; everybody else gets theirs when they join or start."""
    with suppress(TelegramError):
        await bot.set_my_commands(_menu(Actor()), scope=BotCommandScopeDefault())


async def publish_for(bot: ExtBot[int], work: Work, address: Address) -> None:
    """The menu fitting somebody's present roles, in their own chat."""
    actor = await access.actor_of(work, address)
    with suppress(TelegramError):
        menu = _menu(actor, work.settings.web.is_on)
        await bot.set_my_commands(menu, scope=BotCommandScopeChat(int(address.id)))


def _menu(actor: Actor, web: bool = False) -> list[BotCommand]:
    return [BotCommand(name, words) for name, words in commands_for(actor, web=web)]
