"""`satcoso demo`: the sandbox and the program as two processes that meet over HTTP."""

import json
import shutil
import signal
import socket
import subprocess
import sys
import time
import tomllib
import urllib.request
from collections.abc import Callable
from datetime import datetime, timedelta
from importlib.resources import files
from pathlib import Path
from typing import Any

from bot.clock import Clock
from bot.errors import ConfigError
from bot.rules.calendar import Week, at, local

TOKEN = "123456:sandbox"  # noqa: S105 - the sandbox's own, known to everybody
START_OF_STORY = timedelta(hours=6, minutes=45)  # on Monday, before the week is assigned
STARTED = ".started"
PATIENCE_SECONDS = 30

Process = subprocess.Popen[bytes]

CONFIG = """\
# Written by `satcoso demo`: the program talks to the sandbox instead of Telegram.
[telegram]
token = "{token}"
base_url = "{url}/bot"
base_file_url = "{url}/file/bot"

[database]
url = "sqlite+aiosqlite:///{data}/satcoso.db"
files = "{data}/files"

[privacy]
key_file = "{data}/satcoso.key"

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
    config = _write_config(data, url)
    monday = at(Week.containing(Clock().now()).monday, datetime.min.time())
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    processes: list[Process] = []
    try:
        if not (data / STARTED).exists():
            _clear(data)
            processes.append(_sandbox(port, data, monday))
            _first_time(url, config, monday, processes[0])
            (data / STARTED).touch()
        else:
            processes.append(_sandbox(port, data, monday))
        processes.append(_python("bot", "run", "--config", str(config)))
        _until(lambda: _get(url, "/state")["polling"], processes)
        print(f"\n  Sát cơ sở, gắn công nhân: {url}\n  (Ctrl-C to stop)\n", flush=True)
        _watch(processes)
    except KeyboardInterrupt:
        print("\n  Stopping …", flush=True)
    finally:
        _stop(processes)


def _write_config(data: Path, url: str) -> Path:
    config = data / "config.toml"
    text = CONFIG.format(token=TOKEN, url=url, data=data.as_posix(), name=province()["name"])
    config.write_text(text, encoding="utf-8")
    return config


def province() -> dict[str, Any]:
    """The invented province, as its file tells it."""
    return tomllib.loads(files("bot.demo").joinpath("province.toml").read_text(encoding="utf-8"))


def _first_time(url: str, config: Path, monday: datetime, sandbox: Process) -> None:
    """Fill the database and let the people move into the sandbox."""
    from bot.demo.seed import fill

    fill(config, province(), monday)
    _until(lambda: _get(url, "/state"), [sandbox])
    _move_in(url)


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


def _sandbox(port: int, data: Path, monday: datetime) -> Process:
    start = local(monday + START_OF_STORY).isoformat()
    given = ("--port", str(port), "--data", str(data), "--token", TOKEN, "--start-at", start)
    return _python("bot.sandbox", *given, quiet=True)


def _python(module: str, *arguments: str, quiet: bool = False) -> Process:
    """A process in a session of its own: Ctrl-C reaches only us, and we stop it in order."""
    return subprocess.Popen(  # noqa: S603 - our own modules
        [sys.executable, "-m", module, *arguments],
        stdout=subprocess.DEVNULL if quiet else None,
        start_new_session=True,
    )


def _move_in(url: str) -> None:
    """The province's people get a Telegram account; all but strangers have pressed Start."""
    for row in province()["people"]:
        *family, own = row["name"].split(" ")
        person = {
            "id": row["id"],
            "first_name": own,
            "last_name": " ".join(family),
            "label": row["title"],
            "role": row["role"],
            "started": row["role"] != "stranger",
        }
        _get(url, "/people", json.dumps(person).encode())


def _get(url: str, path: str, body: bytes | None = None) -> Any:
    """Ask the sandbox; with a body, tell it."""
    head = {"Content-Type": "application/json"}
    request = urllib.request.Request(f"{url}/sandbox{path}", body, head)  # noqa: S310 - our own
    with urllib.request.urlopen(request, timeout=5) as answer:  # noqa: S310
        return json.load(answer)


def _until(ready: Callable[[], object], processes: list[Process]) -> None:
    """Wait for a process to come up. Raises ConfigError when it ends or takes too long."""
    end = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < end and all(process.poll() is None for process in processes):
        try:
            if ready():
                return
        except OSError:
            pass  # it does not listen yet
        time.sleep(0.05)
    raise ConfigError("the demo did not come up; the messages above say why")


def _watch(processes: list[Process]) -> None:
    """Until Ctrl-C, or until one of them ends by itself."""
    while all(process.poll() is None for process in processes):
        time.sleep(0.3)
    raise ConfigError("a part of the demo has stopped; its messages are above")


def _stop(processes: list[Process]) -> None:
    """The program first, so that it can still tell the sandbox that it goes."""
    for process in reversed(processes):
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
