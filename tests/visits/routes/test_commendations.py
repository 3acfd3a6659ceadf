"""What officers propose to commend comes to a leader; a good practice comes to everybody."""

import io
from datetime import date, time

import pytest
from docx import Document
from sqlmodel import select

from bot.core.rules.calendar import at
from storage.enums import CommendationKind, CommendationState
from storage.models import Commendation
from tests.cast import AN, DUNG
from tests.client import Person, Town
from tests.summaries.routes.test_papers import received
from tests.visits.routes.test_report import answer_all, begin, rows

WORDS = "Tổ may 5 giúp <12> công nhân mới thạo việc"
PRACTICE = "Họp mười phút đầu ca để nghe công nhân"


@pytest.fixture
async def an(town: Town) -> Person:
    return await town.person("An")


@pytest.fixture
async def dung(town: Town) -> Person:
    return await town.person("Dũng")


async def proposes(town: Town, an: Person, words: str = WORDS, kind: str = "Tập thể") -> None:
    await begin(town, an)
    await answer_all(an)
    await an.click("➕ Bổ sung")
    await an.click("Khen thưởng")
    await an.send(words)
    await an.click(kind)
    assert "bổ sung phần nào" in an.card  # the kind belongs to what was just added
    await an.click("✔️ Xong")
    await an.click("✅ Gửi báo cáo")
    assert "Đã nhận báo cáo" in an.card


async def the_row(town: Town) -> Commendation:
    (row,) = await rows(town, Commendation)
    assert isinstance(row, Commendation)
    return row


async def test_a_proposal_waits_for_the_leader_and_is_accepted_by_one_tap(
    town: Town, an: Person, dung: Person
) -> None:
    await proposes(town, an)
    await dung.send("/start")
    assert "1 đề xuất chờ đồng chí quyết định" in dung.card
    await dung.click("🏅 Khen thưởng (1)")
    assert f"“{WORDS}”" in dung.card
    assert "Tập thể" in dung.card
    await dung.click("1")
    await dung.click("✅ Đồng ý khen")
    await dung.click("✅ Đồng ý khen")
    assert "Đã đồng ý khen" in dung.card
    row = await the_row(town)
    assert (row.state, row.decided_by) == (CommendationState.ACCEPTED, DUNG.id)
    assert f"Đồng chí {DUNG.full_name} đồng ý đề xuất khen thưởng" in an.card
    await dung.forge(f"com:no:{row.id}")
    await dung.click("Để xét vào cuối năm")
    assert any("đã quyết định đề xuất này" in toast for toast in dung.toasts)
    assert (await the_row(town)).state is CommendationState.ACCEPTED


async def test_not_this_time_goes_back_with_the_reason(
    town: Town, an: Person, dung: Person
) -> None:
    await proposes(town, an)
    await dung.send("/khenthuong")
    await dung.click("1")
    await dung.click("✖️ Chưa khen lần này")
    await dung.click("Để xét vào cuối năm")
    assert "Không có đề xuất nào chờ quyết định ở cấp đồng chí" in dung.card
    assert "chưa khen lần này: Để xét vào cuối năm" in an.card


async def test_it_is_passed_up_and_the_level_above_decides(
    town: Town, an: Person, dung: Person
) -> None:
    await proposes(town, an)
    giang = await town.person("Giang")
    await giang.send("/khenthuong")
    assert "Không có đề xuất nào" in giang.card
    await dung.send("/khenthuong")
    await dung.click("1")
    await dung.click("⬆️ Chuyển cấp trên")
    await dung.click("⬆️ Chuyển lên")
    assert "lên LĐLĐ tỉnh quyết định" in an.card
    await giang.send("/khenthuong")
    assert "cấp dưới chuyển lên" in giang.card
    await giang.click("1")
    assert "⬆️ Chuyển cấp trên" not in giang.buttons
    await giang.click("✅ Đồng ý khen")
    await giang.click("✅ Đồng ý khen")
    assert (await the_row(town)).state is CommendationState.ACCEPTED


async def test_whoever_is_proposed_never_sees_it_and_the_level_above_decides(
    town: Town, an: Person, dung: Person
) -> None:
    await proposes(town, an, f"Đồng chí {DUNG.full_name} tận tụy", "Cá nhân")
    row = await the_row(town)
    await dung.send("/start")
    assert not any("Khen thưởng" in label for label in dung.buttons)
    for what in ("open", "yes", "up", "hide"):
        await dung.forge(f"com:{what}:{row.id}")
        assert "chưa được giao quyền" in dung.toasts[-1]
    giang = await town.person("Giang")
    await giang.send("/khenthuong")
    assert DUNG.full_name in giang.card


@pytest.mark.wide
async def test_a_correction_takes_the_place_of_what_nobody_acted_on(
    town: Town, an: Person, dung: Person
) -> None:
    await proposes(town, an)
    await an.click("✏️ Sửa báo cáo")
    await an.click("✏️ Sửa")
    await an.click("Khen thưởng")
    await an.send("Tổ hoàn thiện 2")
    await an.click("✔️ Xong")
    await an.click("✅ Gửi báo cáo")
    assert (await the_row(town)).words == "Tổ hoàn thiện 2"


