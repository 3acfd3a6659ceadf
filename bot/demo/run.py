"""`satcoso demo`: the sandbox and the program as two processes that meet over HTTP."""

import asyncio
import shutil
import signal
import socket
import subprocess
import sys
import time
from datetime import datetime, timedelta
from pathlib import Path

import httpx

from bot.clock import Clock
from bot.config import Settings, load
from bot.demo.seed import province, seed, this_monday
from bot.errors import ConfigError
from bot.rules.calendar import local
from bot.services.work import Work
from storage.migrations import upgrade
from storage.store import Store

TOKEN = "123456:sandbox"  # noqa: S105 - the sandbox's own, known to everybody
START_OF_STORY = timedelta(hours=6, minutes=45)  # on Monday, before the week is assigned
STARTED = ".started"

CONFIG = """\
# Written by `satcoso demo`: the program talks to the sandbox instead of Telegram.
[telegram]
token = "{token}"
base_url = "{url}/bot"
base_file_url = "{url}/file/bot"

[database]
url = "sqlite+aiosqlite:///{data}/satcoso.db"
files = "{data}/files"

[organisation]
name = "{name}"

[sandbox]
clock_url = "{url}/sandbox/clock"

[logging]
level = "warning"
"""


def run(port: int, data: Path) -> None:
    """Start everything, say where it is, stop it all on Ctrl-C.

    Raises ConfigError when the port is taken or a process does not come up.
    """
    _check_free(port)
    data.mkdir(parents=True, exist_ok=True)
    data, url = data.resolve(), f"http://127.0.0.1:{port}"
    first = not (data / STARTED).exists()
    if first:
        _clear(data)
    config = data / "config.toml"
    name = province().data["name"]
    config.write_text(
        CONFIG.format(token=TOKEN, url=url, data=data.as_posix(), name=name), encoding="utf-8"
    )
    settings, monday = load(config), this_monday(Clock().now())
    processes = [_sandbox(port, data, monday)]
    try:
        if first:
            asyncio.run(_seed(settings, monday))
        _wait_for(url, processes[0])
        if first:
            _move_in(url)
            (data / STARTED).touch()
        processes.append(_python("bot", "run", "--config", str(config)))
        _wait_for_bot(url, processes[1])
        print(f"\n  Sát cơ sở, gắn công nhân: {url}\n  (Ctrl-C to stop)\n", flush=True)
        _watch(processes)
    except KeyboardInterrupt:
        pass
    finally:
        _stop(processes)


def _check_free(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            raise ConfigError(f"port {port} is taken; choose another with --port") from None


def _clear(data: Path) -> None:
    """A first start that was interrupted begins again."""
    for left in ("satcoso.db", "satcoso.db-wal", "satcoso.db-shm", "sandbox.json"):
        (data / left).unlink(missing_ok=True)
    for folder in ("files", "sandbox-files"):
        shutil.rmtree(data / folder, ignore_errors=True)


def _sandbox(port: int, data: Path, monday: datetime) -> "subprocess.Popen[bytes]":
    start = local(monday + START_OF_STORY).isoformat()
    given = ("--port", str(port), "--data", str(data), "--token", TOKEN, "--start-at", start)
    return _python("bot.sandbox", *given, quiet=True)


def _python(module: str, *arguments: str, quiet: bool = False) -> "subprocess.Popen[bytes]":
    """A process in a session of its own: Ctrl-C reaches only us, and we stop it in order."""
    return subprocess.Popen(  # noqa: S603 - our own modules
        [sys.executable, "-m", module, *arguments],
        stdout=subprocess.DEVNULL if quiet else None,
        start_new_session=True,
    )


async def _seed(settings: Settings, monday: datetime) -> None:
    store = Store(settings.database.url)
    await upgrade(store)
    await seed(Work(store, settings, settings.make_calendar()), monday)
    await store.close()


def _move_in(url: str) -> None:
    """The province's people get a Telegram account; all but strangers have pressed Start."""
    for row in province().people:
        *family, own = row["name"].split(" ")
        person = {
            "id": row["id"],
            "first_name": own,
            "last_name": " ".join(family),
            "label": row["title"],
            "role": row["role"],
            "started": row["role"] != "stranger",
        }
        httpx.post(f"{url}/sandbox/people", json=person).raise_for_status()


def _wait_for(url: str, process: "subprocess.Popen[bytes]", seconds: float = 20) -> None:
    _until(lambda: httpx.get(f"{url}/sandbox/state").is_success, process, seconds)


def _wait_for_bot(url: str, process: "subprocess.Popen[bytes]", seconds: float = 20) -> None:
    _until(lambda: httpx.get(f"{url}/sandbox/state").json()["polling"], process, seconds)


def _until(ready: object, process: "subprocess.Popen[bytes]", seconds: float) -> None:
    assert callable(ready)
    end = time.monotonic() + seconds
    while time.monotonic() < end and process.poll() is None:
        try:
            if ready():
                return
        except httpx.TransportError:
            pass
        time.sleep(0.05)
    raise ConfigError(f"{process.args!r} did not come up; its messages are above")


def _watch(processes: list["subprocess.Popen[bytes]"]) -> None:
    """Until Ctrl-C, or until one of them ends by itself."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    while all(process.poll() is None for process in processes):
        time.sleep(0.3)
    raise ConfigError("a part of the demo has stopped; its messages are above")


def _stop(processes: list["subprocess.Popen[bytes]"]) -> None:
    """The program first, so that it can still tell the sandbox that it goes."""
    for process in reversed(processes):
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
