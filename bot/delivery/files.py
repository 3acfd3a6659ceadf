"""Copies of what people send, kept beside the database: Telegram's ids alone are no archive."""

import asyncio
import hashlib
import os
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from tempfile import mkstemp

import structlog
from telegram.error import BadRequest, TelegramError
from telegram.ext import ExtBot

from bot.clock import Clock
from bot.delivery.pictures import Unclean, anew
from storage import files
from storage.models import StoredFile
from storage.store import Store

BATCH = 8
MAX_ATTEMPTS = 10

log = structlog.get_logger()


class FileKeeper:
    """Fetches files in the background, so that a report never waits for a download."""

    def __init__(self, store: Store, clock: Clock, bot: ExtBot[int], folder: Path) -> None:
        self._store, self._clock, self._bot, self._folder = store, clock, bot, folder
        self._woken = asyncio.Event()

    def wake(self) -> None:
        self._woken.set()

    async def run(self, pause: float = 30.0) -> None:
        """Until cancelled: fetch what is missing."""
        while True:
            try:
                await self.fetch_missing()
            except Exception:
                log.exception("files.failed")
            with suppress(TimeoutError):
                await asyncio.wait_for(self._woken.wait(), pause)
            self._woken.clear()

    async def fetch_missing(self) -> None:
        """Fetch what is due, some at a time."""
        while True:
            async with self._store.read() as session:
                missing = await files.missing(session, self._clock.now(), BATCH)
            if not missing:
                return
            await asyncio.gather(*(self._fetch(file) for file in missing))

    def path(self, sha256: str) -> Path:
        """Where the copy with this hash lies."""
        return self._folder / sha256[:2] / sha256

    async def _fetch(self, file: StoredFile) -> None:
        file.attempts += 1
        try:
            remote = await self._bot.get_file(file.telegram_file_id)
            data = bytes(await remote.download_as_bytearray())
            file.sha256 = await asyncio.to_thread(self._take, file, data)
            file.size = None if file.private else len(data)
        except Unclean as why:
            file.retry_at, file.telegram_file_id = None, ""
            log.warning("files.not_clean", id=file.id, why=str(why))
        except TelegramError as error:
            self._later(file, isinstance(error, BadRequest))
            log.warning("files.not_fetched", id=file.id, error=type(error).__name__)
        except Exception:  # a full disk, for one; the other files do not wait for it
            self._later(file)
            log.exception("files.not_kept", id=file.id)
        else:
            file.retry_at = None
            if file.private:
                file.telegram_file_id = ""  # the original is not shown to anybody
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
        final = final or file.attempts >= MAX_ATTEMPTS
        pause = timedelta(minutes=2**file.attempts)
        file.retry_at = None if final else self._clock.now() + pause

    def _take(self, file: StoredFile, data: bytes) -> str:
        """Keep a copy; of what somebody who may stay anonymous sent, one that says nothing more,
        under a name that its bytes do not give: the same file may have been sent by name too.

        Raises Unclean where that cannot be done.
        """
        if file.private:
            name = _digest(file.unique_id.encode())
            self._keep(anew(data, photo=file.kind == "photo"), name)
            brought = file.created_at.timestamp()
            os.utime(self.path(name), (brought, brought))  # the disk keeps moments as well
            return name
        return self._keep(data, _digest(data))

    def _keep(self, data: bytes, sha256: str) -> str:
        """On the disk for good before its row says so."""
        target = self.path(sha256)
        target.parent.mkdir(parents=True, exist_ok=True)
        descriptor, name = mkstemp(dir=target.parent, suffix=".part")
        unfinished = Path(name)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(descriptor)
            unfinished.replace(target)
        finally:
            unfinished.unlink(missing_ok=True)
        return sha256


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
