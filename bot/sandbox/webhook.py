"""Delivers updates to the bot's webhook, each until it is answered with 200."""

import asyncio
import ssl

import httpx

from bot.sandbox.errors import Json
from bot.sandbox.world import World

RETRY_AFTER = 1.0
ANSWER_WITHIN = 30.0


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
    async with httpx.AsyncClient(timeout=ANSWER_WITHIN, verify=trusted) as client:
        while _due(world) and world.updates.webhook is hook:
            if not await _post(client, world):
                await asyncio.sleep(RETRY_AFTER)


def _due(world: World) -> bool:
    return bool(world.updates.webhook.get("url")) and world.updates.waiting() > 0


async def _post(client: httpx.AsyncClient, world: World) -> bool:
    """Deliver the next update; False when the webhook did not take it."""
    updates, hook = world.updates, world.updates.webhook
    replayed = bool(updates.replays)
    update = updates.replays[0] if replayed else next(iter(updates.pending.values()))
    error = await _try(client, hook, update)
    if error:
        hook |= {"last_error_date": world.clock.timestamp(), "last_error_message": error}
        return False
    if replayed:
        updates.replays.pop(0)
        updates.signal.fire()
    else:
        updates.confirm(update["update_id"] + 1)
    return True


async def _try(client: httpx.AsyncClient, hook: Json, update: Json) -> str:
    secret = hook.get("secret_token")
    headers = {"X-Telegram-Bot-Api-Secret-Token": secret} if secret else {}
    try:
        response = await client.post(hook["url"], json=update, headers=headers)
    except httpx.HTTPError as error:
        return f"Connection failed: {type(error).__name__}"
    wrong = f"Wrong response from the webhook: {response.status_code} {response.reason_phrase}"
    return "" if response.status_code == 200 else wrong
