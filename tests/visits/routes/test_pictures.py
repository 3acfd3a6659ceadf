"""Pictures of the overview: from the button to the photo that arrives, and what its words say."""

from typing import Any

import pytest
from sqlmodel import update

from storage.models import Unit
from tests.client import Person, Town
from tests.visits.routes.test_overview import report_with_everything


@pytest.fixture
async def an(town: Town) -> Person:
    return await town.person("An")


@pytest.fixture
async def giang(town: Town) -> Person:
    return await town.person("Giang")


def photos(person: Person) -> list[dict[str, Any]]:
    return [m for m in person.messages if (m.get("media") or {}).get("kind") == "photo"]


@pytest.mark.wide
async def test_a_leader_gets_a_picture_as_a_photo_whose_words_say_the_same(
    town: Town, an: Person, giang: Person
) -> None:
    await report_with_everything(town, an)
    await giang.send("/tongquan")
    await giang.click("🖼 Biểu đồ")
    assert "tính đến tuần 47 (16–22/11)" in giang.card
    await giang.click("📊 Lượt đi theo tuần")
    assert photos(giang)[-1]["text"] == (
        "Tuần 47 (16–22/11), LĐLĐ tỉnh: đã báo cáo 1/3 lượt đi cơ sở (33%)."
    )
    await giang.click("📶 Cơ sở đã đến")
    assert photos(giang)[-1]["text"] == (
        "LĐLĐ tỉnh, đến tuần 47 (16–22/11): 12 tuần qua cán bộ đã đến 1/11 cơ sở; 10 cơ sở "
        "chưa ghi nhận lượt đi nào. Thấp nhất: CĐ phường Long Hòa 0/3, CĐ đặc khu Hòn Sao 0/3, "
        "CĐ các KCN tỉnh 1/5."
    )
    await giang.click("👥 Đoàn viên")
    assert photos(giang)[-1]["text"] == (
        "LĐLĐ tỉnh: 5.934 đoàn viên đến ngày 16/11/2026; cuối tháng 1/2026 là 5.934, không đổi."
    )
    assert len(photos(giang)) == 3
    await giang.click("« Tổng quan")
    assert "1/3" in giang.card


async def test_where_nothing_is_drawn_it_is_said_why(town: Town, giang: Person) -> None:
    await giang.send("/tongquan")
    await giang.click("🖼 Biểu đồ")
    await giang.click("💬 Phản ánh đang chờ")
    assert "Không có phản ánh, kiến nghị nào đang chờ." in giang.toasts[-1]
    assert "giữ kín không đưa vào biểu đồ" in giang.toasts[-1], "some may wait all the same"


@pytest.mark.wide
async def test_the_map_shows_where_sites_lie_and_says_which_nobody_knows(
    town: Town, an: Person, giang: Person
) -> None:
    await report_with_everything(town, an)
    await giang.send("/tongquan")
    await giang.click("🖼 Biểu đồ")
    await giang.click("🗺 Bản đồ cơ sở")
    assert "Chưa có cơ sở nào được ghi vị trí" in giang.toasts[-1]
    await giang.click("💬 Phản ánh đang chờ")
    assert "Chỉ có 1 phản ánh, kiến nghị đang chờ, ít quá nên không vẽ" in giang.toasts[-1]
    async with town.program.work.store.write() as session:
        await session.exec(update(Unit).values(latitude=10.1, longitude=105.2))
    await giang.click("🗺 Bản đồ cơ sở")
    assert photos(giang)[-1]["text"] == (
        "LĐLĐ tỉnh, đến tuần 47 (16–22/11), trong 11 cơ sở (có 1 doanh nghiệp chưa có công "
        "đoàn): 1 cơ sở có cán bộ đến cách đây chưa đầy 4 tuần, 10 cơ sở chưa ghi nhận lượt đi "
        "nào."
    )


async def test_who_sees_no_overview_gets_no_picture_and_who_sees_no_cases_none_of_them(
    town: Town, an: Person
) -> None:
    for data in ("ov:g:20261116:0", "ov:g:v:20261116:0", "ov:g:a:20261116:2"):
        await an.forge(data)
    assert photos(an) == []
    ha = await town.person("Hà")
    await ha.send("/tongquan")
    await ha.click("🖼 Biểu đồ")
    assert not any("Phản ánh" in label or "giải quyết" in label for label in ha.buttons)
    await ha.forge("ov:g:a:20261116:0")
    assert photos(ha) == []
    assert "Không tìm thấy" in ha.toasts[-1]


async def test_a_period_leads_to_the_pictures_of_its_last_week(town: Town, giang: Person) -> None:
    await giang.send("/tongquan")
    for label in ("📅 Tháng, quý, năm", "Năm", "🖼 Biểu đồ"):
        await giang.click(label)
    assert "tính đến tuần 47 (16–22/11)" in giang.card