async def test_none_is_no_proposal(town: Town, an: Person) -> None:
    await begin(town, an)
    await answer_all(an)
    await an.click("➕ Bổ sung")
    await an.click("Khen thưởng")
    await an.click("Không có")
    await an.click("✔️ Xong")
    await an.click("✅ Gửi báo cáo")
    assert await rows(town, Commendation) == []


@pytest.mark.wide
async def test_a_good_practice_is_read_by_every_unit_in_the_leaders_words(
    town: Town, an: Person, dung: Person
) -> None:
    await proposes(town, an, f"{PRACTICE}, chị Hồng nghĩ ra", "Cách làm hay")
    await dung.send("/khenthuong")
    await dung.click("1")
    assert not any("Phổ biến" in label for label in dung.buttons)
    await dung.click("✅ Đồng ý khen")
    await dung.click("✅ Đồng ý khen")
    await dung.click("💡 Phổ biến cách làm hay")
    await dung.send(PRACTICE)
    await dung.click("Không nêu tên")
    await dung.click("💡 Phổ biến")
    assert "Đang phổ biến tới mọi đơn vị" in dung.card
    for name in ("Cúc", "Mai", "Hà", "Khoa"):
        reader = await town.person(name)
        await reader.send("/cachlamhay")
        await reader.click("1")
        assert PRACTICE in reader.card
        assert "Hồng" not in reader.card
        assert "Giày Tân Lúa" not in reader.card
    lan = await town.person("Lan")
    await lan.send("/cachlamhay")
    assert PRACTICE not in lan.card
    row = await the_row(town)
    await dung.forge(f"com:hide:{row.id}")
    cuc = await town.person("Cúc")
    await cuc.forge(f"com:read:{row.id}")
    assert "Không tìm thấy" in cuc.toasts[-1]


@pytest.mark.wide
async def test_what_was_accepted_is_a_paper_to_print(town: Town, an: Person, dung: Person) -> None:
    await dung.forge("com:paper")
    assert "chưa có đề xuất khen thưởng nào được đồng ý" in dung.toasts[-1]
    await proposes(town, an)
    row = await the_row(town)
    await dung.forge(f"com:yes:{row.id}:sure")
    await dung.send("/khenthuong")
    await dung.click("📄 Tờ trình (docx)")
    name, data = received(town, dung)
    assert name.startswith("to-trinh-khen-thuong-")
    text = "\n".join(p.text for p in Document(io.BytesIO(data)).paragraphs)
    assert "TỜ TRÌNH" in text
    assert WORDS in text
    assert "Kính gửi: Ban Thường vụ Liên đoàn Lao động tỉnh" in text
    assert AN.full_name not in text


@pytest.mark.wide
async def test_what_was_accepted_in_december_can_still_be_printed_in_january(
    town: Town, an: Person, dung: Person
) -> None:
    await proposes(town, an)
    await dung.forge(f"com:yes:{(await the_row(town)).id}:sure")
    await town.move_to(at(date(2027, 1, 5), time(9)))
    await dung.send("/khenthuong")
    assert "Từ 01/01/2026 đã đồng ý khen: 1." in dung.card
    await dung.click("📄 Tờ trình (docx)")
    await town.move_to(at(date(2027, 2, 2), time(9)))
    await dung.send("/khenthuong")
    assert "đã đồng ý khen" not in dung.card


@pytest.mark.wide
async def test_the_leader_chooses_the_kind_that_a_report_left_open(
    town: Town, an: Person, dung: Person
) -> None:
    await proposes(town, an)
    await set_open(town)
    await dung.send("/khenthuong")
    await dung.click("1")
    await dung.click("✅ Đồng ý khen")
    await dung.click("✅ Đồng ý khen")
    await dung.forge("com:paper")
    assert "chưa chọn loại" in dung.toasts[-1]
    await dung.send("/khenthuong")
    assert "1 đề xuất đã đồng ý chưa chọn loại nên chưa có trong tờ trình" in dung.card
    assert "📄 Tờ trình (docx)" not in dung.buttons
    await dung.click(f"❓ {WORDS}"[:20])
    await dung.click("Cá nhân")
    assert (await the_row(town)).kind is CommendationKind.PERSON
    await dung.forge(f"com:kind:{(await the_row(town)).id}:collective")
    assert (await the_row(town)).kind is CommendationKind.PERSON
    await dung.send("/khenthuong")
    await dung.click("📄 Tờ trình (docx)")
    _, data = received(town, dung)
    text = "\n".join(p.text for p in Document(io.BytesIO(data)).paragraphs)
    assert "I. CÁ NHÂN" in text


async def set_open(town: Town) -> None:
    """As a report leaves it whose officer does not choose the kind."""
    async with town.program.work.write() as session:
        (await session.exec(select(Commendation))).one().kind = None


@pytest.mark.parametrize("name", ["An", "Cúc", "Hà", "Khoa", "Mai", "Lan"])
async def test_a_forged_decision_changes_nothing(town: Town, an: Person, name: str) -> None:
    await proposes(town, an)
    row = await the_row(town)
    person = await town.person(name)
    for data in ("list:0", "paper", f"kind:{row.id}:person", *(f"{what}:{row.id}" for what in
                 ("open", "yes", "up", "no", "tell", "hide"))):  # fmt: skip
        await person.forge(f"com:{data}")
        assert "chưa được giao quyền" in person.toasts[-1]
    assert (await the_row(town)).state is CommendationState.WAITING
