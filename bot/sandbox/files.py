"""Uploaded files: kept whole, named and described as Telegram does."""

import base64
import hashlib
import mimetypes
import struct
from dataclasses import dataclass
from pathlib import Path, PurePath

from bot.sandbox.errors import Json, bad

DOWNLOAD_LIMIT = 20 * 1024 * 1024
_FOLDERS = {"photo": "photos", "document": "documents", "voice": "voice", "video": "videos"}
_UNTOLD = (1280, 960)
_SIDES = (90, 320, 1280)  # the longer side of the sizes a photo is offered in


@dataclass
class Upload:
    """A file as it came in a request."""

    name: str
    mime: str
    data: bytes


class Files:
    """Bytes by path, and descriptions by file_id. Without a folder everything is in memory."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._memory: dict[str, bytes] = {}
        self._count = 0
        self.index: dict[str, Json] = {}

    def keep(self, kind: str, upload: Upload) -> Json | list[Json]:
        """Store an upload; gives the message's part: an object, or the sizes of a photo."""
        if kind == "photo":
            width, height = image_size(upload.data)
            path = self._write(kind, upload)
            sizes = list(dict.fromkeys(_fit(width, height, side) for side in _SIDES))
            return [self._size(path, upload, *size) for size in sizes]
        facts: Json = {"file_size": len(upload.data)}
        if kind != "video_note":
            facts["mime_type"] = upload.mime or "application/octet-stream"
        facts |= {"file_name": upload.name} if kind not in ("voice", "video_note") else {}
        facts |= {"duration": 1} if kind not in ("document",) else {}
        facts |= {"width": 320, "height": 240} if kind == "video" else {}
        facts |= {"length": 240} if kind == "video_note" else {}
        return self._describe(kind, self._write(kind, upload), facts)

    def again(self, kind: str, file_id: str) -> Json | list[Json]:
        """The part of a message that sends a stored file once more by its file_id."""
        file = self.index.get(file_id)
        if file is None or file["kind"] != kind:
            raise bad("wrong file identifier/HTTP URL specified")
        if kind != "photo":
            return dict(file["view"])
        same = [row["view"] for row in self.index.values() if row["path"] == file["path"]]
        return [dict(view) for view in same]

    def read(self, path: str) -> bytes | None:
        """The bytes at a path; only paths in the index are ever read from the disk."""
        if self._folder is None:
            return self._memory.get(path)
        indexed = any(row["path"] == path for row in self.index.values())
        file = self._folder / path
        return file.read_bytes() if indexed and file.is_file() else None

    def dump(self) -> Json:
        return {"count": self._count, "index": self.index}

    def load(self, saved: Json) -> None:
        self._count, self.index = saved["count"], saved["index"]

    def _write(self, kind: str, upload: Upload) -> str:
        self._count += 1
        suffix = PurePath(upload.name).suffix or mimetypes.guess_extension(upload.mime) or ".bin"
        folder = _FOLDERS.get(kind, kind)
        path = f"{folder}/file_{self._count}{_plain(suffix)}"
        if self._folder is None:
            self._memory[path] = upload.data
            return path
        (self._folder / folder).mkdir(parents=True, exist_ok=True)
        (self._folder / path).write_bytes(upload.data)
        return path

    def _size(self, path: str, upload: Upload, width: int, height: int) -> Json:
        # There is no image library here: each size is the same picture, so says file_size.
        facts = {"file_size": len(upload.data), "width": width, "height": height}
        return self._describe("photo", path, facts)

    def _describe(self, kind: str, path: str, facts: Json) -> Json:
        seed = f"{path}/{len(self.index)}".encode()
        digest = base64.urlsafe_b64encode(hashlib.sha256(seed).digest()).decode().rstrip("=")
        view = {"file_id": f"AgACAgUAAxk{digest}", "file_unique_id": f"AQAD{digest[:12]}"} | facts
        self.index[view["file_id"]] = {"kind": kind, "path": path, "view": view}
        return dict(view)


def image_size(data: bytes) -> tuple[int, int]:
    """Width and height of a PNG or JPEG; anything else is no photo.

    A JPEG that does not tell its size is let through: tests send the shortest they can.
    """
    if data[:8] == b"\x89PNG\r\n\x1a\n" and len(data) > 24:
        width, height = struct.unpack(">II", data[16:24])
        return width, height
    if data[:2] != b"\xff\xd8":
        raise bad("IMAGE_PROCESS_FAILED")
    return _jpeg_size(data) or _UNTOLD


def _jpeg_size(data: bytes) -> tuple[int, int] | None:
    at = 2
    while at + 9 < len(data) and data[at] == 0xFF:
        marker, length = data[at + 1], int.from_bytes(data[at + 2 : at + 4], "big")
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return width, height
        at += 2 + length
    return None


def _fit(width: int, height: int, side: int) -> tuple[int, int]:
    scale = min(1.0, side / max(width, height, 1))
    return max(1, round(width * scale)), max(1, round(height * scale))


def _plain(suffix: str) -> str:
    letters = "".join(letter for letter in suffix.lower() if letter.isascii() and letter.isalnum())
    return f".{letters[:8]}" if letters else ".bin"
