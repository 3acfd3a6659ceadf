"""Pictures made anew: the same to the eye, without place, time, device or name inside."""

import io

from PIL import Image, ImageOps, UnidentifiedImageError

LONGEST_SIDE = 2560
MOST_PIXELS = 60_000_000
_HEIF = (b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"avif")


class Unclean(Exception):  # noqa: N818 - it reads as what happened
    """A picture that cannot be made anew, so that what it carries inside would stay."""


def anew(data: bytes, *, photo: bool) -> bytes:
    """A picture as a new JPEG, turned as its camera meant; anything else as it is.

    Raises Unclean for pictures that cannot be read; `photo`: it has to be one.
    """
    if data[4:8] == b"ftyp" and data[8:12] in _HEIF:
        raise Unclean("a kind of picture that is not read here")
    try:
        with Image.open(io.BytesIO(data)) as picture:
            return _encoded(picture)
    except UnidentifiedImageError:
        if photo:
            raise Unclean("no picture") from None
        return data
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise Unclean(type(error).__name__) from None


def _encoded(picture: Image.Image) -> bytes:
    if picture.width * picture.height > MOST_PIXELS:
        raise Unclean("too many pixels")
    upright = ImageOps.exif_transpose(picture)
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    plain = Image.new("RGB", upright.size, "white")
    layer = upright.convert("RGBA")
    plain.paste(layer, mask=layer)
    target = io.BytesIO()
    plain.save(target, "JPEG", quality=85)
    return target.getvalue()
