"""One bot on one database, on SQLite and PostgreSQL."""

import os
import re

import pytest

from bot.alone import database_held
from bot.errors import ConfigError
from storage.store import Store


async def test_the_second_is_refused_and_told_who_is_there(any_store: Store) -> None:
    async with database_held(any_store.url):
        with pytest.raises(ConfigError) as said:
            async with database_held(any_store.url):
                pass
    assert "a bot is running on this database already" in str(said.value)
    assert re.search(rf"\(pid {os.getpid()}\)|server process \d+\)", str(said.value))
    async with database_held(any_store.url):
        pass  # it is free again


async def test_an_end_by_mistake_lets_go_too(any_store: Store) -> None:
    with pytest.raises(ZeroDivisionError):
        async with database_held(any_store.url):
            raise ZeroDivisionError
    async with database_held(any_store.url):
        pass
