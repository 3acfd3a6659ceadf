"""A unit's Telegram group: linked by a code, written to, growing, lost; through the program."""

import re
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import col, select

from bot.core import messages
from storage.models import GroupChat, OutboxMessage
from tests.cases.routes.test_alerts import ring
from tests.cast import AN, BINH, DUNG, FRIDAY_1630, GIANG, HON_SAO, KCN, MAI
from tests.client import Person, Town
from tests.units.papers.sheets import units

PEOPLE = [DUNG.telegram_id, AN.telegram_id, BINH.telegram_id]


class Group:
    """A Telegram group, as somebody in it sees it."""

    def __init__(self, town: Town, group_id: int) -> None:
        self.town, self.id = town, group_id

    async def say(self, text: str, person_id: int = AN.telegram_id) -> None:
        await self._act("send", {"person": person_id, "text": text})

    async def grow(self) -> "Group":
        """Into a supergroup, which has another id."""
        grown = await self._act("upgrade", {})
        return Group(self.town, grown["id"])

    async def throw_out(self) -> None:
        await self._act("remove", {})

    async def heard(self) -> list[str]:
        """What the bot wrote in it, the oldest first."""
        seen = await self.town.ask("GET", f"/sandbox/groups/{-self.id}/chat?after=0")
        return [m["text"] for m in seen["messages"] if m["from"] == "bot"]

    async def _act(self, what: str, content: dict[str, Any]) -> dict[str, Any]:
        done = await self.town.ask("POST", f"/sandbox/groups/{-self.id}/{what}", json=content)
        await self.town.settle()
        return dict(done)


async def make_group(town: Town, start: str = "") -> Group:
    """Dũng lets the bot into the cadres' group, by the card's link where there is a `start`."""
    content = {"title": "Cán bộ KCN", "people": PEOPLE, "start": start}
    made = await town.ask("POST", "/sandbox/groups", json=content)
    await town.settle()
    return Group(town, made["id"])


@pytest.fixture
async def dung(town: Town) -> Person:
    return await town.person("Dũng")


async def code_of(leader: Person) -> str:
    await leader.send("/nhom")
    await leader.click("Liên kết nhóm")
    code = re.search(r"/lienket (\S+)", leader.card)
    assert code, leader.card
    return code[1]


@pytest.fixture
async def group(town: Town, dung: Person) -> Group:
    return await make_group(town, await code_of(dung))


async def test_the_link_of_the_card_lets_the_bot_in_and_links_the_group(
    dung: Person, group: Group
) -> None:
    assert (await group.heard())[-1].startswith(f"✅ Nhóm đã liên kết với {KCN.name}")
    assert "Nhóm Cán bộ KCN đã liên kết với" in dung.card
    await dung.send("/nhom")
    assert f"• Cán bộ KCN ({KCN.name}), từ 16/11/2026" in dung.card


async def test_the_code_is_taken_in_a_group_where_the_bot_already_is(
    town: Town, dung: Person
) -> None:
    group = await make_group(town)
    await group.say("/lienket")
    assert "lãnh đạo đơn vị gõ /nhom" in (await group.heard())[-1]
    await group.say(f"/lienket {await code_of(dung)}")
    assert "✅ Nhóm đã liên kết" in (await group.heard())[-1]


async def test_a_code_works_once_and_only_for_a_day(town: Town, dung: Person) -> None:
    code = await code_of(dung)
    await make_group(town, code)
    second = await make_group(town, code)
    assert await second.heard() == [messages.GROUP_CODE_OVER]
    late_code = await code_of(dung)
    town.clock.set(town.clock.now() + timedelta(hours=25))
    await second.say(f"/lienket {late_code}")
    assert (await second.heard())[-1] == messages.GROUP_CODE_OVER


async def test_a_group_belongs_to_one_unit(town: Town, group: Group) -> None:
    giang = await town.person("Giang")
    await group.say(f"/lienket {await code_of(giang)}", DUNG.telegram_id)
    assert (await group.heard())[-1] == messages.GROUP_LINKED_ALREADY


async def test_what_people_talk_about_in_a_group_is_nothing_to_the_bot(
    town: Town, group: Group
) -> None:
    before = await group.heard()
    for text in ("Mai mấy giờ họp?", "/start", "/baocao", "/lienket@bot_khac x", "/"):
        await group.say(text)
    assert [words for words in await group.heard() if words not in before] == [
        "Để liên kết nhóm, lãnh đạo đơn vị gõ /nhom trong trò chuyện riêng để lấy mã, rồi gửi tại "
        "đây: /lienket và mã đó."
    ]


