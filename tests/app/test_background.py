"""A task that ends by itself ends the program: with a sentence and an exit code, not in silence."""

import asyncio
import socket
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from structlog.testing import capture_logs
from telegram.ext import Application

from bot.app.background import Background, TaskEnded
from bot.app.election import Election
from bot.app.wiring import Program
from bot.app.wiring import _ticking as ticking  # as it is without `quick.starts`
from bot.channels.outbox import Dispatcher
from bot.channels.telegram import fetching
from bot.channels.telegram.files import FileKeeper
from bot.channels.telegram.inbox import Inbox
from bot.cli import running
from bot.config.settings import Settings
from bot.core.errors import ConfigError
from bot.sandbox.serving import Served
from tests import quick


async def fails(*_: object) -> None:
    raise RuntimeError("chị Lan nói: nợ lương")


async def ends(*_: object) -> None: ...


async def waits() -> None:
    await asyncio.Event().wait()


@pytest.fixture
def settings(
    settings: Settings, sandbox: Served, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Settings:
    quick.starts(monkeypatch)
    monkeypatch.setattr(running.logs, "set_up", lambda *_: None)
    addresses = {"base_url": sandbox.base_url, "base_file_url": sandbox.base_file_url}
    health = settings.health.model_copy(update={"file": tmp_path / "well"})
    telegram = settings.telegram.model_copy(update=addresses)
    return settings.model_copy(update={"telegram": telegram, "health": health})


async def test_a_task_that_misses_that_it_is_to_stop_is_told_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """As `asyncio.wait_for` does where both come in the same turn of the loop."""
    monkeypatch.setattr("bot.app.background.AGAIN_SECONDS", 0.01)
    missed = 0

    async def misses() -> None:
        nonlocal missed
        while missed < 2:
            try:
                await waits()
            except asyncio.CancelledError:
                missed += 1
        await waits()

    async with asyncio.timeout(10):
        with capture_logs() as logged:
            async with Background().run("deaf", misses):
                await asyncio.sleep(0)
    assert missed == 2
    assert {(line["event"], line["task"]) for line in logged} == {("task.not_stopped", "deaf")}


@pytest.mark.parametrize(
    "part",
    [
        (Dispatcher, "run", "dispatcher"),
        (FileKeeper, "run", "files"),
        (Inbox, "run", "inbox"),
        (fetching.Polling, "run", "fetching"),
        (Application, "_update_fetcher", "handling"),
    ],
)
@pytest.mark.parametrize("end", [fails, ends])
async def test_the_program_ends_with_the_task_and_says_which(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, part: tuple[type, str, str], end: Any
) -> None:
    owner, method, name = part
    monkeypatch.setattr(owner, method, end)
    with capture_logs() as logged, pytest.raises(ConfigError) as said:
        await running.run(settings)
    kind = "RuntimeError" if end is fails else "by itself"
    assert str(said.value).startswith(f"the program failed: {name} ended ({kind})")
    assert "Lan" not in str(said.value)
    assert [line["task"] for line in logged if line["event"] == "task.ended"] == [name]
    assert not settings.health.file.exists()


async def test_the_schedule_ends_the_program_too(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.app.wiring._ticking", fails)
    with pytest.raises(ConfigError, match="schedule ended"):
        await running.run(settings)


async def test_a_token_that_was_revoked_while_the_program_ran_ends_it(
    settings: Settings, sandbox: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "FINAL_AFTER_SECONDS", 0)
    sandbox.world.faults.order("getUpdates", "401", 1000, 0)
    with pytest.raises(ConfigError, match=r"^telegram\.token: Telegram has refused"):
        await running.run(settings)


@pytest.mark.parametrize(
    ("section", "more"),
    [
        ("telegram.webhook_", {"telegram": {"mode": "webhook"}}),
        ("web.", {"web": {"address": "https://congdoan.example.vn"}}),
        ("health.", {}),
    ],
)
async def test_a_port_that_is_taken_ends_the_program_with_the_settings_name(
    settings: Settings, section: str, more: dict[str, dict[str, Any]]
) -> None:
    part, _, prefix = section.partition(".")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        place = taken.getsockname()[1]
        here = {f"{prefix}listen": "127.0.0.1", f"{prefix}port": place}
        changed = getattr(settings, part).model_copy(update=more.get(part, {}) | here)
        words = rf"^{part}\.{prefix}port: 127\.0\.0\.1:{place}: Address already in use$"
        with pytest.raises(ConfigError, match=words):
            await running.run(settings.model_copy(update={part: changed}))


async def test_a_tick_that_fails_is_followed_by_the_next_and_does_not_count(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Ticks:
        """Stands for the schedule and for health; the first tick fails, the third is the last."""

        def __init__(self) -> None:
            self.before, self.count = list[int](), 0

        async def run_due(self) -> None:
            self.before.append(self.count)
            if len(self.before) == 1:
                raise OSError("no space left on device")
            if len(self.before) == 3:
                raise asyncio.CancelledError

        def ticked(self) -> None:
            self.count += 1

    class Watch:
        """A clock that nobody doubts."""

        async def look(self) -> None: ...

    ticks = Ticks()
    program = SimpleNamespace(schedule=ticks, health=ticks, watch=Watch(), election=Election(None))
    monkeypatch.setattr("bot.app.wiring.TICK_SECONDS", 0)
    with pytest.raises(asyncio.CancelledError):
        await ticking(cast("Program", program))
    assert ticks.before == [0, 0, 1]


async def test_a_task_that_was_told_to_end_is_no_failure() -> None:
    background = Background()
    async with background.run("waiting", waits):
        await background.until(asyncio.sleep(0))
    await background.until(asyncio.sleep(0))


async def test_the_first_end_is_what_is_told() -> None:
    background = Background()
    with pytest.raises(TaskEnded, match="first") as said:
        async with background.run("first", fails), background.run("second", ends):
            await background.until(asyncio.Event().wait())
    assert isinstance(said.value.__cause__, RuntimeError)
