"""Updates reach the bot at least once, by polling or by webhook."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.sandbox import webhook
from bot.sandbox.world import World
from tests.sandbox.conftest import LAN, MINH, Client


async def texts(sandbox: Client, **params: Any) -> list[str]:
    return [update["message"]["text"] for update in await sandbox.updates(**params)]


async def test_updates_are_kept_until_a_higher_offset_confirms_them(sandbox: Client) -> None:
    for text in ("một", "hai", "ba"):
        await sandbox.post(f"/people/{LAN}/send", text=text)
    first = (await sandbox.updates(limit=1))[0]["update_id"]
    assert await texts(sandbox) == ["một", "hai", "ba"]
    assert await texts(sandbox, offset=first + 1) == ["hai", "ba"]
    assert await texts(sandbox, offset=-1) == ["ba"]
    assert await texts(sandbox) == ["ba"]


async def test_a_long_poll_ends_when_something_happens(sandbox: Client) -> None:
    poll = asyncio.create_task(texts(sandbox, timeout=50))
    await sandbox.get("/state", wait="polling", timeout=30)
    await sandbox.post(f"/people/{LAN}/send", text="chào")
    assert await poll == ["chào"]


async def test_a_second_poll_ends_the_first_with_a_conflict(sandbox: Client) -> None:
    poll = asyncio.create_task(sandbox.refused("getUpdates", timeout=50))
    await sandbox.get("/state", wait="polling", timeout=30)
    assert await sandbox.updates() == []
    code, description = await poll
    assert (code, description.split(":")[0]) == (409, "Conflict")


async def test_kinds_that_the_bot_does_not_want_are_not_queued(sandbox: Client) -> None:
    await sandbox.updates(allowed_updates=["callback_query"])
    await sandbox.post(f"/people/{LAN}/send", text="chào")
    assert await sandbox.updates() == []


async def test_old_updates_can_be_delivered_again_without_losing_new_ones(sandbox: Client) -> None:
    sent = await sandbox.post(f"/people/{LAN}/send", text="cũ")
    old = sent["update_ids"][0]
    await sandbox.updates(offset=old + 1)
    await sandbox.post(f"/people/{LAN}/send", text="mới")
    await sandbox.post("/updates/replay", update_ids=[old])
    assert await texts(sandbox, offset=old + 1) == ["cũ", "mới"]
    assert await texts(sandbox, offset=old + 1) == ["mới"]


async def test_an_unknown_update_cannot_be_replayed(sandbox: Client) -> None:
    answer = await sandbox.http.post("/sandbox/updates/replay", json={"update_ids": [1]})
    assert answer.status_code == 404


async def test_polling_is_refused_while_a_webhook_is_set(sandbox: Client) -> None:
    await sandbox.ok("setWebhook", url="https://127.0.0.1:1/hook")
    assert (await sandbox.refused("getUpdates"))[0] == 409
    await sandbox.ok("deleteWebhook")
    assert await sandbox.updates() == []


@asynccontextmanager
async def hook_server(statuses: list[int], taken: list[Any]) -> AsyncIterator[str]:
    """A bot's webhook that answers with these statuses, the last one for ever."""

    async def endpoint(request: Request) -> Response:
        secret = request.headers.get("X-Telegram-Bot-Api-Secret-Token")
        taken.append(((await request.json())["message"]["text"], secret))
        return Response(status_code=statuses.pop(0) if len(statuses) > 1 else statuses[0])

    from bot.sandbox import serve

    app = Starlette(routes=[Route("/hook", endpoint, methods=["POST"])])
    app.state.world = World(None, "1:x")
    async with serve(app) as served:
        yield f"{served.url}/hook"


async def test_the_webhook_gets_each_update_until_it_answers_200(
    sandbox: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(webhook, "RETRY_AFTER", 0)
    taken: list[Any] = []
    async with hook_server([500, 503, 200], taken) as url:
        await sandbox.ok("setWebhook", url=url, secret_token="bí-mật-x".encode().hex())
        await sandbox.post(f"/people/{LAN}/send", text="một")
        await sandbox.post(f"/people/{LAN}/send", text="hai")
        await sandbox.get("/state", wait="idle", timeout=30)
        await sandbox.ok("deleteWebhook")
    assert [text for text, _ in taken] == ["một", "một", "một", "hai"]
    assert {secret for _, secret in taken} == {"bí-mật-x".encode().hex()}


async def test_the_webhook_gets_one_chats_updates_in_order_while_others_do_not_wait(
    sandbox: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(webhook, "RETRY_AFTER", 0.05)
    taken: list[Any] = []
    async with hook_server([500, 200, 500, 500, 200], taken) as url:
        await sandbox.post(f"/people/{LAN}/send", text="một")
        await sandbox.post(f"/people/{MINH}/send", text="hai")
        await sandbox.post(f"/people/{LAN}/send", text="ba")
        await sandbox.ok("setWebhook", url=url)
        await sandbox.get("/state", wait="idle", timeout=30)
        await sandbox.ok("deleteWebhook")
    texts = [text for text, _ in taken]
    assert texts[:2] == ["một", "hai"], "the second chat does not wait for the first"
    assert texts[2:] == ["một"] * texts[2:].count("một") + ["ba"]


async def test_get_webhook_info_tells_what_went_wrong(
    sandbox: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(webhook, "RETRY_AFTER", 0)
    taken: list[Any] = []
    async with hook_server([500, 200], taken) as url:
        await sandbox.ok("setWebhook", url=url)
        await sandbox.post(f"/people/{LAN}/send", text="một")
        await sandbox.get("/state", wait="idle", timeout=30)
        info = await sandbox.ok("getWebhookInfo")
    assert (info["pending_update_count"], info["last_error_message"][:38]) == (
        0,
        "Wrong response from the webhook: 500 I",
    )
