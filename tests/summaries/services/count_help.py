"""What a unit's numbers are counted from, as tests speak of it."""

from collections.abc import Sequence
from datetime import date, datetime, time
from itertools import count
from typing import Any

from bot.core.rules.calendar import Week, at
from bot.core.work import Work
from bot.summaries.rules.figures import Numbers
from bot.summaries.services import numbers
from bot.summaries.services.unit_scope import ground_of
from storage.enums import VisitStatus
from storage.folding import fold
from storage.models import (
    Case,
    Obligation,
    ReportTopic,
    Summary,
    Unit,
    UnitRating,
    Visit,
    VisitReport,
)
from tests.cast import AN, KCN, TINH, Character, Place

YEAR_END = date(2026, 12, 14)
NOW = at(YEAR_END, time(9, 0))
_keys = count(1)


async def owes(work: Work, place: Place = KCN, year: int = 2026, **more: Any) -> Obligation:
    group = more.pop("group", f"sat-co-so:year:{year}")
    row = Obligation(
        **{
            "key": f"{group}:{place.id}",
            "group": group,
            "programme": "sat-co-so",
            "report": "year",
            "title": "Tổng kết năm",
            "unit_id": place.id,
            "to_unit_id": TINH.id,
            "first_day": date(year, 1, 1),
            "last_day": date(year, 12, 31),
            "due_before": date(year, 12, 15),
            "created_at": at(date(year, 11, 1), time(7, 0)),
            **more,
        }
    )
    return await put(work, row)


async def went(
    work: Work,
    site: Place,
    day: date,
    *,
    kind: str = "propaganda",
    unit: Place | None = None,
    by: Character = AN,
    topics: dict[str, bool] | None = None,
    topic_words: str = "",
    by_leader: bool | None = None,
    made_by: Place | None = None,
    **report: Any,
) -> Visit:
    """A visit that was reported; `topics`: topic -> whether there was trouble."""
    visit = await put(
        work,
        Visit(
            key=f"t{next(_keys)}",
            week=Week.of(day).monday,
            site_id=site.id,
            unit_id=unit.id if unit else site.parent,
            officer_id=by.id,
            by_leader=by_leader,
            made_by_id=made_by.id if made_by else None,
            status=VisitStatus.REPORTED,
            created_at=at(day, time(7, 0)),
        ),
    )
    said = await put(
        work,
        VisitReport(
            visit_id=visit.id,
            author_id=by.id,
            submitted_at=at(day, time(17, 0)),
            visited_on=day,
            kind=kind,
            **report,
        ),
    )
    for topic, trouble in (topics or {}).items():
        words = (topic_words or "chậm trích nộp") if trouble else ""
        await put(work, ReportTopic(report_id=said.id, topic=topic, trouble=trouble, words=words))
    return visit


async def brought(
    work: Work, site: Place, day: date, status: str = "received", **more: Any
) -> Case:
    number = next(_keys)
    row = Case(
        **{
            "code": f"PA-{number}",
            "category": "LUONG",
            "status": status,
            "site_id": site.id,
            "home_id": site.parent,
            "unit_id": site.parent,
            "text": f"Nội dung {number}",
            "created_at": at(day, time(8, 0)),
            **more,
        }
    )
    return await put(work, row)


async def rated(work: Work, site: Place, year: int, rating: str) -> None:
    await put(work, UnitRating(unit_id=site.id, year=year, rating=rating))


async def merged(work: Work, old: Place, new: Place, day: date, *moved: Place) -> None:
    """`old` is dissolved into `new`, which takes over the sites."""
    await change(work, old, dissolved_on=day, successor_id=new.id)
    for site in moved:
        await change(work, site, parent_id=new.id, path=f"{new.path}{site.id}/")


async def change(work: Work, place: Place, **columns: Any) -> None:
    async with work.write() as session:
        unit = await session.get_one(Unit, place.id)
        for name, value in columns.items():
            setattr(unit, name, value)


async def sent(work: Work, obligation: Obligation, **more: Any) -> Summary:
    return await put(
        work,
        Summary(
            obligation_id=obligation.id,
            unit_id=obligation.unit_id,
            state="sent",
            version=1,
            created_at=NOW,
            updated_at=NOW,
            **more,
        ),
    )


async def put(work: Work, row: Any) -> Any:
    async with work.write() as session:
        session.add(row)
        await session.flush()
    return row


async def counted(work: Work, obligation: Obligation, until: date = YEAR_END) -> Numbers:
    return (await all_counted(work, [obligation], until))[obligation.id or 0]


async def all_counted(
    work: Work, obligations: Sequence[Obligation], until: date = YEAR_END
) -> dict[int, Numbers]:
    async with work.read() as session:
        ground = await ground_of(session, obligations)
        return await numbers.numbers_of(session, work, ground, obligations, until)


def moment(day: date, hour: int = 8) -> datetime:
    return at(day, time(hour, 0))


def unit_of(place: Place) -> Unit:
    return Unit(
        id=place.id,
        code=place.code,
        name=place.name,
        folded=fold(place.name),
        kind=place.kind,
        parent_id=place.parent,
        path=place.path,
        known_since=date(2026, 1, 5),
    )
