"""A program with its web door open, asked without a socket."""

import asyncio
from collections.abc import AsyncIterator

import httpx
import pytest

from bot.app.serving import HttpServer
from bot.config.settings import Settings, Web
from tests.channels.web.pages import ADDRESS, Browser
from tests.client import Town


@pytest.fixture
def settings(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """The web is on; no port is taken, for what serves it is asked in this process."""

    async def listen_nowhere(_server: HttpServer) -> None:
        await asyncio.Event().wait()

    monkeypatch.setattr(HttpServer, "run", listen_nowhere)
    return settings.model_copy(update={"web": Web(address=ADDRESS)})


@pytest.fixture
async def client(town: Town) -> AsyncIterator[httpx.AsyncClient]:
    server = town.program.server
    assert server
    transport = httpx.ASGITransport(server.app)
    async with httpx.AsyncClient(transport=transport, base_url=ADDRESS) as client:
        yield client


@pytest.fixture
def browser(client: httpx.AsyncClient) -> Browser:
    """A worker's, with nothing in it."""
    return Browser(client)
