"""The whole program settled in beside a sandbox, for tests and for soaks alike."""

from base64 import b64encode
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette

from bot.channels.telegram import patience, rate_limit
from bot.config.loading import parse
from bot.config.settings import Settings
from bot.sandbox.app import DEFAULT_TOKEN
from bot.sandbox.serving import Served
from storage.store import Store
from tests import cast, quick
from tests.client import Town


@dataclass(frozen=True)
class Place:
    """What a town is built from."""

    settings: Settings
    clock: cast.FrozenClock
    sandbox: Served
    app: Starlette


def settings_in(folder: Path, url: str) -> Settings:
    """The settings of a program that keeps everything in one folder and talks to nobody."""
    (folder / "satcoso.key").write_text(b64encode(cast.KEY).decode())
    return parse(
        {
            "telegram": {"token": DEFAULT_TOKEN, "messages_per_second": 1000},
            "database": {"url": url, "files": str(folder / "files")},
            "privacy": {"key_file": str(folder / "satcoso.key")},
            "documents": {"templates": str(folder / "templates")},
            "health": {"file": str(folder / "health")},
            "backup": {"folder": str(folder / "backups")},
        }
    )


@asynccontextmanager
async def inhabited(
    place: Place,
    inhabitants: Callable[[Store], Awaitable[None]],
    monkeypatch: pytest.MonkeyPatch,
) -> AsyncIterator[Town]:
    """The program runs against the sandbox, with the cast settled in, until the block is left."""
    quick.starts(monkeypatch)
    for limit in ("CHAT_PER_SECOND", "CHAT_BURST"):
        monkeypatch.setattr(rate_limit, limit, 1e9)  # tests never wait for Telegram's limits
    monkeypatch.setattr(patience, "PAUSES", (0, 0, 0))  # nor for a better moment
    clock, sandbox = place.clock, place.sandbox
    up_to_date = await quick.settle(place.settings, clock, inhabitants)
    # What people do in the sandbox needs no wire.
    people = httpx.ASGITransport(place.app)
    town = Town(_at(place.settings, sandbox), clock, sandbox, people, up_to_date=up_to_date)
    sandbox.world.clock.set(clock.now())
    for one in cast.EVERYBODY:
        sandbox.world.people.put(
            {
                "id": one.telegram_id,
                "first_name": one.name,
                "last_name": one.full_name.removesuffix(f" {one.name}"),
                "started": one is not cast.LAN,
            }
        )
    async with town.open():
        yield town


def _at(settings: Settings, sandbox: Served) -> Settings:
    addresses = {"base_url": sandbox.base_url, "base_file_url": sandbox.base_file_url}
    telegram = settings.telegram.model_copy(update=addresses)
    return settings.model_copy(update={"telegram": telegram})
