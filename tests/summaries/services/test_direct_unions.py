"""CĐCS directly under the province owe what `ctr-1306` asks of every level: whoever is there is
prompted, what they write goes to the province, and nothing is counted twice."""

from dataclasses import replace
from datetime import date, datetime, time

import pytest
from sqlmodel import col, delete, select

from bot.config.settings import Settings
from bot.core.access import grants_of
from bot.core.context import Context
from bot.core.errors import Refused
from bot.core.rules.calendar import at
from bot.core.rules.permissions import Actor
from bot.core.work import Work
from bot.programmes import load
from bot.summaries.papers import report_docx, report_xlsx
from bot.summaries.rules.board import Standing
from bot.summaries.services import (
    board,
    consolidated,
    corrections,
    drill_down,
    obligations,
    pages,
    prompts,
    sending,
    writing,
)
from bot.summaries.services.writing import NewText
from storage.enums import Role, UnitKind
from storage.folding import fold
from storage.models import Membership, Obligation, OutboxMessage, Person, Unit
from storage.store import Store
from tests.cast import (
    AN,
    GIANG,
    HON_SAO,
    KCN,
    LONG_AGO,
    LONG_HOA,
    MAI,
    SEN_VANG,
    SONG_LANH,
    TINH,
    VAULT,
    VI_NA_SUN,
    settle,
)
from tests.documents.measuring import text_of
from tests.summaries.help import acting

GROUP = "ctr-1306:nam:2027"
ENSURED = at(date(2027, 10, 1), time(8))
PROMPTED = at(date(2027, 10, 27), time(9))
WRITTEN = at(date(2027, 11, 10), time(9))
IN_CHARGE = 30  # an officer of the province


def moved(unit: Unit, above: str) -> None:
    unit.path = f"{above}{unit.id}/"
    unit.parent_id = int(above.strip("/").split("/")[-1])


async def move(work: Work, unit_id: int, above: str) -> None:
    async with work.write() as session:
        moved(await session.get_one(Unit, unit_id), above)


@pytest.fixture
async def work(any_store: Store, settings: Settings) -> Work:
    """May Sen Vàng, whose committee Mai is, stands right under the province; Thủy sản Sông Lành
    under a department of it; an enterprise without a union does, too."""
    await settle(any_store)
    async with any_store.write() as session:
        session.add(
            Unit(
                id=60,
                code="BTC",
                name="Ban Tổ chức",
                folded="ban to chuc",
                kind=UnitKind.FEDERATION,
                parent_id=TINH.id,
                path="/1/60/",
                known_since=date(2026, 1, 5),
            )
        )
        await session.flush()
        for site, above in ((SEN_VANG, "/1/"), (SONG_LANH, "/1/60/"), (VI_NA_SUN, "/1/")):
            moved(await session.get_one(Unit, site.id), above)
    kept_on = {"active": ("ctr-1306",), "prolonged": {"ctr-1306": date(2027, 12, 31)}}
    plans = load(settings.programmes.model_copy(update=kept_on))
    return Work(any_store, settings, settings.make_calendar(), VAULT, plans)


async def owed(work: Work) -> dict[int, Obligation]:
    async with work.read() as session:
        rows = await session.exec(select(Obligation).where(Obligation.group == GROUP))
        return {one.unit_id: one for one in rows.all()}


async def read_by(work: Work, beginning: str = "owe:") -> dict[int, str]:
    """Person -> the message about a report of a CĐCS."""
    async with work.read() as session:
        rows = (await session.exec(select(OutboxMessage))).all()
    return {m.person_id or 0: m.text for m in rows if m.dedupe_key.startswith(beginning)}


async def with_somebody_in_charge(work: Work) -> None:
    async with work.write() as session:
        name = "Lý Thu Thảo"
        session.add(Person(id=IN_CHARGE, name=name, folded=fold(name), joined_at=LONG_AGO))
        await session.flush()
        session.add(Membership(person_id=IN_CHARGE, role=Role.OFFICER, unit_id=TINH.id))
        (await session.get_one(Unit, SEN_VANG.id)).officer_id = IN_CHARGE


async def nobody_of_the_site(work: Work) -> None:
    async with work.write() as session:
        await session.exec(delete(Membership).where(col(Membership.person_id) == MAI.id))


async def mai(work: Work, now: datetime = WRITTEN) -> Context:
    return Context(work, await acting(work, MAI), now)


async def giang(work: Work, now: datetime = WRITTEN) -> Context:
    return Context(work, await acting(work, GIANG), now)


async def sent(work: Work) -> int:
    """The report of May Sen Vàng, written and sent by its committee; the obligation's id."""
    key = (await owed(work))[SEN_VANG.id].id or 0
    context = await mai(work)
    for section in ("II", "IV.1", "IV.2", "V"):
        await writing.write_section(context, key, NewText(section, f"Nội dung {section}"))
    await sending.send(context, key)
    return key


async def test_they_owe_it_to_the_province_beside_the_unions_above_the_sites(work: Work) -> None:
    await obligations.ensure_obligations(work, ENSURED)
    found = await owed(work)
    assert set(found) == {KCN.id, LONG_HOA.id, HON_SAO.id, SEN_VANG.id, SONG_LANH.id}
    assert {one.to_unit_id for one in found.values()} == {TINH.id}


async def test_a_plan_that_asks_the_unions_above_alone_asks_no_site(work: Work) -> None:
    (plan,) = work.programmes
    only = tuple(replace(report, levels=("upper",)) for report in plan.reports)
    await obligations.ensure_obligations(
        replace(work, programmes=(replace(plan, reports=only),)), ENSURED
    )
    assert set(await owed(work)) == {KCN.id, LONG_HOA.id, HON_SAO.id}


