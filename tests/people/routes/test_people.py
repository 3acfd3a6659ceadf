"""Administrators and supervisors: inviting, the list of people, ending roles."""

import pytest

from bot.people.cards import people as people_cards
from bot.people.cards.people import Held
from bot.people.services.members import cluster_words
from storage.enums import Role
from storage.models import Invitation, Membership, OutboxMessage, Person, Unit, Visit
from tests.cast import AN, BA_NHIP, BINH, CUC, DUNG, GIANG, HA, KHOA, MAI, SEN_VANG
from tests.client import Person as Visitor
from tests.client import Town
from tests.home.routes.test_joining import invite_by, menu
from tests.rows import every


async def rows(town: Town, table) -> list:
    async with town.program.work.read() as session:
        return list((await session.exec(every(table))).all())


async def is_over(town: Town, membership_id: int) -> bool:
    async with town.program.work.read() as session:
        return (await session.get(Membership, membership_id)).ended_at is not None


@pytest.fixture
async def ha(town: Town) -> Visitor:
    return await town.person("Hà")


async def test_a_link_is_made_in_three_taps_and_a_few_letters(town: Town, ha: Visitor) -> None:
    code = await invite_by(ha, "BCH CĐCS", "sen vag")  # a typo is forgiven
    assert "BCH CĐCS May Sen Vàng" in ha.card
    assert len(code) <= 64
    assert code not in str([row.model_dump() for row in await rows(town, Invitation)])


async def test_the_qr_code_comes_as_a_picture_to_be_passed_on(town: Town, ha: Visitor) -> None:
    code = await invite_by(ha, "Cán bộ", "kcn")
    await ha.click("Mã QR")
    assert ha.messages[-1]["media"]["kind"] == "photo"
    assert f"?start={code}" in ha.card
    assert "Kính mời đồng chí" in ha.card


async def test_a_revoked_link_lets_nobody_in(town: Town, ha: Visitor) -> None:
    code = await invite_by(ha, "Cán bộ", "kcn")
    await ha.click("Thu hồi")
    assert "Đã thu hồi liên kết mời" in ha.card
    lan = await town.person("Lan")
    await lan.send(f"/start {code}")
    assert "đã được thu hồi" in lan.card


@pytest.mark.parametrize("button", ["Thu hồi", "🔳 Mã QR"])
async def test_the_card_of_a_used_link_loses_its_buttons(
    town: Town, ha: Visitor, button: str
) -> None:
    code = await invite_by(ha, "Cán bộ", "kcn")
    lan = await town.person("Lan")
    await lan.send(f"/start {code}")
    await ha.click(button)
    assert "không" in ha.toasts[-1]
    with pytest.raises(AssertionError):
        ha.button(button)
    assert code not in str(ha.messages)


async def test_open_links_are_listed_and_revoked_from_the_list(town: Town, ha: Visitor) -> None:
    await invite_by(ha, "Cán bộ", "long hoa")
    await ha.send("/nhansu")
    await ha.click("Liên kết đang mở")
    assert "Liên kết mời chưa dùng: 1" in ha.card
    await ha.click("Thu hồi 1")
    assert (await rows(town, Invitation))[0].revoked_at is not None


async def test_supervisors_are_invited_over_clusters_too(town: Town, ha: Visitor) -> None:
    await invite_by(ha, "Lãnh đạo", "ven bien")
    assert "lãnh đạo cụm Thi đua ven biển" in ha.card


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Thi đua ven biển", "cụm Thi đua ven biển"),
        ("Cụm thi đua số 2", "cụm thi đua số 2"),
        ("Khối doanh nghiệp", "khối doanh nghiệp"),
        ("CỤM SỐ 3", "CỤM SỐ 3"),
    ],
)
def test_a_cluster_is_called_one_once(name: str, words: str) -> None:
    assert cluster_words(name) == words


@pytest.mark.parametrize(
    ("place", "of_cluster"), [("CỤM SỐ 3", True), ("khối cơ quan Liên đoàn", False)]
)
def test_a_role_over_a_cluster_is_not_handed_over_whatever_its_place_is_called(
    place: str, of_cluster: bool
) -> None:
    card = people_cards.ending("An", Held(1, Role.OFFICER, place, True, of_cluster), 1)
    labels = {button.label for row in card.rows for button in row}
    assert ("🤝 Bàn giao cho người khác" in labels) is not of_cluster


@pytest.mark.parametrize("name", ["An", "Dũng", "Mai", "Lan"])
async def test_only_administrators_invite(town: Town, name: str) -> None:
    person = await town.person(name)
    await person.send("/moi")
    await person.forge("p:invite")
    assert "Vai trò" not in person.card
    assert not await rows(town, Invitation)


async def test_the_list_shows_everybody_in_scope_by_name(town: Town, ha: Visitor) -> None:
    await ha.send("/nhansu")
    assert "8 người trong phạm vi" in ha.card
    names = [label.split(" · ")[0] for label in ha.buttons]
    assert [n for n in names if n == AN.full_name] == [AN.full_name]


