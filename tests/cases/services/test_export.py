"""The table of cases: the columns the unions keep, no reporter in it, nothing that runs."""

import csv
import io
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from bot.cases.papers.cases_table import HEADINGS, TITLE, head_of
from bot.cases.services import export, handling
from bot.cases.services.export import case_rows
from bot.cli import operating
from bot.core.context import Context
from bot.core.errors import ConfigError, Refused
from bot.core.work import Work
from bot.documents import tables
from bot.documents.safe_cells import Cell
from storage.enums import CaseKind, Category
from storage.models import Case
from storage.store import Store
from tests import cast
from tests.cases.help import RESULT, TEXT, a_case, acting
from tests.cast import AN, BEN_QUE, CUC, DUNG, GIANG, HA, LAN, SEN_VANG, VAULT, Character
from tests.cast import WEDNESDAY_1500 as NOW
from tests.statements import statements


@pytest.fixture
async def work(any_store: Store, settings: Any) -> Work:
    await cast.settle(any_store)
    return Work(any_store, settings, settings.make_calendar(), VAULT)


async def exported(work: Work, who: Character | None = None, **more: Any) -> list[list[Cell]]:
    actor = await acting(work, who) if who else None
    return [row async for row in case_rows(work, actor, **more)]


async def test_one_row_a_case_in_the_users_columns(work: Work) -> None:
    case = await a_case(work, NOW, category=Category.BUA_AN, affected=60, name="Hồ Thị Lan")
    await handling.settle(Context(work, await acting(work, DUNG), NOW), case.id or 0, RESULT)
    assert (
        *("TT", "Ngày", "Đơn vị", "Nội dung", "Lĩnh vực"),
        *("Cấp giải quyết", "Hạn", "Kết quả", "Ghi chú"),
    ) == HEADINGS
    (row,) = await exported(work)
    assert case.settle_by is not None
    assert row == [
        1,
        date(2026, 11, 18),
        SEN_VANG.name,
        TEXT,
        "bữa ăn ca",
        "CĐ các KCN tỉnh",
        case.settle_by.date(),
        f"Đã giải quyết: {RESULT}",
        f"{case.code}; Phản ánh; khoảng 60 người",
    ]


async def test_neither_names_nor_confidential_words_nor_formulas_leave(work: Work) -> None:
    await a_case(work, NOW, name="Hồ Thị Lan", text='=HYPERLINK("http://x")')
    await a_case(work, NOW, category=Category.QUAY_ROI, text="Tổ trưởng nhắn tin bậy")
    rows = await exported(work)
    assert [row[3] for row in rows] == ['\'=HYPERLINK("http://x")', "(nội dung bảo mật)"]
    assert not any(secret in str(rows) for secret in ("Hồ Thị", "0912", str(LAN.telegram_id)))


async def test_of_a_confidential_case_a_file_says_neither_place_nor_size_nor_kind(
    work: Work,
) -> None:
    case = await a_case(work, NOW, category=Category.QUAY_ROI, affected=3)
    async with work.write() as session:
        stored_case = await session.get_one(Case, case.id)
        stored_case.kind, stored_case.agency = CaseKind.DENUNCIATION, "Công an tỉnh"
    (row,) = await exported(work)
    assert (row[2], row[4], row[8]) == ("", "", case.code)
    assert not any(words in str(row) for words in (SEN_VANG.name, "Công an", "khoảng", "tố cáo"))


async def test_a_supervisor_gets_their_own_part_and_nobody_else_any(work: Work) -> None:
    park = await a_case(work, NOW)
    ward = await a_case(work, NOW, site=BEN_QUE)
    about = await a_case(work, NOW, text="Bãi xe ngập", about_id=GIANG.id)

    async def seen(who: Character) -> list[str]:
        return [str(row[8]).split(";")[0] for row in await exported(work, who)]

    assert await seen(DUNG) == [park.code]
    assert await seen(GIANG) == [park.code, ward.code]
    assert about.code not in await seen(GIANG)
    for who in (AN, CUC, HA, LAN):
        with pytest.raises(Refused):
            await exported(work, who)


