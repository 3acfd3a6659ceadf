"""Owing a card to somebody: when it may go out, in which lane, at most once."""

from datetime import datetime

from bot.core.card import Card
from bot.core.rules.calendar import Calendar
from storage.enums import Lane
from storage.models import OutboxMessage


def notice(
    calendar: Calendar,
    person_id: int,
    card: Card,
    key: str,
    now: datetime,
    *,
    lane: Lane = Lane.NOTICE,
    subject: str = "",
) -> OutboxMessage:
    """An outbox row for `storage.outbox.add`. Only urgent ones pass quiet hours and holidays.

    `key` names what the message is about, so that owing it again does nothing.
    """
    urgent = lane is Lane.URGENT
    return OutboxMessage(
        dedupe_key=key,
        person_id=person_id,
        subject=subject,
        lane=lane,
        text=card.text,
        rows=card.plain_rows(),
        not_before=now if urgent else calendar.next_speaking_moment(now),
        created_at=now,
    )
