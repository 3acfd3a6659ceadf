"""A site's figures over time: one writer, a source each, and papers that do not move."""

import ast
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlmodel import col, select

from bot.core.access import actor_of
from bot.core.context import Context
from bot.core.errors import Refused
from bot.core.work import Work
from bot.summaries.services.drill_down import behind
from bot.units.rules.counts import Figures
from bot.units.services import own_figures
from bot.visits.services import site_page
from storage.enums import CountSource, UnitKind
from storage.models import Unit, UnitCount
from storage.store import Store
from tests import cast
from tests.cast import AN, BINH, DUNG, MAI, SEN_VANG, TAN_LUA, VI_NA_SUN
from tests.summaries.services.count_help import NOW, counted, owes, went
from tests.units.services.test_importing import bring

EARLIER = NOW - timedelta(days=60)


@pytest.fixture
async def work(any_store: Store, settings) -> Work:
    """On SQLite and PostgreSQL in turn."""
    await cast.settle(any_store)
    return Work(any_store, settings, settings.make_calendar(), cast.VAULT)


async def context_of(work: Work, person: cast.Character, now=NOW) -> Context:
    return Context(work, await actor_of(work, person.address), now)


async def counts_at(work: Work, site: cast.Place) -> list[UnitCount]:
    async with work.read() as session:
        rows = select(UnitCount).where(UnitCount.unit_id == site.id).order_by(col(UnitCount.id))
        return list((await session.exec(rows)).all())


def test_one_module_writes_the_figures_of_a_unit() -> None:
    figures, writers = {"workers", "women", "members"}, set()
    for path in Path("bot").rglob("*.py"):
        text = path.read_text("utf-8")
        if not any(f".{figure}" in text for figure in figures):
            continue
        for node in ast.walk(ast.parse(text)):
            targets = node.targets if isinstance(node, ast.Assign) else ()
            for target in targets:
                for part in ast.walk(target):
                    if isinstance(part, ast.Attribute) and part.attr in figures:
                        writers.add(path.as_posix())
    writers -= {"bot/demo/big_province.py", "bot/demo/seed.py"}  # they make units anew
    assert writers == {"bot/units/services/counts.py"}


async def test_a_founded_union_with_forty_members_gives_forty_new_ones(work: Work) -> None:
    async with work.write() as session:
        site = await session.get_one(Unit, VI_NA_SUN.id)
        site.kind, site.members, site.workers = UnitKind.ENTERPRISE, 0, 120
    row = {"code": VI_NA_SUN.code, "name": VI_NA_SUN.name, "parent": "KCN"}
    await bring(work, row | {"kind": "CĐCS", "members": 40, "workers": 120})
    owed = await owes(work)
    values = (await counted(work, owed)).values
    assert (values["new_members"], values["new_unions"]) == (40, 1)
    [count] = await counts_at(work, VI_NA_SUN)
    assert (count.gained, count.source) == (40, CountSource.FOUNDING)
    page = await behind(await context_of(work, DUNG), owed.id, "new_members", 0)
    assert sum(entry.worth for entry in page.entries) == page.value == 40


async def test_members_of_a_visit_that_come_into_the_list_later_count_once(work: Work) -> None:
    await went(work, SEN_VANG, EARLIER.date(), new_members=12)
    leader = await context_of(work, DUNG)
    more = Figures(SEN_VANG.workers, 0, SEN_VANG.members + 30)
    await own_figures.set_by_leader(leader, SEN_VANG.id, more, mended=False)
    values = (await counted(work, await owes(work))).values
    assert values["new_members"] == 30


async def test_a_mended_mistake_gains_nobody(work: Work) -> None:
    leader = await context_of(work, DUNG)
    more = Figures(SEN_VANG.workers, 0, SEN_VANG.members + 30)
    await own_figures.set_by_leader(leader, SEN_VANG.id, more, mended=True)
    assert (await counted(work, await owes(work))).values.get("new_members", 0) == 0
    [count] = await counts_at(work, SEN_VANG)
    assert (count.source, count.person_id, count.gained) == (CountSource.MENDED, DUNG.id, 0)


async def test_a_paper_of_an_earlier_period_does_not_move(work: Work) -> None:
    earlier = await owes(
        work, group="first-half", first_day=date(2026, 1, 1), last_day=date(2026, 6, 30)
    )
    before = (await counted(work, earlier)).values
    leader = await context_of(work, DUNG)
    async with work.write() as session:
        session.add(
            UnitCount(
                unit_id=SEN_VANG.id,
                day=date(2026, 1, 1),
                workers=SEN_VANG.workers,
                women=0,
                members=SEN_VANG.members,
                source=CountSource.LIST,
                at=EARLIER,
            )
        )
        site = await session.get_one(Unit, VI_NA_SUN.id)
        site.kind, site.union_since = UnitKind.SITE_UNION, NOW.date()
    await own_figures.set_by_leader(leader, SEN_VANG.id, Figures(10, 5, 5), mended=False)
    after = (await counted(work, earlier)).values
    parts = ("workers", "women", "members")
    assert {key: after.get(key) for key in parts} == {key: before.get(key) for key in parts}
    now = (await counted(work, await owes(work))).values
    assert now["workers"] == before["workers"] - SEN_VANG.workers + 10
    assert now["unions"] == after["unions"] + 1
    page = await behind(await context_of(work, DUNG), earlier.id, "workers", 0)
    assert sum(entry.worth for entry in page.entries) == after["workers"]


async def test_a_paper_of_the_time_before_the_first_count_leaves_out_who_was_new_then(
    work: Work,
) -> None:
    earlier = await owes(
        work, group="first-half", first_day=date(2026, 1, 1), last_day=date(2026, 6, 30)
    )
    before = (await counted(work, earlier)).values
    more = Figures(SEN_VANG.workers, 0, SEN_VANG.members + 30)
    await own_figures.set_by_leader(await context_of(work, DUNG), SEN_VANG.id, more, mended=False)
    after = (await counted(work, earlier)).values
    assert after["members"] == before["members"]


async def test_the_site_page_names_day_source_and_person(work: Work) -> None:
    committee = await context_of(work, MAI, EARLIER)
    await own_figures.update(committee, SEN_VANG.id, Figures(1900, 1500, 1850))
    leader = await context_of(work, DUNG)
    await own_figures.set_by_leader(leader, SEN_VANG.id, Figures(1910, 1500, 1850), mended=False)
    page = await site_page.figures_there(leader, SEN_VANG.id, 0)
    assert [(row.workers, row.source, row.by) for row in page.rows] == [
        (1910, CountSource.LEADER, DUNG.full_name),
        (1900, CountSource.COMMITTEE, MAI.full_name),
    ]
    assert page.may_set
    assert not (await site_page.figures_there(await context_of(work, AN), SEN_VANG.id, 0)).may_set


async def test_only_the_leader_above_sets_figures_and_none_that_cannot_be(work: Work) -> None:
    for person in (AN, BINH, MAI):
        with pytest.raises(Refused):
            await own_figures.set_by_leader(
                await context_of(work, person), TAN_LUA.id, Figures(9, 1, 1), mended=False
            )
    with pytest.raises(Refused):
        await own_figures.set_by_leader(
            await context_of(work, DUNG), TAN_LUA.id, Figures(9, 1, 10), mended=False
        )
    assert await counts_at(work, TAN_LUA) == []
