"""Telegram's limit a second, shared by several programs."""

import asyncio
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.telegram import sharing
from bot.channels.telegram.rate_limit import LaneLimiter
from bot.channels.telegram.sharing import LEAST_SHARE, share_limit, share_of
from storage.locks import connected


@pytest.mark.parametrize(
    ("demands", "shares"),
    [
        ({1: 0}, {1: 30}),
        ({1: 0, 2: 0}, {1: 15, 2: 15}),
        ({1: 500, 2: 0}, {1: 27, 2: 3}),  # a broadcast beside nobody
        ({1: 500, 2: 10}, {1: 20, 2: 10}),  # beside people who are answered
        ({1: 500, 2: 400}, {1: 15, 2: 15}),
        ({1: 500, 2: 5, 3: 400}, {1: 13, 2: 5, 3: 12}),
    ],
)
def test_who_needs_more_gets_what_others_do_not_need(
    demands: Mapping[int, int], shares: Mapping[int, int]
) -> None:
    assert {run: share_of(run, demands, 30) for run in demands} == shares


@given(
    demands=st.dictionaries(st.integers(1, 2**31 - 1), st.integers(0, 5000), max_size=12),
    total=st.integers(30, 1000),
)
def test_all_together_send_no_more_than_one_would(demands: dict[int, int], total: int) -> None:
    shares = [share_of(run, demands, total) for run in demands]
    assert sum(shares) <= total
    assert all(share >= min(LEAST_SHARE, total // len(demands)) for share in shares)


def test_who_is_not_known_yet_sends_little() -> None:
    assert share_of(9, {1: 500}, 30) == LEAST_SHARE


async def test_a_share_shrinks_at_once_and_grows_when_others_have_had_the_time_to_shrink() -> None:
    limiter = LaneLimiter(30)
    sizes = []
    for share in (3, 27, 27, 10, 27, 27):
        limiter.limit(share)
        sizes.append(limiter._second.size)
    assert sizes == [3, 3, 27, 10, 10, 27]


async def test_programs_come_to_terms_and_the_share_of_one_that_ends_is_the_others(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sharing, "SHARING_SECONDS", 0.02)
    limiters = [LaneLimiter(30) for _ in range(2)]

    async def sizes(*wanted: int) -> None:
        async with asyncio.timeout(30):
            while tuple(limiter._second.size for limiter in limiters) != wanted:  # noqa: ASYNC110
                await asyncio.sleep(0.01)

    async with connected(postgres_url, 30) as a:
        async with connected(postgres_url, 30) as b:
            tasks = [
                asyncio.create_task(share_limit(limiter, locks))
                for limiter, locks in zip(limiters, (a, b), strict=True)
            ]
            await sizes(15, 15)
            monkeypatch.setattr(LaneLimiter, "demand", property(lambda self: self.wanted))
            limiters[0].wanted, limiters[1].wanted = 500, 0  # type: ignore[attr-defined]
            await sizes(27, 3)
            tasks[1].cancel()
            await asyncio.wait(tasks[1:])
        await sizes(30, 3)
        tasks[0].cancel()
        await asyncio.wait(tasks)
