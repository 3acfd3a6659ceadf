"""The yearly ratings, by hand: of CĐCS by the union above them, of these by the province."""

from sqlmodel import delete, select

from storage.enums import FiguresState, Rating
from storage.models import ClusterUnit, SuggestedFigures, UnitRating
from tests.cast import (
    AN,
    BA_NHIP,
    BEN_QUE,
    CLUSTER_ID,
    HON_SAO,
    KCN,
    LONG_HOA,
    MONDAY,
    SEN_VANG,
    SONG_LANH,
    TAN_LUA,
    TINH,
    Place,
)
from tests.client import Town

YEAR = 2026


async def suggest(town: Town, site: int, rating: Rating, **more: int) -> None:
    async with town.program.work.write() as session:
        session.add(
            SuggestedFigures(
                site_id=site,
                person_id=AN.id,
                suggested_at=MONDAY,
                year=YEAR,
                rating=rating,
                **more,
            )
        )


async def rating_of(town: Town, unit: int) -> UnitRating | None:
    async with town.program.work.read() as session:
        return await session.get(UnitRating, (unit, YEAR))


async def test_a_leader_sees_last_years_rating_and_the_proposal_and_decides(town: Town) -> None:
    dung, an = await town.person("Dũng"), await town.person("An")
    await suggest(town, TAN_LUA.id, Rating.GOOD)
    await suggest(town, TAN_LUA.id, Rating.GOOD)
    await dung.send("/xeploai")
    lines = dung.card.splitlines()
    first = next(line for line in lines if line.startswith("1."))
    assert f"{TAN_LUA.name}: năm trước HT → ⏳ đề xuất HTT" in first, "what waits comes first"
    assert "4 chưa xếp loại (100%)" in dung.card
    await dung.click("1")
    assert "Đề xuất: HTT (Nguyễn Thị An)" in dung.card
    await dung.click("HTXS")
    assert "hoàn thành xuất sắc nhiệm vụ (HTXS)?" in dung.card, "a decision is asked in full"
    await dung.click("✅ Quyết định HTXS")
    assert "Năm 2026: HTXS" in dung.card
    assert "Phạm Tiến Dũng quyết định 16/11/2026." in dung.card
    heard = [card for card in an.cards if "đã quyết định xếp loại năm 2026" in card]
    assert len(heard) == 1, "whoever proposed it hears what was decided, once"
    assert TAN_LUA.name in heard[0]
    await dung.click("« Danh sách")
    assert "So với năm 2025: tăng 1, giữ nguyên 0, giảm 0" in dung.card
    async with town.program.work.read() as session:
        rows = (await session.exec(select(SuggestedFigures))).all()
    assert {row.state for row in rows} == {FiguresState.EDITED}, "they wait no more"


async def test_all_proposals_are_taken_as_they_are_after_a_preview(town: Town) -> None:
    dung = await town.person("Dũng")
    await suggest(town, TAN_LUA.id, Rating.GOOD)
    await suggest(town, BA_NHIP.id, Rating.DONE, workers=99)
    await dung.send("/xeploai")
    await dung.click("✅ Duyệt 2 đề xuất")
    assert f"{BA_NHIP.name}: năm trước KHT → ⏳ đề xuất HT" in dung.card
    assert await rating_of(town, BA_NHIP.id) is None
    await suggest(town, SEN_VANG.id, Rating.GOOD)
    await dung.click("✅ Duyệt 2 đơn vị")
    assert any("vừa thay đổi" in toast for toast in dung.toasts)
    assert await rating_of(town, BA_NHIP.id) is None
    await dung.send("/xeploai")
    await dung.click("✅ Duyệt 3 đề xuất")
    await dung.click("✅ Duyệt 3 đơn vị")
    assert "tăng 2, giữ nguyên 0, giảm 1" in dung.card
    rating = await rating_of(town, BA_NHIP.id)
    assert rating is not None
    assert (rating.rating, rating.basis) == (Rating.DONE, "theo đề xuất")
    async with town.program.work.read() as session:
        waiting = select(SuggestedFigures).where(SuggestedFigures.state == FiguresState.WAITING)
        (row,) = (await session.exec(waiting)).all()
    assert (row.site_id, row.rating, row.workers) == (BA_NHIP.id, None, 99), "headcounts still wait"


async def test_the_province_rates_a_union_by_the_strength_of_its_sites(town: Town) -> None:
    giang = await town.person("Giang")
    async with town.program.work.write() as session:
        session.add(UnitRating(unit_id=SEN_VANG.id, year=YEAR, rating=Rating.EXCELLENT))
        session.add(UnitRating(unit_id=SONG_LANH.id, year=YEAR, rating=Rating.GOOD))
    await giang.send("/xeploai")
    assert f"Số đơn vị thuộc {TINH.name} phải xếp loại: " in giang.card
    assert KCN.name in giang.card
    await giang.click("1")
    assert KCN.name in giang.card
    assert "1 HTXS (25%), 1 HTT (25%), 2 chưa xếp loại (50%)" in giang.card
    await giang.click("HTT")
    await giang.click("✅ Quyết định HTT")
    rating = await rating_of(town, KCN.id)
    assert rating is not None
    assert (rating.rating, rating.decided_by) == (Rating.GOOD, 5)
    await giang.click("⭐ Xếp loại các CĐCS")
    assert SEN_VANG.name in giang.card


async def test_who_watches_over_a_cluster_comes_to_the_list_of_each_of_its_unions(
    town: Town,
) -> None:
    khoa = await town.person("Khoa")
    await watches_over(town, LONG_HOA, HON_SAO)
    await khoa.send("/xeploai")
    first, second = (LONG_HOA, HON_SAO) if LONG_HOA.name in khoa.card else (HON_SAO, LONG_HOA)
    await khoa.click(f"🏢 {second.name}")
    assert f"Số CĐCS thuộc {second.name} phải xếp loại: " in khoa.card
    await khoa.click(f"🏢 {first.name}")
    assert f"Số CĐCS thuộc {first.name} phải xếp loại: " in khoa.card


async def watches_over(town: Town, *places: Place) -> None:
    """Khoa's cluster is of these."""
    async with town.program.work.write() as session:
        await session.exec(delete(ClusterUnit))
        session.add_all(ClusterUnit(cluster_id=CLUSTER_ID, unit_id=one.id) for one in places)


async def test_an_officer_and_a_committee_propose_and_decide_nothing(town: Town) -> None:
    an, mai, dung = [await town.person(name) for name in ("An", "Mai", "Dũng")]
    await an.send("/xeploai")
    assert not any("Duyệt" in label for label in an.buttons)
    await mai.send("/xeploai")
    assert SEN_VANG.name in mai.card
    await mai.click("✍️ HTXS")
    assert "chờ lãnh đạo quyết định" in mai.card
    await mai.forge(f"rate:set:{SEN_VANG.id}:{YEAR}:0:htxs")
    await an.forge(f"rate:set:{SEN_VANG.id}:{YEAR}:0:htxs")
    await dung.forge(f"rate:set:{KCN.id}:{YEAR}:0:htxs")
    await dung.forge(f"rate:set:{BEN_QUE.id}:{YEAR}:0:htxs")
    for unit in (SEN_VANG, KCN, BEN_QUE):
        assert await rating_of(town, unit.id) is None
    await dung.send("/xeploai")
    assert f"{SEN_VANG.name}: năm trước HTXS → ⏳ đề xuất HTXS" in dung.card
