"""A form that changes something shows what stands now before it asks, and leaves it by a tap."""

from tests.cast import DUNG, KCN
from tests.client import Town


async def test_ones_own_name_and_telephone(town: Town) -> None:
    dung = await town.person("Dũng")
    await dung.forge("p:phone")
    assert "Hiện nay" not in dung.card, "there is none yet"
    assert "✖️ Hủy" in dung.buttons
    await dung.send("0912 345 678")
    await dung.forge("p:phone")
    assert "Hiện nay: 0912345678" in dung.card.replace(" 345 ", "345")
    await dung.click("✖️ Giữ nguyên")
    assert "Giữ nguyên như hiện nay." in dung.card
    await dung.forge("p:name")
    assert f"Hiện nay: {DUNG.full_name}" in dung.card
    await dung.click("✖️ Giữ nguyên")
    await dung.send("/hoso")
    assert DUNG.full_name in dung.card


async def test_a_line_of_the_letterhead_as_it_stands_when_the_form_is_opened_again(
    town: Town,
) -> None:
    dung = await town.person("Dũng")
    await dung.send("/thethuc")
    await dung.click("Họ tên người ký")
    assert "Hiện nay: (để trống)" in dung.card
    await dung.send("Phạm Tiến Dũng")
    await dung.click("Họ tên người ký")
    assert "Hiện nay: Phạm Tiến Dũng" in dung.card
    await dung.forge(f"paper:line:{KCN.id}:place")
    assert "Địa danh trước ngày tháng" in dung.card
    await dung.forge(f"paper:line:{KCN.id}:signatory")
    await dung.click("✖️ Giữ nguyên")
    await dung.send("/thethuc")
    assert "Phạm Tiến Dũng" in dung.card


async def test_a_committee_keeps_a_number_that_is_still_right_by_a_tap(town: Town) -> None:
    mai = await town.person("Mai")
    await mai.forge("site:count")
    for _ in ("workers", "women", "members"):
        await mai.click("Vẫn như cũ")
    await mai.click("✅ Cập nhật")
    assert "1.850" in mai.card
