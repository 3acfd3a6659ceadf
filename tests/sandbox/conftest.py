"""A sandbox on a port of its own, its clock standing still on a Friday afternoon."""

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
import pytest_asyncio

from bot.sandbox import create_app, serve
from bot.sandbox.clock import Clock
from bot.sandbox.moments import parse_iso
from tests import quick

TOKEN = "123456:sandbox"
FRIDAY = "2026-11-20T14:00:00+07:00"
LAN, MINH, STRANGER = 11, 12, 13


class Client:
    """Speaks both sides: the bot's API and the people's."""

    def __init__(self, served: Any, http: httpx.AsyncClient) -> None:
        self.served = served
        self.world = served.world
        self.http = http

    async def api(self, method: str, **params: Any) -> Any:
        """The whole answer of the Bot API, good or bad."""
        return (await self.http.post(f"/bot{TOKEN}/{method}", json=params)).json()

    async def ok(self, method: str, **params: Any) -> Any:
        answer = await self.api(method, **params)
        assert answer["ok"], answer
        return answer["result"]

    async def refused(self, method: str, **params: Any) -> tuple[int, str]:
        answer = await self.api(method, **params)
        assert not answer["ok"], answer
        return answer["error_code"], answer["description"]

    async def post(self, path: str, **body: Any) -> Any:
        return (await self.http.post(f"/sandbox{path}", json=body)).json()

    async def get(self, path: str, **query: Any) -> Any:
        return (await self.http.get(f"/sandbox{path}", params=query)).json()

    async def updates(self, **params: Any) -> list[Any]:
        return await self.ok("getUpdates", **params)


def still_app(data: Any = None) -> Any:
    app = create_app(data, TOKEN)
    clock = Clock(real=lambda: parse_iso(FRIDAY), ticks=lambda: 0.0)
    app.state.world.clock = clock
    return app


@pytest.fixture(autouse=True)
def brisk_servers(monkeypatch: pytest.MonkeyPatch) -> None:
    """They are asked over sockets here, and stop without a pause."""
    quick.servers(monkeypatch)


@pytest_asyncio.fixture
async def sandbox() -> AsyncIterator[Client]:
    async with serve(still_app()) as served, httpx.AsyncClient(base_url=served.url) as http:
        client = Client(served, http)
        await client.post("/people", id=LAN, first_name="Lan", role="officer", started=True)
        await client.post("/people", id=MINH, first_name="Minh", role="supervisor", started=True)
        await client.post("/people", id=STRANGER, first_name="Tuyết")
        yield client


@pytest.fixture
def png() -> bytes:
    """The head of a 1600 × 900 picture: all the sandbox reads of it."""
    size = (1600).to_bytes(4, "big") + (900).to_bytes(4, "big")
    return b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + size + bytes(20)
