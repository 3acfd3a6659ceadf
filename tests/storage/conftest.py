"""What is said about storage is said about it as it runs for people."""

import re
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests import quick, wide


@pytest.fixture(autouse=True)
def _as_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    quick.sqlite_as_ever(monkeypatch)


@pytest.fixture(params=["sqlite", "postgresql"])
def kind_of_database(request: pytest.FixtureRequest) -> str:
    """Both, always: what is said to a database is the matter here."""
    kind: str = request.param
    return kind


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=wide.WIDE)])
def unmigrated(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """An empty database of each kind; all migrations, one by one, are a long way there."""
    if request.param == "sqlite":
        yield f"sqlite+aiosqlite:///{tmp_path}/old.db"
        return
    server: str = request.getfixturevalue("postgres")
    with psycopg.connect(server, autocommit=True) as admin:
        admin.execute("DROP DATABASE IF EXISTS unmigrated")
        admin.execute("CREATE DATABASE unmigrated")
    address = server.replace("/migrated?", "/unmigrated?")
    yield re.sub(r"^postgres(ql)?://", "postgresql+psycopg://", address)
