"""Pictures made anew: nothing inside but what is to be seen, and never more than memory holds."""

import io
import struct
import zlib
from typing import Any

import pytest
from PIL import Image, ImageFile

from bot.documents.pictures import LONGEST_SIDE, Unclean, anew
from tests.pictures import plain_png


def jpeg(width: int, height: int, **options: Any) -> bytes:
    target = io.BytesIO()
    Image.new("RGB", (width, height), "teal").save(target, "JPEG", **options)
    return target.getvalue()


@pytest.fixture
def decoded(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The pixels of every picture that was decoded."""
    pixels: list[int] = []
    load = ImageFile.ImageFile.load

    def counted(self: ImageFile.ImageFile) -> Any:
        if self.tile:
            pixels.append(self.width * self.height)
        return load(self)

    monkeypatch.setattr(ImageFile.ImageFile, "load", counted)
    return pixels


def size_of(data: bytes) -> tuple[int, int]:
    with Image.open(io.BytesIO(data)) as picture:
        assert picture.format == "JPEG"
        return picture.size


def test_a_small_file_with_very_many_pixels_is_refused_before_it_is_decoded(
    decoded: list[int],
) -> None:
    for photo in (True, False):
        with pytest.raises(Unclean, match="too many pixels"):
            anew(plain_png(7680, 7680), photo=photo)
    assert decoded == []


def test_a_picture_of_twenty_megapixels_is_kept(decoded: list[int]) -> None:
    assert size_of(anew(plain_png(5000, 4000), photo=True)) == (2560, 2048)
    assert decoded == [20_000_000]


def test_a_photo_of_a_good_phone_is_read_at_a_smaller_scale(decoded: list[int]) -> None:
    assert size_of(anew(jpeg(8064, 6048), photo=True)) == (LONGEST_SIDE, 1920)
    assert decoded == [4032 * 3024]


@pytest.mark.parametrize("options", [{}, {"progressive": True}])
def test_a_photo_that_its_reader_would_have_to_hold_whole_is_refused(
    decoded: list[int], options: dict[str, Any]
) -> None:
    data = bytearray(jpeg(64, 64, **options))
    frame = data.index(b"\xff\xc2" if options else b"\xff\xc0")
    data[frame + 5 : frame + 9] = struct.pack(">HH", 65_000, 65_000)
    with pytest.raises(Unclean):
        anew(bytes(data), photo=True)
    assert decoded == []


def test_a_picture_turned_by_its_camera_stands_upright_and_says_nothing_more() -> None:
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "a camera"
    clean = anew(jpeg(3000, 1000, exif=exif), photo=True)
    assert size_of(clean) == (853, LONGEST_SIDE)
    assert b"a camera" not in clean


@pytest.mark.parametrize("kind", ["TIFF", "ICO", "PCX", "JPEG2000"])
def test_kinds_that_phones_do_not_make_are_not_read(kind: str, decoded: list[int]) -> None:
    """Their readers take memory by other sizes than the picture's: tiles, pictures inside."""
    target = io.BytesIO()
    Image.new("RGB", (64, 64)).save(target, kind)
    with pytest.raises(Unclean, match="not read here"):
        anew(target.getvalue(), photo=False)
    assert decoded == []


def test_what_is_no_picture_stays_as_it_is_unless_it_has_to_be_one() -> None:
    assert anew(b"OggS a voice", photo=False) == b"OggS a voice"
    with pytest.raises(Unclean):
        anew(b"OggS a voice", photo=True)


def test_the_helper_makes_small_files() -> None:
    data = plain_png(7680, 7680)
    assert len(data) < 200_000
    assert zlib.crc32(data[12:29]) == struct.unpack(">I", data[29:33])[0]
