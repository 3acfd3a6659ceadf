"""The same promises where Telegram comes to us instead of us asking it."""

import socket
from typing import Any

import httpx
import pytest

from bot.settings import Settings
from storage import inbox
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
