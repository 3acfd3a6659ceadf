"""The whole program with fifty officers who have a visit to report, Telegram's limits lifted.

With `--count` it says at its end how many statements and transactions the database was sent.
"""

import argparse
import asyncio
import json
import signal
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import event

from bot.app.wiring import build, running
from bot.channels.telegram import rate_limit
from bot.config.loading import parse
from bot.core.rules.calendar import Week
from storage.addresses import TELEGRAM, Address
from storage.enums import Role, UnitKind
from storage.folding import fold
from storage.migrations import upgrade
from storage.models import Membership, Person, Unit, Visit
from storage.people import address_row
from storage.store import Store
from storage.vault import new_key
from tests.bench.press.bot_api import PEOPLE


async def settle(url: str) -> None:
    """One visit a person this week, numbered like them."""
    store, now = Store(url), datetime.now(UTC)
    await upgrade(store)
    monday = Week.containing(now).monday
    async with store.write() as session:
        session.add_all(_unit(n) for n in range(PEOPLE + 1))
        await session.flush()
        session.add_all(
            Person(id=n, name=f"Cán bộ {n}", folded=fold(f"Cán bộ {n}"), joined_at=now)
            for n in range(1, PEOPLE + 1)
        )
        await session.flush()
        for n in range(1, PEOPLE + 1):
            session.add(address_row(n, Address(TELEGRAM, str(1000 + n))))
            session.add(Membership(person_id=n, role=Role.OFFICER, unit_id=1))
            session.add(
                Visit(
                    id=n,
                    key=f"bench:{n}",
                    week=monday,
                    site_id=n + 1,
                    unit_id=1,
                    officer_id=n,
                    created_at=now,
                )
            )
    await store.close()


def _unit(n: int) -> Unit:
    """The union above, then a site for each person."""
    name = f"CĐCS Công ty TNHH May Sông Hậu {n}"
    return Unit(
        id=n + 1,
        code=f"U{n}",
        name=name,
        folded=fold(name),
        kind=UnitKind.SITE_UNION if n else UnitKind.UPPER,
        path=f"/1/{n + 1}/" if n else "/1/",
        known_since=date(2026, 1, 5),
    )


def count(store: Store) -> dict[str, int]:
    """Counts from now on, without what begins and ends transactions."""
    counts = {"statements": 0, "transactions": 0, "writing": 0}

    def sent(*_: Any) -> None:
        counts["statements"] += 1

    def begun(connection: Any) -> None:
        counts["transactions"] += 1
        counts["writing"] += bool(connection.get_execution_options().get("writes"))

    event.listen(store.engine.sync_engine, "before_cursor_execute", sent)
    event.listen(store.engine.sync_engine, "begin", begun)
    return counts


async def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("api")
    parser.add_argument("database")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--count", action="store_true")
    given = parser.parse_args()
    key = given.folder / "satcoso.key"
    key.write_text(new_key())
    settings = parse(
        {
            "telegram": {
                "token": "123456:x",
                "base_url": f"{given.api}/bot",
                "messages_per_second": 1000,
            },
            "database": {"url": given.database, "files": str(given.folder / "files")},
            "privacy": {"key_file": str(key)},
            "documents": {"templates": str(given.folder)},
        }
    )
    rate_limit.CHAT_PER_SECOND = rate_limit.CHAT_BURST = 1e9
    await settle(given.database)
    program = await build(settings)
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    async with running(program):
        await program.schedule.run_due()  # what a start owes is not what is measured
        await program.dispatcher.drain()
        print("ready", flush=True)
        counted = asyncio.Event()
        asyncio.get_running_loop().add_signal_handler(signal.SIGUSR1, counted.set)
        if given.count:
            await counted.wait()
            counts = count(program.work.store)
            print("counting", flush=True)
            await stop.wait()
            print(json.dumps(counts), flush=True)
        else:
            await stop.wait()


if __name__ == "__main__":
    asyncio.run(main())
