"""The sandbox asked without a socket: what the program sends is handed to it in this process.

Tests about the wire itself keep the wire: they have a fixture `wired` that says so.
"""

import asyncio
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette

from bot.channels.telegram.wire import KeptAlive

PORT = 1  # nobody listens there


def answer_in_process(monkeypatch: pytest.MonkeyPatch, app: Starlette) -> None:
    """Let every request of httpx to our PORT be answered by the app."""
    carry = {kind: kind.handle_async_request for kind in (httpx.AsyncHTTPTransport, KeptAlive)}
    working: set[asyncio.Task[None]] = set()

    async def handle(transport: Any, request: httpx.Request) -> httpx.Response:
        if request.url.port != PORT:
            return await carry[type(transport)](transport, request)
        exchange = _Exchange(request, await request.aread())
        # Of its own, as a server's: who stops waiting for the answer does not undo the work.
        work = asyncio.create_task(app(exchange.scope(), exchange.receive, exchange.send))
        working.add(work)
        work.add_done_callback(working.discard)
        try:
            # However long it takes: five seconds are soon over on a machine that stands still, and
            # an answer given up comes twice. A silence that is meant is played by `tests.wire`.
            await asyncio.shield(work)
        finally:
            exchange.gone.set()
        return exchange.response()

    for kind in carry:
        monkeypatch.setattr(kind, "handle_async_request", handle)


class _Exchange:
    """One request and its answer, as ASGI speaks of them."""

    def __init__(self, request: httpx.Request, body: bytes) -> None:
        self._request = request
        self._incoming = [{"type": "http.request", "body": body, "more_body": False}]
        self._start: dict[str, Any] = {}
        self._body = b""
        self.gone = asyncio.Event()  # nobody waits for the answer any more

    def scope(self) -> dict[str, Any]:
        url = self._request.url
        return {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": self._request.method,
            "headers": [(name.lower(), value) for name, value in self._request.headers.raw],
            "scheme": url.scheme,
            "path": url.path,
            "raw_path": url.raw_path.partition(b"?")[0],
            "query_string": url.query,
            "server": (url.host, url.port),
            "client": ("127.0.0.1", PORT),
            "root_path": "",
        }

    async def receive(self) -> dict[str, Any]:
        if self._incoming:
            return self._incoming.pop()
        await self.gone.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: Any) -> None:
        if message["type"] == "http.response.start":
            self._start = message
        else:
            self._body += message.get("body", b"")

    def response(self) -> httpx.Response:
        """Raises RemoteProtocolError where less came than was promised, as a connection would."""
        headers = httpx.Headers(self._start["headers"])
        if len(self._body) < int(headers.get("content-length", 0)):
            raise httpx.RemoteProtocolError(
                "peer closed connection without sending complete message body",
                request=self._request,
            )
        return httpx.Response(self._start["status"], headers=headers, content=self._body)
