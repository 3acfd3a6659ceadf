"""`satcoso demo`: the sandbox and the program as two processes that meet over HTTP."""

import ctypes
import errno
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import tomllib
import urllib.request
from collections.abc import Callable, Iterable
from datetime import date, datetime
from importlib.resources import files
from pathlib import Path
from typing import Any

from bot.cli.lock import held
from bot.core.clock import Clock
from bot.core.errors import ConfigError
from bot.core.rules.calendar import Week, at, local
from bot.demo import START_OF_STORY

TOKEN = "123456:sandbox"  # noqa: S105 - the sandbox's own, known to everybody
MARKER = ".demo"  # what lies beside it is the demo's own, and only that is ever cleared
STARTED = ".started"
LOCK = ".lock"
SIZES = (SMALL, BIG) = ("small", "province")
PATIENCE_SECONDS = 180  # a small machine that does other things besides
STOPPING_SECONDS = 10
ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
PR_SET_PDEATHSIG = 1
LAST_PORT = 65_535

Process = subprocess.Popen[bytes]
Parts = dict[str, Process]  # by name, in the order they were started

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
place = "Cửu Long"
address = "số 1 đường Công Đoàn, tỉnh Cửu Long (địa chỉ minh họa)"
contact = "điện thoại 0200 000 000 (số minh họa)"

[sandbox]
clock_url = "{url}/sandbox/clock"

[health]
file = "{data}/health"

[web]
address = "{web}"
port = {web_port}

[backup]
nightly = false

[logging]
level = "warning"
"""


def run(port: int, data: Path, day: date | None = None, size: str | None = None) -> None:
    """Start everything, say where it is, stop it all on Ctrl-C.

    The story begins on the Monday of the week of `day`, of today's week without one; a demo that
    was begun goes on where it stopped. `size`: one of SIZES, of a first start; None: SMALL.

    Raises ConfigError: the folder holds other data, another demo or one that began otherwise, the
    port is taken, a process does not come up or ends by itself.
    """
    data, url = data.resolve(), _address(port)
    _check_own(data)
    _check_same_story(data, day, size)
    with held(data / LOCK, f"{data}: a demo is running here already", f"pid {os.getpid()}, {url}"):
        _check_free(port)
        (data / MARKER).touch()
        _run(port, data, day, size or SMALL)


def _run(port: int, data: Path, day: date | None, size: str) -> None:
    url = _address(port)
    web = _address(_web_port(port))
    config = _write_config(data, url, web)
    week = Week.of(day) if day else Week.containing(Clock().now())
    monday = at(week.monday, datetime.min.time())
    parts: Parts = {}
    try:
        _obey_signals()
        if not (data / STARTED).exists():
            _clear(data)
            parts["sandbox"] = _sandbox(port, data, monday, web)
            print(f"\n  Making the demo ({_story(week, size)}), once …", flush=True)
            _first_time(url, config, monday, parts, size)
            (data / STARTED).write_text(_story(week, size), encoding="utf-8")
        else:
            parts["sandbox"] = _sandbox(port, data, monday, web)
        parts["bot"] = _python("bot", "run", "--config", str(config))
        _until(lambda: _get(url, "/state")["polling"], parts)
        where = f"Sát cơ sở, gắn công nhân: {url}\n  Trang của người lao động: {web}"
        print(f"\n  {where}\n  (Ctrl-C to stop)\n", flush=True)
        _watch(parts)
    except KeyboardInterrupt:
        print("\n  Stopping …", flush=True)
    finally:
        _deafen()
        _stop(parts)


def _obey_signals() -> None:
    """The first signal ends the demo; while it is stopping, more of them change nothing."""

    def end(_sign: int, _frame: object) -> None:
        _deafen()
        raise KeyboardInterrupt

    for sign in ENDING:
        if signal.getsignal(sign) is not signal.SIG_IGN:  # nohup has its reasons
            signal.signal(sign, end)


def _deafen() -> None:
    for sign in ENDING:
        signal.signal(sign, signal.SIG_IGN)


def _address(port: int) -> str:
    return f"http://127.0.0.1:{port}"


def _check_own(data: Path) -> None:
    """Nothing that the demo did not make is touched."""
    if data.exists() and not data.is_dir():
        raise ConfigError(f"{data}: this is not a folder; choose another with --data")
    if not data.exists() or (data / MARKER).exists() or (data / STARTED).exists():
        return
    if any(entry.name != LOCK for entry in data.iterdir()):
        raise ConfigError(f"{data}: this folder holds other data; choose an empty one with --data")


def _story(week: Week, size: str) -> str:
    return f"{size} province, from Monday {week.monday.isoformat()}"


def _check_same_story(data: Path, day: date | None, size: str | None) -> None:
    """What is asked of a first start is not silently passed over by a later one."""
    if not (data / STARTED).exists():
        return
    first_story = (data / STARTED).read_text(encoding="utf-8")
    another_size = size is not None and not first_story.startswith(f"{size} ")
    another_week = day is not None and not first_story.endswith(Week.of(day).monday.isoformat())
    if first_story and (another_size or another_week):
        raise ConfigError(
            f"{data}: a demo was begun here ({first_story}) and goes on where it stopped; "
            f"for another one choose a new folder with --data"
        )


def _web_port(port: int) -> int:
    """The next one, so that it is the same at each start; where it is taken, a free one."""
    for wanted in (port + 1 if port < LAST_PORT else 0, 0):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", wanted))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    raise ConfigError("no port is free for the workers' pages")


def _write_config(data: Path, url: str, web: str) -> Path:
    config = data / "config.toml"
    facts = {"token": TOKEN, "url": url, "data": data.as_posix(), "name": province()["name"]}
    text = CONFIG.format(**facts, web=web, web_port=web.rpartition(":")[2])
    config.write_text(text, encoding="utf-8")
    return config


def province() -> dict[str, Any]:
    """The invented province, as its file tells it."""
    return tomllib.loads(files("bot.demo").joinpath("province.toml").read_text(encoding="utf-8"))


def _first_time(url: str, config: Path, monday: datetime, parts: Parts, size: str) -> None:
    """Fill the database and let the people move into the sandbox."""
    from bot.demo import big_province
    from bot.demo.seed import fill, fill_big

    if size == BIG:
        menus = fill_big(config, monday)
        inhabitants = big_province.accounts()
    else:
        menus = fill(config, province(), monday)
        inhabitants = province()["people"]
    _until(lambda: _get(url, "/state"), parts)
    _move_in(url, inhabitants)
    for account, commands in menus.items():
        scope = {"type": "chat", "chat_id": account}
        _ask(f"{url}/bot{TOKEN}/setMyCommands", {"commands": commands, "scope": scope})


def _check_free(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            why = "is taken" if error.errno == errno.EADDRINUSE else f"({error.strerror})"
            raise ConfigError(f"port {port} {why}; choose another with --port") from None


def _clear(data: Path) -> None:
    """A first start that was interrupted begins again."""
    database = ("satcoso.db", "satcoso.db-wal", "satcoso.db-shm", "satcoso.key")
    for left in (*database, "sandbox.json"):
        (data / left).unlink(missing_ok=True)
    for folder in ("files", "sandbox-files"):
        shutil.rmtree(data / folder, ignore_errors=True)


def _sandbox(port: int, data: Path, monday: datetime, web: str) -> Process:
    start = local(monday + START_OF_STORY).isoformat()
    arguments = ("--port", str(port), "--data", str(data), "--token", TOKEN, "--start-at", start)
    return _python("bot.sandbox", *arguments, "--web", web, quiet=True)


def _python(module: str, *arguments: str, quiet: bool = False) -> Process:
    """A process in a session of its own: Ctrl-C reaches only us, and we stop it in order."""
    return subprocess.Popen(  # noqa: S603 - our own modules
        [sys.executable, "-m", module, *arguments],
        stdout=subprocess.DEVNULL if quiet else None,
        start_new_session=True,
        preexec_fn=_end_with(os.getpid()),  # noqa: PLW1509 - no threads have been started
    )


def _end_with(parent: int) -> Callable[[], None] | None:
    """Has the child told to end when we are gone, however that came; Linux only."""
    if not sys.platform.startswith("linux"):
        return None
    libc = ctypes.CDLL(None)

    def prepare() -> None:
        libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:
            os._exit(1)  # it was gone before we were ready

    return prepare


def _move_in(url: str, inhabitants: Iterable[dict[str, Any]]) -> None:
    """The province's people get a Telegram account; all but strangers have pressed Start."""
    for row in inhabitants:
        *family, own = row["name"].split(" ")
        person = {
            "id": row["id"],
            "first_name": own,
            "last_name": " ".join(family),
            "label": row["title"],
            "role": row["role"],
            "started": row["role"] != "stranger",
        }
        _ask(f"{url}/sandbox/people", person)


