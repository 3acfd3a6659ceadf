"""Telegram's limits are kept, and the most pressing goes first; time is a fake."""

import asyncio
import random
from collections import Counter, defaultdict
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from telegram.error import NetworkError, RetryAfter

from bot.channels.telegram.rate_limit import (
    CHAT_BURST,
    CHAT_PER_SECOND,
    MAX_TRIES,
    PER_SECOND,
    SEVERAL,
    TOGETHER_SECONDS,
    AnySecond,
    Bucket,
    LaneLimiter,
)
from storage.enums import Lane
from tests.channels.telegram.virtual_time import run


class Line:
    """Calls through one limiter, with the second each went out."""

    def __init__(self) -> None:
        self.limiter = LaneLimiter()
        self.start = asyncio.get_running_loop().time()
        self.went: list[tuple[float, Any]] = []
        self.trouble: list[Exception] = []

    def now(self) -> float:
        return round(asyncio.get_running_loop().time() - self.start, 2)

    async def call(
        self, name: Any, chat: int | None, lane: int | None = None, endpoint: str = "sendMessage"
    ) -> Any:
        async def go() -> Any:
            self.went.append((self.now(), name))
            if self.trouble:
                raise self.trouble.pop(0)
            return name

        data = {} if chat is None else {"chat_id": chat}
        return await self.limiter.process_request(go, (), {}, endpoint, data, lane)

    @property
    def names(self) -> list[Any]:
        return [name for _, name in self.went]

    @property
    def times(self) -> list[float]:
        return [at for at, _ in self.went]


def test_one_chat_gets_a_few_at_once_and_then_one_a_second(monkeypatch):
    async def scene() -> None:
        line = Line()
        await asyncio.gather(*(line.call(n, chat=7) for n in range(8)))
        assert line.names == list(range(8))
        assert line.times == pytest.approx([0, 0, 0, 0, 0, 1, 2, 3], abs=0.2)

    run(monkeypatch, scene())


def test_all_chats_together_stay_under_the_limit_and_close_to_it(monkeypatch):
    async def scene() -> None:
        line = Line()
        await asyncio.gather(*(line.call(n, chat=n) for n in range(300)))
        assert 0.97 * 300 / PER_SECOND <= line.times[-1] <= 300 / PER_SECOND

    run(monkeypatch, scene())


def test_no_second_ever_holds_more_than_thirty(monkeypatch):
    async def scene() -> None:
        line = Line()
        await asyncio.sleep(60)  # rested: whatever it may hold is there
        await asyncio.gather(*(line.call(n, chat=n) for n in range(200)))
        fullest = max(
            sum(start <= other < start + 0.999 for other in line.times) for start in line.times
        )
        assert fullest <= 30

    run(monkeypatch, scene())


@pytest.mark.parametrize("per_second", [1, 7, 30, 1000])
def test_however_long_calls_are_under_way_no_second_of_telegrams_holds_more(
    monkeypatch, per_second
):
    """Telegram counts a call when it gets there, be that late or soon."""
    arrived: list[float] = []

    async def scene() -> None:
        chance, now = random.Random(per_second), asyncio.get_running_loop().time
        limiter = LaneLimiter(per_second)

        async def call(there: float, back: float) -> None:
            await asyncio.sleep(there)
            arrived.append(now())
            await asyncio.sleep(back)

        calls = [(0.02 + chance.expovariate(20), 0.02 + chance.expovariate(20)) for _ in range(300)]
        await asyncio.gather(
            *(
                limiter.process_request(call, way, {}, "sendMessage", {"chat_id": n}, None)
                for n, way in enumerate(calls)
            )
        )

    run(monkeypatch, scene())
    fullest = max(sum(start <= at < start + 1 for at in arrived) for start in arrived)
    assert fullest <= per_second


@pytest.mark.wide
@pytest.mark.parametrize("per_second", [30, 1000])
def test_a_bot_that_pays_sends_as_much_as_it_may(monkeypatch, per_second):
    async def scene() -> None:
        line = Line()
        line.limiter = LaneLimiter(per_second)
        await asyncio.gather(*(line.call(n, chat=n) for n in range(3000)))
        assert 0.95 <= line.now() / (3000 / per_second) <= 1.03

    run(monkeypatch, scene())


@pytest.mark.parametrize(("way", "ideal"), [(0.05, 1.02), (0.5, 1.09), (5.0, 2.5)])
def test_a_long_but_steady_way_costs_little(monkeypatch, way, ideal):
    """Only where it is longer than Telegram can be believed to take."""

    async def scene() -> None:
        line = Line()

        async def call() -> None:
            await asyncio.sleep(way)

        await asyncio.gather(
            *(
                line.limiter.process_request(call, (), {}, "sendMessage", {"chat_id": n}, None)
                for n in range(600)
            )
        )
        assert line.now() <= ideal * 600 / PER_SECOND + way

    run(monkeypatch, scene())


