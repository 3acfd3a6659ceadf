"""Sentences written for cadres, as a worker hears them."""

import pytest

from bot.core import messages
from bot.core.speech import to_worker


@pytest.mark.parametrize("name", [name for name in vars(messages) if name.isupper()])
def test_no_worker_is_called_comrade(name: str) -> None:
    assert "đồng chí" not in to_worker(getattr(messages, name)).casefold()


def test_a_worker_is_told_of_pages_that_a_worker_has() -> None:
    said = to_worker(messages.ANSWER_ALREADY_SENT)
    assert "/theodoi" in said
    assert "báo cáo" not in said
