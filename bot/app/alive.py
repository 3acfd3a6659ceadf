"""Whether a program lives that wrote a file about itself: it holds a lock beside that file, which
the system lets go of however it ends.

Several may hold it, where replicas write one file. It tells of this machine only (also through the
walls of a container, which has the machine's kernel); of another one nothing is known.
"""

import fcntl
import os
from contextlib import suppress
from pathlib import Path
from typing import TextIO

BOOT = Path("/proc/sys/kernel/random/boot_id")


def machine() -> str:
    """This machine since it was started; empty where the system does not say."""
    with suppress(OSError):
        return BOOT.read_text().strip()
    return ""


def hold(file: Path) -> TextIO | None:
    """The lock beside `file`, held until it is closed; None: not now, as somebody looks at it, or
    not on this file system."""
    lock = os.fdopen(os.open(_lock_of(file), os.O_RDWR | os.O_CREAT, 0o600), "r+")
    try:
        fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError:
        lock.close()
        return None
    return lock


def somebody_is(file: Path) -> bool | None:
    """Whether anybody on this machine holds the lock beside `file`; None: it cannot be known."""
    try:
        with _lock_of(file).open() as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return None
    return False


def _lock_of(file: Path) -> Path:
    return file.with_name(f"{file.name}.lock")
