"""The state on disk, so that a restarted demo goes on where it was."""

import asyncio
import json
import os
from pathlib import Path

from bot.sandbox.world import World

PAUSE = 1.0  # seconds between looks for something to save


def load(world: World, data: Path) -> None:
    file = data / "sandbox.json"
    if file.is_file():
        world.load(json.loads(file.read_text("utf-8")))


def save(world: World, data: Path) -> None:
    """All or nothing: a crash half way leaves the last good file."""
    data.mkdir(parents=True, exist_ok=True)
    fresh = data / "sandbox.json.new"
    with fresh.open("w", encoding="utf-8") as file:
        json.dump(world.dump(), file, ensure_ascii=False)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(data / "sandbox.json")


async def keep_saved(world: World, data: Path) -> None:
    """Save whenever something changed, at most once a pause."""
    saved = world.revision()
    while True:
        await asyncio.sleep(PAUSE)
        if world.revision() != saved:
            saved = world.revision()
            save(world, data)
