"""Pictures made anew: the same to the eye, without place, time, device or name inside."""

import io
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL import Image

LONGEST_SIDE = 2560
MOST_PIXELS = 20_000_000  # decoded; about 0.2 GB while it is made anew
# A JPEG is decoded at a smaller scale, but its reader may have to hold it whole all the same
# (8 bytes a pixel at worst); the best phones take 50 million.
MOST_JPEG_PIXELS = 50_000_000
# What phones and screens make. Readers of other kinds take memory by other sizes than a picture's
# own: tiles, pictures inside, pages.
_READ = ("JPEG", "PNG", "WEBP", "GIF", "BMP")
_HEIF = (b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"avif")


class Unclean(Exception):  # noqa: N818 - it reads as what happened
    """A picture that cannot be made anew, so that what it carries inside would stay."""


def anew(data: bytes, *, photo: bool) -> bytes:
    """A picture as a new JPEG, turned as its camera meant; anything else as it is.

    Raises Unclean for pictures that cannot be read; `photo`: it has to be one.
    """
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(data), formats=_READ) as picture:
            return _encoded(picture)
    except UnidentifiedImageError:
        if photo:
            raise Unclean("no picture") from None
        if _is_other_picture(data):
            raise Unclean("a kind of picture that is not read here") from None
        return data
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise Unclean(type(error).__name__) from None


def _is_other_picture(data: bytes) -> bool:
    """By its first bytes alone: some readers decode as soon as they open."""
    if data[4:8] == b"ftyp" and data[8:12] in _HEIF:
        return True
    from PIL import Image

    Image.init()
    return any(accept and accept(data[:16]) for _, accept in Image.OPEN.values())


def _encoded(picture: "Image.Image") -> bytes:
    from PIL import Image, ImageOps

    _check(picture)
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    upright = ImageOps.exif_transpose(picture)
    plain = Image.new("RGB", upright.size, "white")
    layer = upright.convert("RGBA")
    plain.paste(layer, mask=layer)
    target = io.BytesIO()
    plain.save(target, "JPEG", quality=85)
    return target.getvalue()


def _check(picture: "Image.Image") -> None:
    """By what the head of the file says, before anything is decoded."""
    if picture.width * picture.height > MOST_JPEG_PIXELS:
        raise Unclean("too many pixels")
    longest = max(picture.size)
    if longest > LONGEST_SIDE:  # JPEG alone can be decoded smaller
        scale = LONGEST_SIDE / longest
        picture.draft("RGB", (int(picture.width * scale) or 1, int(picture.height * scale) or 1))
    if picture.width * picture.height > MOST_PIXELS:
        raise Unclean("too many pixels")
