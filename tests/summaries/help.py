"""Summaries as tests speak of them: an obligation, and a unit that has written everything."""

from datetime import date, datetime, time
from typing import Any

from sqlmodel import select

from bot.core.access import actor_of
from bot.core.context import Context
from bot.core.rules.calendar import at
from bot.core.rules.permissions import Actor
from bot.core.work import Work
from bot.summaries.rules.summaries import SECTIONS
from bot.summaries.services import writing
from bot.summaries.services.writing import NewText
from storage.enums import Role
from storage.models import Membership, Obligation, Person, ReportRequest
from storage.people import address_row
from tests import cast
from tests.cast import KCN, TINH, Character, Place

NOON = at(date(2026, 12, 10), time(12, 0))
DUE = date(2026, 12, 15)
REQUIRED = [key for key, section in SECTIONS.items() if section.required]
TUAN = Character(9, "Hồ Minh Tuấn", 7_000_000_009, Role.SUPERVISOR, KCN)  # leads with Dũng


async def owes(work: Work, unit: Place = KCN, to: Place = TINH, **more: Any) -> int:
    """The yearly review of 2026, by its id; the program may have made it already."""
    given: dict[str, Any] = {
        "key": f"sat-co-so:nam:2026:{unit.id}",
        "group": "sat-co-so:nam:2026",
        "programme": "sat-co-so",
        "report": "nam",
        "title": "Kết quả thực hiện mô hình “Sát cơ sở, gắn công nhân”",
        "unit_id": unit.id,
        "to_unit_id": to.id,
        "first_day": date(2026, 1, 1),
        "last_day": date(2026, 12, 31),
        "due_before": DUE,
        "created_at": NOON,
    }
    async with work.write() as session:
        row = Obligation(**{**given, **more})
        there = (await session.exec(select(Obligation.id).where(Obligation.key == row.key))).first()
        if there is not None:
            return there
        session.add(row)
        await session.flush()
        assert row.id is not None
        return row.id


async def asked(work: Work, *questions: tuple[str, str], unit: Place = KCN) -> int:
    """A request with (kind, question); returns the obligation's id."""
    async with work.write() as session:
        request = ReportRequest(
            title="Tình hình thưởng Tết",
            questions=[
                {"key": f"q{n}", "ask": ask, "kind": kind}
                for n, (kind, ask) in enumerate(questions, 1)
            ],
            unit_id=TINH.id,
            asked_by=cast.GIANG.id,
            asked_at=NOON,
        )
        session.add(request)
        await session.flush()
    key = f"request:{request.id}"
    return await owes(
        work,
        unit,
        key=f"{key}:{unit.id}",
        group=key,
        programme="",
        report="",
        request_id=request.id,
        title=request.title,
    )


async def second_leader(work: Work) -> None:
    """Tuấn joins: KCN has two leaders."""
    async with work.write() as session:
        session.add(
            Person(
                id=TUAN.id,
                name=TUAN.full_name,
                folded="ho minh tuan",
                joined_at=cast.LONG_AGO,
            )
        )
        await session.flush()
        session.add(address_row(TUAN.id, TUAN.address))
        session.add(Membership(person_id=TUAN.id, role=Role.SUPERVISOR, unit_id=KCN.id))


async def acting(work: Work, one: Character) -> Actor:
    return await actor_of(work, one.address)


async def all_written(
    work: Work, obligation_id: int, by: Character = cast.AN, now: datetime = NOON
) -> None:
    """Every required section of a plan's report has words."""
    actor = await acting(work, by)
    for key in REQUIRED:
        await writing.write_section(
            Context(work, actor, now), obligation_id, NewText(key, f"Nội dung {key}")
        )
