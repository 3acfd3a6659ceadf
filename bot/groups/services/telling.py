"""What linked groups hear: the week on Friday afternoon, and that there is an alert."""

from dataclasses import replace
from datetime import datetime

import structlog
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.cases.rules.early_warning import SignKind
from bot.cases.services.pressing import pressing_below
from bot.core.card import Card
from bot.core.work import Work
from bot.groups.cards import groups as cards
from bot.visits.services.digest import digest_time
from bot.visits.services.overview import at_top, gather
from storage import group_chats, outbox, visits
from storage.enums import Lane
from storage.models import Alert, GroupChat, OutboxMessage, Unit

log = structlog.get_logger()


async def ensure_digests(work: Work, now: datetime) -> None:
    """Owe the last week that was due a digest to every linked group, once; nothing for a week off,
    or where nothing was planned.
    """
    week = digest_time(work.settings).last(now, work.calendar)
    messages: list[OutboxMessage] = []
    async with work.read() as session:
        plan = await visits.week_plan(session, week.monday)
        if plan is None or plan.skipped:
            return
        by_unit: dict[int, Card | None] = {}
        for row, unit in await group_chats.every_linked(session):
            if row.unit_id not in by_unit:
                looking = await at_top(session, work, (unit.path,), week, now)
                facts = await gather(session, work, looking, now)
                facts = replace(facts, pressing=await pressing_below(session, (unit.path,), now))
                by_unit[row.unit_id] = cards.week(facts, unit) if facts.tally.planned else None
            if card := by_unit[row.unit_id]:
                messages.append(_message(work, row, card, f"digest:{week.key}", now))
    async with work.write() as session:
        await outbox.add_all(session, messages)
    log.info("groups.digest_owed", week=week.key, groups=len(messages))


async def tell_of_alert(session: AsyncSession, work: Work, alert: Alert, now: datetime) -> None:
    """Owe it to the groups of the unit that has to act; part of the alert's transaction."""
    rows = await group_chats.of_units(session, [alert.unit_id])
    if not rows:
        return
    unit = await session.get_one(Unit, alert.unit_id)
    card = cards.alert(SignKind(alert.key.rpartition(":")[2]), unit)
    messages = [_message(work, row, card, f"alert:{alert.id}", now) for row in rows]
    for message in messages:
        message.lane, message.not_before = Lane.URGENT, now
    await outbox.add_all(session, messages)


def _message(work: Work, row: GroupChat, card: Card, about: str, now: datetime) -> OutboxMessage:
    return OutboxMessage(
        dedupe_key=f"group:{row.id}:{about}",
        group_chat_id=row.id,
        text=card.text,
        not_before=work.calendar.next_speaking_moment(now),
        created_at=now,
    )
