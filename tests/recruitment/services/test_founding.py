"""A founded union is counted once, everywhere, on its day; on SQLite and PostgreSQL."""

import io
from datetime import date, timedelta

import pytest
from docx import Document
from sqlmodel import select

from bot.core.access import actor_of
from bot.core.context import Context
from bot.core.errors import Refused
from bot.core.work import Work
from bot.programmes import load
from bot.recruitment.facts.pipeline import Founding, RecruitmentNews
from bot.recruitment.rules.campaigns import Month
from bot.recruitment.services import campaigns, founding, pipeline, pipeline_lists, surveys
from bot.recruitment.services.pipeline import Move
from bot.recruitment.services.reminders import STREAM
from bot.summaries.services.drill_down import behind
from bot.units.services.growth import founded_unions, new_members
from storage.enums import RecruitmentState, RecruitmentStep, UnitKind
from storage.figures import DaySpan
from storage.models import OutboxMessage, Recruitment, RecruitmentEvent, Unit, UnitCount
from storage.store import Store
from tests import cast, soundness
from tests.cast import AN, DUNG, GIANG, HA, KCN, LONG_HOA, MAI, SEN_VANG, VI_NA_SUN
from tests.rows import every
from tests.statements import statements as counting
from tests.summaries.services.count_help import NOW, counted, owes, went
from tests.units.services.test_importing import bring

CONGRESS = date(2026, 11, 20)
YEAR = DaySpan(date(2026, 1, 1), date(2026, 12, 31))
HOMES = [KCN.id, LONG_HOA.id]
UNION = Founding(CONGRESS, 540, 40, "15/QĐ-CĐ", date(2026, 12, 1))


@pytest.fixture
async def work(any_store: Store, settings) -> Work:
    await cast.settle(any_store)
    plans = load(settings.programmes)
    return Work(any_store, settings, settings.make_calendar(), cast.VAULT, plans)


async def context_of(work: Work, person: cast.Character, now=NOW) -> Context:
    return Context(work, await actor_of(work, person.address), now)


async def at_the_congress(work: Work) -> Context:
    dung = await context_of(work, DUNG)
    await pipeline.begin(dung, VI_NA_SUN.id)
    move = Move(VI_NA_SUN.id, RecruitmentStep.SURVEY, RecruitmentStep.CONGRESS)
    await pipeline.move(dung, move, RecruitmentNews(CONGRESS, 100, 40))
    return dung


async def test_its_members_and_the_union_are_counted_on_the_day_of_the_congress(
    work: Work,
) -> None:
    await founding.note_founding(await at_the_congress(work), VI_NA_SUN.id, UNION)
    async with work.read() as session:
        (gain,) = await new_members(session, YEAR, HOMES)
        (union,) = await founded_unions(session, YEAR, HOMES)
        assert await new_members(session, DaySpan(NOW.date(), NOW.date()), HOMES) == []
        assert await founded_unions(session, YEAR, [LONG_HOA.id]) == []
    assert (gain.site_id, gain.home_id, gain.day, gain.members) == (15, KCN.id, CONGRESS, 40)
    assert (union.site_id, union.home_id, union.day, union.workers) == (15, KCN.id, CONGRESS, 540)
    assert await soundness.broken(work.store, NOW) == []
    numbers = await counted(work, await owes(work))
    assert (numbers.values["new_unions"], numbers.values["new_members"]) == (1, 40)


@pytest.mark.parametrize("days", [-5, 0, 5])
async def test_members_that_a_visit_and_the_founding_speak_of_are_the_same(
    work: Work, days: int
) -> None:
    day = CONGRESS + timedelta(days=days)
    await went(work, VI_NA_SUN, day, new_members=40)
    await founding.note_founding(await at_the_congress(work), VI_NA_SUN.id, UNION)
    assert (await counted(work, await owes(work))).values["new_members"] == 40


