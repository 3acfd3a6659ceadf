"""A form left lying is found again on the home card, whoever began it."""

from tests.cast import VI_NA_SUN
from tests.client import Town


async def test_a_leader_without_a_week_of_their_own_goes_on_with_a_form(town: Town) -> None:
    dung = await town.person("Dũng")
    await dung.send("/giaoviec")
    await dung.send("/start")
    await dung.click("✍️ Làm tiếp: Giao thêm lượt đi cơ sở")
    assert "Giao đồng chí nào?" in dung.card


async def test_two_forms_about_the_same_are_told_apart(town: Town) -> None:
    dung = await town.person("Dũng")
    await dung.send("vi na sun")
    await dung.click("🌱 Phát triển đoàn viên")
    await dung.click("🌱 Bắt đầu vận động")
    await dung.click("🌱 Bắt đầu, tôi phụ trách")
    await dung.click("✍️ Ghi tiến độ")
    await dung.send("vi na sun")
    await dung.forge(f"rec:survey:{VI_NA_SUN.id}")
    await dung.send("/start")
    lying = [label for label in dung.buttons if label.startswith("✍️ Làm tiếp")]
    assert len(lying) == len(set(lying)) == 2
    assert all(VI_NA_SUN.name in label for label in lying)
