"""Three hundred reminders at once against a strict limit: no 429 of our own."""

from time import monotonic

import pytest
from telegram.ext import ExtBot
from telegram.request import HTTPXRequest

from bot.channels.outbox import Dispatcher
from bot.channels.telegram import rate_limit
from bot.channels.telegram.addresses import address_of
from bot.channels.telegram.rate_limit import LaneLimiter
from bot.channels.telegram.sending import TelegramSender
from bot.sandbox.app import create_app
from bot.sandbox.errors import too_many
from bot.sandbox.serving import serve
from storage import outbox
from storage.addresses import TELEGRAM
from storage.enums import Lane
from storage.models import OutboxMessage, Person
from storage.people import address_row
from storage.store import Store
from tests import cast

REMINDERS = 300
IDEAL_SECONDS = REMINDERS / rate_limit.PER_SECOND  # the floor
TOKEN = "123456:sandbox"


async def owe(store: Store) -> None:
    async with store.write() as session:
        session.add_all(
            Person(id=n, name=f"Cán bộ {n}", folded="", joined_at=cast.MONDAY)
            for n in range(1, REMINDERS + 1)
        )
        await session.flush()
        session.add_all(address_row(n, address_of(1000 + n)) for n in range(1, REMINDERS + 1))
        await outbox.add_all(
            session,
            [
                OutboxMessage(
                    dedupe_key=f"remind:{n}",
                    person_id=n,
                    lane=Lane.REMINDER,
                    text="Đồng chí chưa hẹn ngày đi cơ sở.",
                    not_before=cast.MONDAY,
                    created_at=cast.MONDAY,
                )
                for n in range(1, REMINDERS + 1)
            ],
        )


@pytest.mark.bench
async def test_three_hundred_reminders_go_out_near_the_ideal_time(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    await owe(store)
    moments: list[float] = []
    refused: list[int] = []

    async with serve(create_app(None, TOKEN)) as served:
        world = served.world

        def strict(chat_id: int, cost: float) -> None:
            """Thirty in any second, as Telegram says; the sandbox itself allows a burst."""
            now = monotonic()
            lately = sum(now - at < 1 for at in moments)
            moments.append(now)
            if lately >= 30:
                refused.append(chat_id)
                raise too_many(1)

        monkeypatch.setattr(world.limits, "take", strict)
        for n in range(1, REMINDERS + 1):
            world.people.put({"id": 1000 + n, "first_name": f"Cán bộ {n}", "started": True})
        bot: ExtBot[int] = ExtBot(
            TOKEN,
            base_url=f"{served.url}/bot",
            request=HTTPXRequest(connection_pool_size=64, pool_timeout=30),
            rate_limiter=LaneLimiter(),
        )
        async with bot:
            dispatcher = Dispatcher(
                store, cast.clock_at(cast.MONDAY), {TELEGRAM: TelegramSender(bot)}, cast.VAULT
            )
            start = monotonic()
            sent = await dispatcher.drain()
            duration = monotonic() - start

    fullest = max(sum(start <= at < start + 1 for at in moments) for start in moments)
    print(
        f"\n{sent} reminders in {duration:.1f} s; floor {IDEAL_SECONDS:.1f} s, ratio "
        f"{duration / IDEAL_SECONDS:.2f}; {len(refused)} refused by our own fault; "
        f"fullest second {fullest}"
    )
    assert sent == REMINDERS
    assert refused == []
    assert duration < 1.5 * IDEAL_SECONDS
