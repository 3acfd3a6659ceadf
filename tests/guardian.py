"""Ends what a test process started, where that process is killed before it can do so itself.

A process of its own reads the ids of everything that is started. When the tests' end of the pipe
closes, in whatever way they ended, what is still running is ended.
"""

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

# Seconds between asking and forcing; the guardian's own tests need not wait so long.
PATIENCE = float(os.environ.get("SATCOSO_GUARDIAN_PATIENCE", "5"))


def watch() -> None:
    """From now on; what forked processes start is their own affair."""
    global _pipe
    reading, _pipe = os.pipe()
    # Not of our session: Ctrl-C in the terminal is not meant for it.
    _start(_guardian, [sys.executable, "-S", __file__], stdin=reading, start_new_session=True)
    os.close(reading)
    subprocess.Popen.__init__ = _watched  # type: ignore[method-assign]


def also(pid: int) -> None:
    """A process that somebody else started for the tests, a database server for one."""
    with suppress(ProcessLookupError):
        os.write(_pipe, f"{pid} {_born(pid)}\n".encode())


def _watched(process: Any, *arguments: Any, **options: Any) -> None:
    _start(process, *arguments, **options)
    also(process.pid)


def _born(pid: int) -> str:
    """When a process began, in the system's ticks: a later one may have the same id."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        raise ProcessLookupError from None
    if state[0] == "Z":
        raise ProcessLookupError
    return state[19]


def _end(started: set[tuple[int, str]]) -> None:
    for sign in (signal.SIGTERM, signal.SIGKILL):
        end = time.monotonic() + PATIENCE
        for pid in _running(started):
            os.kill(pid, sign)
        while _running(started) and time.monotonic() < end:
            time.sleep(0.05)


def _running(started: set[tuple[int, str]]) -> list[int]:
    running = []
    for pid, born in started:
        with suppress(ProcessLookupError):
            if _born(pid) == born:
                running.append(pid)
    return running


_pipe = -1
_start = subprocess.Popen.__init__
_guardian: Any = subprocess.Popen.__new__(subprocess.Popen)

if __name__ == "__main__":
    _end({(int(pid), born) for pid, born in (line.split() for line in sys.stdin)})
