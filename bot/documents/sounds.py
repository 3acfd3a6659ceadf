"""Recordings without what phones write into them: place, time, device, names, covers.

The sound itself stays as it is; only the parts beside it are emptied or left out.
"""

import struct
from collections.abc import Iterator

from bot.documents.pictures import Unclean

_PARENTS = (b"moov", b"trak", b"mdia")
_TELLING = (b"udta", b"meta", b"uuid", b"free", b"skip", b"wide", b"moof", b"emsg", b"ilst")
_DATED = (b"mvhd", b"tkhd", b"mdhd")
_SOUNDS_OF_MP4 = (b"soun",)


def anew(data: bytes) -> bytes | None:
    """The recording without the rest; None: it is no recording that is known here.

    Raises Unclean: it is one, and broken.
    """
    try:
        return _anew(data)
    except (struct.error, IndexError, ValueError, OverflowError) as error:
        raise Unclean(type(error).__name__) from None


def media_type_of(data: bytes) -> str:
    """As browsers name it."""
    heads = {b"OggS": "audio/ogg", b"RIFF": "audio/wav", b"#!AM": "audio/amr"}
    return "audio/mp4" if data[4:8] == b"ftyp" else heads.get(data[:4], "audio/mpeg")


def is_film(data: bytes) -> bool:
    """A container of moving pictures, or of anything else that is not read here."""
    return (data[4:8] == b"ftyp" and data[8:12] not in _PICTURES) or data[:4] in _FILMS


_PICTURES = (b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"avif")
_FILMS = (b"\x1aE\xdf\xa3", b"FLV\x01", b"\x30\x26\xb2\x75")  # Matroska and WebM, FLV, ASF


def _anew(data: bytes) -> bytes | None:
    if data[:5] == b"#!AMR":
        return data
    if data[:4] == b"RIFF" and data[8:12] == b"WAVE":
        return _wave(data)
    if data[:4] == b"OggS":
        return _ogg(data)
    if data[4:8] == b"ftyp":
        return _mp4(data)
    sound = _without_id3(data)
    if len(sound) > 4 and sound[0] == 0xFF and sound[1] & 0xE0 == 0xE0:  # MP3, or AAC in frames
        return sound
    return None


def _without_id3(data: bytes) -> bytes:
    while data[:3] == b"ID3" and len(data) > 10:
        size = 0
        for byte in data[6:10]:
            size = size << 7 | byte & 0x7F
        data = data[10 + size + (10 if data[5] & 0x10 else 0) :]
    if data[-128:-125] == b"TAG":
        data = data[:-128]
    if data[-32:-24] == b"APETAGEX":
        size = struct.unpack("<I", data[-20:-16])[0]
        data = data[: max(0, len(data) - size - 32)]
    return data


def _wave(data: bytes) -> bytes:
    chunks, at = b"", 12
    while at + 8 <= len(data):
        name, size = data[at : at + 4], struct.unpack("<I", data[at + 4 : at + 8])[0]
        if name in (b"fmt ", b"data"):
            body = data[at + 8 : at + 8 + size]
            chunks += name + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2)
        at += 8 + size + size % 2
    return b"RIFF" + struct.pack("<I", 4 + len(chunks)) + b"WAVE" + chunks


def _mp4(data: bytes) -> bytes | None:
    """Emptied in place, for what is left is found by its distance from the beginning.

    None: there are moving pictures in it, or it is no sound at all.
    """
    handlers = [
        data[at + 16 : at + 20] for name, at, _ in _boxes(data, 0, len(data)) if name == b"hdlr"
    ]
    if not handlers or any(handler not in _SOUNDS_OF_MP4 for handler in handlers):
        return None
    empty = bytearray(data)
    for name, at, size in _boxes(data, 0, len(data)):
        if name in _TELLING:
            empty[at + 4 : at + 8] = b"free"
            empty[at + 8 : at + size] = bytes(size - 8)
        elif name in _DATED:
            wide = 8 if data[at + 8] == 1 else 4
            empty[at + 12 : at + 12 + 2 * wide] = bytes(2 * wide)
        elif name == b"hdlr" and size > 32:
            empty[at + 32 : at + size] = bytes(size - 32)  # its name, by which a maker is known
    return bytes(empty)


def _boxes(data: bytes, start: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """Every box and those inside: (name, where it begins, its size)."""
    at = start
    while at + 8 <= end:
        size, name = struct.unpack(">I4s", data[at : at + 8])
        head = 8
        if size == 1:
            size, head = struct.unpack(">Q", data[at + 8 : at + 16])[0], 16
        elif size == 0:
            size = end - at
        if size < head or at + size > end:
            raise ValueError("a box that ends outside")
        if head == 8 or name == b"mdat":
            yield name, at, size
        if name in _PARENTS:
            yield from _boxes(data, at + head, at + size)
        at += size


def _ogg(data: bytes) -> bytes:
    """The comments' words become spaces; the page's checksum follows."""
    pages, at = bytearray(data), 0
    while at + 27 <= len(data):
        if data[at : at + 4] != b"OggS":
            raise ValueError("no page")
        count = data[at + 26]
        body = at + 27 + count
        size = sum(data[at + 27 : body])
        begins = next((m for m in (b"OpusTags", b"\x03vorbis") if data.startswith(m, body)), None)
        if begins:
            lacing = data[at + 27 : body]
            packet = 0
            for length in lacing:
                packet += length
                if length < 255:
                    break
            else:
                raise ValueError("comments over several pages")
            _blank_comments(pages, body + len(begins), body + packet)
            pages[at + 22 : at + 26] = bytes(4)
            pages[at + 22 : at + 26] = struct.pack("<I", _checksum(pages[at : body + size]))
        at = body + size
    return bytes(pages)


def _blank_comments(data: bytearray, at: int, end: int) -> None:
    def blank(at: int) -> int:
        length = struct.unpack("<I", data[at : at + 4])[0]
        if at + 4 + length > end:
            raise ValueError("a comment that ends outside")
        data[at + 4 : at + 4 + length] = (b"A=" + b" " * length)[:length]
        return int(at + 4 + length)

    at = blank(at)
    count = struct.unpack("<I", data[at : at + 4])[0]
    at += 4
    for _ in range(min(count, 1000)):
        at = blank(at)
    padding = end - at
    if padding > 1:
        data[at + 1 : end] = bytes(padding - 1)  # the first is Vorbis's closing bit


def _checksum(page: bytearray) -> int:
    """Ogg's CRC: polynomial 0x04c11db7, most significant bit first."""
    value = 0
    for byte in page:
        value = (value << 8 & 0xFFFFFFFF) ^ _TABLE[value >> 24 ^ byte]
    return value


def _entry(number: int) -> int:
    value = number << 24
    for _ in range(8):
        value = (value << 1 ^ (0x04C11DB7 if value & 0x80000000 else 0)) & 0xFFFFFFFF
    return value


_TABLE = tuple(_entry(number) for number in range(256))
