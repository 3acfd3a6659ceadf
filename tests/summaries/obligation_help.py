"""Reports that units owe, as tests set them up."""

from datetime import date, datetime
from typing import Any

from bot.core.work import Work
from bot.summaries.services import contents
from storage.enums import SummaryState
from storage.models import Obligation, Summary, SummarySection, SummaryVersion
from tests.cast import LONG_AGO, TINH, Place

GROUP, DUE = "sat-co-so:year:2026", date(2026, 12, 15)
TITLE = "Tổng kết thực hiện “Sát cơ sở, gắn công nhân” năm 2026"


def owes(place: Place, *, to: Place = TINH, group: str = GROUP, due: date = DUE) -> Obligation:
    """The yearly report of one unit; `group` of another year ends with that year."""
    return Obligation(
        key=f"{group}:{place.id}",
        group=group,
        programme="sat-co-so",
        report="year",
        title=TITLE,
        unit_id=place.id,
        to_unit_id=to.id,
        first_day=date(due.year, 1, 1),
        last_day=date(due.year, 12, 31),
        due_before=due,
        created_at=LONG_AGO,
    )


async def owe(work: Work, *obligations: Obligation) -> list[int]:
    """Put them into the database; their ids."""
    async with work.write() as session:
        session.add_all(obligations)
        await session.flush()
        return [one.id or 0 for one in obligations]


async def write(
    work: Work, obligation_id: int, now: datetime, author: int, **sections: str
) -> Summary:
    """Sections by key, "IV.1" written IV_1."""
    async with work.write() as session:
        obligation = await session.get(Obligation, obligation_id)
        assert obligation is not None
        summary = Summary(
            obligation_id=obligation_id,
            unit_id=obligation.unit_id,
            created_at=now,
            updated_at=now,
        )
        session.add(summary)
        await session.flush()
        session.add_all(
            SummarySection(
                summary_id=summary.id or 0,
                section=key.replace("_", "."),
                text=text,
                author_id=author,
                at=now,
            )
            for key, text in sections.items()
        )
        return summary


async def send(
    work: Work,
    obligation_id: int,
    now: datetime,
    by: int,
    *,
    state: SummaryState = SummaryState.SENT,
    late: bool = False,
    number: int = 1,
) -> None:
    """The report as it stands becomes a version."""
    async with work.write() as session:
        obligation = await session.get(Obligation, obligation_id)
        assert obligation is not None
        paper = await contents.paper_of(session, work, obligation, now)
        summary = Summary(
            obligation_id=obligation_id,
            unit_id=obligation.unit_id,
            state=state,
            version=number,
            created_at=now,
            updated_at=now,
        )
        session.add(summary)
        await session.flush()
        decided: dict[str, Any] = (
            {} if state is SummaryState.SENT else {"outcome": state.value, "decided_at": now}
        )
        session.add(
            SummaryVersion(
                summary_id=summary.id or 0,
                number=number,
                sent_at=now,
                sent_by=by,
                due_before=obligation.due_before,
                late=late,
                content=contents.to_json(paper),
                **decided,
            )
        )
