"""What is freed does not stay with the program."""

import ctypes
from pathlib import Path

import pytest

from bot.app.memory import give_back

PIECES, SIZE = 60_000, 2_000  # bytes


def held() -> int:
    """Bytes of memory that this process holds."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096


@pytest.mark.skipif(not hasattr(ctypes.CDLL(None), "malloc_trim"), reason="only glibc can")
def test_what_small_pieces_took_goes_back() -> None:
    give_back()
    pieces = [bytes(SIZE) for _ in range(PIECES)]
    last = bytes(SIZE)  # what lies behind them is still in use
    full = held()
    del pieces
    give_back()
    assert full - held() > PIECES * SIZE // 2
    assert len(last) == SIZE
