"""Headcounts and ratings of reports: on a list until the unit's leader decides, then they count."""

from typing import Any

import pytest

from bot.core.context import Context
from bot.visits.facts.report_answers import ReportAnswers
from bot.visits.services import reports, suggested_figures
from storage.enums import FiguresState, Rating
from storage.models import Membership, SuggestedFigures, Unit, UnitRating
from tests.cases.help import acting
from tests.cast import AN, BINH, DUNG, MAI, SEN_VANG, VI_NA_SUN, WEDNESDAY_1500, Character, Place
from tests.client import Town
from tests.visits.routes.test_report import rows

FIGURES = {
    "headcount": 1900,
    "women": 1500,
    "members": 1790,  # as it is already
    "suggested_rating": Rating.GOOD,
}


@pytest.fixture
def now():
    return WEDNESDAY_1500


async def reported(
    town: Town, by: Character = AN, site: Place = SEN_VANG, visit_id: int = 0, **columns: Any
) -> int:
    """A report of a visit outside of the plan, or a correction of it; the visit."""
    context = Context(town.program.work, await acting(town.program.work, by), WEDNESDAY_1500)
    given = {"visited_on": WEDNESDAY_1500.date(), "kind": "dialogue", "workers_met": 5, **columns}
    answers = ReportAnswers(given)
    if visit_id:
        sent = await reports.submit(context, visit_id, answers)
    else:
        sent = await reports.submit_unplanned(context, site.id, answers)
    return sent.visit.id or 0


async def site_now(town: Town, site: Place = SEN_VANG) -> tuple[int, int, int, Rating | None]:
    async with town.program.work.read() as session:
        unit = await session.get_one(Unit, site.id)
        rating = await session.get(UnitRating, (site.id, 2026))
    return unit.workers, unit.women, unit.members, rating.rating if rating else None


async def test_nothing_counts_before_the_leader_accepts_it_and_then_all_does(town: Town) -> None:
    an, dung = await town.person("An"), await town.person("Dũng")
    await dung.send("/start")
    assert "Số liệu đề xuất" not in dung.card
    await reported(town, **FIGURES)
    before = await site_now(town)
    assert before == (1850, 0, 1790, None)
    await dung.send("/start")
    assert "Số liệu đề xuất: 1 cơ sở chờ đồng chí quyết định" in dung.card
    await dung.send("/dexuat")
    assert "Tổng số lao động: 1.850 → 1.900" in dung.card
    assert "Đoàn viên" not in dung.card, "what is so already is no suggestion"
    await dung.click("1")
    assert "Xếp loại năm 2026: chưa có → hoàn thành tốt" in dung.card
    assert await site_now(town) == before
    await dung.click("Chấp nhận")
    assert await site_now(town) == (1900, 1500, 1790, Rating.GOOD)
    assert "Không có số liệu nào chờ quyết định" in dung.card
    (row,) = await rows(town, SuggestedFigures)
    assert (row.state, row.decided_by) == (FiguresState.ACCEPTED, DUNG.id)
    assert row.decided_at is not None
    assert row.decided == {"workers": 1900, "women": 1500, "rating": "T"}
    assert "Đồng chí Phạm Tiến Dũng đã chấp nhận số liệu đồng chí đề xuất" in an.card


async def test_the_old_figures_can_stay_and_others_can_be_put_in_their_place(town: Town) -> None:
    an, dung = await town.person("An"), await town.person("Dũng")
    await reported(town, **FIGURES)
    await dung.send("/dexuat")
    await dung.click("1")
    await dung.click("Giữ số cũ")
    assert await site_now(town) == (1850, 0, 1790, None)
    assert "giữ nguyên số liệu cũ" in an.card
    await reported(town, **FIGURES)
    await dung.send("/dexuat")
    await dung.click("1")
    await dung.click("Sửa số")
    await dung.click("1.900")
    await dung.send("1901")  # more women than workers
    await dung.click("Hoàn thành xuất sắc")
    await dung.click("Lưu")
    assert await site_now(town) == (1850, 0, 1790, None)
    assert any("lớn hơn tổng số lao động" in said for said in [*dung.toasts, *dung.cards])
    await dung.click("Sửa")
    await dung.click("✓ Lao động nữ")
    await dung.send("1400")
    await dung.click("Lưu")
    assert await site_now(town) == (1900, 1400, 1790, Rating.EXCELLENT)
    assert "đã sửa số liệu đồng chí đề xuất" in an.card
    assert "Lao động nữ: 0 → 1.400" in an.card
    states = [row.state for row in await rows(town, SuggestedFigures)]
    assert states == [FiguresState.KEPT, FiguresState.EDITED]


