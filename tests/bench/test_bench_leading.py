"""What a leader of the demo's big province asks for: every picture, workbook and paper.

800 sites, 120 officers, three years; from the press to the file, by the services alone. Printed are
the median of three (least–most) and the size of the file. Goals: a picture 1 s, a workbook 10 s.
"""

from collections.abc import Awaitable, Callable
from datetime import date, time
from statistics import median
from time import perf_counter
from typing import Any

import pytest
from sqlmodel import col, select

from bot import programmes
from bot.cases.services import export
from bot.core.access import actor_of
from bot.core.context import Context
from bot.core.rules.calendar import at
from bot.core.work import Work
from bot.demo import big_province
from bot.documents import pdf
from bot.documents.charts import picture
from bot.recruitment.papers import pipeline_tables
from bot.recruitment.services import pipeline_lists
from bot.summaries.papers.list_tables import figure_xlsx
from bot.summaries.services import papers
from bot.summaries.services.drill_down import behind
from bot.summaries.services.obligations import ensure_obligations
from bot.visits.papers.list_tables import as_xlsx
from bot.visits.papers.pictures import picture_of
from bot.visits.services import overview_lists, pictures
from storage.addresses import Address
from storage.enums import Role
from storage.models import Membership, Obligation, PersonAddress
from storage.store import Store
from tests.cast import VAULT

MONDAY = date(2026, 12, 14)
NOW = at(MONDAY, time(10))
ROUNDS = 3
LISTS: dict[str, Any] = {
    "sites by their last visit": overview_lists.coverage,
    "units": overview_lists.units,
    "officers": overview_lists.staff,
    "promises overdue": overview_lists.promises_overdue,
}
FIGURES = ("visits", "workers_met", "received", "new_members", "members")


@pytest.mark.bench
async def test_what_a_leader_of_a_province_asks_for(store: Store, settings: Any) -> None:
    await big_province.fill(store, big_province.PROVINCE, at(MONDAY, time(0)))
    plans = programmes.load(settings.programmes)
    work = Work(store, settings, settings.make_calendar(), VAULT, plans)
    await ensure_obligations(work, NOW)
    context = Context(work, await actor_of(work, await _leader(work)), NOW)
    async with work.read() as session:
        query = select(Obligation.id).where(Obligation.group == "sat-co-so:nam:2026")
        owed = (await session.exec(query)).first() or 0
    print()
    for kind in pictures.KINDS:
        await _measured(f"picture {kind}", lambda kind=kind: _picture(context, kind))
    for name, whole in LISTS.items():
        await _measured(f"list: {name}", lambda whole=whole: _list(context, whole))
    for kind in ("unit", "over"):
        await _measured(f"cases: {kind}", lambda kind=kind: export.list_as_xlsx(context, kind))
    await _measured("cases: all", lambda: export.table_for(context))
    await _measured("enterprises not begun", lambda: _enterprises(context))
    for key in FIGURES:
        await _measured(f"behind {key}", lambda key=key: _behind(context, owed, key))
    for form in ("docx", "xlsx", *(["pdf"] if pdf.program() else [])):
        await _measured(f"report of all, {form}", lambda form=form: _report(context, owed, form))


async def _leader(work: Work) -> Address:
    """Who leads the province."""
    async with work.read() as session:
        query = (
            select(PersonAddress)
            .join(Membership, col(Membership.person_id) == col(PersonAddress.person_id))
            .where(Membership.role == Role.SUPERVISOR, Membership.unit_id == 1)
        )
        row = (await session.exec(query)).first()
        assert row is not None
        return Address(row.channel, row.id)


async def _measured(name: str, make: Callable[[], Awaitable[bytes]]) -> None:
    times, data = [], b""
    for _ in range(ROUNDS):
        begun = perf_counter()
        data = await make()
        times.append(perf_counter() - begun)
    least, middle, most = min(times), median(times), max(times)
    print(f"{name}: {middle:.2f} s ({least:.2f}–{most:.2f}), {len(data) / 1000:.0f} kB")


async def _picture(context: Context, kind: str) -> bytes:
    chart = picture_of(await pictures.facts_for(context, kind, MONDAY, 0))
    return picture(chart[0]) if chart else b""


async def _list(context: Context, whole: Any) -> bytes:
    return as_xlsx(await whole(context, MONDAY, 0, None), NOW)


async def _enterprises(context: Context) -> bytes:
    return pipeline_tables.as_xlsx(await pipeline_lists.listed(context, "none", 0, None), NOW)


async def _behind(context: Context, owed: int, key: str) -> bytes:
    return figure_xlsx(await behind(context, owed, key, None), NOW)


async def _report(context: Context, owed: int, form: str) -> bytes:
    return (await papers.all_file(context, owed, form)).data
