"""The same promises where Telegram comes to us instead of us asking it."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from structlog.testing import capture_logs

from bot.channels.telegram import webhook
from bot.config.settings import Settings
from storage import inbox
from tests import cast
from tests.channels.telegram.test_inbox import MISSHAPEN, PINNED, Gate, written
from tests.client import Town
from tests.ports import free_port

SECRET = "only-telegram-knows"


@pytest.fixture
def settings(settings: Settings) -> Settings:
    port = free_port()
    hook = {
        "mode": "webhook",
        "webhook_url": f"http://127.0.0.1:{port}/telegram",  # in earnest: https, by a proxy
        "webhook_listen": "127.0.0.1",
        "webhook_port": port,
        "webhook_secret": SECRET,
    }
    return settings.model_copy(update={"telegram": settings.telegram.model_copy(update=hook)})


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


async def test_while_the_database_is_away_telegram_is_told_to_come_again(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def away(*_: Any) -> bool:
        raise OSError("connection refused")

    update = json.dumps(written(9_000_001, "việc")).encode()
    with monkeypatch.context() as broken:
        broken.setattr(inbox, "remember", away)
        assert await delivered(town, update) == 503
    assert await delivered(town, update) == 200
    assert await delivered(town, update) == 200  # known by now
    await town.settle()


@pytest.mark.parametrize("length_is_told", [True, False])
async def test_what_is_larger_than_any_update_is_not_read(
    town: Town, length_is_told: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(webhook, "LARGEST", 1000)

    async def pieces() -> AsyncIterator[bytes]:
        for _ in range(10):
            yield b"[" * 200

    async with httpx.AsyncClient() as telegram:
        answer = await telegram.post(
            town.settings.telegram.webhook_url,
            content=b"[" * 2000 if length_is_told else pieces(),
            headers={"X-Telegram-Bot-Api-Secret-Token": SECRET},
        )
    assert answer.status_code == 413


async def test_who_goes_away_in_the_middle_of_an_update_is_no_error(
    town: Town, caplog: pytest.LogCaptureFixture
) -> None:
    port = town.settings.telegram.webhook_port
    _, writer = await asyncio.open_connection("127.0.0.1", port)
    head = f"POST {webhook.PATH} HTTP/1.1\r\nHost: here\r\nContent-Length: 100\r\n"
    writer.write(f"{head}{webhook.SECRET}: {SECRET}\r\n\r\n{{".encode())
    await writer.drain()
    await (await town.person("An")).send("/start")  # turns for the server, before and after
    writer.close()
    await writer.wait_closed()
    await (await town.person("Lan")).send("/start")  # a turn for the server
    assert [record for record in caplog.records if record.levelname == "ERROR"] == []


async def test_nothing_but_a_post_is_answered_there(town: Town) -> None:
    async with httpx.AsyncClient() as stranger:
        for method in ("GET", "PUT", "DELETE", "HEAD"):
            answer = await stranger.request(method, town.settings.telegram.webhook_url)
            assert answer.status_code == 405


@pytest.mark.wide
async def test_updates_that_come_at_the_same_time_are_all_taken_and_each_chat_keeps_its_order(
    town: Town,
) -> None:
    gate = Gate(town)
    people, each = (cast.LAN, cast.AN), 10
    sent = [
        written(500 + len(people) * n + p, f"{one.name} {n}", one)
        for n in range(each)
        for p, one in enumerate(people)
    ]
    async with asyncio.TaskGroup() as chats:
        for one in people:
            chats.create_task(_bring(town, [u for u in sent if _of(u, one)]))
    await town.settle()
    for one in people:
        assert [t for t in gate.came if t.startswith(one.name)] == [
            f"{one.name} {n}" for n in range(each)
        ]


def _of(update: dict[str, Any], one: cast.Character) -> bool:
    return bool(update["message"]["from"]["id"] == one.telegram_id)


async def _bring(town: Town, updates: list[dict[str, Any]]) -> None:
    """As Telegram does it: the next of a chat when the one before is taken."""
    for update in updates:
        assert await delivered(town, json.dumps(update).encode()) == 200


async def test_who_asks_whether_the_program_is_there_is_answered(town: Town) -> None:
    """A balancer asks /livez: updates can be taken while the way to Telegram is closed."""
    url = town.settings.telegram.webhook_url.replace("/telegram", "")
    async with httpx.AsyncClient(base_url=url) as balancer:
        answer = await balancer.get("/livez")
        assert (answer.status_code, answer.text) == (200, "ok\n")
        town.program.health.ticked()
        assert (await balancer.get("/healthz")).json()["faults"] == []
        assert "satcoso_telegram_fetched 1" in (await balancer.get("/metrics")).text


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