async def test_its_committee_is_prompted_and_told_nothing_of_counted_figures(work: Work) -> None:
    await with_somebody_in_charge(work)
    await obligations.ensure_obligations(work, ENSURED)
    await prompts.STREAM.ensure(work, PROMPTED)
    heard = await read_by(work)
    assert MAI.id in heard
    assert IN_CHARGE not in heard
    assert "Còn phải viết:" in heard[MAI.id]
    assert "Số liệu hệ thống đã tính" not in heard[MAI.id]
    assert "chưa có ai" not in heard[MAI.id]


async def test_where_nobody_has_come_in_who_is_in_charge_of_the_site_hears(work: Work) -> None:
    await with_somebody_in_charge(work)
    await nobody_of_the_site(work)
    await obligations.ensure_obligations(work, ENSURED)
    await prompts.STREAM.ensure(work, PROMPTED)
    heard = await read_by(work)
    assert "May Sen Vàng chưa có ai trong hệ thống" in heard[IN_CHARGE]
    assert "lãnh đạo LĐLĐ tỉnh gửi thay" in heard[IN_CHARGE]


async def test_a_site_that_nobody_can_be_told_for_is_named_to_whoever_chases(work: Work) -> None:
    await nobody_of_the_site(work)
    await obligations.ensure_obligations(work, ENSURED)
    await prompts.STREAM.ensure(work, at(date(2027, 11, 25), time(8)))
    late = (await read_by(work, "late:"))[GIANG.id]
    assert "May Sen Vàng – chưa có người nhận" in late


async def test_the_committee_writes_and_sends_and_the_province_takes_it(work: Work) -> None:
    await obligations.ensure_obligations(work, ENSURED)
    key = await sent(work)
    rows = (await board.board(await giang(work), key, None)).rows
    assert {row.unit: row.standing for row in rows}["May Sen Vàng"] is Standing.SENT
    await sending.accept(await giang(work), key, 1)
    assert "đã tiếp nhận" in str(await read_by(work, "summary:"))
    page = await pages.page(await mai(work), key)
    assert page.paper.figures == ()
    assert page.paper.numbers.values == {}
    assert page.paper.cases == ()
    words = text_of(report_docx.unit_report(page.paper, None))
    assert "Nội dung IV.1" in words
    assert report_xlsx.unit_workbook(page.paper)


async def test_what_happened_there_is_counted_once_in_the_row_of_the_province(work: Work) -> None:
    await obligations.ensure_obligations(work, ENSURED)
    key = await sent(work)
    report = await consolidated.report(await giang(work), key)
    assert [row.unit for row in report.rows if row.sent_on] == ["May Sen Vàng"]
    assert report.own is not None
    assert report.own.values["sites"] == 3
    direct = {"May Sen Vàng", "Thủy sản Sông Lành"}
    others = [row.paper.values["sites"] for row in report.rows if row.unit not in direct]
    assert report.total.values["sites"] == sum(others)
    assert "Nội dung IV.1" in text_of(report_docx.consolidated(report, None))


async def test_the_committee_neither_opens_nor_corrects_what_others_counted(work: Work) -> None:
    await obligations.ensure_obligations(work, ENSURED)
    key = (await owed(work))[SEN_VANG.id].id or 0
    with pytest.raises(Refused):
        await drill_down.behind(await mai(work), key, "visits", 0)
    with pytest.raises(Refused):
        await corrections.correct(await mai(work), key, "visits", 1, "vì")
    for other in (SONG_LANH, KCN):
        with pytest.raises(Refused):
            await pages.page(await mai(work), (await owed(work))[other.id].id or 0)
    with pytest.raises(Refused):
        await board.board(await mai(work), key, 0)


async def test_the_committee_of_a_site_below_another_union_owes_nothing(work: Work) -> None:
    await move(work, SEN_VANG.id, KCN.path)
    await obligations.ensure_obligations(work, ENSURED)
    assert SEN_VANG.id not in await owed(work)
    assert await pages.owed(await mai(work)) == []


async def test_who_goes_under_another_union_owes_no_longer_and_who_comes_back_does(
    work: Work,
) -> None:
    await obligations.ensure_obligations(work, ENSURED)
    await move(work, SEN_VANG.id, KCN.path)
    await obligations.ensure_obligations(work, ENSURED)
    one = (await owed(work))[SEN_VANG.id]
    assert (one.excuse, one.remind_at) == ("Không còn là CĐCS trực thuộc", None)
    await move(work, SEN_VANG.id, TINH.path)
    await obligations.ensure_obligations(work, ENSURED)
    again = (await owed(work))[SEN_VANG.id]
    assert again.excused_at is None
    assert again.remind_at is not None


async def test_an_officer_of_the_province_writes_for_a_site_where_nobody_is(work: Work) -> None:
    await with_somebody_in_charge(work)
    await nobody_of_the_site(work)
    await obligations.ensure_obligations(work, ENSURED)
    key = (await owed(work))[SEN_VANG.id].id or 0
    async with work.read() as session:
        grants = (await grants_of(session, [IN_CHARGE]))[IN_CHARGE]
    thao = Context(work, Actor(IN_CHARGE, "Lý Thu Thảo", grants), WRITTEN)
    await writing.write_section(thao, key, NewText("II", "Nội dung"))
    page = await pages.page(await giang(work), key)
    assert (page.sections[0].text, page.may_send) == ("Nội dung", True)
    an = Context(work, await acting(work, AN), WRITTEN)
    with pytest.raises(Refused):  # of another union
        await writing.write_section(an, key, NewText("II", "x"))
