"""The page of a site: as many statements for three years as for a day, and words for whom alone."""

from datetime import date, timedelta

import pytest
from sqlmodel import delete

from bot.config.settings import Settings
from bot.core.access import actor_of
from bot.core.context import Context
from bot.core.work import Work
from bot.visits.cards import site_page as cards
from bot.visits.services import site_lists, site_page
from storage.enums import AlertLevel, CaseStatus, Category, VisitStatus
from storage.models import Alert, Case, UnitRating, Visit, VisitReport
from storage.store import Store
from tests import cast
from tests.cases.help import a_case
from tests.cast import (
    AN,
    BINH,
    DUNG,
    FRIDAY_1630,
    GIANG,
    HA,
    KCN,
    SEN_VANG,
    SONG_LANH,
    VAULT,
    Character,
)
from tests.statements import statements

THIS = date(2026, 11, 16)


@pytest.fixture
async def settled(any_store: Store, settings: Settings) -> Work:
    """On SQLite and PostgreSQL in turn."""
    await cast.settle(any_store)
    return Work(any_store, settings, settings.make_calendar(), VAULT)


async def context_of(work: Work, person: Character) -> Context:
    return Context(work, await actor_of(work, person.address), FRIDAY_1630)


async def an_alert(work: Work, case_id: int | None = None) -> None:
    alert = {"unit_id": KCN.id, "home_id": KCN.id, "at": FRIDAY_1630, "level": AlertLevel.WARNING}
    async with work.write() as session:
        session.add(
            Alert(key="here", site_id=SEN_VANG.id, raised_by=AN.id, case_id=case_id, **alert)
        )
        session.add(Alert(key="there", site_id=SONG_LANH.id, **alert))
        session.add(Alert(key="over", site_id=SEN_VANG.id, over_at=FRIDAY_1630, **alert))


async def visited(work: Work, weeks: int) -> None:
    """A reported visit in each of the last weeks, with figures, a rating a year and a case."""
    async with work.write() as session:
        for ago in range(1, weeks + 1):
            monday = THIS - timedelta(weeks=ago)
            visit = Visit(
                key=f"past:{ago}",
                week=monday,
                site_id=SEN_VANG.id,
                unit_id=KCN.id,
                officer_id=AN.id,
                status=VisitStatus.REPORTED,
                created_at=FRIDAY_1630,
                reported_at=FRIDAY_1630,
            )
            session.add(visit)
            await session.flush()
            session.add(
                VisitReport(
                    visit_id=visit.id or 0,
                    author_id=AN.id,
                    submitted_at=FRIDAY_1630,
                    visited_on=monday,
                    kind="committee",
                    situation="Định mức tăng <b>120</b> cái một giờ. " * 20,
                    headcount=1800 + ago,
                )
            )
        session.add_all(
            UnitRating(unit_id=SEN_VANG.id, year=2024 - n, rating="T") for n in range(weeks // 50)
        )
    for _ in range(weeks // 10 + 1):
        await a_case(work, FRIDAY_1630)


@pytest.mark.wide
async def test_a_page_takes_as_many_statements_for_three_years_as_for_one_week(
    settled: Work,
) -> None:
    context = await context_of(settled, DUNG)
    await an_alert(settled, (await a_case(settled, FRIDAY_1630)).id)
    counts = []
    for weeks in (1, 150):
        async with settled.write() as session:
            await session.exec(delete(VisitReport))
            await session.exec(delete(Visit))
        await visited(settled, weeks)
        with statements(settled.store) as sent:
            await site_page.site_page(context, SEN_VANG.id)
            await site_page.visits_there(context, SEN_VANG.id, 0)
            await site_page.cases_there(context, SEN_VANG.id, 0)
            await site_page.figures_there(context, SEN_VANG.id, 0)
            await site_lists.own_sites(context, 0)
        counts.append(len(sent))
    assert counts[0] == counts[1]


@pytest.mark.wide
async def test_the_page_stays_readable_however_much_there_is(settled: Work) -> None:
    await visited(settled, 150)
    facts = await site_page.site_page(await context_of(settled, DUNG), SEN_VANG.id)
    card = cards.page(facts)
    assert len(card.text) < 1500
    assert len([line for line in card.text.split("\n") if line]) <= 16
    assert "Xếp loại năm 2022: tốt; năm 2023: tốt; năm 2024: tốt; năm 2025: xuất sắc." in card.text
    assert "<b>120</b>" not in card.text
    figures = await site_page.figures_there(await context_of(settled, DUNG), SEN_VANG.id, 0)
    assert [row.workers for row in figures.rows] == list(range(1801, 1809))
    second = await site_page.figures_there(await context_of(settled, DUNG), SEN_VANG.id, 1)
    assert [row.workers for row in second.rows] == list(range(1809, 1817))


async def test_an_alert_that_is_not_over_stands_on_the_page_for_whoever_may_see_it(
    settled: Work,
) -> None:
    await an_alert(settled)
    texts = {}
    for person in (AN, BINH, DUNG, GIANG, HA):
        facts = await site_page.site_page(await context_of(settled, person), SEN_VANG.id)
        texts[person.name] = cards.page(facts).text
    line = "🚨 1 cảnh báo chưa kết thúc: gõ /canhbao để xem."
    assert {name for name, text in texts.items() if line in text} == {"An", "Dũng", "Giang"}
    assert not any("🚨" in texts[name] for name in ("Bình", "Hà"))


async def test_who_reads_no_words_of_cases_reads_none_here_and_no_figure_tells_of_hidden_ones(
    settled: Work,
) -> None:
    await a_case(settled, FRIDAY_1630, text="Lương chậm hai tháng")
    hidden = await a_case(settled, FRIDAY_1630, text="Tổ trưởng quấy rối")
    async with settled.write() as session:
        (await session.get_one(Case, hidden.id)).category = Category.QUAY_ROI
    seen = {}
    for person in (AN, DUNG, GIANG, HA):
        context = await context_of(settled, person)
        page = await site_page.site_page(context, SEN_VANG.id)
        listed = await site_page.cases_there(context, SEN_VANG.id, 0)
        seen[person.name] = (page.cases.open, sorted(r.case.text for r in listed.rows))
        assert listed.others == page.cases.open - page.cases.readable
        text = cards.cases(listed).text
        assert ("Quấy rối" in text) is (person in (DUNG, GIANG)), "its category"
        assert "Tổ trưởng quấy rối" not in text, "a list never quotes what is confidential"
    both = ["Lương chậm hai tháng", "Tổ trưởng quấy rối"]
    assert seen == {
        "An": (1, both[:1]),
        "Dũng": (2, both),
        "Giang": (2, both),
        "Hà": (1, []),
    }


async def test_open_cases_come_before_settled_ones(settled: Work) -> None:
    first = await a_case(settled, FRIDAY_1630, text="Bữa ăn ca ít")
    await a_case(settled, FRIDAY_1630 - timedelta(days=3), text="Xe đưa đón trễ")
    async with settled.write() as session:
        (await session.get_one(Case, first.id)).status = CaseStatus.ANSWERED
    listed = await site_page.cases_there(await context_of(settled, DUNG), SEN_VANG.id, 0)
    assert [row.case.text for row in listed.rows] == ["Xe đưa đón trễ", "Bữa ăn ca ít"]