async def test_a_supervisor_sees_the_people_of_their_own_units_only(town: Town) -> None:
    dung = await town.person("Dũng")
    await dung.send("/nhansu")
    assert "4 người" in dung.card  # An, Bình, Mai and Dũng
    assert not any("Mời người" in label for label in dung.buttons)
    await dung.forge(f"p:open:{CUC.id}")
    assert CUC.full_name not in dung.card


async def test_a_person_is_found_without_accents_and_with_a_typo(town: Town, ha: Visitor) -> None:
    await ha.send("/nhansu")
    await ha.click("Tìm theo tên")
    await ha.send("nguyen thi ann")
    await ha.click(AN.full_name)
    assert "cán bộ CĐ các KCN tỉnh" in ha.card
    assert "Số lượt đi mỗi tuần: 1" in ha.card
    assert "Hoạt động gần nhất" in ha.card


async def test_who_blocked_the_bot_is_marked_as_out_of_reach(town: Town, ha: Visitor) -> None:
    await (await town.person("An")).block()
    await ha.forge(f"p:open:{AN.id}")
    assert "Không liên lạc được" in ha.card


async def test_the_weekly_quota_is_changed_by_a_tap(town: Town, ha: Visitor) -> None:
    await ha.forge(f"p:open:{AN.id}")
    await ha.click("Số lượt đi mỗi tuần")
    await ha.click("3")
    assert "Số lượt đi mỗi tuần: 3" in ha.card
    await ha.click("Số lượt đi mỗi tuần")
    await ha.click("Theo mức chung")
    assert "Số lượt đi mỗi tuần: 1" in ha.card
    await ha.click("Số lượt đi mỗi tuần")
    await ha.click("Hai tuần một lượt")
    assert "Số lượt đi: hai tuần một lượt" in ha.card
    await ha.click("Số lượt đi mỗi tuần")
    assert "Hiện nay: hai tuần một lượt." in ha.card
    await ha.click("Theo mức chung")
    await ha.forge(f"p:set:{AN.id}:11")
    assert next(p for p in await rows(town, Person) if p.id == AN.id).weekly_quota is None


async def test_an_officer_who_leaves_hands_their_open_visits_to_the_supervisor(
    town: Town, ha: Visitor
) -> None:
    async with town.program.work.write() as session:
        (await session.get(Unit, SEN_VANG.id)).officer_id = AN.id
        (await session.get(Unit, BA_NHIP.id)).officer_id = BINH.id
    an, dung = await town.person("An"), await town.person("Dũng")
    await ha.forge(f"p:open:{AN.id}")
    await ha.click("Kết thúc vai trò: cán bộ")
    assert not await is_over(town, AN.id)
    await ha.click("Kết thúc vai trò")
    await town.settle()
    assert await is_over(town, AN.id)
    visit = next(v for v in await rows(town, Visit) if v.officer_id == AN.id)
    assert f"sup:reassign:{visit.id}" in [dung.button("Giao lại")[1]]
    assert "Nguyễn Thị An không còn phụ trách" in dung.card
    assert "không còn giữ vai trò cán bộ" in an.card
    assert menu(town, AN.telegram_id) == {"start", "phananh", "theodoi", "dulieu", "trogiup"}
    officers = {u.id: u.officer_id for u in await rows(town, Unit)}
    assert (officers[SEN_VANG.id], officers[BA_NHIP.id]) == (None, BINH.id)


async def test_nobody_ends_their_own_administration(town: Town, ha: Visitor) -> None:
    await ha.forge(f"p:open:{HA.id}")
    assert not any("thôi" in label for label in ha.buttons)
    await ha.forge(f"p:sure:{HA.id}")
    assert not await is_over(town, HA.id)


@pytest.mark.parametrize("one", [AN, CUC, DUNG, GIANG, KHOA, MAI])
async def test_forged_buttons_change_nothing(town: Town, one) -> None:
    forger = await town.person(one.name)
    for data in (
        *("p:sure:2", "p:end:2", f"p:set:{BINH.id}:9", "p:revoke:1", "p:qr:1", "p:links"),
        *("p:own:1", "p:sure:999999999", "p:open:999999999", "p:list:99999"),
    ):
        await forger.forge(data)
    assert not await is_over(town, 2)
    assert next(p for p in await rows(town, Person) if p.id == BINH.id).weekly_quota is None
    assert not [m for m in await rows(town, OutboxMessage) if m.dedupe_key.startswith("role-over")]


async def test_the_administrators_home_counts_what_there_is(town: Town, ha: Visitor) -> None:
    await ha.send("/start")
    assert "15 đơn vị, trong đó 11 cơ sở · 8 người đã vào" in ha.card
    for label in ("Nhập danh sách", "Mời người", "Danh sách cán bộ"):
        ha.button(label)


async def test_a_search_that_finds_nothing_says_so(town: Town, ha: Visitor) -> None:
    await ha.send("/moi")
    await ha.click("Cán bộ")
    await ha.send("zzqqxx")
    assert "Không tìm thấy tên nào giống “zzqqxx”" in ha.card
    assert not any("Không" in button for button in ha.buttons)
