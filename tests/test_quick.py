"""The tricks of `tests/quick.py` take hold: one that silently does nothing fails nothing else."""

import pytest

from bot.config.settings import Settings
from tests import cast, quick
from tests.client import Town


@pytest.mark.skipif(quick.AS_EVER, reason="then each town is settled anew")
def test_the_usual_town_of_a_moment_is_settled_once(
    town: Town, settings: Settings, clock: cast.FrozenClock
) -> None:
    assert quick.keeps(settings, clock)
