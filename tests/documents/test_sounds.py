"""Recordings lose what phones write beside the sound, and keep the sound."""

import struct
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.documents.pictures import Unclean
from bot.documents.sounds import _checksum, anew, is_film

OWNER = b"May cua Lan, 10.37 105.43"
SOUND = bytes(range(256)) * 3


def box(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I4s", 8 + len(body), name) + body


def mp4(handler: bytes = b"soun") -> bytes:
    dates = bytes(4) + struct.pack(">II", 3_850_000_000, 3_850_000_000) + bytes(12)
    named = bytes(8) + handler + bytes(12) + OWNER
    media = box(b"mdia", box(b"mdhd", dates) + box(b"hdlr", named) + box(b"minf", b"frames"))
    moov = box(b"mvhd", dates) + box(b"trak", box(b"tkhd", dates) + media)
    return (
        box(b"ftyp", b"M4A isom")
        + box(b"mdat", SOUND)
        + box(b"moov", moov + box(b"udta", box(b"meta", OWNER)))
    )


def ogg() -> bytes:
    comment = b"ARTIST=" + OWNER
    tags = b"OpusTags" + struct.pack("<I", len(OWNER)) + OWNER
    tags += struct.pack("<II", 1, len(comment)) + comment
    return page(b"OpusHead" + bytes(11)) + page(tags) + page(SOUND[:250])


def page(body: bytes) -> bytes:
    lacing = bytes([255] * (len(body) // 255) + [len(body) % 255])
    head = b"OggS" + bytes(22) + bytes([len(lacing)]) + lacing
    whole = bytearray(head + body)
    whole[22:26] = struct.pack("<I", _checksum(whole))
    return bytes(whole)


def wav() -> bytes:
    def chunk(name: bytes, body: bytes) -> bytes:
        return name + struct.pack("<I", len(body)) + body

    body = chunk(b"fmt ", bytes(16)) + chunk(b"LIST", OWNER + b" ") + chunk(b"data", SOUND)
    return b"RIFF" + struct.pack("<I", 4 + len(body)) + b"WAVE" + body


def mp3() -> bytes:
    tag = b"ID3\x04\0\0" + bytes([0, 0, 0, len(OWNER)]) + OWNER
    return tag + b"\xff\xfb\x90\x00" + SOUND + b"TAG" + OWNER.ljust(125)


@pytest.mark.parametrize("data", [mp4(), ogg(), wav(), mp3()], ids=["mp4", "ogg", "wav", "mp3"])
def test_what_phones_write_goes_and_the_sound_stays(data: bytes) -> None:
    assert OWNER in data
    clean = anew(data)
    assert clean is not None
    assert OWNER not in clean
    assert SOUND[:250] in clean
    assert anew(clean) == clean


def test_dates_of_a_recording_go_and_nothing_moves() -> None:
    clean = anew(mp4())
    assert clean is not None
    assert len(clean) == len(mp4())
    assert struct.pack(">I", 3_850_000_000) not in clean


def test_a_page_of_comments_has_a_checksum_that_fits() -> None:
    clean = anew(ogg())
    assert clean is not None
    second = bytearray(clean[clean.index(b"OggS", 4) : clean.index(b"OggS", 60)])
    stated = bytes(second[22:26])
    second[22:26] = bytes(4)
    assert stated == struct.pack("<I", _checksum(second))


def test_moving_pictures_are_no_recording() -> None:
    assert anew(mp4(b"vide")) is None
    assert is_film(mp4(b"vide"))
    assert not is_film(b"\xff\xd8\xff\xe0 a picture")


@pytest.mark.parametrize("data", [b"", b"hello", b"%PDF-1.7", b"\x89PNG\r\n\x1a\n"])
def test_what_is_no_recording_is_left_to_others(data: bytes) -> None:
    assert anew(data) is None


@given(
    st.sampled_from([mp4(), ogg(), wav(), mp3()]),
    st.integers(0, 700),
    st.binary(min_size=1, max_size=6),
)
def test_a_broken_recording_is_refused_and_never_an_error(
    data: bytes, place: int, noise: bytes
) -> None:
    for broken in (data[:place], data[:place] + noise + data[place + len(noise) :]):
        with suppress(Unclean):
            anew(broken)
