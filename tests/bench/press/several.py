"""One of several programs on one database, brought its updates by webhook; limits lifted."""

import argparse
import asyncio
import signal
from pathlib import Path

from bot.app.wiring import build, running
from bot.channels.telegram import rate_limit
from bot.cli.lock import database_held, starting
from bot.config.loading import parse
from tests.bench.press.bot_api import SECRET


async def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("api")
    parser.add_argument("database")
    parser.add_argument("folder", type=Path)
    parser.add_argument("port", type=int)
    parser.add_argument("--alone", action="store_true")
    given = parser.parse_args()
    settings = parse(
        {
            "telegram": {
                "token": "123456:x",
                "base_url": f"{given.api}/bot",
                "mode": "webhook",
                "webhook_url": f"http://127.0.0.1:{given.port}/telegram",
                "webhook_listen": "127.0.0.1",
                "webhook_port": given.port,
                "webhook_secret": SECRET,
                "messages_per_second": 1000,
            },
            "database": {
                "url": given.database,
                "files": str(given.folder / "files"),
                "shared": not given.alone,
            },
            "privacy": {"key_file": str(given.folder / "satcoso.key")},
            "documents": {"templates": str(given.folder)},
            "health": {"file": str(given.folder / f"health-{given.port}")},
        }
    )
    rate_limit.CHAT_PER_SECOND = rate_limit.CHAT_BURST = 1e9
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    shared = settings.database.shared
    async with database_held(given.database, stop.set, shared=shared) as locks:
        async with starting(settings, locks):
            program = await build(settings, locks=locks)
        async with running(program):
            print("ready", flush=True)
            await stop.wait()


if __name__ == "__main__":
    asyncio.run(main())
