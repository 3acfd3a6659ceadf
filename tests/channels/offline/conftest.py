"""The program with its web door open on a port of its own, and phones on a road that may break."""

import socket
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest

from bot.channels.web import site
from bot.config.settings import Settings, Web
from tests.cast import Character
from tests.channels.offline.phone import Phone, browser, phone_in
from tests.channels.offline.road import Road
from tests.client import Town


@pytest.fixture
def settings(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Settings:
    async def who(request):
        from bot.channels.telegram.addresses import address_of
        from bot.core import access

        return await access.actor_of(
            request.app.state.work, address_of(int(request.cookies.get("who", "0")))
        )

    monkeypatch.setattr(site, "whose_session", who)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    return settings.model_copy(update={"web": Web(address=f"http://127.0.0.1:{port}", port=port)})


@pytest.fixture
async def road(town: Town) -> AsyncIterator[Road]:
    town.program.server.app.state.work = town.program.work
    async with Road(town.settings.web.port).lying() as road:
        yield road


@pytest.fixture
async def phones(town: Town, road: Road) -> AsyncIterator[Callable[[Character], Awaitable[Phone]]]:
    """Phones of people who have come in, all in one browser."""
    async with browser() as chromium:

        async def phone_of(person: Character) -> Phone:
            address = f"http://127.0.0.1:{road.port}"
            cookie = {"name": "who", "value": str(person.telegram_id), "url": address}
            return await phone_in(chromium, address, [cookie])

        yield phone_of
