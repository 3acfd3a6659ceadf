"""A program with its web door open, asked without a socket."""

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from bot.channels.web import receipts, site
from bot.config.settings import Settings, Web
from tests.channels.web.pages import ADDRESS, Browser, served_in_process
from tests.client import Town


@pytest.fixture
def settings(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """The web is on; no port is taken, for what serves it is asked in this process."""
    served_in_process(monkeypatch)
    return settings.model_copy(update={"web": Web(address=ADDRESS)})


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """How long tries of receipts would have waited; nobody does."""
    waited: list[float] = []

    async def sleep(seconds: float) -> None:
        waited.append(seconds)

    class Unhurried(receipts.Receipts):
        def __init__(self, *parts: Any) -> None:
            super().__init__(*parts)
            self.sleep = sleep

    monkeypatch.setattr(site, "Receipts", Unhurried)
    return waited


@pytest.fixture
async def client(waits: list[float], town: Town) -> AsyncIterator[httpx.AsyncClient]:
    server = town.program.server
    assert server
    transport = httpx.ASGITransport(server.app)
    async with httpx.AsyncClient(transport=transport, base_url=ADDRESS) as client:
        yield client


@pytest.fixture
def browser(client: httpx.AsyncClient) -> Browser:
    """A worker's, with nothing in it."""
    return Browser(client)
