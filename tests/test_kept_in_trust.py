"""What has to be kept quiet (harassment, a denunciation, a word about a cadre) leaves no trace of
its place in anything that goes from hand to hand: every file, list, picture, map and group notice
is made without and with such a case, and no line that is new names the site.
"""

import io
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

import docx
import pytest
from python_calamine import CalamineWorkbook
from sqlmodel import select

from bot.cases.rules.early_warning import SignKind
from bot.cases.services import export as case_files
from bot.cases.services.lists import KINDS
from bot.core.context import Context
from bot.core.errors import Refused
from bot.core.work import Work
from bot.groups.cards import groups as group_cards
from bot.summaries.papers import report_docx, report_xlsx
from bot.summaries.papers.drawings import pictures_of
from bot.summaries.papers.list_tables import figure_xlsx
from bot.summaries.rules.figures import FIGURES
from bot.summaries.services import consolidated, contents, numbers
from bot.summaries.services.drill_down import behind
from bot.summaries.services.report_drawings import drawings_of
from bot.visits.papers.list_tables import as_xlsx
from bot.visits.papers.pictures import picture_of
from bot.visits.services import export as visit_files
from bot.visits.services import overview_lists, pictures
from storage.enums import AlertLevel, CaseKind, Category, UnitKind
from storage.models import Alert, Case, Obligation, Reporter, Unit
from storage.store import Store
from tests import cast, wide
from tests.cast import CUC, DUNG, GIANG, KCN, SEN_VANG
from tests.summaries.help import acting
from tests.summaries.services.count_help import NOW, YEAR_END, brought, owes, put, went

MONDAY = YEAR_END
DAY = date(2026, 12, 2)
QUIET: Mapping[str, Mapping[str, Any]] = {
    "harassment": {"category": Category.QUAY_ROI, "reporter_id": "r1"},
    "a cadre's word of harassment": {"category": Category.QUAY_ROI, "kind": CaseKind.PROPOSAL},
    "a denunciation": {"kind": CaseKind.DENUNCIATION, "reporter_id": "r1"},
    "about a cadre": {"about_id": CUC.id, "reporter_id": "r1"},
    "a proposal about a cadre": {"about_id": CUC.id, "kind": CaseKind.PROPOSAL},
}


@pytest.fixture
async def work(store: Store, settings: Any) -> Work:
    await cast.settle(store)
    work = Work(store, settings, settings.make_calendar(), cast.VAULT)
    await put(work, Reporter(id="r1", identity=b"", created_at=NOW))
    return work


def rows_of(data: bytes) -> list[str]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    return [
        " | ".join(str(cell) for cell in row[1:])  # the number of a line may have moved
        for name in book.sheet_names
        for row in book.get_sheet_by_name(name).to_python()
    ]


def lines_of(data: bytes) -> list[str]:
    paper = docx.Document(io.BytesIO(data))
    rows = [row for table in paper.tables for row in table.rows]
    cells = [" | ".join(cell.text for cell in row.cells[1:]) for row in rows]
    return [*(line.text for line in paper.paragraphs), *cells]


async def files_of_cases(work: Work, owed: Obligation) -> list[str]:
    lines: list[str] = []
    for who in (None, DUNG, GIANG):
        actor = await acting(work, who) if who else None
        lines += [str(row[1:]) async for row in case_files.case_rows(work, actor)]
    for kind in KINDS:
        context = Context(work, await acting(work, DUNG), NOW)
        lines += rows_of(await case_files.list_as_xlsx(context, kind))
    return lines


async def files_of_visits(work: Work, owed: Obligation) -> list[str]:
    lines: list[str] = []
    actor = await acting(work, DUNG)
    for reader in (None, await acting(work, GIANG)):
        lines += [str(cells) async for cells in visit_files.visit_rows(work, reader)]
    for whole in (
        overview_lists.coverage,
        overview_lists.units,
        overview_lists.staff,
        overview_lists.promises_overdue,
    ):
        facts = await whole(Context(work, actor, NOW), MONDAY, 0, None)
        lines += rows_of(as_xlsx(facts, NOW))
    return lines


async def drawn(work: Work, owed: Obligation) -> list[str]:
    lines: list[str] = []
    for kind in pictures.KINDS:
        facts = await pictures.facts_for(
            Context(work, await acting(work, DUNG), NOW), kind, MONDAY, 0
        )
        if picture := picture_of(facts):
            lines += [*picture[0].svg().split("\n"), *picture[1].split("\n")]
    return lines


