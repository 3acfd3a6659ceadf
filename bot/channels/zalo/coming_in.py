"""How messages come from Zalo: asked for, or brought to a webhook."""

import asyncio
import hmac
import json

import httpx
import structlog
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from bot.channels.zalo.api import POLL_SECONDS, ZaloBot, ZaloError
from bot.channels.zalo.inbox import ZaloInbox

PATH = "/zalo"
SECRET = "X-Bot-Api-Secret-Token"  # noqa: S105 - the header's name
LARGEST = 256 * 1024  # bytes of an update
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 60.0  # seconds between two tries

log = structlog.get_logger()


class _Pauses:
    """Pauses that grow from failure to failure; `begins`: the next is the first of a spell."""

    def __init__(self) -> None:
        self._pause = 0.0

    @property
    def begins(self) -> bool:
        return not self._pause

    def worked(self) -> None:
        self._pause = 0.0

    async def wait(self) -> None:
        self._pause = min(LONGEST_PAUSE, 2 * self._pause) or FIRST_PAUSE
        await asyncio.sleep(self._pause)


class ZaloPolling:
    """Asks Zalo for messages. Zalo gives each once: what it gave is held until it is kept, and one
    that comes while the machine dies is lost. A webhook loses none.
    """

    def __init__(self, bot: ZaloBot, inbox: ZaloInbox, seconds: int = POLL_SECONDS) -> None:
        self._bot, self._inbox, self._seconds = bot, inbox, seconds

    async def run(self) -> None:
        """Until cancelled."""
        pauses, webhook = _Pauses(), True  # an earlier run may have had one; then nothing is given
        while True:
            try:
                if webhook:
                    await self._bot.call("deleteWebhook")
                    webhook = False
                raw = await self._bot.updates(self._seconds)
            except (httpx.HTTPError, ZaloError) as error:
                if pauses.begins:
                    log.warning("zalo.not_fetched", error=type(error).__name__)
                await pauses.wait()
                continue
            pauses.worked()
            if raw:
                await self._keep(raw)

    async def _keep(self, raw: object) -> None:
        pauses = _Pauses()
        while True:
            try:
                await self._inbox.take(raw)
            except Exception as error:
                if pauses.begins:
                    log.warning("zalo.not_stored", error=type(error).__name__)
                await pauses.wait()
            else:
                return


class ZaloWebhook:
    """Where Zalo brings messages: `url` for Zalo, `routes` for the server behind it."""

    def __init__(self, bot: ZaloBot, inbox: ZaloInbox, url: str, secret: str) -> None:
        self._bot, self._inbox, self._url, self._secret = bot, inbox, url, secret
        self.routes = [Route(PATH, self._take, methods=["POST"])]

    async def run(self) -> None:
        """Until cancelled: tell Zalo where to bring messages, once it takes that."""
        pauses = _Pauses()
        while True:
            try:
                await self._bot.call("setWebhook", url=self._url, secret_token=self._secret)
                break
            except (httpx.HTTPError, ZaloError) as error:
                if pauses.begins:
                    log.warning("zalo.not_registered", error=type(error).__name__)
                await pauses.wait()
        await asyncio.Event().wait()

    async def _take(self, request: Request) -> Response:
        """One update. 200: it is kept. 403: the secret is wrong. 413: it is too large. 400: no
        update. 503: not kept, to be brought again.
        """
        secret = request.headers.get(SECRET, "").encode("latin-1")
        if not hmac.compare_digest(secret, self._secret.encode()):
            return Response(status_code=403)
        body = bytearray()
        try:
            async for piece in request.stream():
                body += piece
                if len(body) > LARGEST:
                    return Response(status_code=413)
            raw = json.loads(bytes(body))
        except (ClientDisconnect, ValueError, RecursionError):
            return Response(status_code=400)
        try:
            await self._inbox.take(raw)
        except Exception as error:
            log.error("zalo.not_stored", exc_info=error)
            return Response(status_code=503)
        return Response()
