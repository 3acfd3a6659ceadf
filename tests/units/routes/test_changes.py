"""Changes of the organisation in chat: 116 sites go to one ward's union, and come back."""

from datetime import date, time, timedelta

import pytest
from sqlmodel import col, select

from bot.core import messages
from bot.core.rules.calendar import at
from bot.summaries.services import consolidated
from bot.units.services import growth
from storage.enums import CountSource, UnitKind
from storage.figures import DaySpan
from storage.folding import fold
from storage.models import Case, CaseEvent, OutboxMessage, Unit, UnitCount
from tests import cast
from tests.cases.help import a_case, set_case
from tests.client import Town
from tests.summaries.obligation_help import GROUP, owe, owes
from tests.summaries.services.count_help import rated, went
from tests.units.papers.sheets import units

MANY = 116
OCTOBER = date(2026, 10, 14)
MOVED_BACK = at(date(2026, 11, 5), time(9))
"""A move that was taken back left its events behind."""


async def sites(town: Town) -> list[str]:
    """So many sites below the union of the zones, known since January, with last month's visits."""
    work = town.program.work
    codes = [f"X{n:03}" for n in range(MANY)]
    async with work.write() as session:
        for n, code in enumerate(codes):
            key = 1000 + n
            session.add(
                Unit(
                    id=key,
                    code=code,
                    name=f"Công ty {code}",
                    folded=fold(f"Công ty {code}"),
                    kind=UnitKind.SITE_UNION,
                    parent_id=cast.KCN.id,
                    path=f"{cast.KCN.path}{key}/",
                    workers=100 + n,
                    members=90,
                    known_since=date(2026, 1, 5),
                    union_since=OCTOBER if n == 1 else None,
                )
            )
        await session.flush()
        session.add(
            UnitCount(
                unit_id=1000,
                day=OCTOBER,
                workers=100,
                women=0,
                members=90,
                gained=7,
                source=CountSource.LEADER,
                at=at(OCTOBER, time(9)),
            )
        )
    await went(work, cast.SEN_VANG, OCTOBER, workers_met=30)
    for n in range(0, MANY, 10):
        key = 1000 + n
        place = cast.Place(key, codes[n], "", UnitKind.SITE_UNION, f"/1/2/{key}/", cast.KCN.id)
        case = await a_case(work, at(OCTOBER, time(9)), site=place)
        await set_case(work, case, kind="proposal", assignee_id=cast.AN.id, status="in_progress")
        was = {"to": cast.LONG_HOA.id, "unit": cast.KCN.id, "home": cast.KCN.id}
        async with work.write() as session:
            session.add(CaseEvent(case_id=case.id, at=MOVED_BACK, what="moved", data=was))
        await went(work, place, OCTOBER, workers_met=n)
        await rated(work, place, 2026, "T")
    for place in (cast.KCN, cast.LONG_HOA):
        row = owes(place)
        row.first_day, row.last_day = date(2026, 10, 1), date(2026, 10, 31)
        await owe(work, row)
    return codes


async def papers(town: Town) -> object:
    """Last month's papers as they would be written now. What has become of a proposal (`result`)
    is that of the day of writing; that it lost its hand by the move alone has become of none."""
    async with town.program.work.read() as session:
        report = await consolidated.consolidate(session, town.program.work, GROUP, town.clock.now())
    return [
        (
            row.paper.speaks_for,
            row.paper.numbers,
            [
                (case.day, case.unit, case.text, case.level, case.result, case.case)
                for case in row.paper.cases
            ],
        )
        for row in report.rows
    ]


async def grown(town: Town) -> list[object]:
    """Last month's new members and unions of the union that had the sites then, as of the campaigns
    and the list behind a report's number."""
    days = DaySpan(date(2026, 10, 1), date(2026, 10, 31))
    homes = {cast.KCN.id}
    async with town.program.work.read() as session:
        return [
            [gain.members for gain in await growth.new_members(session, days, homes)],
            await growth.members_by_home(session, days, homes),
            await growth.founded_unions(session, days, homes),
        ]


async def shown(giang) -> list[str]:
    """What the leader of the province sees of last month and of a week in it."""
    cards = []
    await giang.forge("ov:z:m202610:0")
    cards.append(giang.card)
    await giang.forge("ov:zu:m202610:0:0")
    cards.append(giang.card)
    await giang.forge(f"ov:c:20261012:{cast.KCN.id}:0")
    cards.append(giang.card)
    await giang.forge(f"ov:w:20261012:{cast.KCN.id}")
    assert "1 CĐCS mới thành lập" in giang.card
    cards.append(giang.card)
    return cards


async def hands(town: Town) -> list[tuple[int, int, int | None, str]]:
    """Where the open cases are, and in whose hand."""
    async with town.program.work.read() as session:
        rows = await session.exec(select(Case).order_by(col(Case.id)))
        return [(c.home_id, c.unit_id, c.assignee_id, str(c.status)) for c in rows.all()]


