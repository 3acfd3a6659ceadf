"""Updates that Telegram brings: as they came, each stored before it is answered with 200.

Not python-telegram-bot's own handler: it refuses an update that it cannot read, so that Telegram
brings it again and again, and writes it into the log.
"""

import asyncio
import hmac
import json
from collections.abc import Sequence

import structlog
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route
from telegram import Bot

from bot.channels.telegram.fetching import Spell
from bot.channels.telegram.inbox import Inbox, NotStored, Unreadable

log = structlog.get_logger()

PATH = "/telegram"
LARGEST = 4 * 1024 * 1024  # bytes of an update; Telegram's are some kilobytes
SECRET = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the header's name


class Webhook:
    """Where Telegram brings updates: `url` for Telegram, `routes` for the server behind it."""

    def __init__(self, bot: Bot, inbox: Inbox, url: str, secret: str, kinds: Sequence[str]) -> None:
        self._bot, self._inbox, self._url, self._kinds = bot, inbox, url, kinds
        self._secret = secret
        self._registered = False
        self.routes = [
            Route(path, self._take_update, methods=["POST"]) for path in (PATH, f"{PATH}/")
        ]

    def works(self) -> bool:
        """Whether Telegram knows where to bring updates."""
        return self._registered

    async def run(self) -> None:
        """Until cancelled.

        Raises InvalidToken: Telegram does not know this token, not for a moment but for good.
        """
        try:
            await self._register()
            self._registered = True
            await asyncio.Event().wait()
        finally:
            self._registered = False

    async def _register(self) -> None:
        spell = Spell()
        while True:
            try:
                await self._bot.set_webhook(
                    self._url, allowed_updates=self._kinds, secret_token=self._secret
                )
            except Exception as error:  # whatever it is, the next try may succeed
                await spell.failed(error)
            else:
                return

    async def _take_update(self, request: Request) -> Response:
        """One update. 200: it need not come again. 403: the secret is wrong. 413: it is too large.
        400: no update. 503: not stored, to be brought again.
        """
        secret = request.headers.get(SECRET, "").encode("latin-1")
        if not hmac.compare_digest(secret, self._secret.encode()):
            return Response(status_code=403)
        try:
            body = await _body(request)
        except ClientDisconnect:  # a proxy that gives up; it is brought again
            return Response(status_code=400)
        if body is None:
            return Response(status_code=413)
        try:
            await self._inbox.take(json.loads(body))
        except (ValueError, RecursionError, Unreadable) as error:
            log.warning("webhook.no_update", error=type(error).__name__)
            return Response(status_code=400)
        except NotStored as error:
            log.error("inbox.not_stored", exc_info=error)
            return Response(status_code=503)
        return Response()


async def _body(request: Request) -> bytes | None:
    """None: larger than any update; what is left of it is not read."""
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > LARGEST:
            return None
    return bytes(body)
