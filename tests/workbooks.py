"""Workbooks that arrive in a chat."""

import io
from typing import Any
from zipfile import ZipFile

from python_calamine import CalamineWorkbook

from tests.client import Person, Town


def files_of(person: Person) -> list[dict[str, Any]]:
    """What somebody got that is a file."""
    return [m["media"] for m in person.messages if m.get("media")]


def workbook(town: Town, person: Person) -> bytes:
    """The last file that somebody got, which is an xlsx."""
    newest = files_of(person)[-1]
    assert newest["name"].endswith(".xlsx")
    return town.sandbox.world.files.read(newest["url"].removeprefix("/sandbox/files/"))


def rows_of(data: bytes) -> list[list[Any]]:
    """Its first sheet."""
    return CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()


def part(data: bytes, name: str) -> str:
    """One of the files inside, as it is."""
    return ZipFile(io.BytesIO(data)).read(f"xl/{name}.xml").decode()
