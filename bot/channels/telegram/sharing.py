"""Telegram's limit on messages a second, shared by several programs that send by one bot.

Each says every second how much it would send; by the same numbers each reckons everybody's share.
What a program says lasts as long as its connection: who dies leaves its share to the others.
"""

import asyncio
from collections.abc import Mapping

import structlog

from bot.channels.telegram.rate_limit import LaneLimiter
from storage.locks import ServerLocks

SHARING_SECONDS = 1.0
LEAST_SHARE = 3  # messages a second for each program, whatever the others send

log = structlog.get_logger()


async def share_limit(limiter: LaneLimiter, locks: ServerLocks) -> None:
    """Until cancelled: keep to this program's share."""
    limiter.limit(LEAST_SHARE)
    while True:
        try:
            await locks.say(limiter.demand)
            share = share_of(locks.holder, await locks.words(), limiter.per_second)
            limiter.limit(share)
        except Exception as error:  # the connection: the watch over it ends the program
            log.debug("limit.not_shared", error=type(error).__name__)
        await asyncio.sleep(SHARING_SECONDS)


def share_of(run: int, demands: Mapping[int, int], total: int) -> int:
    """What one of several programs may send in a second, by what each would: everybody a little at
    once, the rest to whoever needs it, evenly where it does not suffice. All shares together are no
    more than `total`.
    """
    count = max(1, len(demands))
    least = min(LEAST_SHARE, total // count)
    left = total - least * count
    shares = {}
    for place, (other, demand) in enumerate(sorted(demands.items(), key=lambda d: (d[1], d[0]))):
        extra = min(max(0, demand - least), left // (count - place))
        shares[other] = least + extra
        left -= extra
    return shares.get(run, least) + left // count
