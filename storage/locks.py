"""PostgreSQL's advisory locks, held on a connection of its own for as long as that connection is.

Whoever dies lets go of everything at once. Where a machine is cut off from the server, the holder
takes its locks for lost (`alive`) before the server gives them to somebody else.
"""

import asyncio
import secrets
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING, Any

from sqlalchemy import make_url

if TYPE_CHECKING:
    import psycopg

# The keys, any numbers, the same in every program of this kind.
DATABASE = 0x5A7C0501  # shared by bots that share the database, else its one bot's alone
LEADER = 0x5A7C0502  # whose holder does what only one may do
STARTING = 0x5A7C0503  # one start after the other: the first makes the schema and the key
_HOLDER = 0x5A7C04  # with a second number: this very run
_CHAT = 1 << 62  # no chat's key is one of the above

# For both ends of the connection; the server takes them by SET. So it gives up after 9 seconds.
KEEPALIVE = {"keepalives_idle": 3, "keepalives_interval": 2, "keepalives_count": 3}
LETTING_GO_SECONDS = 1.0
UNANSWERED_MS = 9000  # the same where something was sent and not acknowledged

PATIENCE = KEEPALIVE | {"tcp_user_timeout": UNANSWERED_MS, "connect_timeout": 10}
"""For every connection to a server: that it is dead is noticed in seconds, not in hours."""

_HOLDERS = (
    "SELECT objid::bigint FROM pg_locks WHERE locktype = 'advisory' AND granted AND objsubid = 2 "
    "AND classid::bigint = %s AND database = (SELECT oid FROM pg_database "
    "WHERE datname = current_database())"
)
WHO = (
    "SELECT coalesce(host(a.client_addr), 'this machine') || ', server process ' || a.pid "
    "FROM pg_locks l JOIN pg_stat_activity a USING (pid) "
    "WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1 AND l.classid::bigint = 0 "
    "AND l.objid::bigint = %s AND l.database = (SELECT oid FROM pg_database "
    "WHERE datname = current_database()) AND a.pid <> pg_backend_pid() LIMIT 1"
)
_NAME = "satcoso {holder} {word}"  # of the connection, as `pg_stat_activity` shows it
_NAMES = (
    "SELECT application_name FROM pg_stat_activity WHERE application_name LIKE 'satcoso %%' "
    "AND datname = current_database()"
)


def chat_key(look: str) -> int:
    """The lock of a chat, by the chat's keyed hash."""
    return _CHAT | (int(look[:16], 16) & (_CHAT - 1))


class ServerLocks:
    """The locks of this run of the program. Use `connected`.

    `holder`: the number of this run, which it holds a lock on itself, so that others can see
    whether it lives. Every method raises psycopg.Error or TimeoutError where the connection is
    lost, and with it all locks.
    """

    def __init__(self, connection: "psycopg.AsyncConnection[Any]", patience: float) -> None:
        self._connection, self._patience = connection, patience
        self._asking = asyncio.Lock()
        self._broken = False
        self.holder = secrets.randbelow(2**31 - 1) + 1

    async def rows(self, statement: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """A statement outside of any transaction, with what it gives."""
        async with self._asking:
            try:
                async with asyncio.timeout(self._patience):
                    cursor = await self._connection.execute(statement.encode(), values)
                    return await cursor.fetchall() if cursor.description else []
            except BaseException:
                self._broken = True  # nobody knows what was locked and what not
                raise

    async def lock(self, key: int, *, shared: bool = False) -> bool:
        """Try to get a lock; False: somebody else has it."""
        function = "pg_try_advisory_lock_shared" if shared else "pg_try_advisory_lock"
        return bool((await self.rows(f"SELECT {function}(%s)", (key,)))[0][0])

    async def unlock(self, key: int, *, shared: bool = False) -> None:
        """Let go of a lock that is held."""
        function = "pg_advisory_unlock_shared" if shared else "pg_advisory_unlock"
        await self.rows(f"SELECT {function}(%s)", (key,))

    async def who_has(self, key: int) -> str:
        """Some other holder of a lock, for the operator; empty: nobody."""
        others = await self.rows(WHO, (key,))
        return str(others[0][0]) if others else ""

    async def holders(self) -> set[int]:
        """The numbers of the runs that live."""
        return {row[0] for row in await self.rows(_HOLDERS, (_HOLDER,))}

    async def say(self, word: int) -> None:
        """Let the others read a number, for as long as this run lives."""
        name = _NAME.format(holder=self.holder, word=word)
        await self.rows("SELECT set_config('application_name', %s, false)", (name,))

    async def words(self) -> Mapping[int, int]:
        """Run -> the number it says, of all that said one and live."""
        names = [row[0].split() for row in await self.rows(_NAMES)]
        return {int(name[1]): int(name[2]) for name in names if len(name) == 3}

    async def alive(self) -> bool:
        """Whether the connection, and so every lock, is still there."""
        import psycopg

        try:
            return not self._broken and bool(await self.rows("SELECT 1"))
        except (psycopg.Error, OSError):  # TimeoutError is an OSError
            return False

    async def let_go(self) -> None:
        """Of all locks now: the server takes a moment to see that a connection was closed, and who
        starts again at once must not meet its own past. One that is lost lets go by itself.
        """
        import psycopg

        if not self._broken:
            with suppress(psycopg.Error, OSError):
                async with asyncio.timeout(LETTING_GO_SECONDS):
                    await self.rows("SELECT pg_advisory_unlock_all()")

    async def _begin(self) -> None:
        settings = {f"tcp_{name}": value for name, value in KEEPALIVE.items()}
        for name, value in (settings | {"tcp_user_timeout": UNANSWERED_MS}).items():
            await self.rows("SELECT set_config(%s, %s, false)", (name, str(value)))
        await self.rows("SELECT pg_try_advisory_lock(%s, %s)", (_HOLDER, self.holder))
        await self.say(0)


@asynccontextmanager
async def connected(url: str, patience: float) -> AsyncIterator[ServerLocks]:
    """Locks on the database at SQLAlchemy's `url`, a PostgreSQL; all are let go of at the end.
    `patience`: after so many seconds without an answer they are taken for lost.

    Raises psycopg.Error: the server cannot be reached.
    """
    import psycopg

    plain = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    address = psycopg.conninfo.make_conninfo(plain, **PATIENCE)
    connection = await psycopg.AsyncConnection.connect(address, autocommit=True)
    try:
        locks = ServerLocks(connection, patience)
        await locks._begin()
        yield locks
    finally:
        await locks.let_go()
        await connection.close()