async def test_a_list_that_says_the_same_adds_nothing(work: Work) -> None:
    await founding.note_founding(await at_the_congress(work), VI_NA_SUN.id, UNION)
    row = {"code": VI_NA_SUN.code, "kind": "CĐCS", "members": 40}
    await bring(work, row)
    assert (await counted(work, await owes(work))).values["new_members"] == 40
    async with work.read() as session:
        assert (await session.get_one(Unit, 15)).union_since == CONGRESS


async def test_behind_the_figure_stands_the_union_and_its_members(work: Work) -> None:
    await founding.note_founding(await at_the_congress(work), VI_NA_SUN.id, UNION)
    owed = await owes(work)
    for figure in ("new_unions", "new_members"):
        page = await behind(await context_of(work, GIANG), owed.id or 0, figure, 0)
        assert VI_NA_SUN.name in str(page)


async def test_only_a_leader_of_the_unit_founds_and_only_where_the_conditions_are_met(
    work: Work,
) -> None:
    dung = await context_of(work, DUNG)
    with pytest.raises(Refused):
        await founding.note_founding(dung, VI_NA_SUN.id, UNION)
    await at_the_congress(work)
    for person in (AN, HA, MAI, cast.CUC, cast.KHOA, cast.LAN):
        with pytest.raises(Refused):
            await founding.note_founding(await context_of(work, person), VI_NA_SUN.id, UNION)
    for bad in (Founding(CONGRESS, 540, 4), Founding(CONGRESS, 30, 31)):
        with pytest.raises(Refused):
            await founding.note_founding(dung, VI_NA_SUN.id, bad)
    with pytest.raises(Refused):
        await founding.note_founding(dung, SEN_VANG.id, UNION)
    async with work.read() as session:
        assert (await session.get_one(Unit, 15)).kind is UnitKind.ENTERPRISE
    await founding.note_founding(dung, VI_NA_SUN.id, UNION)
    with pytest.raises(Refused):
        await founding.note_founding(dung, VI_NA_SUN.id, UNION)
    async with work.read() as session:
        assert len((await session.exec(select(UnitCount))).all()) == 1


async def test_figures_that_came_since_are_not_undone(work: Work) -> None:
    dung = await at_the_congress(work)
    await founding.note_founding(dung, VI_NA_SUN.id, UNION)
    await bring(work, {"code": VI_NA_SUN.code, "members": 60})
    for person in (DUNG, HA):
        with pytest.raises(Refused):
            await founding.unfound(await context_of(work, person), VI_NA_SUN.id)
    async with work.read() as session:
        assert (await session.get_one(Unit, 15)).members == 60


async def test_a_list_that_says_union_ends_the_way_without_a_word(work: Work) -> None:
    await at_the_congress(work)
    await bring(work, {"code": VI_NA_SUN.code, "kind": "CĐCS", "members": 40})
    later = NOW + timedelta(days=60)
    await STREAM.ensure(work, later)
    async with work.read() as session:
        row = (await session.exec(select(Recruitment))).one()
        last = (await session.exec(every(RecruitmentEvent))).all()[-1]
        unit = await session.get_one(Unit, 15)
        owed = (await session.exec(select(OutboxMessage))).all()
    assert (row.state, row.founded_on, row.remind_at) == ("founded", unit.union_since, None)
    assert (last.what, last.actor_id) == ("listed", None)
    assert not [message for message in owed if "chuyển biến" in message.text]
    assert row.state is RecruitmentState.FOUNDED
    assert await soundness.broken(work.store, NOW) == []


