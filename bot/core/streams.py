"""What the program does by itself about rows, and how: one batch in one transaction.

A stream's rows know when something about them is due next (`remind_at`). Nothing due: nothing is
written. One row that cannot be handled holds up no other.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import structlog
from sqlalchemy import ColumnElement
from sqlalchemy.exc import OperationalError
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.core.work import Work
from storage import due

log = structlog.get_logger()

RETRY = timedelta(minutes=10)  # after a failure; nothing else waits for it

Batch = Callable[[AsyncSession, Work, Sequence[Any], datetime], Awaitable[None]]
Keyed = Callable[[AsyncSession, Sequence[int]], Awaitable[None]]


@dataclass(frozen=True)
class Stream:
    """Reminders of one kind.

    `waits` says which rows of `model` can still have one due. `batch` gets the rows that are due,
    locked, does what is due about each and sets its next `remind_at`: after `now`, or None.
    """

    name: str
    model: type[Any]
    waits: ColumnElement[bool]
    batch: Batch
    size: int = 200

    async def ensure(self, work: Work, now: datetime) -> None:
        """Everything that is due by now, once each. Safe to call any time."""
        before: Sequence[int] = ()
        while (keys := await self._due(work, now)) and keys != before:  # else another has them
            await self._do(work, keys, now)
            before = keys

    async def next_due(self, work: Work) -> datetime | None:
        """When the next of all is due."""
        async with work.read() as session:
            return await due.earliest(session, self.model, self.waits)

    async def _due(self, work: Work, now: datetime) -> Sequence[int]:
        async with work.read() as session:
            return await due.ids(session, self.model, self.waits, now, self.size)

    async def _do(self, work: Work, keys: Sequence[int], now: datetime) -> None:
        async def batch(session: AsyncSession, keys: Sequence[int]) -> None:
            if rows := await due.locked(session, self.model, self.waits, now, keys):
                await self.batch(session, work, rows, now)

        for key in await do_apart(work, self.name, keys, batch):
            async with work.write() as session:
                await due.postpone(session, self.model, key, now, now + RETRY)


@dataclass(frozen=True)
class Chore:
    """What is looked for at every tick, for no column says when it is due.

    `ensure` says whether there was anything to do.
    """

    name: str
    ensure: Callable[[Work, datetime], Awaitable[bool]]


class Lookout:
    """Asks all streams at once what is due: between two ticks that is hardly ever anything."""

    def __init__(self, streams: Sequence[Stream | Chore]) -> None:
        self._streams = tuple(stream for stream in streams if isinstance(stream, Stream))
        kinds = [(stream.model, stream.waits) for stream in self._streams]
        self._whether, self._earliest = due.asks_whether_due(kinds), due.asks_for_earliest(kinds)

    async def due(self, session: AsyncSession, now: datetime) -> set[str]:
        """The names of the streams that have something to do."""
        row = (await session.exec(self._whether, params={"now": now})).one()
        return {stream.name for stream, is_due in zip(self._streams, row, strict=True) if is_due}

    async def earliest(self, session: AsyncSession) -> dict[str, datetime]:
        """Name -> when the next of that stream is due; without those that wait for nothing."""
        row = (await session.exec(self._earliest)).one()
        return {stream.name: at for stream, at in zip(self._streams, row, strict=True) if at}


async def do_apart(work: Work, name: str, keys: Sequence[int], batch: Keyed) -> list[int]:
    """`batch` in one transaction; where that fails, for each row in one of its own. Returns those
    that still failed, which are logged. Raises where the database is away or busy: no row's fault.
    """
    try:
        async with work.write() as session:
            await batch(session, keys)
    except OperationalError:
        raise
    except Exception as error:
        log.warning("stream.batch_failed", stream=name, rows=len(keys), error=type(error).__name__)
    else:
        return []
    bad = []
    for key in keys:
        try:
            async with work.write() as session:
                await batch(session, [key])
        except OperationalError:
            raise
        except Exception:
            log.exception("stream.row_failed", stream=name, id=key)
            bad.append(key)
    return bad
