"""SQLite's writing transactions, one after the other, with one wait for the disk for several.

Whoever writes while others wait for their turn leaves the transaction open for them: each has a
savepoint of its own in it, so that what fails takes nobody along, and all are told that they are
done when the disk has everything. Nobody waits for company: who is alone is committed at once.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from sqlite3 import ProgrammingError

from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.sqlite import Connection


class GroupCommit:
    """Gives sessions to write in."""

    def __init__(self, engine: AsyncEngine) -> None:
        """`engine`: its transactions are writing ones."""
        self._engine = engine
        self._turn = asyncio.Lock()  # first come, first served
        self._group: _Group | None = None

    @asynccontextmanager
    async def session(self) -> AsyncIterator[AsyncSession]:
        """Kept for good when the block is over, or nothing of it is and its error is raised."""
        opens = False
        try:
            async with self._turn:
                if self._group is None:
                    self._group, opens = await _Group.begin(self._engine), True
                group = self._group
                async with self._part_of(group) as session:
                    yield session
        finally:
            if opens:  # whoever waits by now is in line before it
                await asyncio.shield(self._close(group))
        await asyncio.shield(group.over)

    @asynccontextmanager
    async def _part_of(self, group: "_Group") -> AsyncIterator[AsyncSession]:
        try:
            async with (
                AsyncSession(
                    group.connection,
                    expire_on_commit=False,
                    join_transaction_mode="create_savepoint",
                ) as session,
                session.begin(),
            ):
                yield session
        except BaseException as error:
            if group.given_up:  # a full disk, say: the others' work is gone too
                group.fail(error)
                self._group = None
            raise

    async def _close(self, group: "_Group") -> None:
        async with self._turn:
            if self._group is group:
                self._group = None
            await group.commit()

    async def wait(self) -> None:
        """Until nothing is under way."""
        while self._group:  # noqa: ASYNC110 - whoever opened it closes it in the next turns
            await asyncio.sleep(0)
        async with self._turn:
            pass


class _Group:
    """One transaction of several writers."""

    def __init__(self, connection: AsyncConnection, raw: Connection) -> None:
        self.connection, self.raw = connection, raw
        self.over: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.over.add_done_callback(lambda over: over.cancelled() or over.exception())

    @classmethod
    async def begin(cls, engine: AsyncEngine) -> "_Group":
        connection = await engine.connect()
        try:
            await connection.begin()
            raw = (await connection.get_raw_connection()).driver_connection
        except BaseException:
            await connection.close()
            raise
        assert isinstance(raw, Connection)
        return cls(connection, raw)

    @property
    def given_up(self) -> bool:
        """Whether there is no transaction any more: the database ended it, or SQLAlchemy closed the
        connection because a writer was stopped in the middle of a statement."""
        try:
            return not self.raw.in_transaction
        except ProgrammingError:  # it is closed
            return True

    async def commit(self) -> None:
        """Everybody is told how it ended."""
        try:
            if not self.over.done():
                if self.given_up:
                    raise OperationalError("COMMIT", None, RuntimeError("it was rolled back"))
                await self.connection.commit()
        except BaseException as error:
            self.fail(error)
        finally:
            if not self.given_up:  # it failed
                self.raw.rollback()
            await self.connection.close()
        if not self.over.done():
            self.over.set_result(None)

    def fail(self, error: BaseException) -> None:
        """Nothing of what these writers did is kept."""
        if not self.over.done():
            self.over.set_exception(
                error if isinstance(error, Exception) else RuntimeError("stopped")
            )
