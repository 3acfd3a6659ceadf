"""These tests are about the wire as well: the program talks to the sandbox over sockets."""

import pytest


@pytest.fixture
def wired() -> bool:
    return True
