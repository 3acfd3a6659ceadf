"""Drawings from SVG templates."""

import io
import re
import zlib
from pathlib import Path

import pytest
import segno
from jinja2 import UndefinedError
from PIL import Image, ImageFont

from bot.documents import drawing, fonts

VIETNAMESE = (
    "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ"
    "₫“”–…0123456789"
)
SQUARE = '<svg xmlns="http://www.w3.org/2000/svg" width="210" height="297">{}</svg>'


@pytest.mark.parametrize("file", fonts.FILES, ids=lambda file: file.name)
def test_the_fonts_have_every_letter_of_vietnamese(file: Path) -> None:
    font = ImageFont.truetype(str(file), 40)
    missing = bytes(font.getmask("\uffff"))
    letters = VIETNAMESE + VIETNAMESE.upper()
    assert [letter for letter in letters if bytes(font.getmask(letter)) == missing] == []


def test_words_are_set_in_the_fonts_of_the_program_whatever_the_machine_has() -> None:
    with_words = SQUARE.format('<text x="9" y="90" font-size="40">Ở đâu</text>')
    assert _ink(drawing.png(with_words, 210)) > 500
    assert _ink(drawing.png(SQUARE.format(""), 210)) == 0


def test_what_people_wrote_is_text_and_never_part_of_the_drawing(tmp_path: Path) -> None:
    template = tmp_path / "template.svg"
    template.write_text(SQUARE.format("<text>{{ words }}</text>"))
    filled = drawing.svg(template, {"words": '</text><image href="/etc/passwd"/>"'})
    assert "<image" not in filled
    with pytest.raises(UndefinedError):
        drawing.svg(template, {})


def test_a_page_for_the_printer_is_the_drawing_over_the_whole_of_a4() -> None:
    half = SQUARE.format('<rect width="210" height="148.5" fill="#b3261e"/>')
    page = drawing.pdf(half, drawing.A4)
    assert page == drawing.pdf(half, drawing.A4)
    assert b"/MediaBox [0 0 595.28 841.89]" in page
    assert page.count(b"/Type /Page ") == 1
    size = re.search(rb"/Width (\d+) /Height (\d+)", page)
    assert size is not None
    width, height = map(int, size.groups())
    assert (width, height) == (2480, 3508)  # 300 dots an inch
    packed = page.split(b"stream\n")[-2].rpartition(b"\nend")[0]
    assert len(zlib.decompress(packed)) == height * (1 + 3 * width)


def test_every_object_of_the_pdf_stands_where_its_table_says() -> None:
    page = drawing.pdf(SQUARE.format(""), drawing.A4)
    places = [int(place) for place in re.findall(rb"(\d{10}) 00000 n ", page)]
    assert [page[place:].partition(b" ")[0] for place in places] == [b"1", b"2", b"3", b"4", b"5"]
    begin = int(page.rsplit(b"startxref\n", 1)[1].split()[0])
    assert page[begin:].startswith(b"xref\n")


def test_the_square_code_is_drawn_square_by_square() -> None:
    link = "https://t.me/satcoso_bot?start=cs-b-fa3774"
    path, side = drawing.qr_path(link)
    shown = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{side}" height="{side}">'
        f'<path d="{path}"/></svg>'
    )
    with Image.open(io.BytesIO(drawing.png(shown, side * 4))) as picture:
        grey = picture.convert("L")
        rows = [
            [grey.getpixel((x * 4 + 2, y * 4 + 2)) == 0 for x in range(side)] for y in range(side)
        ]
    expected = segno.make(link, error="q", micro=False).matrix
    assert rows == [[bool(square) for square in row] for row in expected]


def _ink(data: bytes) -> int:
    """Pixels that are not white."""
    with Image.open(io.BytesIO(data)) as picture:
        return sum(picture.convert("L").histogram()[:200])
