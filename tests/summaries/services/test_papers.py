"""Files of reports: what was sent stays, what is written follows; minutes hold nothing shut."""

import io
from datetime import date, timedelta

import docx
import pytest

from bot.core.context import Context
from bot.core.errors import Refused
from bot.core.work import Work
from bot.documents.file import slug
from bot.summaries.services import papers, sending, writing
from bot.summaries.services.writing import NewText
from bot.units.services import letterheads
from bot.visits.services.minutes import minutes_file
from storage.enums import CaseKind, Category, VisitStatus
from storage.models import Case, ReportTopic, Visit, VisitReport
from storage.store import Store
from tests import cast
from tests.cast import AN, BINH, DUNG, GIANG, KCN, MAI, SEN_VANG
from tests.summaries.help import NOON, acting, all_written, asked, owes


@pytest.fixture
async def work(work: Work, store: Store) -> Work:
    await cast.settle(store)
    return work


def words(data: bytes) -> str:
    paper = docx.Document(io.BytesIO(data))
    cells = [c for t in paper.tables for row in t.rows for c in row.cells]
    return "\n".join(p.text for place in (paper, *cells) for p in place.paragraphs)


async def test_a_sent_version_stays_as_it_was_whatever_is_changed_later(work: Work) -> None:
    owed = await owes(work)
    an, dung, giang = [await acting(work, one) for one in (AN, DUNG, GIANG)]
    await all_written(work, owed)
    await sending.send(Context(work, dung, NOON), owed)
    await letterheads.change(Context(work, dung, NOON), KCN.id, "signatory", "Người Mới")
    now = (await papers.unit_file(Context(work, an, NOON), owed, "docx")).data
    assert "Người Mới" not in words(now), "sent: nothing changes any more"
    await sending.give_back(Context(work, giang, NOON), owed, 1, "Bổ sung")
    await writing.write_section(Context(work, an, NOON), owed, NewText("V", "Việc sang năm"))
    later = NOON + timedelta(days=1)
    now = (await papers.unit_file(Context(work, an, later), owed, "docx")).data
    assert "Người Mới" in words(now)
    assert "Việc sang năm" in words(now)
    first = await papers.unit_file(Context(work, giang, later), owed, "docx", 1)
    assert "Người Mới" not in words(first.data)
    assert "Việc sang năm" not in words(first.data)
    assert first.name == "bao-cao-nam-2026-sat-co-so-cd-cac-kcn-tinh-ban-1.docx"


@pytest.mark.parametrize("number", [2, 9999])
async def test_a_version_that_was_never_sent_is_not_there(work: Work, number: int) -> None:
    owed = await owes(work)
    with pytest.raises(Refused, match="Không tìm thấy"):
        await papers.unit_file(Context(work, await acting(work, DUNG), NOON), owed, "docx", number)


async def test_the_answers_to_a_request_are_a_short_paper(work: Work) -> None:
    owed = await asked(work, ("words", "Doanh nghiệp nào chưa có phương án thưởng?"))
    an = await acting(work, AN)
    await writing.write_section(Context(work, an, NOON), owed, NewText("q1", "Chưa có đơn vị nào."))
    file = await papers.unit_file(Context(work, an, NOON), owed, "docx")
    assert file.name == "bao-cao-tinh-hinh-thuong-tet-2026-cd-cac-kcn-tinh.docx"
    assert "Doanh nghiệp chưa có phương án thưởng: Chưa có đơn vị nào." in words(file.data)


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("CĐ các KCN tỉnh", "cd-cac-kcn-tinh"),
        ("../../etc/passwd", "etc-passwd"),
        (
            "Công đoàn phường Long Hòa và các đơn vị sáp nhập",
            "cong-doan-phuong-long-hoa-va-cac-don-vi",
        ),
        ("“”", ""),
    ],
)
def test_names_of_files_are_plain(name: str, plain: str) -> None:
    assert slug(name) == plain


async def visited(work: Work) -> int:
    """An's reported visit with an open proposal, a confidential one and a worker's concern."""
    async with work.write() as session:
        visit = Visit(
            key="v",
            week=date(2026, 12, 7),
            site_id=SEN_VANG.id,
            unit_id=KCN.id,
            officer_id=AN.id,
            status=VisitStatus.REPORTED,
            created_at=NOON,
        )
        session.add(visit)
        await session.flush()
        report = VisitReport(
            visit_id=visit.id or 0,
            author_id=AN.id,
            submitted_at=NOON,
            visited_on=date(2026, 12, 8),
            kind="committee",
            situation="Đơn hàng ổn định, công nhân bàn sáng mai ngừng việc",
            aspirations="Chị Năm chuyền 5 muốn đổi tổ",
            help_given="Hướng dẫn anh Tám viết đơn",
            workers_met=37,
            agreements=["Trả lời về định mức, trước ngày 20/12"],
        )
        session.add(report)
        await session.flush()
        session.add(
            ReportTopic(
                report_id=report.id or 0, topic="wages", trouble=True, words="nợ lương tháng 10"
            )
        )
        for number, (kind, category, text) in enumerate(
            (
                (CaseKind.PROPOSAL, Category.LUONG, "Rà soát định mức"),
                (CaseKind.PROPOSAL, Category.QUAY_ROI, "Tổ trưởng nhắn tin bậy"),
                (CaseKind.CONCERN, Category.LUONG, "Cty trễ lương hai tháng"),
            )
        ):
            session.add(
                Case(
                    code=f"KN{number}",
                    kind=kind,
                    category=category,
                    text=text,
                    site_id=SEN_VANG.id,
                    unit_id=KCN.id,
                    home_id=KCN.id,
                    report_id=report.id,
                    created_at=NOON,
                )
            )
        await session.flush()
        return report.id or 0


async def test_minutes_hold_what_both_sides_may_read(work: Work) -> None:
    report = await visited(work)
    file = await minutes_file(work, await acting(work, AN), report)
    said = words(file.data)
    assert file.name == "bien-ban-may-sen-vang-20261208.docx"
    assert "- Trả lời về định mức, trước ngày 20/12." in said
    assert "ngày 08 tháng 12 năm 2026" in said


async def test_minutes_hold_nothing_of_what_the_officer_wrote_for_the_union(work: Work) -> None:
    """They are signed by the enterprise, and one copy stays with it."""
    report = await visited(work)
    said = words((await minutes_file(work, await acting(work, AN), report)).data)
    for shut in (
        *("ngừng việc", "Đơn hàng ổn định", "Chị Năm", "nợ lương", "Lương, thu nhập", "anh Tám"),
        *("Rà soát định mức", "nhắn tin bậy", "trễ lương", "37"),
    ):
        assert shut not in said


@pytest.mark.parametrize(
    ("who", "allowed"), [(DUNG, True), (GIANG, True), (BINH, False), (MAI, False)]
)
async def test_minutes_are_for_whoever_may_see_the_visit(
    work: Work, who: cast.Character, allowed: bool
) -> None:
    report = await visited(work)
    actor = await acting(work, who)
    if allowed:
        assert (await minutes_file(work, actor, report)).data
        return
    with pytest.raises(Refused):
        await minutes_file(work, actor, report)


async def test_a_head_of_minutes_has_their_symbol(work: Work) -> None:
    report = await visited(work)
    dung = await acting(work, DUNG)
    await letterheads.change(Context(work, dung, NOON), KCN.id, "symbol", "BC-CĐKCN")
    assert "/BB-CĐKCN" in words((await minutes_file(work, dung, report)).data)
