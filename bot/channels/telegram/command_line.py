"""What the operator reads where Telegram is the trouble, and what commands ask of Telegram."""

from telegram import Bot
from telegram.error import InvalidToken, TelegramError

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


async def username(token: str, base_url: str) -> str:
    """The bot's name, which links begin with. Raises ConfigError: Telegram does not tell."""
    try:
        async with Bot(token, base_url=base_url) as bot:
            return str(bot.username)
    except TelegramError as error:
        raise ConfigError(
            f"telegram: the bot's name could not be asked ({type(error).__name__}); "
            "give it with --bot-name"
        ) from None
