"""Leaders hear of a stoppage, report on it and are reminded, through the program."""

import io
from datetime import timedelta
from typing import Any

import docx
import pytest

from bot.cases.services.creation import NewCase, bear
from storage.models import Unit
from tests.cast import MONDAY, SEN_VANG, SONG_LANH, TINH
from tests.client import Person, Town

STRIKE = "Định mức 120 cái/giờ. Thứ Hai không sửa là tụi em ngưng máy"


@pytest.fixture
async def dung(town: Town) -> Person:
    return await town.person("Dũng")


@pytest.fixture
async def giang(town: Town) -> Person:
    return await town.person("Giang")


async def ring(town: Town) -> None:
    """A worker's concern that rings."""
    async with town.program.work.write() as session:
        site = await session.get_one(Unit, SEN_VANG.id)
        root = await session.get_one(Unit, TINH.id)
        await bear(session, town.program.work, NewCase(STRIKE, site, root), town.clock.now())
    await town.settle()


async def write_report(dung: Person, *, resumed: bool = False) -> None:
    await dung.click("Lập báo cáo nhanh")
    await dung.click("Đã trở lại" if resumed else "Đang ngừng việc")
    await dung.click("1 giờ trước")
    await dung.send("60/1850")
    await dung.click("Tăng định mức")
    await dung.send("Giảm định mức <120>")
    await dung.click("Đang đối thoại")
    await dung.click("Công đoàn cấp trên, chính quyền địa phương")
    await dung.click("Tiếp tục gặp hai bên")
    await dung.click("Doanh nghiệp tư nhân")
    await dung.click("Gửi báo cáo nhanh")


async def test_the_alert_says_where_and_what_and_offers_what_to_do(
    town: Town, dung: Person, giang: Person
) -> None:
    await ring(town)
    for leader in (dung, giang):
        assert "May Sen Vàng" in leader.card
        assert "ngưng máy" in leader.card
        assert leader.buttons[:3] == [
            "📂 Mở phản ánh, kiến nghị",
            "📝 Lập báo cáo nhanh",
            "👌 Đã nắm",
        ]
    await dung.click("Đã nắm")
    await giang.send("/canhbao")
    assert "Có 1 cảnh báo" in giang.card  # a site may have several
    assert any(f"· {MONDAY:%d/%m}" in label for label in giang.buttons)
    await giang.click("May Sen Vàng")
    assert "Đã nắm: Phạm Tiến Dũng" in giang.card


async def test_a_short_report_goes_up_as_text_and_docx(
    town: Town, dung: Person, giang: Person
) -> None:
    await ring(town)
    await write_report(dung)
    assert "Đã gửi báo cáo nhanh" in dung.card
    assert "60/1.850 người" in giang.card
    assert "Giảm định mức <120>" in giang.card
    await giang.click("Tải văn bản")
    paper = giang.messages[-1]["media"]
    assert paper["name"] == "bao-cao-nhanh-may-sen-vang-20261116-0700.docx"
    document = docx.Document(io.BytesIO(town.sandbox.world.files.read(_path(paper)) or b""))
    assert "Giảm định mức <120>." in "\n".join(line.text for line in document.paragraphs)


async def test_updates_go_on_until_work_is_taken_up_again(
    town: Town, dung: Person, giang: Person
) -> None:
    await ring(town)
    await write_report(dung)
    await dung.click("Cập nhật")
    await dung.click("Đã trở lại")
    assert "Giảm định mức" in dung.card
    await dung.click("Gửi báo cáo nhanh")
    assert "cập nhật lần 1" in giang.card
    assert "Người lao động đã trở lại làm việc" in giang.card
    await giang.send("/canhbao")
    assert "không có cảnh báo nào" in giang.card
    await dung.forge("alert:report:1")
    assert any("đã kết thúc" in toast for toast in dung.toasts)


async def test_without_a_report_the_leader_is_reminded_once(town: Town, dung: Person) -> None:
    await ring(town)
    await town.move_to(MONDAY + timedelta(hours=2))
    assert "Chưa có báo cáo nhanh" in dung.card
    before = len(dung.cards)
    await town.move_to(MONDAY + timedelta(hours=5))
    assert len(dung.cards) == before


async def test_with_a_report_nobody_is_reminded(town: Town, dung: Person) -> None:
    await ring(town)
    await write_report(dung)
    await town.move_to(MONDAY + timedelta(hours=3))
    assert not any("Chưa có báo cáo nhanh" in card for card in dung.cards)


