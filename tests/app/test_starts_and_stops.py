"""A program that was stopped leaves nothing behind in its process, however often it starts."""

import gc
from collections import Counter

import httpx
from sqlalchemy import Engine
from telegram.ext import Application, ExtBot

from bot.app.schedule import Schedule
from bot.app.wiring import Program
from bot.channels.outbox import Dispatcher
from bot.channels.telegram.inbox import Inbox
from bot.core.work import Work
from storage.sqlite import Connection
from storage.store import Store
from tests.client import Town

OF_A_PROGRAM = (
    *(Program, Application, ExtBot, Work, Store, Engine, Connection, Inbox, Dispatcher, Schedule),
    httpx.AsyncClient,
)
STARTS = 4
OBJECTS = 200  # of any kind that one start more may leave: the sandbox keeps what was said


def alive() -> tuple[dict[str, int], int]:
    """How many of each kind a program is made of there are, and how many objects in all."""
    gc.collect()
    everything = gc.get_objects()
    kinds = Counter(type(thing) for thing in everything)
    return {kind.__name__: kinds[kind] for kind in OF_A_PROGRAM}, len(everything)


async def test_who_is_stopped_and_started_again_leaves_nothing_of_the_one_before(
    town: Town,
) -> None:
    lan = await town.person("Lan")

    async def again() -> None:
        await lan.send("/start")
        await town.stop()
        await town.start()

    for _ in range(2):  # what is made once and kept
        await again()
    kinds, objects = alive()
    for _ in range(STARTS):
        await again()
    kinds_after, objects_after = alive()
    assert kinds_after == kinds
    assert kinds["Program"] == kinds["Application"] == 1
    assert objects_after - objects < STARTS * OBJECTS
