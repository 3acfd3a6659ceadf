"""Who of the staff did not get what they were sent, since when, why, and by which doors."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.core.rendering import day
from bot.core.rules.calendar import Week
from bot.people.cards.own_doors import DOORS
from storage import overview_staff, people
from storage.addresses import EMAIL, WEB, Address
from storage.folding import person_order
from storage.models import Person
from storage.overview_staff import Undelivered

TOO_LONG = timedelta(days=1)
"""A message that waits longer than this is told of: its reader does not know that there is one."""
NOT_LOOKED = timedelta(days=3)
"""A notice on the web rings nowhere. Whoever does not come by for longer than this, a weekend with
its Friday evening, has to be called.
"""
_LIE_THERE = (WEB, EMAIL)  # an e-mail only says that a notice waits on the web
_WHY = {"": "quá hạn gửi", "NoAddress": "không còn nơi nhận", "BadRequest": "nơi nhận từ chối"}


async def undelivered(
    session: AsyncSession, paths: Iterable[str], week: Week, now: datetime
) -> Sequence[Undelivered]:
    """What was given up in a week; of the present one also what waits too long."""
    days = (week.monday, week.sunday)
    waiting_since = now - TOO_LONG if week == Week.containing(now) else None
    return await overview_staff.undelivered(session, paths, days, waiting_since)


@dataclass(frozen=True)
class Unopened:
    """Notices that wait for somebody who has not looked since `last`, None: never."""

    name: str
    messages: int
    since: datetime
    last: datetime | None


async def unopened(
    session: AsyncSession, paths: Iterable[str], week: Week, now: datetime
) -> Sequence[Unopened]:
    """Who has notices waiting and does not come to look, by name; of the present week alone."""
    before = now - NOT_LOOKED
    if week != Week.containing(now):
        return ()
    away = await overview_staff.not_looking(session, paths, _LIE_THERE, before)
    if not away:
        return ()
    ids = [person.person_id for person in away]
    due: dict[int, list[datetime]] = defaultdict(list)
    for person_id, at in await overview_staff.unopened(session, ids, _LIE_THERE, before):
        due[person_id].append(at)
    rows = [
        Unopened(person.name, len(waiting), min(waiting), person.last)
        for person in away
        if (waiting := came_after(due[person.person_id], person.last))
    ]
    return sorted(rows, key=lambda row: person_order(row.name))


def came_after(due: Iterable[datetime], last: datetime | None) -> list[datetime]:
    """What came after somebody looked last, of which the hour or the day is known: what came within
    it they may have seen."""
    return [at for at in due if last is None or at >= last + timedelta(days=1)]


def unopened_lines(rows: Sequence[Unopened]) -> list[tuple[str, str]]:
    """(name, how many since when, when they were here last)."""
    return [
        (
            row.name,
            f"{row.messages} tin chờ xem từ {day(row.since)}, "
            + (f"vào lần cuối {day(row.last)}" if row.last else "lâu nay chưa vào xem"),
        )
        for row in rows
    ]


async def undelivered_lines(
    session: AsyncSession, rows: Sequence[Undelivered]
) -> list[tuple[str, str]]:
    """(name, how many since when, why, by which doors)."""
    at = await people.addresses(session, [row.person_id for row in rows])
    return [(row.name, _undelivered(row, at.get(row.person_id, ()))) for row in rows]


async def unreachable_lines(
    session: AsyncSession, persons: Sequence[Person]
) -> list[tuple[str, str]]:
    """(name, since when and by which doors); who never came in has none."""
    at = await people.addresses(session, [person.id or 0 for person in persons])
    return [(p.name, _unreachable(p, at.get(p.id or 0, ()))) for p in persons]


def _undelivered(row: Undelivered, addresses: Sequence[Address]) -> str:
    why = "đang chờ gửi lại" if row.waits else _WHY.get(row.error, "không gửi được")
    return f"{row.messages} tin từ {day(row.since)}, {why}{_by(addresses)}"


def _unreachable(person: Person, addresses: Sequence[Address]) -> str:
    if not addresses:
        return "chưa vào lần nào"
    since = f" từ {day(person.blocked_at)}" if person.blocked_at else ""
    return f"không nhận tin{since}{_by(addresses)}"


def _by(addresses: Sequence[Address]) -> str:
    names = dict.fromkeys(DOORS.get(address.channel, address.channel) for address in addresses)
    return f" ({', '.join(names)})" if names else ""
