"""`satcoso demo` as a process: it touches nothing that is not its own and leaves nothing behind."""

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest

from bot.core.errors import ConfigError
from bot.demo import run as demo
from tests import wide
from tests.ports import free_port

ROOT = Path(__file__).parents[2]
PATIENCE = 180  # seconds; only a broken program is ever waited for this long


@pytest.fixture
def port():
    return free_port()


def contents(folder):
    return {p.relative_to(folder): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_a_folder_with_other_data_is_left_as_it_is(tmp_path, port):
    (tmp_path / "files").mkdir()
    (tmp_path / "files" / "photo").write_bytes(b"live")
    (tmp_path / "satcoso.db").write_bytes(b"live")
    (tmp_path / "config.toml").write_text("live")
    before = contents(tmp_path)
    with pytest.raises(ConfigError, match="holds other data; choose an empty one with --data"):
        demo.run(port, tmp_path)
    assert contents(tmp_path) == before


def test_a_port_that_is_taken_is_a_sentence(tmp_path, port):
    with (
        socket.create_server(("127.0.0.1", port)),
        pytest.raises(ConfigError, match=f"port {port} is taken"),
    ):
        demo.run(port, tmp_path)


@pytest.mark.parametrize(("day", "size"), [(date(2026, 9, 7), None), (None, "province")])
def test_another_start_is_not_silently_passed_over(tmp_path, port, day, size):
    (tmp_path / ".demo").touch()
    (tmp_path / ".started").write_text("small province, from Monday 2026-11-09")
    with (
        socket.create_server(("127.0.0.1", port)),  # no demo is started should it go on
        pytest.raises(ConfigError, match=r"begun here.*2026-11-09"),
    ):
        demo.run(port, tmp_path, day, size)


def test_the_same_start_goes_on(tmp_path, port):
    (tmp_path / ".demo").touch()
    (tmp_path / ".started").write_text("small province, from Monday 2026-11-09")
    with (
        socket.create_server(("127.0.0.1", port)),
        pytest.raises(ConfigError, match=f"port {port} is taken"),  # this far it came
    ):
        demo.run(port, tmp_path, date(2026, 11, 12), "small")


def test_make_clean_leaves_the_data_alone():
    recipe = (ROOT / "Makefile").read_text().split("\nclean:", 1)[1]
    assert "data" not in recipe.split("\n", 1)[1].split()


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    """One folder for all: however the last demo ended, the next one goes on there."""
    return tmp_path_factory.mktemp("demo") / "d"


@pytest.fixture
def started(tmp_path, port, data):
    """A demo that came up; all that is left of it is ended afterwards."""
    log = (tmp_path / "log").open("w+b")
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "demo", "--port", str(port), "--data", str(data)],
        cwd=ROOT,
        stdout=log,
        stderr=log,
        start_new_session=True,
    )
    end = time.monotonic() + PATIENCE
    while b"Ctrl-C to stop" not in (tmp_path / "log").read_bytes():
        assert process.poll() is None, (tmp_path / "log").read_text()
        assert time.monotonic() < end
        time.sleep(0.1)
    children = children_of(process.pid)
    assert len(children) == 2
    yield process, children
    for pid in (process.pid, *children):
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    process.wait()
    log.close()


def children_of(pid):
    return [int(n) for n in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def gone(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] == "Z"
    except FileNotFoundError:
        return True


def all_gone(pids):
    end = time.monotonic() + PATIENCE
    while not all(gone(pid) for pid in pids):
        if time.monotonic() > end:
            return False
        time.sleep(0.1)
    return True


on_linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="needs /proc")
one_folder = pytest.mark.xdist_group("demo")


@on_linux
@one_folder
@pytest.mark.parametrize(
    "signals",
    [
        (signal.SIGINT, signal.SIGINT, signal.SIGINT),
        pytest.param((signal.SIGHUP, signal.SIGTERM), marks=wide.WIDE),
        pytest.param((signal.SIGKILL,), marks=wide.WIDE),
    ],
)
def test_whatever_ends_it_nothing_goes_on_running(started, signals):
    process, children = started
    for sign in signals:
        process.send_signal(sign)
        time.sleep(0.05)
    assert process.wait(PATIENCE) == (-signal.SIGKILL if signal.SIGKILL in signals else 0)
    assert all_gone(children)


@pytest.mark.wide
@on_linux
@one_folder
def test_a_second_one_is_refused_and_a_part_that_stops_is_named(started, tmp_path, port, data):
    process, children = started
    again = subprocess.run(
        [sys.executable, "-m", "bot", "demo", "--port", "1", "--data", str(data)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )
    assert again.returncode == 2
    assert f"a demo is running here already (pid {process.pid}, http://127.0.0.1:{port})" in (
        again.stderr
    )
    config = data / "config.toml"
    bot = subprocess.run(
        [sys.executable, "-m", "bot", "run", "--config", str(config)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )
    assert bot.returncode == 2
    assert f"a bot is running on this database already (pid {children[1]})" in bot.stderr
    os.kill(children[1], signal.SIGKILL)
    assert process.wait(PATIENCE) == 2
    assert "the bot has stopped (by signal 9)" in (tmp_path / "log").read_text()
    assert all_gone(children)