async def test_the_month_of_a_campaign_shows_each_day_and_each_unit(work: Work) -> None:
    await went(work, SEN_VANG, date(2026, 7, 3), new_members=7)
    await went(work, SEN_VANG, date(2026, 7, 3), new_members=2)
    await went(work, cast.BEN_QUE, date(2026, 7, 20), new_members=5, by=cast.CUC)
    await went(work, SEN_VANG, date(2026, 8, 1), new_members=9)
    july = Founding(date(2026, 7, 20), 540, 40)
    await founding.note_founding(await at_the_congress(work), VI_NA_SUN.id, july)
    page = await campaigns.look(await context_of(work, GIANG), None, 0)
    assert page.month == Month(2026, 7)
    assert [(d.day.day, d.members, d.unions, d.total) for d in page.days] == [
        (3, 9, 0, 9),
        (20, 45, 1, 54),
    ]
    assert [(u.name, u.members, u.unions) for u in page.units] == [
        (KCN.name, 49, 1),
        (LONG_HOA.name, 5, 0),
    ]
    assert (page.members, page.without, page.runs) == (54, 1, False)
    own = await campaigns.look(await context_of(work, DUNG), Month(2026, 7), 0)
    assert own.members == 49
    with pytest.raises(Refused):
        await campaigns.look(await context_of(work, DUNG), None, LONG_HOA.id)
    with pytest.raises(Refused):
        await campaigns.look(await context_of(work, GIANG), Month(2027, 5), 0)


async def test_the_pool_is_what_the_plan_of_the_year_asks(work: Work) -> None:
    async with work.write() as session:
        (await session.get_one(Unit, VI_NA_SUN.id)).workers = 22
    for years, pool in ((0, 0), (3, 1)):
        giang = await context_of(work, GIANG, NOW + timedelta(days=366 * years))
        facts = await pipeline_lists.funnel(giang, 0)
        assert (facts.pool, facts.not_begun) == (pool, pool)


async def test_how_many_statements_the_lists_take_does_not_grow(work: Work) -> None:
    giang = await context_of(work, GIANG)

    async def statements() -> list[int]:
        numbers = []
        for ask in (
            lambda: pipeline_lists.funnel(giang, 0),
            lambda: pipeline_lists.listed(giang, "none", 0, 0),
            lambda: pipeline_lists.by_unit(giang, 0),
            lambda: campaigns.look(giang, None, 0),
        ):
            with counting(work.store) as sent:
                await ask()
            numbers.append(len(sent))
        return numbers

    before = await statements()
    async with work.write() as session:
        for number in range(200, 230):
            session.add(
                Unit(
                    id=number,
                    code=f"N{number}",
                    name=f"Doanh nghiệp {number}",
                    folded=f"doanh nghiep {number}",
                    kind=UnitKind.ENTERPRISE,
                    parent_id=KCN.id,
                    path=f"{KCN.path}{number}/",
                    workers=100,
                    known_since=date(2026, 1, 5),
                )
            )
    for number in range(200, 215):
        await pipeline.begin(giang, number)
    assert await statements() == before


async def test_the_sheet_has_what_is_known_and_room_for_the_rest(work: Work) -> None:
    an = await context_of(work, AN)
    answers = {"ownership": "foreign", "insured": 500, "owner_view": "supports"}
    trusted = {"willing": 123, "core": 7, "notes": "Công nhân sợ bị đuổi việc"}
    await surveys.keep(an, VI_NA_SUN.id, CONGRESS, answers | trusted)
    file = await surveys.sheet_file(an, VI_NA_SUN.id)
    text = "\n".join(p.text for p in Document(io.BytesIO(file.data)).paragraphs)
    assert file.name == "phieu-khao-sat-dien-tu-vi-na-sun.docx"
    for words in ("Điện tử Vi Na Sun", "Tổng số lao động: 540 người", "☒ Có vốn đầu tư nước ngoài"):
        assert words in text
    assert "500 người" in text
    for words in ("123", "7 người", "☒ Ủng hộ", "sợ bị đuổi việc"):
        assert words not in text, "what workers and the owner think is never printed"
    first, apart = text.split("không để lại doanh nghiệp")
    assert "muốn tham gia công đoàn" in apart
    assert "muốn tham gia công đoàn" not in first
    assert "☐ Chưa đồng ý" in apart
    assert "Lao động nữ: ………… người" in text
    assert "Lao động tham gia bảo hiểm xã hội: 500 người" in first
