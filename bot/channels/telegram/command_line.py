"""What the operator reads where Telegram is the trouble, and what commands ask of Telegram."""

from dataclasses import dataclass
from datetime import datetime

from telegram import Bot
from telegram.error import InvalidToken, TelegramError

from bot.channels.telegram.wire import make_request
from bot.core.errors import ConfigError


def refused_token(error: BaseException | None) -> bool:
    return isinstance(error, InvalidToken)


def trouble(error: BaseException) -> str:
    """An error at the start in words; empty where it is none of Telegram's."""
    if refused_token(error):
        return "telegram.token: Telegram does not know this token"
    if isinstance(error, TelegramError):
        return f"telegram: not reachable ({type(error).__name__})"
    return ""


@dataclass(frozen=True)
class BotLook:
    """What Telegram says of this bot: its name, where it brings updates, how many wait there, and
    when bringing them last failed.
    """

    username: str
    webhook_url: str
    waiting: int
    failed_at: datetime | None


async def look_at(token: str, base_url: str) -> BotLook:
    """Ask Telegram about the bot; changes nothing. Raises ConfigError, in words."""
    try:
        async with _bot(token, base_url) as bot:
            hook = await bot.get_webhook_info()
            name = bot.username
    except TelegramError as error:
        raise ConfigError(trouble(error)) from None
    return BotLook(name, hook.url, hook.pending_update_count, hook.last_error_date)


async def username(token: str, base_url: str) -> str:
    """The bot's name, which links begin with. Raises ConfigError: Telegram does not tell."""
    try:
        async with _bot(token, base_url) as bot:
            return str(bot.username)
    except TelegramError as error:
        raise ConfigError(
            f"telegram: the bot's name could not be asked ({type(error).__name__}); "
            "give it with --bot-name"
        ) from None


def _bot(token: str, base_url: str) -> Bot:
    """Left to itself it would read the certificates of all authorities, twice."""
    ask, fetch = make_request(1), make_request(1)
    return Bot(token, base_url=base_url, request=ask, get_updates_request=fetch)
