"""An event loop whose time jumps to whatever is waited for: an hour of pauses takes a moment."""

import asyncio
from collections.abc import Coroutine
from types import SimpleNamespace
from typing import Any, TypeVar

import pytest

from bot.channels.telegram import rate_limit

T = TypeVar("T")


class JumpingLoop(asyncio.SelectorEventLoop):
    """Nothing but timers may be waited for."""

    def __init__(self) -> None:
        super().__init__()
        self._now = 1000.0
        look = self._selector.select  # type: ignore[attr-defined]

        def jump(timeout: float | None) -> Any:
            self._now += timeout or 1e-6  # as real time, it never stands quite still
            return look(0 if timeout else timeout)

        self._selector.select = jump  # type: ignore[attr-defined]

    def time(self) -> float:
        return self._now


def run(monkeypatch: pytest.MonkeyPatch, coroutine: Coroutine[Any, Any, T]) -> T:
    """Run to the end with the limiter's time jumping too."""
    with asyncio.Runner(loop_factory=JumpingLoop) as runner:
        time = SimpleNamespace(monotonic=runner.get_loop().time)
        monkeypatch.setattr(rate_limit, "time", time)
        return runner.run(coroutine)
