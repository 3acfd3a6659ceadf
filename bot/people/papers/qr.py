"""A link as a picture."""

from io import BytesIO


def qr_png(address: str, scale: int = 10) -> bytes:
    """A QR code that is read from a printed page as well as from a screen."""
    import segno

    picture = BytesIO()
    segno.make(address, error="m", micro=False).save(picture, kind="png", scale=scale, border=4)
    return picture.getvalue()
