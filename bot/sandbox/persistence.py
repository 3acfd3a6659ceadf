"""The state on disk, so that a restarted demo goes on where it was."""

import asyncio
import json
import os
import time
from pathlib import Path

from bot.sandbox.world import World

PAUSE = 1.0  # seconds between looks for something to save
PAUSE_TIMES = 100  # a large world is saved more rarely: nobody is answered while it is written out


def load(world: World, data: Path) -> None:
    file = data / "sandbox.json"
    if file.is_file():
        world.load(json.loads(file.read_text("utf-8")))


def save(world: World, data: Path) -> None:
    """All or nothing: a crash half way leaves the last good file."""
    _write(_written_out(world), data)


def _written_out(world: World) -> str:
    return json.dumps(world.dump(), ensure_ascii=False)  # not `dump`, which is three times as slow


def _write(text: str, data: Path) -> None:
    data.mkdir(parents=True, exist_ok=True)
    fresh = data / "sandbox.json.new"
    with fresh.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(data / "sandbox.json")


async def keep_saved(world: World, data: Path) -> None:
    """Save whenever something changed, at most once a pause. Whoever is stopped meanwhile lets the
    file be written: the last save must not be overtaken by an older one.
    """
    saved, pause = world.revision(), PAUSE
    while True:
        await asyncio.sleep(pause)
        if world.revision() != saved:
            saved, begun = world.revision(), time.monotonic()
            text = _written_out(world)
            pause = max(PAUSE, PAUSE_TIMES * (time.monotonic() - begun))
            writing = asyncio.ensure_future(asyncio.to_thread(_write, text, data))
            try:
                await asyncio.shield(writing)
            except asyncio.CancelledError:
                await asyncio.wait({writing})
                raise
