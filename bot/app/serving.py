"""The program's own HTTP server: what others ask of it, Telegram's webhook among them."""

import os
import socket
from collections.abc import Sequence
from functools import cache
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from bot.app.health import HealthWatch
from bot.app.metrics import CONTENT_TYPE, exposition
from bot.channels.web.headers import SafeHeaders
from bot.channels.web.pages import html_of
from bot.core.errors import ConfigError
from bot.core.measures import MEASURES

KEPT_SECONDS = 150  # longer than proxies keep a connection: else they send into one being closed
STOPPING_SECONDS = 3  # a stop waits so long for requests that are being answered
NOTHING_HERE = "Không có trang này. Mời anh/chị xem lại địa chỉ."
BROKEN = "Lúc này chưa mở được trang. Mời anh/chị quay lại và thử lại sau ít phút."
MOST_AT_ONCE = 1000  # connections; Telegram makes a hundred at most


class HttpServer:
    """Serves `routes` on one port, in the program's own loop. `setting`: what names the port."""

    def __init__(self, routes: Sequence[BaseRoute], listen: str, port: int, setting: str) -> None:
        in_words: dict[Any, Any] = {
            404: _nothing_here,
            405: _nothing_here,  # what only a form's button does, asked for by its address
            Exception: _broken,
        }
        pages = Starlette(routes=list(routes), exception_handlers=in_words)
        # Its own way from "/x/" to "/x" goes by a whole address, and behind a proxy by http.
        pages.router.redirect_slashes = False
        # Around all of it: what is answered where a route breaks carries the headers too.
        self.app = SafeHeaders(pages)
        self.place, self._setting = (listen, port), setting

    async def run(self) -> None:
        """Until cancelled. Raises ConfigError: nothing can listen there."""
        config = uvicorn.Config(
            self.app,
            lifespan="off",
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=False,
            limit_concurrency=MOST_AT_ONCE,
            timeout_graceful_shutdown=STOPPING_SECONDS,
            timeout_keep_alive=KEPT_SECONDS,
        )
        config.load()
        # Not uvicorn's serve(): it takes over the signals, and exits where a port is taken.
        server = uvicorn.Server(config)
        server.lifespan = config.lifespan_class(config)
        with self._listener() as listener:
            await server.startup([listener])
            try:
                await server.main_loop()
            finally:
                await server.shutdown([listener])

    def _listener(self) -> socket.socket:
        try:
            return _listening(*self.place)
        except OSError as error:
            host, port = self.place
            # Python puts the address into its words: the system's own are enough.
            why = os.strerror(error.errno) if error.errno else type(error).__name__
            raise ConfigError(f"{self._setting}: {host}:{port}: {why}") from None


async def _nothing_here(request: Request, error: Exception) -> Response:
    """Telegram and whoever measures go by the number, people by the words."""
    status = error.status_code if isinstance(error, HTTPException) else 404
    return HTMLResponse(_page(NOTHING_HERE, _has_entry(request)), status_code=status)


async def _broken(request: Request, _error: Exception) -> Response:
    """The error itself goes on, into the log."""
    return HTMLResponse(_page(BROKEN, _has_entry(request)), status_code=500)


@cache
def _page(sentence: str, has_entry: bool) -> str:
    """To be read on a phone: bare text comes out there too small to read."""
    facts = {"title": "Công đoàn", "heading": sentence, "notice": "", "has_entry": has_entry}
    return html_of("sentence", **facts)


def _has_entry(request: Request) -> bool:
    """Whether the web door is open, so that there is a first page to go to."""
    return any(isinstance(route, Route) and route.path == "/" for route in request.app.routes)


def _listening(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.create_server((host, port), family=family, backlog=MOST_AT_ONCE)
    # asyncio does it only for sockets that it made itself; else small answers wait for 40 ms.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listener


def about_health(watch: HealthWatch) -> tuple[Route, ...]:
    """/livez: 200 as long as anything answers, for a balancer: what Telegram brings can be taken
    while much else is wrong. /healthz: 200 while all is well, else 503, with what is wrong.
    /metrics, for Prometheus.
    """

    async def livez(_request: Request) -> Response:
        return PlainTextResponse("ok\n")

    async def healthz(_request: Request) -> Response:
        facts = await watch.look()
        return JSONResponse(facts.plain(), status_code=503 if facts.faults() else 200)

    async def metrics(_request: Request) -> Response:
        text = exposition(await watch.look(), MEASURES)
        return Response(text, headers={"Content-Type": CONTENT_TYPE})

    endpoints = {"/livez": livez, "/healthz": healthz, "/metrics": metrics}
    return tuple(Route(path, there, methods=["GET"]) for path, there in endpoints.items())
