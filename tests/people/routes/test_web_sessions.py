"""The way into the web pages, from the chat."""

import asyncio
import re

import pytest

from bot.app.serving import HttpServer
from bot.config.settings import Settings, Web
from bot.people.cards import web_sessions as cards
from bot.people.facts.web_sessions import OpenPages, OwnPages
from bot.people.services import web_sessions
from storage.enums import Device
from tests.cast import AN, GIANG, HA, MONDAY
from tests.channels.web.pages import ADDRESS
from tests.client import Person, Town
from tests.home.routes.test_joining import invite_by, menu


async def link_of(person: Person) -> str:
    """What stands behind the address in the newest card."""
    found = re.search(rf"{ADDRESS}/vao/([\w-]+)", person.card)
    assert found, person.card
    return found[1]


class TestWithWebPages:
    @pytest.fixture
    def settings(self, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Settings:
        async def listen_nowhere(_server: HttpServer) -> None:
            await asyncio.Event().wait()

        monkeypatch.setattr(HttpServer, "run", listen_nowhere)
        return settings.model_copy(update={"web": Web(address=ADDRESS)})

    async def test_one_command_gives_a_link_and_what_is_open_is_closed_by_a_tap(
        self, town: Town
    ) -> None:
        an, work = await town.person("An"), town.program.work
        await an.send("/start")
        assert "web" in menu(town, AN.telegram_id)
        await an.send("/web")
        entered = await web_sessions.enter(
            work, await link_of(an), Device.COMPUTER, town.clock.now()
        )
        await an.click("Đang mở ở đâu?")
        assert "• Máy số 1, máy tính: mở lúc 7 giờ 16/11" in an.card
        assert "Đóng trên các máy khác" not in str(an.buttons), "the chat is none of them"
        await an.click("Đóng trên máy số 1")
        assert "Không mở ở đâu" in an.card
        assert await web_sessions.visitor(work, entered.token, town.clock.now()) is None
        await an.send("/trogiup")
        assert "/web: " in an.card

    async def test_an_administrator_hands_out_a_link_and_its_person_hears_when_it_is_used(
        self, town: Town
    ) -> None:
        ha, an, work = await town.person("Hà"), await town.person("An"), town.program.work
        await ha.send("/nhansu")
        await ha.click("Nguyễn Thị An")
        await ha.click("Cấp liên kết vào trang web")
        assert "trang web của đồng chí Nguyễn Thị An" in ha.card
        entered = await web_sessions.enter(work, await link_of(ha), Device.PHONE, town.clock.now())
        await town.settle()
        assert "Vừa có người vào trang web với tên đồng chí" in an.card
        assert "đồng chí Đặng Thu Hà cấp" in an.card
        await an.click("Không phải tôi, đóng hết")
        assert await web_sessions.visitor(work, entered.token, town.clock.now()) is None

    async def test_whoever_leads_closes_the_pages_of_somebody_by_two_taps(self, town: Town) -> None:
        an, dung, work = await town.person("An"), await town.person("Dũng"), town.program.work
        await an.send("/web")
        entered = await web_sessions.enter(work, await link_of(an), Device.PHONE, town.clock.now())
        await dung.send("/nhansu")
        await dung.click("Nguyễn Thị An")
        assert "Cấp liên kết" not in str(dung.buttons)
        await dung.click("Đóng trang web đang mở (1)")
        assert "• Máy số 1, điện thoại: mở lúc 7 giờ 16/11" in dung.card
        await dung.click("Đóng tất cả")
        assert await web_sessions.visitor(work, entered.token, town.clock.now()) is None
        assert "Đóng trang web" not in str(dung.buttons)

    async def test_an_invitation_names_the_way_without_telegram_too(self, town: Town) -> None:
        ha = await town.person("Hà")
        code = await invite_by(ha, "Cán bộ", "kcn")
        assert f"{ADDRESS}/m/{code}" in ha.card


async def test_where_there_are_no_web_pages_nobody_is_led_to_them(town: Town) -> None:
    for who in (GIANG, HA):
        person = await town.person(who.name)
        await person.send("/start")
        assert "web" not in menu(town, who.telegram_id)
        await person.send("/web")
        assert "chưa mở trang web" in person.card
        await person.send("/trogiup")
        assert "/web" not in person.card
    await person.send("/nhansu")
    await person.click("Nguyễn Thị An")
    assert "trang web" not in str(person.buttons)


def test_the_device_on_which_one_looks_is_first_in_the_list_however_many_there_are() -> None:
    pages = [OpenPages(number, Device.PHONE, MONDAY, MONDAY) for number in range(30, 0, -1)]
    card = cards.listed(OwnPages(pages), here=3)
    lines = [line for line in card.text.splitlines() if line.startswith("• ")]
    assert lines[0].startswith("• Máy số 3, điện thoại (<b>máy này</b>)")
    assert card.rows[0][0].label == "✖️ Đóng trên máy số 3"
    assert len(lines) == cards.MOST_SHOWN