async def test_days_and_units_narrow_the_operators_table(work: Work) -> None:
    await a_case(work, NOW)
    await a_case(work, NOW + timedelta(days=1), site=BEN_QUE)
    day = date(2026, 11, 18)
    assert [row[2] for row in await exported(work, until=day)] == [SEN_VANG.name]
    assert [row[2] for row in await exported(work, since=day + timedelta(days=1))] == [BEN_QUE.name]
    assert [row[2] for row in await exported(work, unit_code="LH")] == [BEN_QUE.name]
    with pytest.raises(Refused, match="Không có đơn vị"):
        await exported(work, unit_code="XX")


async def test_pages_do_not_show(work: Work, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export, "PAGE", 2)
    for _ in range(5):
        await a_case(work, NOW)
    assert [row[0] for row in await exported(work)] == [1, 2, 3, 4, 5]


async def test_the_file_opens_as_xlsx_and_as_csv(work: Work, tmp_path: Path) -> None:
    await a_case(work, NOW)
    for name in ("kn.xlsx", "kn.csv"):
        head = head_of("LĐLĐ tỉnh", NOW)
        assert await tables.write(tmp_path / name, HEADINGS, case_rows(work, None), head=head) == 1
    sheet = CalamineWorkbook.from_path(tmp_path / "kn.xlsx").get_sheet_by_name(TITLE)
    title, about, headings, _, total = sheet.to_python()
    assert title[0] == "Bảng tổng hợp phản ánh, kiến nghị"
    assert about[0].startswith("Phạm vi: LĐLĐ tỉnh. Lập lúc ")
    assert headings == list(HEADINGS)
    assert total[1] == "Cộng: 1 phản ánh, kiến nghị"
    with (tmp_path / "kn.csv").open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.reader(file))
    assert lines[1][:3] == ["1", "18/11/2026", SEN_VANG.name]


async def test_the_operators_command_writes_the_file(
    store: Store, settings: Any, tmp_path: Path
) -> None:
    await cast.settle(store)
    await a_case(Work(store, settings, settings.make_calendar(), VAULT), NOW)
    out = tmp_path / "kien-nghi.csv"
    assert await operating.export_cases(settings, out, None, None, "") == 1
    assert TEXT in out.read_text("utf-8-sig")
    with pytest.raises(ConfigError, match=r"\.xlsx or \.csv"):
        await operating.export_cases(settings, tmp_path / "kn.pdf", None, None, "")


async def test_the_whole_table_is_asked_for_once_however_long_it_is(
    work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.cases.services.export.PAGE", 2)
    asked = []
    for _ in range(2):
        for _ in range(5):
            await a_case(work, NOW)
        with statements(work.store) as sent:
            rows = await exported(work)
        asked.append((len(rows), len(sent)))
    assert [count for count, _ in asked] == [5, 10]
    assert asked[0][1] == asked[1][1]


async def test_a_table_in_the_chat_begins_where_the_newest_begin_and_says_so(
    work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    for days in (9, 2, 1, 0):
        await a_case(work, NOW - timedelta(days=days))
    context = Context(work, await acting(work, GIANG), NOW)

    async def table() -> tuple[str, list[Any]]:
        content = io.BytesIO(await export.table_for(context))
        rows = CalamineWorkbook.from_filelike(content).get_sheet_by_index(0).to_python()
        return str(rows[1]), [row[1] for row in rows if isinstance(row[1], date)]

    about, days = await table()
    assert len(days) == 4
    assert "chỉ gồm" not in about
    monkeypatch.setattr(export, "MOST", 4)
    assert len((await table())[1]) == 4
    monkeypatch.setattr(export, "MOST", 2)
    about, days = await table()
    assert days == [date(2026, 11, 17), date(2026, 11, 18)]
    assert "chỉ gồm những việc tiếp nhận từ ngày 17/11/2026" in about
