"""Every picture sign of the program is in the page's own font."""

import struct

from tests.emoji import ROOT, signs_of, signs_of_the_program
from tests.sandbox.conftest import Client

STATIC = ROOT / "sandbox" / "static"
FONT = STATIC / "emoji.ttf"
SEGMENTS = 12  # the format of a table of characters that knows all planes


def letters_of(font: bytes) -> set[str]:
    """What a TrueType font can draw."""
    (tables,) = struct.unpack_from(">H", font, 4)
    heads = [struct.unpack_from(">4sIII", font, 12 + 16 * n) for n in range(tables)]
    start = next(place for tag, _, place, _ in heads if tag == b"cmap")
    (parts,) = struct.unpack_from(">H", font, start + 2)
    places = [struct.unpack_from(">HHI", font, start + 4 + 8 * n)[2] + start for n in range(parts)]
    place = next(p for p in places if struct.unpack_from(">H", font, p) == (SEGMENTS,))
    (runs,) = struct.unpack_from(">I", font, place + 12)
    ends = [struct.unpack_from(">II", font, place + 16 + 12 * n) for n in range(runs)]
    return {chr(code) for first, last in ends for code in range(first, last + 1)}


def test_signs_are_distinguished_from_letters_lines_and_ticks_of_texts() -> None:
    assert signs_of("🏠 Về nhà, ✓ xong ─ ⚠️ 1️⃣ đ → …") == {"🏠", "⚠", "1"}


def test_every_sign_of_the_program_is_in_the_pages_own_font() -> None:
    signs = signs_of_the_program()
    assert len(signs) > 50
    missing = signs - letters_of(FONT.read_bytes())
    assert not missing, f"{''.join(sorted(missing))}: docs/sandbox.md says how the font is cut anew"


def test_the_font_is_small_and_its_licence_lies_beside_it() -> None:
    assert FONT.stat().st_size < 300_000
    assert "SIL OPEN FONT LICENSE Version 1.1" in (STATIC / "emoji.LICENSE").read_text()


async def test_the_page_gets_the_font_from_the_sandbox_itself(sandbox: Client) -> None:
    answer = await sandbox.http.get("/static/emoji.ttf")
    assert (answer.status_code, answer.content) == (200, FONT.read_bytes())
    assert 'url("/static/emoji.ttf")' in (STATIC / "style.css").read_text()
