"""Databases that take a second to make and are alike for several tests: made once, then copied."""

import sqlite3
from collections.abc import Awaitable, Callable
from contextlib import closing

from storage.store import Store, sqlite_file

_made: dict[str, bytes] = {}


async def made(store: Store, name: str, make: Callable[[Store], Awaitable[None]]) -> None:
    """Bring a database that nobody has opened yet to what `make` leaves; `name` says what that is.

    On PostgreSQL it is made each time.
    """
    file = sqlite_file(store.url)
    if file and name in _made:
        file.write_bytes(_made[name])
        return
    await make(store)
    if file:
        await store.close()  # a new connection is made when it is asked again
        with closing(sqlite3.connect(file)) as database:
            _made[name] = database.serialize()