async def paths(town: Town, codes: list[str]) -> set[str]:
    async with town.program.work.read() as session:
        rows = await session.exec(select(Unit.path).where(col(Unit.code).in_(codes)))
        return {path.rsplit("/", 2)[0] for path in rows.all()}


@pytest.mark.wide
async def test_116_sites_move_to_one_union_and_back_and_last_month_stays(town: Town) -> None:
    codes = await sites(town)
    ha, giang, dung = [await town.person(name) for name in ("Hà", "Giang", "Dũng")]
    before, shown_before = await papers(town), await shown(giang)
    grown_before = await grown(town)
    assert grown_before[0] == [7]
    in_hand = await hands(town)
    assert {hand[:3] for hand in in_hand} == {(2, 2, cast.AN.id)}
    assert len(set(shown_before)) == 4

    moved = [
        {"code": "PM", "name": "CĐ phường Mới", "kind": "công đoàn cấp trên"},
        *({"code": code, "parent": "PM"} for code in codes),
    ]
    await ha.document("sap-xep.xlsx", units(*moved))
    assert "116 đơn vị" in ha.card
    assert "• KCN → PM: 116 đơn vị" in ha.card
    await ha.click("✅ Nhập")
    (path,) = await paths(town, codes)
    assert path != "/1/2"
    assert {hand[1:3] for hand in await hands(town)} == {(int(path.split("/")[2]), None)}
    assert any("chuyển sang CĐ phường Mới" in card for card in dung.cards)
    assert await papers(town) == before
    assert await shown(giang) == shown_before
    assert await grown(town) == grown_before

    await ha.click("↩️ Hủy lần nhập này")
    await ha.click("↩️ Hủy thay đổi này")
    assert "trở lại như cũ" in ha.card
    assert await paths(town, codes) == {"/1/2"}
    assert await hands(town) == in_hand
    assert any(card.startswith("Đã hủy thay đổi") for card in dung.cards)
    assert await papers(town) == before
    assert await shown(giang) == shown_before


async def test_one_unit_is_renamed_from_a_day_on(town: Town) -> None:
    ha = await town.person("Hà")
    cuc = await town.person("Cúc")
    await ha.send("/donvi")
    await ha.click("✏️ Đổi tên")
    await ha.send("long hoa")
    await ha.click(cast.LONG_HOA.name)
    await ha.send("CĐ phường Long Hòa Đông")
    await ha.send("01/12")
    assert "Từ ngày 01/12/2026 · chưa xác nhận" in ha.card
    await ha.click("✅ Hẹn ngày 01/12")
    assert cuc.card.startswith("Từ ngày 01/12/2026: CĐ phường Long Hòa đổi tên")
    await ha.send("/donvi")
    await ha.click("01/12")
    await town.skip_to(cast.MONDAY + timedelta(days=14))
    await town.move_to(cast.MONDAY + timedelta(days=15))
    async with town.program.work.read() as session:
        assert (await session.get_one(Unit, cast.LONG_HOA.id)).name == "CĐ phường Long Hòa Đông"
        rows = await session.exec(
            select(OutboxMessage.person_id).where(col(OutboxMessage.dedupe_key).contains(":done:"))
        )
        assert set(rows.all()) == {cast.CUC.id}


@pytest.mark.parametrize("kind", ["➡️ Chuyển", "🔗 Nhập vào", "✖️ Giải thể"])
async def test_nothing_is_offered_to_go_into_itself(town: Town, kind: str) -> None:
    ha = await town.person("Hà")
    await ha.send("/donvi")
    await ha.click(kind)
    assert cast.KCN.name in ha.buttons
    assert cast.TINH.name not in ha.buttons, "the province goes nowhere"
    await ha.send("long hoa")
    assert cast.LONG_HOA.name in ha.buttons
    await ha.click(cast.LONG_HOA.name)
    if "Chuyển" in kind:
        await ha.click("Bỏ qua")
    await ha.send("cd phuong")
    assert cast.LONG_HOA.name not in ha.buttons


@pytest.mark.wide
async def test_116_sites_move_by_their_codes_alone(town: Town) -> None:
    codes = await sites(town)
    ha = await town.person("Hà")
    await ha.send("/donvi")
    await ha.click("➡️ Chuyển")
    await ha.send("Công ty X000")
    await ha.click("Công ty X000")
    await ha.send("\n".join(codes))
    await ha.send("hon sao")
    await ha.click(cast.HON_SAO.name)
    await ha.click("Hôm nay")
    assert "116 đơn vị chuyển sang CĐ đặc khu Hòn Sao" in ha.card
    await ha.click("✅ Thực hiện")
    assert await paths(town, codes) == {"/1/4"}


@pytest.mark.parametrize("name", ["An", "Giang", "Mai"])
async def test_the_organisation_is_changed_by_administrators(town: Town, name: str) -> None:
    person = await town.person(name)
    await person.send("/donvi")
    assert person.card == messages.NOT_ALLOWED
    for data in ("org:new:move", "org:open:1", "org:undone:1"):
        await person.forge(data)
        assert any("chưa được giao quyền" in toast for toast in person.toasts)
