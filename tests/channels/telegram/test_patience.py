"""Which calls are tried again, how often, and for how long the chat waits meanwhile."""

import asyncio
from typing import Any

import httpx
import pytest
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter, TelegramError, TimedOut

from bot.channels.telegram.patience import MOST_SECONDS, PAUSES, PatientLimiter
from bot.channels.telegram.rate_limit import LaneLimiter
from storage.enums import Lane
from tests.channels.telegram import virtual_time

BUSY = NetworkError("Bad Gateway")


def unanswered() -> TelegramError:
    """Sent, and no answer in time."""
    error = TimedOut()
    error.__cause__ = httpx.ReadTimeout("")
    return error


def unreached() -> TelegramError:
    error = TimedOut()
    error.__cause__ = httpx.ConnectTimeout("")
    return error


async def tries(
    error: TelegramError, endpoint: str, lane: int | None = None, seconds: float = 0
) -> tuple[int, float]:
    """(calls, seconds) until a call that always fails is given up."""
    calls = 0

    async def call(*_: Any, **__: Any) -> None:
        nonlocal calls
        calls += 1
        await asyncio.sleep(seconds)
        raise error

    loop = asyncio.get_running_loop()
    begin = loop.time()
    with pytest.raises(type(error)):
        await PatientLimiter(LaneLimiter()).process_request(
            call, (), {}, endpoint, {"chat_id": 7}, lane
        )
    return calls, loop.time() - begin


@pytest.mark.parametrize(
    ("endpoint", "error", "calls"),
    [
        ("sendMessage", BUSY, 4),
        ("sendDocument", BUSY, 4),
        ("editMessageText", BUSY, 4),
        ("deleteMessage", BUSY, 4),
        ("sendMessage", unreached(), 4),
        ("sendMessage", unanswered(), 2),  # it may have arrived: once more is enough
        ("editMessageText", unanswered(), 4),  # the second time it says "not modified"
        ("sendMessage", BadRequest("can't parse entities"), 1),
        ("sendMessage", Forbidden("bot was blocked by the user"), 1),
        ("answerCallbackQuery", BUSY, 1),
        ("getMe", BUSY, 1),
    ],
)
def test_sends_and_edits_are_tried_again(
    monkeypatch: pytest.MonkeyPatch, endpoint: str, error: TelegramError, calls: int
) -> None:
    count, seconds = virtual_time.run(monkeypatch, tries(error, endpoint))
    assert count == calls
    assert seconds == pytest.approx(sum(PAUSES[: calls - 1]), abs=0.01)


def test_what_the_outbox_sends_is_repeated_by_the_outbox(monkeypatch: pytest.MonkeyPatch) -> None:
    assert virtual_time.run(monkeypatch, tries(BUSY, "sendMessage", Lane.NOTICE))[0] == 1


def test_a_pause_that_telegram_asks_for_is_the_limiters_business(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    plain = virtual_time.run(monkeypatch, tries(RetryAfter(1), "sendMessage", Lane.ANSWER))
    patient = virtual_time.run(monkeypatch, tries(RetryAfter(1), "sendMessage"))
    assert patient[0] == plain[0]


def test_no_try_begins_after_some_seconds(monkeypatch: pytest.MonkeyPatch) -> None:
    count, seconds = virtual_time.run(monkeypatch, tries(unreached(), "sendMessage", seconds=5))
    assert count == 2
    assert seconds < MOST_SECONDS + 5