async def behind_figures(work: Work, owed: Obligation) -> list[str]:
    lines: list[str] = []
    for figure in FIGURES:
        try:
            facts = await behind(
                Context(work, await acting(work, DUNG), NOW), owed.id or 0, figure.key, None
            )
        except Refused:
            continue
        lines += rows_of(figure_xlsx(facts, NOW))
    return lines


async def reports(work: Work, owed: Obligation) -> list[str]:
    async with work.read() as session:
        report = await consolidated.consolidate(session, work, owed.group, NOW)
        paper = await contents.paper_of(session, work, owed, NOW)
        receiver = await session.get_one(Unit, owed.to_unit_id)
        pictures = pictures_of(report, await drawings_of(session, work, receiver, report.until))
    return [
        *(f"{picture.caption} {picture.alt}" for picture in pictures.values()),
        *lines_of(report_docx.consolidated(report, None, pictures)),
        *rows_of(report_xlsx.consolidated_workbook(report)),
        *lines_of(report_docx.unit_report(paper, None)),
        *rows_of(report_xlsx.unit_workbook(paper)),
    ]


EVERYTHING = (files_of_cases, behind_figures, files_of_visits, drawn, reports)


def new_lines(before: Iterable[str], after: Iterable[str]) -> list[str]:
    return list((Counter(after) - Counter(before)).elements())


@pytest.mark.parametrize("made", wide.some(EVERYTHING, 3))
async def test_nothing_that_is_handed_on_names_the_place_of_what_is_kept_quiet(
    work: Work, made: Any
) -> None:
    owed = await owes(work)
    await went(work, SEN_VANG, DAY)
    await brought(work, SEN_VANG, DAY, kind=CaseKind.PROPOSAL, text="Đề nghị xây nhà trẻ")
    before = await made(work, owed)
    assert any(SEN_VANG.name in line for line in before) or made is reports or made is drawn
    for more in QUIET.values():
        case = await brought(work, SEN_VANG, DAY, **more, agency="Công an tỉnh", text="bậy bạ")
        await put(work, _alert(case))
        new = new_lines(before, await made(work, owed))
        assert [line for line in new if SEN_VANG.name in line] == [], more
        assert [line for line in new if "bậy bạ" in line or "Công an" in line] == [], more
        await _forget(work, case)


def _alert(case: Case) -> Alert:
    return Alert(
        key=f"site:{SEN_VANG.id}:{SignKind.STOPPAGE}:{case.id}",
        level=AlertLevel.ALARM,
        case_id=case.id,
        unit_id=KCN.id,
        home_id=KCN.id,
        site_id=SEN_VANG.id,
        at=NOW - timedelta(days=12),
        signs=[f"{SignKind.STOPPAGE}"],
        size=1,
    )


async def _forget(work: Work, case: Case) -> None:
    async with work.write() as session:
        for alert in await _alerts(session, case):
            await session.delete(alert)
        await session.delete(await session.get_one(Case, case.id))


async def _alerts(session: Any, case: Case) -> Iterable[Alert]:
    return (await session.exec(select(Alert).where(Alert.case_id == case.id))).all()


@pytest.mark.parametrize("later", QUIET.values(), ids=list(QUIET))
async def test_a_paper_that_was_sent_names_no_place_of_what_was_found_to_be_confidential_later(
    work: Work, later: Mapping[str, Any]
) -> None:
    owed = await owes(work)
    kind = {"kind": CaseKind.PROPOSAL, "reporter_id": later.get("reporter_id")}
    case = await brought(work, SEN_VANG, DAY, "referred", **kind, agency="Công an tỉnh")
    async with work.read() as session:
        paper = contents.from_json(
            contents.to_json(await contents.paper_of(session, work, owed, NOW))
        )
    assert [row.unit for row in paper.cases] == [SEN_VANG.name]
    async with work.write() as session:
        stored = await session.get_one(Case, case.id)
        for name, value in later.items():
            setattr(stored, name, value)
    for who in (DUNG, GIANG):
        async with work.read() as session:
            (row,) = await numbers.as_read_by(
                session, await acting(work, who), KCN.path, paper.cases
            )
        assert SEN_VANG.name not in str(row)
        assert "Công an" not in str(row)


UNIT = Unit(id=KCN.id, code="KCN", name=KCN.name, folded="", kind=UnitKind.UPPER)


def test_a_group_hears_of_an_alert_without_its_place() -> None:
    for kind in SignKind:
        assert SEN_VANG.name not in group_cards.alert(kind, UNIT).text
