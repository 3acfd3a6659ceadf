"""One program at a time, or several that share a server: a lock that the system lets go of however
its holder ends.

It can be lost while the program runs: a PostgreSQL server that restarts forgets it, a file can be
deleted under its holder. So the holder looks again and again, and stops when it is gone.
"""

import asyncio
import fcntl
import os
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TextIO

import structlog
from sqlalchemy.exc import OperationalError

from bot.app.background import Background
from bot.config.settings import Settings
from bot.core.errors import ConfigError
from storage.locks import DATABASE, STARTING, ServerLocks, connected
from storage.migrations import is_newest, upgrade
from storage.store import Store, sqlite_file

BEAT_SECONDS = 10.0  # between two looks at the lock
STARTING_SECONDS, ALONE_TRIES = 0.2, 25
PATIENCE_SECONDS = 30.0  # for the server's answer to one
# Where somebody else takes over: together less than the 9 seconds after which the server gives up.
SHARED_BEAT_SECONDS, SHARED_PATIENCE_SECONDS = 2.0, 6.0
LOST_FILE = (
    "{file}: it was deleted, moved or replaced while the bot ran, so the bot stopped; {what}"
)
LOCK_AGAIN = "start the bot again"
DATABASE_BACK = "put the database back, or restore a backup, before you start the bot again"
LOST_SERVER = (
    "database.url: the server was restarted or cannot be reached, and with it the lock against a "
    "second bot was lost; the bot stopped and can be started again"
)

REFUSED = "database.url: a bot is running on this database already ({who})"
REFUSED_SHARING = (
    "database.url: a bot is running on this database already, and alone ({who}); "
    "database.shared must be true for each of several"
)
STOP_THE_OTHERS = (
    "database.url: this version changes the database, and bots of the version before are running "
    "on it; stop all of them, then start this one"
)

log = structlog.get_logger()
Look = Callable[[], Awaitable[str]]


@dataclass(frozen=True)
class Hold:
    """`look` says what was lost, empty while all is there."""

    look: Look
    locks: ServerLocks | None = None


@contextmanager
def held(file: Path, what: str, note: str) -> Iterator[TextIO]:
    """Hold the lock on `file`; `note` tells others who does.

    Raises ConfigError when somebody else holds it: `what` and their note.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(file, os.O_RDWR | os.O_CREAT, 0o600), "r+", encoding="utf-8") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise ConfigError(
                f"{what} ({lock.read().strip() or 'by an unknown program'})"
            ) from None
        lock.truncate(0)
        lock.write(note)
        lock.flush()
        yield lock


@asynccontextmanager
async def database_held(
    url: str,
    stop: Callable[[], None] = lambda: None,
    beat: float = BEAT_SECONDS,
    *,
    shared: bool = False,
) -> AsyncIterator[ServerLocks | None]:
    """One running bot for each database, or several that all are `shared`: these get the locks
    they come to terms by. Raises ConfigError, naming who else runs on it.

    Every `beat` seconds it looks whether lock and database are still there. When they are not,
    it calls `stop`, and leaving the block raises ConfigError, which says what was lost.
    """
    file = sqlite_file(url)
    hold = _server_held(url, shared) if file is None else _file_held(file.resolve())
    lost: list[str] = []
    beat = min(beat, SHARED_BEAT_SECONDS) if shared else beat
    watch = partial(_watch, lost=lost, stop=stop, beat=beat)
    async with hold as held_now, Background().run("lock", lambda: watch(held_now.look)):
        try:
            yield held_now.locks
        except ConfigError:
            raise
        except Exception as error:
            if lost:  # what failed in the meantime failed because of that
                raise ConfigError(lost[0]) from error
            raise
    if lost:
        raise ConfigError(lost[0])


@asynccontextmanager
async def starting(settings: Settings, locks: ServerLocks | None) -> AsyncIterator[None]:
    """Of several bots that share a database one starts after the other: the first makes schema and
    key. Raises ConfigError: the schema has to be brought up, and others still run on the old one.
    """
    if locks is None:
        yield
        return
    await locks.unlock(DATABASE, shared=True)  # who waits to start runs on no schema yet
    while not await locks.lock(STARTING):  # noqa: ASYNC110 - another process has it
        await asyncio.sleep(STARTING_SECONDS)
    store = Store(settings.database.url)
    try:
        if not await is_newest(store):
            await _alone(locks)
            await upgrade(store)
            await locks.lock(DATABASE, shared=True)
            await locks.unlock(DATABASE)
        elif not await locks.lock(DATABASE, shared=True):
            who = await locks.who_has(DATABASE)
            raise ConfigError(REFUSED_SHARING.format(who=who or "unknown"))
        yield
    finally:
        await store.close()
    await locks.unlock(STARTING)


async def _alone(locks: ServerLocks) -> None:
    """Raises ConfigError: others run; who only waits to start lets go of the lock at once."""
    for _ in range(ALONE_TRIES):
        if await locks.lock(DATABASE):
            return
        await asyncio.sleep(STARTING_SECONDS)
    raise ConfigError(STOP_THE_OTHERS)


async def _admitted(locks: ServerLocks, shared: bool) -> bool:
    """Whether the database may be used, beside others or alone; one of several that is making the
    schema has it alone for a while, and is waited for.
    """
    while True:
        starts = shared and bool(await locks.who_has(STARTING))  # before it may have ended
        if await locks.lock(DATABASE, shared=shared):
            return True
        if not starts:
            return False
        await asyncio.sleep(STARTING_SECONDS)


async def _watch(look: Look, lost: list[str], stop: Callable[[], None], beat: float) -> None:
    while not lost:
        await asyncio.sleep(beat)
        if words := await look():
            log.critical("lock.lost", why=words)
            lost.append(words)
            stop()


@asynccontextmanager
async def _file_held(file: Path) -> AsyncIterator[Hold]:
    """The lock beside the database's real file, by whatever links it was reached."""
    path = file.with_name(file.name + ".lock")
    who = f"{file}: a bot is running on this database already"
    with held(path, who, f"pid {os.getpid()}") as lock:
        own = _inode(os.fstat(lock.fileno()))
        before = _inode_at(file)  # None before a first start has made it

        async def look() -> str:
            nonlocal before
            now = _inode_at(file)
            if before and now != before:
                return LOST_FILE.format(file=file, what=DATABASE_BACK)
            before = now
            if _inode_at(path) != own:
                return LOST_FILE.format(file=path, what=LOCK_AGAIN)
            return ""

        yield Hold(look)


@asynccontextmanager
async def _server_held(url: str, shared: bool) -> AsyncIterator[Hold]:
    import psycopg  # only where there is a server

    try:
        patience = SHARED_PATIENCE_SECONDS if shared else PATIENCE_SECONDS
        async with connected(url, patience) as locks:
            if not await _admitted(locks, shared):
                who = await locks.who_has(DATABASE)
                words = REFUSED_SHARING if shared else REFUSED
                raise ConfigError(words.format(who=who or "unknown"))

            async def look() -> str:
                return "" if await locks.alive() else LOST_SERVER

            yield Hold(look, locks if shared else None)
    except psycopg.OperationalError as error:
        raise OperationalError("connect", {}, error) from None


def _inode(there: os.stat_result) -> tuple[int, int]:
    return there.st_dev, there.st_ino


def _inode_at(file: Path) -> tuple[int, int] | None:
    try:
        return _inode(file.stat())
    except FileNotFoundError:
        return None
