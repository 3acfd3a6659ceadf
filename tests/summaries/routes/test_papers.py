"""Papers downloaded in the chat, and the letterhead changed there."""

import io

import docx
import pytest
from python_calamine import CalamineWorkbook

from bot.core import messages
from bot.documents import pdf
from bot.units.services import letterheads
from storage.models import VisitReport
from tests.cast import AN, BINH, DUNG, KCN, LONG_HOA
from tests.client import Person, Town
from tests.documents.measuring import broken_rules
from tests.summaries.help import acting, all_written, owes
from tests.visits.routes.test_report import report_minimal, rows


@pytest.fixture
async def an(town: Town) -> Person:
    return await town.person("An")


@pytest.fixture
async def dung(town: Town) -> Person:
    return await town.person("Dũng")


@pytest.fixture
async def giang(town: Town) -> Person:
    return await town.person("Giang")


def received(town: Town, person: Person) -> tuple[str, bytes]:
    """The document that came last: its name, its bytes."""
    media = next(m["media"] for m in reversed(person.messages) if m.get("media"))
    path = str(media["url"]).removeprefix("/sandbox/files/")
    return media["name"], town.sandbox.world.files.read(path) or b""


def words(data: bytes) -> str:
    return "\n".join(line.text for line in docx.Document(io.BytesIO(data)).paragraphs)


@pytest.mark.wide
async def test_the_report_can_be_read_while_it_is_written(
    town: Town, an: Person, dung: Person
) -> None:
    work = town.program.work
    owed = await owes(work)
    await all_written(work, owed, AN, town.clock.now())
    await an.forge(f"paper:docx:{owed}")
    name, data = received(town, an)
    assert name == "bao-cao-nam-2026-sat-co-so-cd-cac-kcn-tinh.docx"
    assert "Nội dung IV.1" in words(data)
    assert list(broken_rules(data)) == []
    await dung.forge(f"paper:xlsx:{owed}")
    name, data = received(town, dung)
    assert name.endswith(".xlsx")
    assert "Số liệu" in CalamineWorkbook.from_filelike(io.BytesIO(data)).sheet_names


@pytest.mark.wide
async def test_the_province_gets_the_consolidated_report(town: Town, giang: Person) -> None:
    owed = await owes(town.program.work)
    await owes(town.program.work, LONG_HOA)
    await giang.forge(f"paper:all:docx:{owed}")
    name, data = received(town, giang)
    assert name == "tong-hop-nam-2026-sat-co-so-lien-doan-lao-dong-tinh.docx", (
        "not cut before the year"
    )
    assert "có 0/3 đơn vị đã gửi báo cáo (kết quả thực hiện: Phụ\xa0lục" in words(data)
    await giang.forge(f"paper:all:xlsx:{owed}")
    name, data = received(town, giang)
    assert "Theo đơn vị" in CalamineWorkbook.from_filelike(io.BytesIO(data)).sheet_names


FORGED = (
    ("Cúc", "paper:docx:{}"),
    ("Cúc", "paper:xlsx:{}"),
    ("Dũng", "paper:all:docx:{}"),
    ("An", "paper:all:xlsx:{}"),
    ("Lan", "paper:docx:{}"),
    ("Mai", "paper:docx:{}"),
    ("An", "paper:head:2"),
    ("An", "paper:line:2:place"),
    ("Dũng", "paper:head:1"),
    ("An", "paper:v:{}:1"),
    ("An", "paper:min:999999999"),
)


async def test_nobody_gets_what_is_not_theirs(town: Town) -> None:
    owed = await owes(town.program.work)
    for who, data in FORGED:
        person = await town.person(who)
        await person.send("/start")
        files = [message for message in person.messages if message.get("media")]
        count = len(person.toasts)
        await person.forge(data.format(owed))
        assert [message for message in person.messages if message.get("media")] == files, (
            who,
            data,
        )
        (toast,) = person.toasts[count:]
        assert toast in (messages.NOT_ALLOWED, messages.NOT_FOUND) or "Không tìm thấy" in toast, (
            who,
            data,
        )


async def test_without_libreoffice_the_pdf_is_refused_in_words(
    town: Town, an: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, "program", lambda: None)
    owed = await owes(town.program.work)
    await an.forge(f"paper:pdf:{owed}")
    assert "chưa cài LibreOffice" in an.toasts[-1]


