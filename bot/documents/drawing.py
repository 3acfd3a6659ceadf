"""Drawings: an SVG template, filled in, as a PNG for the screen or a PDF page for the printer.

Posters, charts and maps are made of these; the words in a template are set in the fonts that come
with the program (`bot.documents.fonts`) and in no other. Nothing is loaded before it is drawn.
"""

import asyncio
import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from struct import unpack_from
from typing import Any, TypeVar

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.documents.fonts import FAMILY, FILES

MM_PER_INCH, POINTS_PER_INCH = 25.4, 72
PRINTED_DPI = 300
_environment = Environment(
    autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
)


Drawn = TypeVar("Drawn")
_drawing = asyncio.Lock()  # it takes a core for a moment, and many would starve the rest


async def in_turn(draw: Callable[[], Drawn]) -> Drawn:
    """What `draw` gives, beside the event loop and by one thread at a time."""
    async with _drawing:
        return await asyncio.to_thread(draw)


@dataclass(frozen=True)
class Page:
    """A sheet of paper, in mm."""

    width: float
    height: float


A4 = Page(210, 297)


def svg(template: Path, facts: Mapping[str, Any]) -> str:
    """The template filled in, with what it takes from others beside it; words are escaped, a name
    that is missing raises UndefinedError.
    """
    return _beside(template.parent).get_template(template.name).render(facts)


@cache
def _beside(folder: Path) -> Environment:
    return _environment.overlay(loader=FileSystemLoader(folder))


def png(drawing: str, width: int) -> bytes:
    """An SVG as a picture so many pixels wide, on white."""
    import resvg_py

    return resvg_py.svg_to_bytes(
        svg_string=drawing,
        width=width,
        background="white",
        font_files=[str(file) for file in FILES],
        skip_system_fonts=True,
        font_family=FAMILY,
    )


def pdf(drawing: str, page: Page) -> bytes:
    """An SVG over a whole page, as fine as a printer needs. The same drawing is the same file."""
    from PIL import Image

    picture = io.BytesIO()
    with Image.open(io.BytesIO(png(drawing, _pixels(page.width)))) as drawn:
        drawn.convert("RGB").save(picture, "PNG")
        width, height = drawn.size
    packed = b"".join(_image_data(picture.getvalue()))  # PDF packs pictures as PNG does
    across, up = _points(page.width), _points(page.height)
    image = (
        f"/Type /XObject /Subtype /Image /Width {width} /Height {height} /ColorSpace /DeviceRGB "
        f"/BitsPerComponent 8 /Filter /FlateDecode "
        f"/DecodeParms << /Predictor 15 /Colors 3 /BitsPerComponent 8 /Columns {width} >>"
    )
    return _pdf_file(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {across} {up}] /Contents 4 0 R "
        "/Resources << /XObject << /I 5 0 R >> >> >>".encode(),
        _stream("", f"q {across} 0 0 {up} 0 0 cm /I Do Q".encode()),
        _stream(image, packed),
    )


def qr_path(text: str) -> tuple[str, int]:
    """A square code as the `d` of an SVG path, a unit a square, and how many squares a side has.

    Read again even where a quarter of it is dirty or torn.
    """
    import segno

    rows = [bytes(row) for row in segno.make(text, error="q", micro=False).matrix]
    runs = (
        f"M{left} {y}h{right - left}v1h{left - right}z"
        for y, row in enumerate(rows)
        for left, right in _dark_runs(row)
    )
    return "".join(runs), len(rows)


def _dark_runs(row: bytes) -> Iterator[tuple[int, int]]:
    """Where dark squares beside each other begin and end."""
    left = row.find(1)
    while left >= 0:
        right = row.find(0, left)
        right = len(row) if right < 0 else right
        yield left, right
        left = row.find(1, right)


def _pixels(mm: float) -> int:
    return round(mm / MM_PER_INCH * PRINTED_DPI)


def _points(mm: float) -> str:
    return f"{mm / MM_PER_INCH * POINTS_PER_INCH:.2f}"


def _image_data(file: bytes) -> Iterator[bytes]:
    """The packed pixels of a PNG: the contents of its IDAT chunks."""
    place = len(b"\x89PNG\r\n\x1a\n")
    while place < len(file):
        length, kind = unpack_from(">I4s", file, place)
        if kind == b"IDAT":
            yield file[place + 8 : place + 8 + length]
        place += length + 12


def _stream(about: str, data: bytes) -> bytes:
    return f"<< {about} /Length {len(data)} >>\nstream\n".encode() + data + b"\nendstream"


def _pdf_file(*objects: bytes) -> bytes:
    """Numbered from 1; the first is the catalogue."""
    out, places = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"), []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    size = len(objects) + 1
    end = f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<< /Size {size} /Root 1 0 R >>\n"
    return bytes(out) + f"{end}startxref\n{len(out)}\n%%EOF\n".encode()
