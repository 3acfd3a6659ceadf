"""Zalo gives each message once, to whoever asks: of several programs the one that leads asks."""

import asyncio
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any, cast

import httpx
import pytest
from sqlmodel import select

from bot.app.background import Background
from bot.app.election import Election
from bot.app.wiring import Program, _jobs, _leading
from bot.channels.telegram.shared_inbox import SharedInbox
from bot.channels.text_menu import TextMenus
from bot.channels.zalo.api import ZaloBot
from bot.channels.zalo.coming_in import ZaloPolling
from bot.channels.zalo.inbox import ZaloInbox
from bot.core.work import Work
from storage.addresses import ZALO
from storage.models import InboxUpdate
from tests.cast import MONDAY, VAULT, clock_at
from tests.channels.telegram.test_shared_inbox import PATIENCE, Replica, replicas  # noqa: F401
from tests.channels.zalo import BASE_URL, TOKEN, FakeZalo

NAMES = ("a", "b")


class Asked(httpx.AsyncBaseTransport):
    """The way of one program to Zalo; `asked`: who asked for messages, in turn."""

    def __init__(self, name: str, zalo: FakeZalo, asked: list[str]) -> None:
        self._name, self._zalo, self._asked = name, zalo, asked

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if request.url.path.endswith("/getUpdates"):
            self._asked.append(self._name)
        return await self._zalo.transport.handle_async_request(request)


class Idle:
    """What else a leading program does, at rest."""

    def __init__(self, *_parts: Any) -> None: ...

    async def run(self, *_pauses: float, **_options: bool) -> None:
        await asyncio.Event().wait()

    recover = run


@pytest.fixture
def pair(
    replicas: list[Replica],  # noqa: F811
    settings: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> tuple[list[Program], FakeZalo, list[str]]:
    """Two programs, as far as they lead; and Zalo, with who asked it."""
    monkeypatch.setattr("bot.app.election.TRY_SECONDS", 0.01)
    monkeypatch.setattr("bot.app.wiring.NightlyBackup", Idle)
    monkeypatch.setattr("bot.app.wiring._menus", lambda _program: asyncio.Event().wait())
    zalo, asked, programs = FakeZalo(), [], []
    clock = clock_at(MONDAY)
    for name, replica in zip(NAMES, replicas, strict=True):
        bot = ZaloBot(TOKEN, BASE_URL, Asked(name, zalo, asked))
        work = Work(replica.store, settings, settings.make_calendar(), VAULT)
        inbox = ZaloInbox(work, clock, bot, TextMenus(()))
        door = SimpleNamespace(inbox=Idle(), coming_in=ZaloPolling(bot, inbox, seconds=1))
        program = SimpleNamespace(
            **{"election": Election(replica.locks), "background": Background(), "zalo": door},
            **{"dispatcher": Idle(), "files": Idle(), "answers": Idle(), "fetching": Idle()},
            **{"work": work, "clock": clock, "inbox": replica.inbox, "server": None},
            **{"sharing": None, "settings": settings, "health": Idle(), "health_server": None},
        )
        programs.append(cast("Program", program))
    return programs, zalo, asked


async def test_of_several_programs_one_asks_zalo_and_another_after_its_end(
    pair: tuple[list[Program], FakeZalo, list[str]],
    replicas: list[Replica],  # noqa: F811
) -> None:
    programs, zalo, asked = pair
    first, second = (asyncio.create_task(_leading(program)) for program in programs)
    zalo.write(zalo.message("6ede", MONDAY, text="một"))
    await until(lambda: bool(asked) and not zalo.waiting)
    await _stored(programs[0].work, 1)
    leader = asked[0]
    assert set(asked) == {leader}
    ended, other = (first, "b") if leader == "a" else (second, "a")
    ended.cancel()
    await asyncio.gather(ended, return_exceptions=True)
    await replicas[NAMES.index(leader)].die()
    before = len(asked)
    await until(lambda: len(asked) > before)
    zalo.write(zalo.message("6ede", MONDAY, text="hai"))
    await until(lambda: not zalo.waiting)
    assert set(asked[before:]) == {other}
    await _stored(programs[0].work, 2)
    for task in (first, second):
        task.cancel()
    await asyncio.gather(first, second, return_exceptions=True)


async def test_beside_others_nothing_asks_zalo_or_sets_menus_before_a_program_leads(
    pair: tuple[list[Program], FakeZalo, list[str]],
) -> None:
    (program, _), _, _ = pair
    assert isinstance(program.inbox, SharedInbox)
    assert not [name for name in _jobs(program) if "zalo" in name or name == "menus"]


async def until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not holds():  # noqa: ASYNC110 - it is a state of the fake
            await asyncio.sleep(0.01)


async def _stored(work: Work, count: int) -> None:
    """Wait for so many: what a program was given and has not stored as it dies is lost."""
    query = select(InboxUpdate).where(InboxUpdate.channel == ZALO)
    async with asyncio.timeout(PATIENCE):
        while True:
            async with work.read() as session:
                if len((await session.exec(query)).all()) == count:
                    return
            await asyncio.sleep(0.01)
