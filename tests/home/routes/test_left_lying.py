"""A form left lying is found again on the home card, whoever began it."""

from datetime import timedelta

from storage.models import Draft
from tests.cast import AN, DUNG, MONDAY, VI_NA_SUN, Character
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


async def open_forms(town: Town, owner: Character, number: int) -> None:
    """So many about other things each, the last one begun last."""
    async with town.program.work.write() as session:
        for n in range(1, number + 1):
            session.add(
                Draft(
                    owner=f"p:{owner.id}",
                    form="leave",
                    subject=f"việc {n}",
                    about={"name": f"Việc {n}"},
                    created_at=MONDAY,
                    updated_at=MONDAY + timedelta(minutes=n),
                )
            )


async def test_the_newest_stand_on_the_home_card_and_the_others_a_tap_away(town: Town) -> None:
    for name, character in (("An", AN), ("Dũng", DUNG)):
        somebody = await town.person(name)
        await open_forms(town, character, 12)
        await somebody.send("/start")
        lying = [label for label in somebody.buttons if "Làm tiếp" in label]
        assert [label.split(" · ")[0] for label in lying] == [
            f"✍️ Làm tiếp: Việc {n}" for n in (12, 11, 10)
        ]
        await somebody.click("✍️ Còn 9 việc làm dở khác")
        assert "Có 12 việc" in somebody.card
        assert len([label for label in somebody.buttons if "Làm tiếp" in label]) == 8
        await somebody.click("Tiếp ›")
        await somebody.click("✍️ Làm tiếp: Việc 1 ")
        assert "nghỉ" in somebody.card


async def test_where_all_stand_on_the_home_card_there_is_no_line_for_others(town: Town) -> None:
    an = await town.person("An")
    await open_forms(town, AN, 3)
    await an.send("/start")
    assert len([label for label in an.buttons if "Làm tiếp" in label]) == 3
    assert not any("làm dở khác" in label for label in an.buttons)
    await an.forge("lying:7")
    assert "Có 3 việc" in an.card
