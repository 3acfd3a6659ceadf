"""A form left lying is found again on the home card, whoever began it."""

from tests.client import Town


async def test_a_leader_without_a_week_of_their_own_goes_on_with_a_form(town: Town) -> None:
    dung = await town.person("Dũng")
    await dung.send("/giaoviec")
    await dung.send("/start")
    await dung.click("✍️ Làm tiếp: Giao thêm lượt đi cơ sở")
    assert "Giao đồng chí nào?" in dung.card
