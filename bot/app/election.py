"""Which of several programs on one database does what only one may: the schedule, sending what is
owed, files, backups.

It is whoever has PostgreSQL's lock, until its end: who loses the lock has lost the connection, and
with that the whole program stops (`bot.cli.lock`).
"""

import asyncio

import structlog

from storage.locks import LEADER, ServerLocks

TRY_SECONDS = 2.0
# Who led before and is only cut off has stopped by then: it notices within 8 seconds, and what it
# was sending is given 5 more.
SETTLED_SECONDS = 5.0

log = structlog.get_logger()


class Election:
    """`leads`: this program is the one. Without `locks` it is alone, and leads from the start."""

    def __init__(self, locks: ServerLocks | None) -> None:
        self._locks = locks
        self.leads = locks is None
        self.woken = asyncio.Event()  # when something may have become due for this program

    async def won(self) -> None:
        """Return when this program is the one."""
        while self._locks and not self.leads:
            try:
                self.leads = await self._locks.lock(LEADER)
            except Exception as error:  # the connection: the watch over it ends the program
                log.debug("election.failed", error=type(error).__name__)
            if not self.leads:
                await asyncio.sleep(TRY_SECONDS)
        log.info("election.won", run=self._locks.holder if self._locks else 0)
        self.woken.set()
