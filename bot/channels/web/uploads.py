"""Files that come with a page: cleaned and kept at once, under a name that tells nothing."""

import asyncio
import os
import secrets
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from starlette.datastructures import UploadFile

from bot.conversation.engine import MAX_FILE_BYTES
from bot.conversation.form import FileInput
from bot.core import messages
from bot.core.copies import copy_path, write_copy
from bot.core.errors import Refused
from bot.core.rules.writing import one_line
from bot.core.work import Work
from bot.documents import sounds
from bot.documents.pictures import Unclean, anew
from storage import files
from storage.coarse import hour_of

LONGEST_NAME = 200
NOT_CLEAN = (
    "Có ảnh hoặc tệp Công đoàn không mở được nên chưa nhận. Mời anh/chị gửi lại dưới dạng ảnh chụp."
)


class Uploads:
    """`named`: of the staff, whose files keep their names and may be films."""

    def __init__(self, work: Work, *, named: bool = False) -> None:
        self._work, self._folder, self._named = work, work.settings.database.files, named
        self._reading = asyncio.Lock()  # one picture at a time: decoded they are large

    async def take(self, uploads: Sequence[UploadFile], now: datetime) -> list[FileInput]:
        """Copies of all of them. Raises Refused where one cannot be taken; then none is kept."""
        inputs: list[FileInput] = []
        try:
            for upload in uploads:
                inputs.append(await self._take(upload, now))
        except BaseException:
            await self.drop_unused(inputs)
            raise
        return inputs

    async def drop_unused(self, inputs: Sequence[FileInput]) -> None:
        """What no row names, because the step was refused, goes from the disk."""
        for file in inputs:
            async with self._work.read() as session:
                used = await files.with_content(session, file.copy)
            if not used:
                copy_path(self._folder, file.copy).unlink(missing_ok=True)

    async def _take(self, upload: UploadFile, now: datetime) -> FileInput:
        if (upload.size or 0) > MAX_FILE_BYTES:
            raise Refused(messages.FILE_TOO_LARGE)
        data = await upload.read()
        try:
            async with self._reading:
                kind, clean = await asyncio.to_thread(cleaned, data)
        except Unclean:
            raise Refused(messages.FILE_NOT_FETCHED if self._named else NOT_CLEAN) from None
        if kind == "video" and not self._named:
            raise Refused(messages.FILM_SHOWS_SENDER)
        name = secrets.token_hex(32)
        await asyncio.to_thread(_keep, self._folder, name, clean, hour_of(now))
        shown_name = one_line(upload.filename or "")[:LONGEST_NAME] if self._named else ""
        return FileInput("", name, kind, shown_name, size=len(clean), copy=name)


def cleaned(data: bytes) -> tuple[str, bytes]:
    """Its kind and the same without what names place, time, device or person. Raises Unclean."""
    if (sound := sounds.anew(data)) is not None:
        return "voice", sound
    if sounds.is_film(data):
        return "video", data
    new = anew(data, photo=False)
    return ("document" if new is data else "photo"), new


def _keep(folder: Path, name: str, data: bytes, hour: datetime) -> None:
    write_copy(folder, data, name)
    os.utime(copy_path(folder, name), (hour.timestamp(), hour.timestamp()))  # disks keep moments
