"""Cases as tests speak of them: who raised one, where, and how it came into the world."""

from datetime import datetime
from typing import Any

from sqlmodel import select

from bot.cases.services.creation import NewCase, bear
from bot.core.access import actor_of
from bot.core.rules.permissions import Actor
from bot.core.work import Work
from storage import reporters
from storage.models import Case, CaseEvent, OutboxMessage, Unit
from tests.cast import LAN, SEN_VANG, Character, Place

TEXT = "Bữa ăn ca trưa nay cơm sống, canh nguội, nhiều người để bụng đói làm chiều"
RESULT = "Công ty đã đổi nhà bếp và mời tổ công đoàn giám sát bữa ăn"


async def a_case(
    work: Work,
    now: datetime,
    *,
    site: Place | None = SEN_VANG,
    by: Character = LAN,
    text: str = TEXT,
    name: str = "",
    **more: Any,
) -> Case:
    """A worker's concern; `name`: they agreed to be named."""
    async with work.write() as session:
        reporter = await reporters.add(session, work.vault, by.address, now)
        if name:
            identity = {"chat": str(by.telegram_id), "name": name, "phone": "0912 345 678"}
            reporter.identity = reporters.sealed(work.vault, reporter.id, identity)
        unit = await session.get(Unit, site.id) if site else None
        root = await session.get(Unit, 1)
        assert root is not None
        new = NewCase(text, unit, root, reporter_id=reporter.id, anonymous=not name, **more)
        return await bear(session, work, new, now)


async def case_now(work: Work, case: Case) -> Case:
    """The case as it is in the database."""
    async with work.read() as session:
        found = await session.get(Case, case.id)
        assert found is not None
        return found


async def set_case(work: Work, case: Case, **columns: Any) -> None:
    async with work.write() as session:
        found = await session.get(Case, case.id)
        for name, value in columns.items():
            setattr(found, name, value)


async def acting(work: Work, one: Character) -> Actor:
    return await actor_of(work, one.address)


async def rows(work: Work, table: Any) -> Any:
    async with work.read() as session:
        return (await session.exec(select(table).order_by(table.id))).all()


async def what_happened(work: Work, case: Case) -> list[tuple[str, str, int | None]]:
    """(what, by, actor) of every event."""
    found = [event for event in await rows(work, CaseEvent) if event.case_id == case.id]
    return [(event.what, event.by, event.actor_id) for event in found]


async def told(work: Work, one: Character) -> list[str]:
    """What a cadre is owed or got, in order."""
    return [m.text for m in await rows(work, OutboxMessage) if m.person_id == one.id]


async def told_reporter(work: Work, case: Case) -> list[str]:
    found = await rows(work, OutboxMessage)
    return [m.text for m in found if m.reporter_id and m.reporter_id == case.reporter_id]