async def test_nobody_else_gets_anything_from_forged_buttons(town: Town, dung: Person) -> None:
    await ring(town)
    await write_report(dung)
    for name in ("An", "Cúc", "Hà", "Khoa", "Mai", "Lan"):
        other = await town.person(name)
        await other.send("/start")
        before = other.cards
        for number, data in enumerate(("open", "seen", "report", "docx", "wrong", "right"), 1):
            await other.forge(f"alert:{data}:1")
            assert len(other.toasts) == number, (name, data)
            assert other.cards == before, (name, data)


async def test_where_nothing_happened_one_says_so_and_counts_nobody(
    town: Town, dung: Person, giang: Person
) -> None:
    await ring(town)
    await dung.click("Lập báo cáo nhanh")
    await dung.click("Không xảy ra ngừng việc")
    await dung.click("Chưa rõ")
    await dung.send("Không có")
    await dung.click("Đang đối thoại")
    await dung.click("Chưa có cơ quan nào")
    await dung.click("Tiếp tục gặp hai bên")
    await dung.click("Doanh nghiệp tư nhân")
    await dung.click("Gửi báo cáo nhanh")
    assert "Không xảy ra ngừng việc" in giang.card
    assert "Tham gia" not in giang.card
    await giang.send("/canhbao")
    assert "không có cảnh báo nào" in giang.card


async def test_an_officer_raises_an_alert_from_the_visit_and_reports_on_it(
    town: Town, dung: Person, giang: Person
) -> None:
    an = await town.person("An")
    await an.send("/canhbao")
    await an.click("Báo nguy cơ ngừng việc")
    await an.send("sen vang")
    await an.click("May Sen Vàng")
    await an.click("Người lao động đang ngừng việc")
    await an.click("Báo ngay")
    assert "Đã báo nguy cơ ngừng việc tại May Sen Vàng" in an.card
    assert "12 giờ" in an.card
    for leader in (dung, giang):
        assert "Đồng chí Nguyễn Thị An báo" in leader.card
    await write_report(an)
    assert "60/1.850 người" in giang.card
    await an.send("/canhbao")
    assert any("May Sen Vàng" in label for label in an.buttons)


async def test_the_committee_of_a_site_raises_one_for_its_own_site_only(town: Town) -> None:
    mai = await town.person("Mai")
    await mai.send("/canhbao")
    await mai.click("Báo nguy cơ ngừng việc")
    assert [label for label in mai.buttons if "📍" in label] == ["📍 May Sen Vàng"]
    await mai.forge(f"alert:at:{SONG_LANH.id}")
    assert mai.toasts


async def test_a_false_alarm_is_one_tap_and_its_words_can_be_taken_along(
    town: Town, dung: Person
) -> None:
    await ring(town)
    await dung.click("Không phải")
    assert "không phải dấu hiệu ngừng việc" in dung.card
    ha = await town.person("Hà")
    await ha.send("/canhbao")
    await ha.click("Từ báo nhầm")
    assert "ngưng máy" in ha.card
    await ha.click("Tải xlsx")
    assert ha.messages[-1]["media"]["name"] == "tu-bao-nham.xlsx"
    await dung.click("Vẫn là cảnh báo")
    assert "Lập báo cáo nhanh" in "".join(dung.buttons)


async def test_an_officer_sees_no_button_to_judge(town: Town) -> None:
    an = await town.person("An")
    await an.send("/canhbao")
    assert not any("Từ báo nhầm" in label for label in an.buttons)


async def test_nonsense_is_asked_again(town: Town, dung: Person) -> None:
    await ring(town)
    await dung.click("Lập báo cáo nhanh")
    await dung.click("Đang ngừng việc")
    await dung.send("hôm kia")
    assert "7h30" in dung.cards[-2]
    await dung.send("7h00")
    await dung.send("nhiều lắm")
    assert "60/1.850" in dung.card
    await dung.send("2000/1850")
    assert "lớn hơn tổng số" in dung.cards[-2]
    await dung.send("60")
    await dung.click("Tăng định mức")
    await dung.send("Tăng lương")
    assert "Doanh nghiệp phản hồi thế nào" in dung.card


def _path(media: dict[str, Any]) -> str:
    """Where the sandbox keeps a file that the bot has sent."""
    return str(media["url"]).removeprefix("/sandbox/files/")