@pytest.mark.parametrize("there", [True, False])
async def test_the_consolidated_pdf_is_a_button_of_the_board(
    town: Town, giang: Person, monkeypatch: pytest.MonkeyPatch, there: bool
) -> None:
    owed = await owes(town.program.work)
    monkeypatch.setattr(pdf, "program", lambda: "soffice" if there else None)
    monkeypatch.setattr(pdf, "convert", lambda docx: b"%PDF " + docx[:2])
    await giang.forge(f"board:open:{owed}:0")
    await giang.click("📕 Tổng hợp (pdf)")
    if there:
        name, data = received(town, giang)
        assert (name.startswith("tong-hop-"), name[-4:], data) == (True, ".pdf", b"%PDF PK")
    else:
        assert "chưa cài LibreOffice" in giang.toasts[-1]


@pytest.mark.wide
async def test_the_minutes_of_a_reported_visit_are_on_its_card(
    town: Town, an: Person, dung: Person
) -> None:
    await an.click("Báo cáo")
    await report_minimal(an)
    report = (await rows(town, VisitReport))[0]
    await an.send("/tuannay")
    await an.forge(f"visit:open:{report.visit_id}")
    await an.click("Biên bản (docx)")
    name, data = received(town, an)
    assert name.startswith("bien-ban-")
    assert "chuyền 5" in report.situation
    assert "chuyền 5" not in words(data)  # the enterprise signs these
    assert "Đồng chí Nguyễn Thị An." in words(data)
    await an.forge(f"report:show:{report.visit_id}")
    assert "📄 Biên bản (docx)" in an.buttons
    await dung.forge(f"paper:min:{report.id}")
    assert received(town, dung)[0] == name


async def test_the_minutes_are_not_for_another_officer(town: Town, an: Person) -> None:
    await an.click("Báo cáo")
    await report_minimal(an)
    report = (await rows(town, VisitReport))[0]
    binh = await town.person(BINH.name)
    await binh.forge(f"paper:min:{report.id}")
    assert binh.toasts[-1] == messages.NOT_FOUND


async def test_the_leader_changes_the_letterhead_line_by_line(town: Town, dung: Person) -> None:
    await dung.send("/thethuc")
    assert "Thể thức văn bản của CĐ các KCN tỉnh" in dung.card
    assert "Ký hiệu: BC-CĐ" in dung.card
    await dung.click("Họ tên người ký")
    await dung.send("Phạm Tiến Dũng")
    assert "Phạm Tiến Dũng" in dung.card
    await dung.click("Nơi nhận")
    await dung.send("- LĐLĐ tỉnh;\n- Lưu: VT, TC.")
    assert "LĐLĐ tỉnh; Lưu: VT, TC" in dung.card
    await dung.click("Căn cứ (Sát cơ sở)")
    await dung.send("Kế hoạch số 15/KH-LĐLĐ ngày 20/01/2026")
    assert "Căn cứ (Sát cơ sở): Kế hoạch số 15/KH-LĐLĐ ngày 20/01/2026" in dung.card
    await dung.click("Tên gọi trong bài")
    await dung.send("Công đoàn các Khu công nghiệp")
    assert "Tên gọi trong bài: Công đoàn các Khu công nghiệp" in dung.card
    await dung.click("Họ tên người ký")
    await dung.click("Lấy theo mặc định")
    assert "(để trống)" in dung.card
    head = await letterheads.see(town.program.work, await acting(town.program.work, DUNG), KCN.id)
    assert head.head.recipients == ("LĐLĐ tỉnh", "Lưu: VT, TC")


async def test_the_report_carries_out_what_was_set_under_the_letterhead(
    town: Town, an: Person, dung: Person
) -> None:
    owed = await owes(town.program.work)
    await dung.send("/thethuc")
    await dung.click("Căn cứ (Sát cơ sở)")
    await dung.send("Kế hoạch số 15/KH-LĐLĐ ngày 20/01/2026")
    await an.forge(f"paper:docx:{owed}")
    _, data = received(town, an)
    assert "Thực hiện Kế hoạch số 15/KH-LĐLĐ ngày 20/01/2026, Ban Thường vụ Công đoàn" in words(
        data
    )


async def test_whoever_leads_nothing_is_told_so(town: Town, an: Person) -> None:
    await an.send("/thethuc")
    assert "dành cho lãnh đạo" in an.card


async def test_a_broken_template_is_named_and_the_bot_goes_on(
    town: Town, an: Person, dung: Person
) -> None:
    folder = town.program.work.settings.documents.templates
    folder.mkdir()
    (folder / "bao-cao.docx").write_bytes(b"no docx")
    owed = await owes(town.program.work)
    await an.forge(f"paper:docx:{owed}")
    assert "bao-cao.docx" in an.toasts[-1]
    await dung.forge(f"paper:xlsx:{owed}")
    assert received(town, dung)[0].endswith(".xlsx")
