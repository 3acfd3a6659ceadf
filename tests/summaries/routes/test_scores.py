"""Emulation scores, by hand and as a workbook."""

from datetime import date
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from python_calamine import CalamineWorkbook
from sqlmodel import delete

from bot.core.access import actor_of
from bot.core.context import Context
from bot.core.rules.official_names import official_name
from bot.summaries.papers import scores_xlsx
from bot.summaries.services import scores
from storage.enums import Rating
from storage.models import ClusterUnit, UnitRating, UnitTarget
from tests.cast import CLUSTER_ID, GIANG, KCN, LONG_HOA, MONDAY, SEN_VANG, SONG_LANH, TINH
from tests.client import Town
from tests.summaries.services.count_help import went


async def a_year(town: Town) -> None:
    """KCN was out twice, won 12 members of 48 and has one strong site of two rated."""
    work = town.program.work
    await went(work, SEN_VANG, date(2026, 11, 4), new_members=12)
    await went(work, SONG_LANH, date(2026, 11, 11))
    async with work.write() as session:
        session.add(
            UnitTarget(
                plan="doan-vien",
                target="doan-vien-2028",
                unit_id=KCN.id,
                year=2026,
                value=48,
                set_by=GIANG.id,
                set_at=MONDAY,
            )
        )
        session.add(UnitRating(unit_id=SEN_VANG.id, year=2026, rating=Rating.EXCELLENT))
        session.add(UnitRating(unit_id=SONG_LANH.id, year=2026, rating=Rating.DONE))


async def test_the_province_sees_every_units_points_and_what_they_are_from(town: Town) -> None:
    giang = await town.person("Giang")
    await a_year(town)
    await giang.send("/thidua")
    assert KCN.name in giang.card
    assert "1." in giang.card
    await giang.click("1")
    assert KCN.name in giang.card
    assert "Đoàn viên mới so với chỉ tiêu được giao: 12/48 (25%) → 5/20" in giang.card
    assert "Điểm = 20 × (số đoàn viên mới : chỉ tiêu đoàn viên được giao" in giang.card
    assert "CĐCS xếp loại HTXS, HTT: 1/2 (50%) → 5/10" in giang.card
    assert "chưa phát sinh → không tính" in giang.card, "no case fell due: it takes nothing away"
    (ranked,) = [row for row in giang.card.splitlines() if "hạng 1/" in row]
    assert "đơn vị đã có số liệu, đến" in ranked, "a place among those that have one"
    await giang.click("« Các đơn vị")
    await giang.click("📊 Bảng chấm điểm")
    assert any("thi-dua-2026.xlsx" in str(message) for message in giang.messages)


async def test_a_unit_sees_itself_alone(town: Town) -> None:
    dung, an = await town.person("Dũng"), await town.person("An")
    await a_year(town)
    await dung.send("/thidua")
    assert KCN.name in dung.card
    assert "/100" in dung.card
    assert "hạng" not in dung.card, "compared with nobody it has no place"
    await dung.click("1")
    assert "/100" in dung.card
    assert "hạng" not in dung.card
    await dung.click("« Các đơn vị")
    assert LONG_HOA.name not in dung.card
    await dung.forge(f"score:unit:{LONG_HOA.id}:2026")
    assert LONG_HOA.name not in dung.card
    await an.forge("score:list:2026:0")
    assert "Điểm thi đua" not in an.card


async def test_a_place_among_some_units_says_that_they_are_the_readers(town: Town) -> None:
    khoa = await town.person("Khoa")
    await a_year(town)
    async with town.program.work.write() as session:
        await session.exec(delete(ClusterUnit))
        session.add_all(
            ClusterUnit(cluster_id=CLUSTER_ID, unit_id=place.id) for place in (KCN, LONG_HOA)
        )
    await khoa.send("/thidua")
    assert "hạng 1, " in khoa.card
    await khoa.click("1")
    assert "hạng 1/2 đơn vị đã có số liệu mà đồng chí theo dõi, đến" in khoa.card


async def test_the_workbook_has_a_sheet_for_each_measure_that_explains_its_points(
    town: Town,
) -> None:
    await a_year(town)
    work = town.program.work
    facts = await scores.listed(Context(work, await actor_of(work, GIANG.address), MONDAY), 0)
    data = scores_xlsx.make(facts)
    book = CalamineWorkbook.from_filelike(BytesIO(data))
    assert book.sheet_names == ["Tổng hợp", *(measure.sheet for measure in facts.measures)]
    with ZipFile(BytesIO(data)) as inside:
        for n in range(1, len(book.sheet_names) + 1):
            xml = inside.read(f"xl/worksheets/sheet{n}.xml").decode()
            assert 'topLeftCell="C4"' in xml, "the head stays in sight"
            assert '<autoFilter ref="A3:' in xml
    for name in book.sheet_names:
        assert "Số liệu từ 01/01/2026 đến hết 16/11/2026." in rows_of(book, name)[1][0]
    members = rows_of(book, "Phát triển đoàn viên")
    assert "Điểm = 20 × (số đoàn viên mới" in members[1][0]
    assert members[2][2:4] == ["Số đoàn viên mới", "Chỉ tiêu đoàn viên được giao trong năm"]
    totals = rows_of(book, "Tổng hợp")
    assert totals[2][0] == "Xếp thứ"
    assert totals[0][0] == (
        f"ĐIỂM THI ĐUA NĂM 2026 CỦA CÁC ĐƠN VỊ THUỘC {official_name(TINH.name).upper()}"
    )
    (row,) = [row for row in members if row[1] == KCN.name]
    assert row[2:6] == [12, 48, 25, 5]
    (row,) = [row for row in members if row[1] == LONG_HOA.name]
    assert row[2:7] == ["", "", "", "", "chưa có số liệu, không tính"]
    (row,) = [row for row in rows_of(book, "Tổng hợp") if row[1] == KCN.name]
    points = [value for value in row[2 : 2 + len(facts.measures)] if value != ""]
    assert round(sum(points), 1) == row[-3]
    assert abs(row[-1] - 100 * row[-3] / row[-2]) <= 0.06


def rows_of(book: CalamineWorkbook, name: str) -> list[list[Any]]:
    rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    width = max(len(row) for row in rows)
    return [[*row, *([""] * (width - len(row)))] for row in rows]
