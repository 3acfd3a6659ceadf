"""What is said about storage is said about it as it runs for people."""

import pytest

from tests import quick


@pytest.fixture(autouse=True)
def _as_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    quick.sqlite_as_ever(monkeypatch)