def test_calls_without_an_answer_do_not_close_the_gate_for_good(monkeypatch):
    async def scene() -> None:
        line, never = Line(), asyncio.Event()
        hanging = [
            asyncio.create_task(
                line.limiter.process_request(never.wait, (), {}, "sendMessage", {"chat_id": n}, 3)
            )
            for n in range(2 * PER_SECOND)
        ]
        await asyncio.sleep(5)
        await line.call("answer", chat=99)
        assert line.now() < 6
        for task in hanging:
            task.cancel()

    run(monkeypatch, scene())


@pytest.mark.wide
@given(st.lists(st.tuples(st.floats(0, 1), st.floats(0, 3)), min_size=1, max_size=40))
def test_any_second_forgets_what_is_over_and_nothing_else(calls):
    second, now, under_way = AnySecond(3), 0.0, []
    for pause, way in calls:
        now += pause
        for end, call in [*under_way]:
            if end <= now:
                second.leave(call, end)
                under_way.remove((end, call))
        if second.wait(now) == 0:
            under_way.append((now + way, second.enter(now)))
    assert second.wait(now + 10) == 0


def test_a_busy_chat_does_not_hold_up_the_others(monkeypatch):
    async def scene() -> None:
        line = Line()
        busy = [asyncio.create_task(line.call("busy", chat=7, lane=Lane.URGENT)) for _ in range(20)]
        await asyncio.sleep(0)
        await asyncio.gather(*(line.call("other", chat=n) for n in range(100, 120)))
        assert line.now() < 1
        await asyncio.gather(*busy)

    run(monkeypatch, scene())


def test_what_waits_goes_out_by_lane_and_then_by_age(monkeypatch):
    async def scene() -> None:
        line = Line()
        await asyncio.gather(*(line.call("first", chat=n) for n in range(int(PER_SECOND))))
        line.went.clear()
        lanes = [Lane.BROADCAST, Lane.REMINDER, Lane.NOTICE, None, Lane.URGENT]
        calls = [
            line.call(
                (Lane.ANSWER if lane is None else lane, n), chat=1000 + 100 * k + n, lane=lane
            )
            for k, lane in enumerate(lanes)
            for n in range(10)
        ]
        await asyncio.gather(*calls)
        assert line.names == sorted(line.names)

    run(monkeypatch, scene())


def test_an_answer_overtakes_a_broadcast_that_is_under_way(monkeypatch):
    async def scene() -> None:
        line = Line()
        broadcast = [
            asyncio.create_task(line.call("broadcast", chat=n, lane=Lane.BROADCAST))
            for n in range(500)
        ]
        await asyncio.sleep(5)
        asked = line.now()
        await line.call("answer", chat=7777)
        assert line.now() - asked < 0.1
        await asyncio.gather(*broadcast)

    run(monkeypatch, scene())


@pytest.mark.parametrize("endpoint", ["getUpdates", "answerCallbackQuery", "getFile"])
def test_what_telegram_does_not_count_never_waits(monkeypatch, endpoint):
    async def scene() -> None:
        line = Line()
        line.limiter._close(RetryAfter(60), None)
        await asyncio.gather(*(line.call(n, chat=7, endpoint=endpoint) for n in range(50)))
        assert line.now() == 0

    run(monkeypatch, scene())


def test_after_a_429_only_its_chat_pauses_and_the_call_is_repeated(monkeypatch):
    async def scene() -> None:
        line = Line()
        line.trouble = [RetryAfter(35)]
        refused = asyncio.create_task(line.call("refused", chat=1))
        await asyncio.sleep(0.1)
        await asyncio.gather(*(line.call(n, chat=n) for n in range(2, 12)))
        assert line.now() < 1
        assert await refused == "refused"
        assert line.times[-1] == pytest.approx(35, abs=0.1)
        assert Counter(line.names)["refused"] == 2

    run(monkeypatch, scene())


def test_when_several_chats_are_refused_at_a_time_everything_pauses(monkeypatch):
    async def scene() -> None:
        line = Line()
        line.trouble = [RetryAfter(10) for _ in range(SEVERAL)]
        refused = [asyncio.create_task(line.call("refused", chat=n)) for n in range(SEVERAL)]
        await asyncio.sleep(0.5)
        await asyncio.gather(*(line.call(n, chat=n) for n in range(100, 105)), *refused)
        assert min(line.times[SEVERAL:]) == pytest.approx(10, abs=0.2)

    run(monkeypatch, scene())


def test_chats_refused_one_after_another_close_nobody_else(monkeypatch):
    async def scene() -> None:
        line = Line()
        refused = []
        for chat in range(SEVERAL + 2):
            line.trouble = [RetryAfter(300)]
            refused.append(asyncio.create_task(line.call("refused", chat=chat)))
            await asyncio.sleep(TOGETHER_SECONDS)
        start = line.now()
        await line.call("other", chat=100)
        assert line.now() - start < 0.1
        await asyncio.gather(*refused)

    run(monkeypatch, scene())


def test_one_chat_refused_again_and_again_closes_nobody_else(monkeypatch):
    async def scene() -> None:
        line = Line()
        for n in range(2 * SEVERAL):
            line.limiter._close(RetryAfter(60), 1)
            start = line.now()
            await line.call("other", chat=100 + n)
            assert line.now() - start < 0.1

    run(monkeypatch, scene())


