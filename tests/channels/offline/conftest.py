"""The program with its web door open on a port of its own, and phones on a road that may break."""

import socket
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest

from bot.channels.telegram.addresses import address_of
from bot.channels.web.cookies import SessionCookie
from bot.config.settings import Settings, Web
from bot.core import access
from bot.core.context import Context
from bot.people.services import web_sessions
from storage.enums import Device
from tests.cast import Character
from tests.channels.offline.phone import Phone, browser, phone_in
from tests.channels.offline.road import Road
from tests.client import Town


@pytest.fixture
def settings(settings: Settings) -> Settings:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    return settings.model_copy(update={"web": Web(address=f"http://127.0.0.1:{port}", port=port)})


async def entered(town: Town, person: Character) -> dict[str, str]:
    """The cookie of somebody who has come in by a link of their own."""
    work, now = town.program.work, town.clock.now()
    actor = await access.actor_of(work, address_of(person.telegram_id))
    link = await web_sessions.own_link(Context(work, actor, now))
    token = (await web_sessions.enter(work, link.code, Device.PHONE, now)).token
    return {SessionCookie(secure=False).name: token}


@pytest.fixture
async def road(town: Town) -> AsyncIterator[Road]:
    async with Road(town.settings.web.port).lying() as road:
        yield road


@pytest.fixture
async def phones(town: Town, road: Road) -> AsyncIterator[Callable[[Character], Awaitable[Phone]]]:
    """Phones of people who have come in, all in one browser."""
    async with browser() as chromium:

        async def phone_of(person: Character) -> Phone:
            address = f"http://127.0.0.1:{road.port}"
            phone = await phone_in(chromium, address)
            await phone.enter(await entered(town, person))
            return phone

        yield phone_of
