"""Coming in by a link, through the real program."""

import unicodedata
from datetime import timedelta

import pytest
from sqlmodel import select

from bot.core import messages
from bot.people.services import invitations
from bot.people.services.invitation_places import NamedPlace
from storage import people
from storage.addresses import Address
from storage.enums import Role
from storage.models import Membership, Person, PersonAddress
from tests.cast import AN, DUNG, HA, KCN, LAN, MONDAY, SEN_VANG, TINH
from tests.client import Person as Visitor
from tests.client import Town


async def link_for(town: Town, role: Role, place: int, **more) -> str:
    """The start parameter of an invitation that the operator made."""
    created = await invitations.create(
        town.program.work, None, role, NamedPlace(unit_id=place, **more), town.clock.now()
    )
    return created.code


async def roles_of(town: Town, address: Address) -> list[Role]:
    async with town.program.work.read() as session:
        found = await session.exec(
            select(Membership.role)
            .join(PersonAddress, PersonAddress.person_id == Membership.person_id)
            .where(PersonAddress.id == address.id, Membership.ended_at.is_(None))
            .order_by(Membership.id)
        )
        return list(found.all())


async def invite_by(inviter: Visitor, role: str, words: str) -> str:
    """The start parameter of an invitation made in the chat: the best match is taken."""
    await inviter.send("/moi")
    await inviter.click(role)
    await inviter.send(words)
    await inviter.click(inviter.buttons[0])
    return inviter.card.split("start=")[1].split()[0]


def menu(town: Town, telegram_id: int) -> set[str]:
    """The commands behind the menu button of one chat."""
    return {one["command"] for one in town.sandbox.world.commands[str(telegram_id)]}


async def test_a_link_lets_an_officer_in_and_says_what_happens_next(town: Town) -> None:
    lan = await town.person("Lan")
    await lan.send(f"/start {await link_for(town, Role.OFFICER, KCN.id)}")
    assert "Chào mừng đồng chí Hồ Thị Lan: cán bộ CĐ các KCN tỉnh" in lan.card
    assert await roles_of(town, LAN.address) == [Role.OFFICER]
    assert {"tuannay", "nghiphep"} <= menu(town, LAN.telegram_id)
    await lan.click("Tuần này")
    assert "Tuần này" in lan.card


async def test_the_inviter_is_told_once_who_came_in(town: Town) -> None:
    ha, lan = await town.person("Hà"), await town.person("Lan")
    code = await invite_by(ha, "Cán bộ", "kcn")
    await lan.send(f"/start {code}")
    await town.settle()
    assert "Hồ Thị Lan đã vào hệ thống theo liên kết mời của đồng chí" in ha.card
    await ha.click("Xem thông tin cán bộ")
    assert "cán bộ CĐ các KCN tỉnh" in ha.card


async def test_who_opens_their_own_link_is_asked_before_it_is_used_up(town: Town) -> None:
    ha = await town.person("Hà")
    code = await invite_by(ha, "Cán bộ", "kcn")
    await ha.send(f"/start {code}")
    assert "do đồng chí tạo" in ha.card
    assert await roles_of(town, HA.address) == [Role.ADMINISTRATOR]
    await ha.click("Nhận vai trò này cho tôi")
    assert await roles_of(town, HA.address) == [Role.ADMINISTRATOR, Role.OFFICER]


async def test_nobody_takes_a_link_made_by_another_by_forging_the_button(town: Town) -> None:
    ha, dung = await town.person("Hà"), await town.person("Dũng")
    await invite_by(ha, "Quản trị", "tinh")
    await dung.send("/start")
    await dung.forge("p:own:1")
    assert await roles_of(town, DUNG.address) == [Role.SUPERVISOR]


@pytest.mark.parametrize("role", [r for r in Role if r is not Role.REPRESENTATIVE])
async def test_everybody_is_welcomed_in_their_role_and_finds_home(town: Town, role: Role) -> None:
    lan = await town.person("Lan")
    await lan.send(f"/start {await link_for(town, role, KCN.id)}")
    assert "Chào mừng đồng chí" in lan.card
    await lan.send("/start")
    assert "Công đoàn xin chào anh/chị" not in lan.card


async def test_an_administrator_is_not_sent_to_import_a_list_that_is_there(town: Town) -> None:
    """Whoever set the program up has imported it before the first link was made."""
    lan = await town.person("Lan")
    await lan.send(f"/start {await link_for(town, Role.ADMINISTRATOR, TINH.id)}")
    assert "Việc đầu tiên là nhập" not in lan.card
    assert lan.buttons[:2] == ["📥 Nhập danh sách", "✉️ Mời người"]


async def test_the_representative_sees_who_is_in_charge_and_who_is_above(town: Town) -> None:
    lan = await town.person("Lan")
    await lan.send(f"/start {await link_for(town, Role.REPRESENTATIVE, SEN_VANG.id)}")
    await lan.click("▶️ Vào trang chính")
    assert "May Sen Vàng" in lan.card
    assert "Công đoàn cấp trên: CĐ các KCN tỉnh" in lan.card


