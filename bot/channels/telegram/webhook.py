"""Updates that Telegram brings: as they came, each stored before it is answered with 200.

Not python-telegram-bot's own handler: it refuses an update that it cannot read, so that Telegram
brings it again and again, and writes it into the log.
"""

import asyncio
import hmac
import json
from collections.abc import Sequence
from dataclasses import dataclass

import structlog
from telegram import Bot
from tornado.httpserver import HTTPServer
from tornado.web import Application, RequestHandler

from bot.channels.telegram.fetching import Spell
from bot.channels.telegram.inbox import Inbox, NotStored, Unreadable

log = structlog.get_logger()

LARGEST = 4 * 1024 * 1024  # bytes of an update; Telegram's are some kilobytes
SECRET = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the header's name


@dataclass(frozen=True)
class Endpoint:
    """Where Telegram brings updates: `url` for Telegram, the rest for the server behind it."""

    url: str
    listen: str
    port: int
    secret: str


class Webhook:
    """The server that Telegram brings updates to."""

    def __init__(self, bot: Bot, inbox: Inbox, door: Endpoint, kinds: Sequence[str]) -> None:
        self._bot, self._door, self._kinds = bot, door, kinds
        arguments = {"inbox": inbox, "secret": door.secret}
        routes = Application(
            [("/telegram/?", Taking, arguments)], log_function=lambda _handler: None
        )
        self._server = HTTPServer(routes, max_body_size=LARGEST)
        self._registered = False

    def works(self) -> bool:
        """Whether Telegram knows where to bring updates, and somebody listens there."""
        return self._registered

    async def run(self) -> None:
        """Until cancelled.

        Raises OSError: nothing can listen there. Raises InvalidToken: Telegram does not know this
        token, not for a moment but for good.
        """
        self._server.listen(self._door.port, self._door.listen)
        try:
            await self._register()
            self._registered = True
            await asyncio.Event().wait()
        finally:
            self._registered = False
            self._server.stop()
            await self._server.close_all_connections()

    async def _register(self) -> None:
        spell = Spell()
        while True:
            try:
                await self._bot.set_webhook(
                    self._door.url,
                    allowed_updates=self._kinds,
                    secret_token=self._door.secret,
                )
            except Exception as error:  # whatever it is, the next try may succeed
                await spell.failed(error)
            else:
                return


class Taking(RequestHandler):
    """One update. Answers 200 only where it need not come again."""

    def initialize(self, inbox: Inbox, secret: str) -> None:
        """Tornado's constructor for each request."""
        self._inbox, self._secret = inbox, secret

    async def post(self) -> None:
        """403: the secret is wrong. 400: no update. 503: not stored, to be brought again."""
        secret = self.request.headers.get(SECRET, "")
        if not hmac.compare_digest(secret.encode(), self._secret.encode()):
            self.set_status(403)
            return
        try:
            await self._inbox.take(json.loads(self.request.body))
        except (ValueError, RecursionError, Unreadable) as error:
            log.warning("webhook.no_update", error=type(error).__name__)
            self.set_status(400)
        except NotStored as error:
            log.error("inbox.not_stored", exc_info=error)
            self.set_status(503)
