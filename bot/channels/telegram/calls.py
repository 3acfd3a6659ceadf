"""A call of the Bot API without python-telegram-bot's objects around it.

What a press is answered with goes this way: building those objects, writing them out and reading
the message that comes back costs more than the call, and nobody looks at them.
"""

from typing import Any, cast

from telegram.ext import ExtBot
from telegram.request import RequestData


class _Fields:
    """What `BaseRequest` asks of its data. The values are as they go over the wire."""

    contains_files = False
    multipart_data: dict[str, Any] = {}  # noqa: RUF012 - nobody writes into it

    def __init__(self, fields: dict[str, Any]) -> None:
        self.json_parameters = fields


async def call(bot: ExtBot[int], method: str, fields: dict[str, Any]) -> Any:
    """What Telegram answers, as it came. The limits are kept as for any other call.

    Raises TelegramError.
    """
    data = cast("RequestData", _Fields(fields))
    limiter = bot.rate_limiter
    if limiter is None:
        return await bot.request.post(f"{bot.base_url}/{method}", data)
    return await limiter.process_request(
        callback=bot.request.post,
        args=(f"{bot.base_url}/{method}", data),
        kwargs={},
        endpoint=method,
        data=fields,
        rate_limit_args=None,
    )