async def test_on_friday_the_group_reads_the_week_without_a_name(town: Town, group: Group) -> None:
    await town.move_to(FRIDAY_1630 + timedelta(minutes=1))
    week = (await group.heard())[-1]
    assert week.startswith(f"📊 Tuần 47 (16–22/11) · {KCN.name}")
    assert "lượt đã báo cáo" in week
    everybody = [*(p.name for p in (AN, BINH, DUNG, GIANG, MAI))]
    assert not [name for name in everybody if re.search(rf"\b{name}\b", week)]
    assert "đồng chí" not in week.lower()


async def test_an_alert_rings_in_the_group_without_place_or_words(town: Town, group: Group) -> None:
    await ring(town)
    alert = (await group.heard())[-1]
    assert alert.startswith(f"🚨 Có cảnh báo mới · {KCN.name}")
    assert [words for words in ("Sen Vàng", "ngưng máy", "/canhbao") if words in alert] == [
        "/canhbao"
    ]


async def test_a_group_that_grows_goes_on_hearing(town: Town, group: Group) -> None:
    grown = await group.grow()
    await ring(town)
    assert "🚨" in (await grown.heard())[-1]


async def test_a_group_that_grew_unheard_is_found_when_it_is_written_to(
    town: Town, group: Group
) -> None:
    world = town.sandbox.world
    grown = world.groups.upgrade(world.groups.need(group.id))  # and nobody says so
    await ring(town)
    town.clock.set(town.clock.now() + timedelta(minutes=1))
    await town.settle()
    assert "🚨" in (await Group(town, grown.id).heard())[-1]


async def test_who_linked_a_group_hears_that_the_bot_was_thrown_out(
    town: Town, dung: Person, group: Group
) -> None:
    await group.throw_out()
    assert "Không còn gửi được tin vào nhóm Cán bộ KCN" in dung.card
    await dung.send("/nhom")
    assert "Không còn gửi được" in dung.card
    assert "Đang nhận tin" not in dung.card
    before = await group.heard()
    await ring(town)
    assert await group.heard() == before


async def test_a_group_lost_unheard_is_noticed_when_it_is_written_to(
    town: Town, dung: Person, group: Group
) -> None:
    world_group = town.sandbox.world.groups.need(group.id)
    world_group.has_bot = False
    await ring(town)
    assert any("Không còn gửi được tin vào nhóm" in card for card in dung.cards)


async def test_a_leader_ends_it_and_nothing_more_goes_there(
    town: Town, dung: Person, group: Group
) -> None:
    await dung.send("/nhom")
    await dung.click("Ngừng gửi: Cán bộ KCN")
    assert "Ngừng gửi tin vào nhóm Cán bộ KCN" in dung.card
    await dung.click("Ngừng gửi tin")
    assert "Đang nhận tin" not in dung.card
    before = await group.heard()
    await ring(town)
    assert await group.heard() == before


async def test_an_officer_links_nothing_and_ends_nothing(town: Town, group: Group) -> None:
    officer = await town.person("An")
    await officer.send("/nhom")
    assert messages.NOT_ALLOWED in officer.cards[-1]
    for forged in ("grp:new:2", "grp:end:1", "grp:end:1:yes"):
        await officer.forge(forged)
        assert officer.toasts[-1] == messages.NOT_ALLOWED
    async with town.program.work.read() as session:
        rows = (await session.exec(select(GroupChat))).all()
    assert [row.ended_at for row in rows] == [None]


async def test_a_press_twice_owes_a_group_nothing_twice(town: Town, group: Group) -> None:
    await ring(town)
    await town.program.schedule.run_due()
    await town.settle()
    async with town.program.work.read() as session:
        owed = select(OutboxMessage).where(col(OutboxMessage.group_chat_id).is_not(None))
        keys = [row.dedupe_key for row in (await session.exec(owed)).all()]
    assert len(keys) == len(set(keys)) == 1
    assert sum("🚨" in words for words in await group.heard()) == 1


async def test_a_merged_unit_takes_its_groups_along(town: Town, dung: Person, group: Group) -> None:
    ha = await town.person("Hà")
    merged = {"code": "KCN", "dissolved_on": "10/11/2026", "successor": "HS"}
    await ha.document("sap-nhap.xlsx", units(merged))
    await ha.click("Nhập")
    await ring(town)
    assert (await group.heard())[-1].startswith(f"🚨 Có cảnh báo mới · {HON_SAO.name}")
