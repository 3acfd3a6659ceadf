"""Commands of the operator: most begin with a new database."""

import pytest

from tests import quick


@pytest.fixture(autouse=True)
def _migrations(monkeypatch: pytest.MonkeyPatch, migrated) -> None:
    quick.migrations(monkeypatch, migrated)
