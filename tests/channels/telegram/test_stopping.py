"""A stop ends the program at any moment; nothing in it may swallow a cancellation."""

import ast
import asyncio
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any, cast

import pytest
from telegram.ext import ExtBot

from bot.channels.outbox import Dispatcher
from bot.channels.telegram.files import FileKeeper
from bot.channels.telegram.sending import TelegramSender
from storage.addresses import TELEGRAM
from storage.store import Store
from tests import cast as people

ROOT = Path(__file__).parents[2]
STOPS = 200
MOMENTS = 5  # turns of the event loop between a wake and the stop
ENOUGH_TURNS = 30

Loop = tuple[Callable[[float], Coroutine[Any, Any, None]], Callable[[], None]]


async def nothing_due() -> int:
    return 0


def sending(store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Loop:
    bot = cast("ExtBot[int]", None)
    dispatcher = Dispatcher(
        store, people.clock_at(people.MONDAY), {TELEGRAM: TelegramSender(bot)}, people.VAULT
    )
    monkeypatch.setattr(dispatcher, "drain", nothing_due)
    return dispatcher.run, dispatcher.wake


def fetching_files(store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Loop:
    keeper = FileKeeper(store, people.clock_at(people.MONDAY), cast("ExtBot[int]", None), folder)
    monkeypatch.setattr(keeper, "fetch_missing", nothing_due)
    return keeper.run, keeper.wake


async def turns(count: int) -> None:
    for _ in range(count):
        await asyncio.sleep(0)


@pytest.mark.parametrize("make", [sending, fetching_files])
async def test_a_stop_that_meets_a_wake_ends_the_loop_every_time(
    make: Callable[..., Loop], store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run, wake = make(store, tmp_path, monkeypatch)
    survivors = 0
    for number in range(STOPS):
        running = asyncio.create_task(run(3600))
        await turns(ENOUGH_TURNS)  # now it waits
        wake()
        await turns(number % MOMENTS)
        running.cancel()
        await turns(ENOUGH_TURNS)
        if not running.done():
            survivors += 1
            running.cancel()  # at a quiet moment, so that the test itself ends
        await asyncio.gather(running, return_exceptions=True)
    assert survivors == 0


@pytest.mark.parametrize("make", [sending, fetching_files])
async def test_a_stop_that_comes_before_the_wake_ends_the_loop_too(
    make: Callable[..., Loop], store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run, wake = make(store, tmp_path, monkeypatch)
    for _ in range(STOPS):
        running = asyncio.create_task(run(3600))
        await turns(ENOUGH_TURNS)
        running.cancel()
        wake()
        await turns(ENOUGH_TURNS)
        assert running.done()


def test_nothing_waits_with_wait_for() -> None:
    """Python 3.11's swallows a cancellation that meets the end of what it waits for."""
    users = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for package in ("bot", "storage")
        for path in sorted((ROOT / package).rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if _names_wait_for(node)
    ]
    assert users == []


def _names_wait_for(node: ast.AST) -> bool:
    if isinstance(node, ast.ImportFrom):
        return node.module == "asyncio" and any(name.name == "wait_for" for name in node.names)
    return (
        isinstance(node, ast.Attribute)
        and node.attr == "wait_for"
        and isinstance(node.value, ast.Name)
        and node.value.id == "asyncio"
    )