@pytest.mark.parametrize("lane", list(Lane))
def test_what_can_come_again_later_does_not_wait_for_a_closed_chat(monkeypatch, lane):
    async def scene() -> None:
        line = Line()
        line.limiter._close(RetryAfter(35), 1)
        with pytest.raises(RetryAfter) as busy:
            await line.call("owed", chat=1, lane=lane)
        assert busy.value.retry_after == 35
        assert (line.now(), line.names) == (0, [])
        assert await line.call("answer", chat=1) == "answer"
        assert line.now() == pytest.approx(35, abs=0.1)

    run(monkeypatch, scene())


def test_what_waited_in_line_when_its_chat_was_closed_comes_again_later_too(monkeypatch):
    async def scene() -> None:
        line = Line()
        calls = [line.call(n, chat=1, lane=Lane.NOTICE) for n in range(8)]
        waiting = [asyncio.create_task(call) for call in calls]
        await asyncio.sleep(0.5)
        line.limiter._close(RetryAfter(35), 1)
        results = await asyncio.gather(*waiting, return_exceptions=True)
        assert sum(isinstance(result, RetryAfter) for result in results) == 3
        assert line.now() < 2

    run(monkeypatch, scene())


def test_a_short_pause_is_waited_for_by_all(monkeypatch):
    async def scene() -> None:
        line = Line()
        line.limiter._close(RetryAfter(3), 1)
        assert await line.call("owed", chat=1, lane=Lane.REMINDER) == "owed"
        assert line.now() == pytest.approx(3, abs=0.1)

    run(monkeypatch, scene())


def test_a_request_that_ends_meanwhile_does_not_reopen_the_gate(monkeypatch):
    async def scene() -> None:
        line, slow = Line(), asyncio.Event()

        async def long_call() -> None:
            await slow.wait()

        ending = asyncio.create_task(
            line.limiter.process_request(long_call, (), {}, "sendMessage", {"chat_id": 3}, None)
        )
        await asyncio.sleep(0)
        line.limiter._close(RetryAfter(30), None)
        slow.set()
        await ending
        await line.call("next", chat=4)
        assert line.now() >= 30

    run(monkeypatch, scene())


def test_after_several_429s_the_caller_hears_of_it(monkeypatch):
    async def scene() -> None:
        line = Line()
        line.trouble = [RetryAfter(2) for _ in range(MAX_TRIES)]
        with pytest.raises(RetryAfter):
            await line.call("refused", chat=1)
        assert len(line.went) == MAX_TRIES
        assert await line.call("later", chat=1) == "later"

    run(monkeypatch, scene())


def test_other_troubles_are_not_repeated_here(monkeypatch):
    async def scene() -> None:
        line = Line()
        line.trouble = [NetworkError("reset")]
        with pytest.raises(NetworkError):
            await line.call("refused", chat=1)
        assert len(line.went) == 1

    run(monkeypatch, scene())


def test_somebody_who_gives_up_waiting_leaves_the_line(monkeypatch):
    async def scene() -> None:
        line = Line()
        for _ in range(int(CHAT_BURST)):
            await line.call("first", chat=7)
        waiting = asyncio.create_task(line.call("impatient", chat=7, lane=Lane.URGENT))
        await asyncio.sleep(0.1)
        waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)
        await asyncio.gather(*(line.call("other", chat=n) for n in range(100, 150)))
        assert line.now() < 3
        assert "impatient" not in line.names

    run(monkeypatch, scene())


@given(
    st.lists(
        st.tuples(st.floats(0, 20), st.integers(1, 3), st.sampled_from([None, *Lane])),
        min_size=1,
        max_size=60,
    )
)
@settings(max_examples=60, deadline=None)
def test_no_chat_ever_gets_more_than_its_share(calls):
    async def scene() -> None:
        line = Line()

        async def later(pause: float, chat: int, lane: int | None) -> None:
            await asyncio.sleep(pause)
            await line.call(chat, chat, lane)

        await asyncio.gather(*(later(*call) for call in calls))
        assert len(line.went) == len(calls)
        times: dict[int, list[float]] = defaultdict(list)
        for at, chat in line.went:
            times[chat].append(at)
        for found in times.values():
            for first in range(len(found)):
                for last in range(first, len(found)):
                    passed = found[last] - found[first]
                    assert last - first + 1 <= CHAT_BURST + CHAT_PER_SECOND * passed + 1.05

    with pytest.MonkeyPatch.context() as monkeypatch:
        run(monkeypatch, scene())


@given(st.lists(st.floats(0, 5), min_size=1, max_size=50))
def test_a_bucket_never_gives_more_than_its_size_and_its_rate(pauses):
    bucket, now, taken = Bucket(2.0, 3.0, 0.0), 0.0, 0
    for pause in pauses:
        now += pause
        if bucket.wait(now) == 0:
            bucket.take()
            taken += 1
    assert taken <= 3 + 2 * now
