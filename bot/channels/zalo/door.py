"""The parts of Zalo's door, put together for the wiring."""

from collections.abc import Sequence
from dataclasses import dataclass

from starlette.routing import Route as HttpRoute

from bot.channels.text_menu import TextMenus
from bot.channels.zalo.api import ZaloBot
from bot.channels.zalo.coming_in import ZaloPolling, ZaloWebhook
from bot.channels.zalo.inbox import ZaloInbox
from bot.channels.zalo.sending import ZaloSender
from bot.conversation.router import Route
from bot.core.clock import Clock
from bot.core.work import Work


@dataclass(frozen=True)
class ZaloDoor:
    """What runs (`inbox` and `coming_in`, in one program at a time), sends and serves."""

    bot: ZaloBot
    inbox: ZaloInbox
    sender: ZaloSender
    coming_in: ZaloPolling | ZaloWebhook
    http_routes: Sequence[HttpRoute] = ()


def make_door(work: Work, clock: Clock, routes: Sequence[Route], page: str = "") -> ZaloDoor:
    """As [zalo] says. `page`: the address of the web page; empty: there is none."""
    there = work.settings.zalo
    bot = ZaloBot(there.token, there.base_url)
    inbox = ZaloInbox(work, clock, bot, TextMenus(routes, page))
    sender = ZaloSender(bot, work, clock, page)
    if there.mode == "polling":
        return ZaloDoor(bot, inbox, sender, ZaloPolling(bot, inbox))
    webhook = ZaloWebhook(bot, inbox, there.webhook_url, there.webhook_secret)
    return ZaloDoor(bot, inbox, sender, webhook, webhook.routes)
