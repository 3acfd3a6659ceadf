"""Copies of what people send, kept beside the database: Telegram's ids alone are no archive."""

import asyncio
import hashlib
import os
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import structlog
from telegram.error import BadRequest, TelegramError
from telegram.ext import ExtBot

from bot.core.clock import Clock
from bot.core.copies import copy_path, write_copy
from bot.core.waiting import woken
from bot.documents.pictures import Unclean, anew
from storage import files
from storage.addresses import TELEGRAM
from storage.models import StoredFile
from storage.store import Store

BATCH = 4  # downloaded side by side; each may be 20 MB, some copies of it in memory
GIVEN_UP_AFTER = timedelta(days=7)  # never by a number of attempts: an outage has no number
LONGEST_PAUSE = timedelta(minutes=15)
MAX_INTERRUPTED = 3  # starts of the program that one picture may take down with it

log = structlog.get_logger()


class FileKeeper:
    """Fetches files in the background, so that a report never waits for a download."""

    def __init__(self, store: Store, clock: Clock, bot: ExtBot[int], folder: Path) -> None:
        self._store, self._clock, self._bot, self._folder = store, clock, bot, folder
        self._woken = asyncio.Event()
        self._fetching = asyncio.Lock()
        self._reading = asyncio.Lock()  # one picture at a time: decoded they are large

    def wake(self) -> None:
        self._woken.set()

    async def run(self, pause: float = 30.0) -> None:
        """Until cancelled: fetch what is missing."""
        while True:
            try:
                await self.fetch_missing()
            except Exception:
                log.exception("files.failed")
            await woken(self._woken, pause)

    async def fetch_missing(self) -> None:
        """Fetch what is due, some at a time; what is being fetched is waited for."""
        async with self._fetching:
            while missing := await self._missing():
                await asyncio.gather(*(self._fetch(file) for file in missing))

    def path(self, sha256: str) -> Path:
        """Where the copy with this hash lies."""
        return copy_path(self._folder, sha256)

    async def _missing(self) -> Sequence[StoredFile]:
        async with self._store.read() as session:
            return await files.missing(session, TELEGRAM, self._clock.now(), BATCH)

    async def _fetch(self, file: StoredFile) -> None:
        await self._begin(file)
        try:
            remote = await self._bot.get_file(file.reference)
            data = bytes(await remote.download_as_bytearray())
            await self._take(file, data)
        except Unclean as why:
            file.retry_at, file.reference = None, ""
            log.warning("files.not_clean", id=file.id, why=str(why))
        except TelegramError as error:
            self._later(file, isinstance(error, BadRequest) and "temporarily" not in str(error))
            log.warning("files.not_fetched", id=file.id, error=type(error).__name__)
        except Exception:  # a full disk, for one; the other files do not wait for it
            self._later(file)
            log.exception("files.not_kept", id=file.id)
        except asyncio.CancelledError:  # the program stops in good order: the try does not count
            file.attempts, file.retry_at = file.attempts - 1, self._clock.now()
            await self._save(file)
            raise
        else:
            file.retry_at = None
            if file.private:
                file.reference = ""  # the original is not shown to anybody
        await self._save(file)

    async def _begin(self, file: StoredFile) -> None:
        """Counted before anything is done: where the program dies of it, the next start waits."""
        file.attempts += 1
        self._later(file)
        await self._save(file)

    async def _save(self, file: StoredFile) -> None:
        async with self._store.write() as session:
            if await session.get(StoredFile, file.id):
                await session.merge(file)
                return
            others = await files.with_content(session, file.sha256 or "")
        if file.sha256 and not others:  # erased by its sender in the meantime
            self.path(file.sha256).unlink(missing_ok=True)

    def _later(self, file: StoredFile, final: bool = False) -> None:
        now = self._clock.now()
        final = final or now - file.created_at > GIVEN_UP_AFTER
        pause = min(LONGEST_PAUSE, timedelta(minutes=2 ** min(file.attempts, 10)))
        file.retry_at = None if final else now + pause

    async def _take(self, file: StoredFile, data: bytes) -> None:
        """Keep a copy; of what somebody who may stay anonymous sent, one that says nothing more,
        under a name that its bytes do not give: the same file may have been sent by name too.

        Raises Unclean where that cannot be done.
        """
        if file.private:
            async with self._reading:
                data = await self._read(file, data)
            name = _digest(file.unique_id.encode())
        else:
            name, file.size = _digest(data), len(data)
        await asyncio.to_thread(write_copy, self._folder, data, name)
        if file.private:
            brought = file.created_at.timestamp()
            os.utime(self.path(name), (brought, brought))  # the disk keeps moments as well
        file.sha256 = name

    async def _read(self, file: StoredFile, data: bytes) -> bytes:
        """A picture made anew; one that the program died of again and again is given up."""
        if file.interrupted >= MAX_INTERRUPTED:
            raise Unclean("the program died of it")
        file.interrupted += 1
        await self._save(file)
        try:
            return await asyncio.to_thread(anew, data, photo=file.kind == "photo")
        finally:  # saved with the outcome, and when the program stops in good order
            file.interrupted -= 1


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
