"""From a receipt to the mailbox it stands for, slowly; and the wait after wrong tries.

The receipt itself is kept nowhere. Its mailbox is Argon2id of it: 64 MB and about a fifth of a
second a try. The salt is the same for all, for there is no name to look one up by; a mailbox in
the database stands only under a keyed hash, so without the key nothing can be tried on a copy.
"""

import asyncio
from collections.abc import Awaitable, Callable

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from bot.cases.rules.receipts import delay, space_of
from bot.core.clock import Clock
from bot.core.errors import Refused
from bot.core.work import Work
from storage import concerns
from storage.coarse import hour_of

MEMORY_KIB, PASSES = 64 * 1024, 2
MAILBOX_BYTES = 20
AT_ONCE = 2  # derivations side by side: they take memory and a core each
WAITING_AT_ONCE = 4  # tries that are made to wait; more of them wait for these
MOST_WAITING = 60  # tries that may wait at all
TOO_BUSY = "Lúc này có nhiều người cùng xem. Mời anh/chị thử lại sau ít phút."
_SALT = b"satcoso receipt 1"
_WRONG = "receipt"  # what is counted in the hour


def derived(receipt: str) -> str:
    """The id of the worker's address. Takes a core for a while: not in the event loop."""
    kdf = Argon2id(
        salt=_SALT, length=MAILBOX_BYTES, iterations=PASSES, lanes=1, memory_cost=MEMORY_KIB
    )
    return kdf.derive(receipt.encode()).hex()


class Receipts:
    """One for the program. `sleep`: how the wait is waited."""

    def __init__(self, work: Work, clock: Clock) -> None:
        self._work, self._clock = work, clock
        self._deriving, self._waiting = (
            asyncio.Semaphore(AT_ONCE),
            asyncio.Semaphore(WAITING_AT_ONCE),
        )
        self._tries = 0
        self.sleep: Callable[[float], Awaitable[None]] = asyncio.sleep

    async def mailbox(self, receipt: str) -> str:
        """The id of its address, whether or not anybody has it."""
        async with self._deriving:
            return await asyncio.to_thread(derived, receipt)

    async def wait_before(self, receipt: str) -> None:
        """What wrong tries before cost this one, before it is known whether it is right.

        Raises Refused: more tries wait than anybody's patience holds.
        """
        hour = hour_of(self._clock.now())
        async with self._work.read() as session:
            in_space = await concerns.tallied(session, self._space(receipt), _WRONG, hour)
            over_all = await concerns.tallied(session, self._every, _WRONG, hour)
        if not (seconds := delay(in_space, over_all)):
            return
        if self._tries >= MOST_WAITING:
            raise Refused(TOO_BUSY)
        self._tries += 1
        try:
            async with self._waiting:
                await self.sleep(seconds)
        finally:
            self._tries -= 1

    async def wrong(self, receipt: str) -> None:
        """Nobody has it: counted, in every program behind the address."""
        hour = hour_of(self._clock.now())
        async with self._work.write() as session:
            await concerns.tally(session, self._space(receipt), _WRONG, hour)
            await concerns.tally(session, self._every, _WRONG, hour)

    def _space(self, receipt: str) -> str:
        return self._work.vault.look(f"web:receipts:{space_of(receipt)}")

    @property
    def _every(self) -> str:
        return self._work.vault.look("web:receipts")
