"""Which function does which Bot API method."""

from collections.abc import Callable
from typing import Any

from bot.sandbox.params import Params
from bot.sandbox.world import World

Method = Callable[[World, Params], Any]
METHODS: dict[str, Method] = {}


def method(name: str) -> Callable[[Method], Method]:
    """Register under Telegram's name; Telegram ignores its letter case."""

    def register(function: Method) -> Method:
        METHODS[name.lower()] = function
        return function

    return register