async def test_a_link_works_once_and_the_second_person_is_told_so(town: Town) -> None:
    code = await link_for(town, Role.OFFICER, KCN.id)
    lan, stranger = await town.person("Lan"), await town.person("Đỗ Văn Tú", 7_000_000_500)
    await lan.send(f"/start {code}")
    await stranger.send(f"/start {code}")
    assert "đã có người dùng" in stranger.card


async def test_the_same_person_opening_the_link_again_is_told_they_are_in(town: Town) -> None:
    code = await link_for(town, Role.OFFICER, KCN.id)
    lan = await town.person("Lan")
    await lan.send(f"/start {code}")
    await lan.send(f"/start {code}")
    assert "đã có vai trò này rồi" in lan.cards[-2]
    assert await roles_of(town, LAN.address) == [Role.OFFICER]


async def test_an_expired_link_is_refused_with_what_to_do(town: Town) -> None:
    code = await link_for(town, Role.OFFICER, KCN.id)
    await town.skip_to(MONDAY + timedelta(days=15))
    lan = await town.person("Lan")
    await lan.send(f"/start {code}")
    assert "đã hết hạn. Đề nghị xin quản trị liên kết mới" in lan.card


async def test_an_invented_invitation_is_refused(town: Town) -> None:
    lan = await town.person("Lan")
    await lan.send("/start moi-khong-co-that")
    assert "iên kết" in lan.card


async def test_a_link_pasted_as_a_message_is_followed(town: Town) -> None:
    code = await link_for(town, Role.OFFICER, KCN.id)
    lan = await town.person("Lan")
    await lan.send(f"https://t.me/satcoso_bot?start={code}")
    assert await roles_of(town, LAN.address) == [Role.OFFICER]


@pytest.mark.parametrize("parameter", ["x", "-", "A" * 64])
async def test_a_link_of_no_known_kind_is_refused_and_home_is_shown(
    town: Town, parameter: str
) -> None:
    lan = await town.person("Lan")
    await lan.send(f"/start {parameter}")
    assert "iên kết" in lan.cards[-2]
    assert "Công đoàn xin chào anh/chị" in lan.card


async def test_the_name_from_telegram_can_be_made_the_official_one(town: Town) -> None:
    lan = await town.person("Lan")
    await lan.send(f"/start {await link_for(town, Role.OFFICER, KCN.id)}")
    await lan.click("Sửa họ tên")
    await lan.send("Lan")
    assert "đủ họ và tên" in lan.card
    await lan.send("  Hồ Thị   Ngọc Lan ")
    assert "Hồ Thị Ngọc Lan" in lan.card
    async with town.program.work.read() as session:
        person = await people.by_address(session, LAN.address)
    assert person is not None
    assert person.folded == "ho thi ngoc lan"


async def test_help_says_only_what_the_role_can_do(town: Town) -> None:
    an, ha, lan = [await town.person(name) for name in ("An", "Hà", "Lan")]
    for person in (an, ha, lan):
        await person.send("/trogiup")
    assert "/baocao" in an.card
    assert "/moi" not in an.card
    assert "/moi" in ha.card
    assert "/phananh" in lan.card
    assert "/moi" not in lan.card


async def test_help_names_whom_to_call_also_for_somebody_removed(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    contact = "điện thoại 0296 3852 000"
    monkeypatch.setitem(town.program.work.settings.organisation.__dict__, "contact", contact)
    an, ha, lan = [await town.person(name) for name in ("An", "Hà", "Lan")]
    async with town.program.work.write() as session:
        (await session.get_one(Person, HA.id)).phone = "0912 345 678"
    for person in (an, ha, lan):
        await person.send("/trogiup")
        assert contact in person.card
    assert f"{HA.full_name} (quản trị), điện thoại 0912 345 678" in an.card
    assert HA.full_name not in ha.card, "one does not call oneself"
    assert HA.full_name not in lan.card, "no cadre's telephone for everybody"
    async with town.program.work.write() as session:
        held = select(Membership).where(Membership.person_id == AN.id)
        for role in (await session.exec(held)).all():
            role.ended_at = town.clock.now()
    await an.send("/trogiup")
    assert "Anh/chị từng là cán bộ" in an.card
    assert f"{HA.full_name} (quản trị), điện thoại 0912 345 678" in an.card


async def test_a_stranger_reads_no_abbreviation_and_no_jargon(town: Town) -> None:
    lan = await town.person("Lan")
    await lan.send("/start")
    assert "anh/chị" in lan.card
    for word in ("CĐCS", "LĐLĐ", "BCH", "NLĐ", "đồng chí", "bot", "người dùng"):
        assert word not in lan.card


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("\u3164", messages.NO_NAME),
        ("\u2800\u200b", messages.NO_NAME),
        ("Lê Thu\u0309y", "Lê Thủy"),
        ("Lê\u200b Thủy\u00ad", "Lê Thủy"),
        (unicodedata.normalize("NFD", "Đặng Hữu Đường"), "Đặng Hữu Đường"),
    ],
)
async def test_a_name_is_taken_without_what_no_eye_sees(town: Town, typed: str, name: str) -> None:
    visitor = await town.person(typed, 7_000_000_777)
    await visitor.send(f"/start {await link_for(town, Role.OFFICER, KCN.id)}")
    async with town.program.work.read() as session:
        person = await people.by_address(session, visitor.address)
    assert person is not None
    assert person.name == name
