"""What a statement costs SQLite where few and where many years lie behind the province, counted in
the steps of its machine: no clock, and the same each time.
"""

import sqlite3
from collections.abc import Iterable
from pathlib import Path

import pytest

from bot.demo import big_province
from bot.demo.big_province import Size
from storage.store import Store
from tests.growth.conftest import MONDAY
from tests.tour import Sent

SHORT, LONG = (Size(weeks, cases_a_week=40) for weeks in (220, 420))
"""Both longer than any page looks back (last year, and new members 800 days before). What lies
behind repeats itself after a hundred weeks: so that their newest weeks are the same.
"""
LOOK = 100  # steps between two looks
FEW = 2_000  # steps that do not count


async def fill(store: Store, size: Size) -> None:
    """With one officer a union: it is the weeks that count."""
    with pytest.MonkeyPatch.context() as fewer:
        fewer.setattr(big_province, "OFFICERS", 1)
        await big_province.fill(store, size, MONDAY)


def steps(file: Path, statements: Iterable[Sent]) -> dict[str, int]:
    """Statement -> the steps that its answer takes; of those that read."""
    counted: dict[str, int] = {}
    looks = 0

    def look() -> None:
        nonlocal looks
        looks += 1

    with sqlite3.connect(file) as connection:
        connection.set_progress_handler(look, LOOK)
        for sent in statements:
            if sent.writes or sent.statement in counted:
                continue
            looks = 0
            connection.execute(sent.statement, sent.parameters or ()).fetchall()
            counted[sent.statement] = looks * LOOK
    return counted


def grown(short: dict[str, int], long: dict[str, int]) -> dict[str, tuple[int, int]]:
    """Those that take half as much again after twice the years."""
    return {
        said: (before, long[said])
        for said, before in short.items()
        if long[said] > before * 1.5 + FEW
    }
