"""The same promises where Telegram comes to us instead of us asking it."""

import asyncio
import socket
from typing import Any

import httpx
import pytest
from structlog.testing import capture_logs

from bot.config.settings import Settings
from storage import inbox
from tests.channels.telegram.test_inbox import MISSHAPEN, PINNED
from tests.client import Town

SECRET = "only-telegram-knows"


@pytest.fixture
def settings(settings: Settings) -> Settings:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    webhook = {
        "mode": "webhook",
        "webhook_url": f"http://127.0.0.1:{port}/telegram",  # in earnest: https, by a proxy
        "webhook_listen": "127.0.0.1",
        "webhook_port": port,
        "webhook_secret": SECRET,
    }
    return settings.model_copy(update={"telegram": settings.telegram.model_copy(update=webhook)})


async def test_people_are_answered_and_repeats_dropped(town: Town) -> None:
    lan, an = await town.person("Lan"), await town.person("An")
    await lan.send("/start")
    await an.send("/start")
    before = lan.messages, an.messages
    await town.replay(list(town.sandbox.world.updates.history) * 5)
    assert (lan.messages, an.messages) == before
    assert len(lan.cards) == 1


async def test_only_who_knows_the_secret_is_let_in(town: Town) -> None:
    url = town.settings.telegram.webhook_url
    before = await town.state()
    async with httpx.AsyncClient() as stranger:
        for headers in ({}, {"X-Telegram-Bot-Api-Secret-Token": "guessed"}):
            answer = await stranger.post(url, json={"update_id": 1}, headers=headers)
            assert answer.status_code == 403
    await town.settle()
    assert (await town.state())["calls"] == before["calls"]


async def test_what_could_not_be_stored_is_delivered_again(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    lan, failures, remember = await town.person("Lan"), [1], inbox.remember

    async def at_first_full(*given: Any, **named: Any) -> bool:
        if failures:
            failures.pop()
            raise OSError("no space left on device")
        return await remember(*given, **named)

    monkeypatch.setattr(inbox, "remember", at_first_full)
    await lan.send("/start")  # Telegram waits a second before it comes again
    assert not failures
    assert len(lan.cards) == 1


async def delivered(town: Town, body: bytes, secret: str = SECRET) -> int:
    """The status that an update is answered with."""
    headers = {"X-Telegram-Bot-Api-Secret-Token": secret.encode("latin-1")}
    async with httpx.AsyncClient() as telegram:
        url = town.settings.telegram.webhook_url
        return (await telegram.post(url, content=body, headers=headers)).status_code


@pytest.mark.parametrize("shape", [PINNED, MISSHAPEN])
async def test_an_update_that_is_hard_to_read_is_taken_once_and_holds_up_nobody(
    town: Town, shape: dict[str, Any]
) -> None:
    an = await town.person("An")
    before = len(an.cards)
    town.sandbox.world.updates.add("message", shape)
    await an.send("/start")
    assert len(an.cards) == before + 1
    assert "last_error_message" not in town.sandbox.world.updates.webhook


@pytest.mark.parametrize(
    "body", [b"ch\xe1\xbb\x8b Lan", b"\xff", b"[]", b'{"update_id": "x"}', b"[" * 100_000]
)
async def test_what_is_no_update_is_refused_and_its_words_are_not_logged(
    town: Town, body: bytes
) -> None:
    with capture_logs() as logged:
        assert await delivered(town, body) == 400
    (line,) = logged
    assert set(line) == {"event", "error", "log_level"}


async def test_a_secret_of_strange_letters_is_a_wrong_one(town: Town) -> None:
    assert await delivered(town, b"{}", "\xe9") == 403


async def test_setting_the_webhook_is_tried_until_it_succeeds(town: Town) -> None:
    lan = await town.person("Lan")
    await town.stop()
    for kind in ("502", "404", "drop"):
        await town.fault("setWebhook", kind)
    await town.start()
    await lan.send("/start")
    assert lan.cards
    for _ in range(1000):  # only a broken program is ever waited for this long
        if town.program.fetching.works():
            break
        await asyncio.sleep(0.01)
    assert town.program.fetching.works()
