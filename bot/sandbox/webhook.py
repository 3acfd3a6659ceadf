"""Delivers updates to the bot's webhook, each until it is answered with 200.

As Telegram's own server does it: several at the same time, but the next of a chat only when the one
before is taken.
"""

import asyncio
import ssl
from functools import partial

import httpx

from bot.sandbox.errors import Json
from bot.sandbox.world import World

RETRY_AFTER = 1.0
ANSWER_WITHIN = 30.0
AT_ONCE = 40  # Telegram's default for max_connections
REPLAYS = "replays"


async def deliver(world: World) -> None:
    """Runs as long as the server; idle while no webhook is set."""
    while True:
        await world.updates.signal.wait(lambda: _due(world), 3600)
        if _due(world):
            await _deliver_to(world, world.updates.webhook)
        else:
            await asyncio.sleep(RETRY_AFTER)  # only when the server is closing


async def _deliver_to(world: World, hook: Json) -> None:
    """Everything that is due, until the webhook is changed."""
    try:
        trusted = ssl.create_default_context(cadata=hook.get("certificate"))
    except ssl.SSLError:
        trusted = ssl.create_default_context()
    busy: set[object] = set()  # chats of which one is on its way
    async with (
        httpx.AsyncClient(timeout=ANSWER_WITHIN, verify=trusted) as client,
        asyncio.TaskGroup() as deliveries,
    ):
        while _due(world) and world.updates.webhook is hook:
            for chat, update in _first_of_each_chat(world).items():
                if chat not in busy and len(busy) < AT_ONCE:
                    busy.add(chat)
                    deliveries.create_task(_deliver_one(client, world, (chat, update), busy))
            changed = partial(_fired_since, world, world.updates.signal.fired)
            if not await world.updates.signal.wait(changed, RETRY_AFTER):
                await asyncio.sleep(0.1)  # when the server is closing, nothing else waits


def _fired_since(world: World, fired: int) -> bool:
    return world.updates.signal.fired != fired


def _due(world: World) -> bool:
    return bool(world.updates.webhook.get("url")) and world.updates.waiting() > 0


def _first_of_each_chat(world: World) -> dict[object, Json]:
    """What may be on its way now; what is delivered again comes first, one by one."""
    if world.updates.replays:
        return {REPLAYS: world.updates.replays[0]}
    firsts: dict[object, Json] = {}
    for update in world.updates.pending.values():
        firsts.setdefault(_chat(update), update)
    return firsts


def _chat(update: Json) -> object:
    content = next((part for part in update.values() if isinstance(part, dict)), {})
    return content.get("message", content).get("chat", {}).get("id")


async def _deliver_one(
    client: httpx.AsyncClient, world: World, delivery: tuple[object, Json], busy: set[object]
) -> None:
    """Leaves the update where it is when the webhook did not take it."""
    (chat, update), updates, hook = delivery, world.updates, world.updates.webhook
    error = await _try(client, hook, update)
    if error:
        hook |= {"last_error_date": world.clock.timestamp(), "last_error_message": error}
        await asyncio.sleep(RETRY_AFTER)
    elif chat == REPLAYS:
        updates.replays.pop(0)
    else:
        updates.take_out(update["update_id"])
    busy.discard(chat)
    updates.signal.fire()


async def _try(client: httpx.AsyncClient, hook: Json, update: Json) -> str:
    secret = hook.get("secret_token")
    headers = {"X-Telegram-Bot-Api-Secret-Token": secret} if secret else {}
    try:
        response = await client.post(hook["url"], json=update, headers=headers)
    except httpx.HTTPError as error:
        return f"Connection failed: {type(error).__name__}"
    wrong = f"Wrong response from the webhook: {response.status_code} {response.reason_phrase}"
    return "" if response.status_code == 200 else wrong