async def test_a_site_is_one_decision_and_both_officers_hear_of_it(town: Town) -> None:
    an, binh, dung = [await town.person(name) for name in ("An", "Bình", "Dũng")]
    await reported(town, headcount=1900, women=1500)
    await reported(town, by=BINH, headcount=1950)
    await dung.send("/dexuat")
    assert "Tổng số lao động: 1.850 → 1.950" in dung.card
    assert "Nguyễn Thị An, Trần Văn Bình" in dung.card
    await dung.click("1")
    await dung.click("Chấp nhận")
    assert await site_now(town) == (1950, 1500, 1790, None)
    for officer in (an, binh):
        assert "đã chấp nhận" in officer.card


async def test_nothing_is_decided_unseen(town: Town) -> None:
    dung = await town.person("Dũng")
    await reported(town, headcount=1900)
    await dung.send("/dexuat")
    await dung.click("1")
    await reported(town, by=BINH, headcount=2)
    await dung.click("Chấp nhận")
    assert "Vừa có số liệu mới" in dung.toasts[-1]
    assert (await site_now(town))[0] == 1850


async def test_a_correction_takes_the_place_of_what_the_report_suggested(town: Town) -> None:
    visit_id = await reported(town, headcount=19000)
    await reported(town, visit_id=visit_id, headcount=1900)
    assert [row.workers for row in await rows(town, SuggestedFigures)] == [1900]
    await reported(town, visit_id=visit_id, headcount=1850)
    assert await rows(town, SuggestedFigures) == []


async def test_a_correction_does_not_ask_again_what_was_decided(town: Town) -> None:
    visit_id = await reported(town, **FIGURES)
    dung = await town.person("Dũng")
    await dung.send("/dexuat")
    await dung.click("1")
    await dung.click("Giữ số cũ")
    await reported(town, visit_id=visit_id, **FIGURES, situation="Thêm một câu")
    assert [row.state for row in await rows(town, SuggestedFigures)] == [FiguresState.KEPT]
    await reported(town, visit_id=visit_id, **{**FIGURES, "headcount": 1910})
    waits = [row for row in await rows(town, SuggestedFigures) if not row.decided_at]
    assert [(row.workers, row.women, row.rating) for row in waits] == [(1910, None, None)]


async def test_an_enterprise_without_a_union_is_not_rated(town: Town) -> None:
    await reported(town, site=VI_NA_SUN, suggested_rating=Rating.GOOD, headcount=600)
    (row,) = await rows(town, SuggestedFigures)
    assert (row.workers, row.rating) == (600, None)


async def test_where_nobody_leads_the_union_the_next_above_decides(town: Town) -> None:
    giang = await town.person("Giang")
    await reported(town, headcount=1900)
    await giang.send("/dexuat")
    assert "Không có số liệu nào chờ quyết định" in giang.card, "Dũng decides"
    async with town.program.work.write() as session:
        (await session.get_one(Membership, DUNG.id)).ended_at = WEDNESDAY_1500
    await giang.send("/dexuat")
    assert "1.850 → 1.900" in giang.card


@pytest.mark.parametrize("name", ["An", "Cúc", "Hà", "Mai", "Lan", "Khoa"])
async def test_nobody_else_sees_or_decides(town: Town, name: str) -> None:
    await reported(town, **FIGURES)
    (row,) = await rows(town, SuggestedFigures)
    other = await town.person(name)
    for data in ("sug:list:0", f"sug:open:{SEN_VANG.id}", f"sug:edit:{SEN_VANG.id}:{row.id}"):
        await other.forge(data)
    for act in ("ok", "keep"):
        await other.forge(f"sug:{act}:{SEN_VANG.id}:{row.id}")
    assert "1.900" not in "\n".join(other.cards)
    assert await site_now(town) == (1850, 0, 1790, None)


async def test_the_sites_own_committee_uses_the_same_list(town: Town) -> None:
    work, dung = town.program.work, await town.person("Dũng")
    mai = await acting(work, MAI)
    async with work.write() as session:
        site = await session.get_one(Unit, SEN_VANG.id)
        context = Context(work, mai, WEDNESDAY_1500)
        await suggested_figures.suggest(session, context, site, {"members": 1800}, 2026)
    await dung.send("/dexuat")
    assert "Đoàn viên: 1.790 → 1.800" in dung.card