def _get(url: str, path: str) -> Any:
    return _ask(f"{url}/sandbox{path}")


def _ask(address: str, body: dict[str, Any] | None = None) -> Any:
    """Ask the sandbox; with a body, tell it."""
    head = {"Content-Type": "application/json"}
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(address, data, head)  # noqa: S310 - our own
    with urllib.request.urlopen(request, timeout=5) as answer:  # noqa: S310
        return json.load(answer)


def _until(ready: Callable[[], object], parts: Parts) -> None:
    """Wait for a process to come up. Raises ConfigError when it ends or takes too long."""
    end = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < end:
        _check_alive(parts)
        try:
            if ready():
                return
        except OSError:
            pass  # it does not listen yet
        time.sleep(0.05)
    raise ConfigError(f"the demo did not come up within {PATIENCE_SECONDS} seconds")


def _watch(parts: Parts) -> None:
    """Until Ctrl-C, or until one of them ends by itself."""
    while True:
        _check_alive(parts)
        time.sleep(0.3)


def _check_alive(parts: Parts) -> None:
    for name, process in parts.items():
        if (code := process.poll()) is not None:
            how = f"exit code {code}" if code >= 0 else f"by signal {-code}"
            raise ConfigError(f"the {name} has stopped ({how}); its messages, if any, are above")


def _stop(parts: Parts) -> None:
    """The program first, so that it can still tell the sandbox that it goes."""
    for process in reversed(parts.values()):
        process.terminate()
        try:
            process.wait(STOPPING_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
