"""One telephone for every channel: it shows a screen, presses what a label names, writes words."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from typing import Protocol

from sqlmodel import select

from bot.cases.services import site_links
from storage.addresses import ZALO
from storage.models import InboxUpdate
from tests.cast import SEN_VANG, VAULT
from tests.channels.web.pages import Browser
from tests.channels.web.staff_browser import StaffBrowser
from tests.channels.zalo import FakeZalo
from tests.client import WAIT, Person, Town

LINK = site_links.parameter(VAULT, SEN_VANG.id)


class Driver(Protocol):
    """Somebody with the channel in their hand."""

    @property
    def screen(self) -> str:
        """What is to be read now."""
        ...

    async def from_the_poster(self) -> None:
        """From the code at the gate up to the consent."""
        ...

    async def choose(self, label: str) -> None: ...

    async def write(self, words: str) -> None: ...

    async def command(self, name: str) -> None: ...

    async def come_back(self) -> None:
        """Later: whatever came meanwhile is on the screen."""
        ...


class ByTelegram:
    """The sandbox's Telegram."""

    def __init__(self, person: Person) -> None:
        self.person, self._from = person, 0

    @property
    def screen(self) -> str:
        newest = max(0, len(self.person.cards) - 1)  # a card may be edited in its place
        cards = self.person.cards[min(self._from, newest) :]
        return "\n".join([*cards, *self.person.buttons])

    async def from_the_poster(self) -> None:
        await self.person.send(f"/start {LINK}")

    async def choose(self, label: str) -> None:
        self._from = max(0, len(self.person.cards) - 1)
        await self.person.click(label)

    async def write(self, words: str) -> None:
        self._from = len(self.person.cards)
        await self.person.send(words)

    async def command(self, name: str) -> None:
        await self.write(f"/{name}")

    async def come_back(self) -> None:
        await self.person.town.settle()


class ByZalo:
    """Numbered menus; the fake of Zalo is asked by the running program."""

    def __init__(self, town: Town, zalo: FakeZalo, chat: str) -> None:
        self.town, self.zalo, self.chat, self._from = town, zalo, chat, 0

    @property
    def screen(self) -> str:
        return "\n".join(self.zalo.sent[self.chat][self._from :])

    async def from_the_poster(self) -> None:
        await self.write(f"/start {LINK}")

    async def choose(self, label: str) -> None:
        numbers = re.findall(rf"^(\d+)\. \W*{re.escape(label)}", self.screen, re.MULTILINE)
        assert numbers, f"no choice {label!r} in:\n{self.screen}"
        await self.write(numbers[-1])

    async def write(self, words: str) -> None:
        self._from = len(self.zalo.sent[self.chat])
        self.zalo.write(self.zalo.message(self.chat, self.town.clock.now(), text=words))
        await self._answered()
        await self.town.settle()

    async def command(self, name: str) -> None:
        await self.write(f"/{name}")

    async def come_back(self) -> None:
        await self.town.settle()

    async def _answered(self) -> None:
        """Until the program has asked for it and its answer is sent."""

        async def left() -> bool:
            async with self.town.program.work.read() as session:
                rows = await session.exec(
                    select(InboxUpdate.update_id).where(
                        InboxUpdate.channel == ZALO,
                        InboxUpdate.answered_at == None,  # noqa: E711
                    )
                )
                return bool(self.zalo.waiting) or rows.first() is not None or not self.screen

        await until_not(left)


class ByWeb:
    """A worker's browser: nothing is kept in it but the receipt, on paper."""

    def __init__(self, browser: Browser) -> None:
        self.browser, self.receipt = browser, ""

    @property
    def screen(self) -> str:
        return "\n".join([self.browser.text, *self.browser.labels])

    async def from_the_poster(self) -> None:
        await self.browser.open(f"/m/{LINK}")
        await self.browser.press("Gửi ý kiến ngay")

    async def choose(self, label: str) -> None:
        await self.browser.press(label)
        digits = re.search(r"(?:\d{4} ){3}\d{4}", self.browser.text)
        if digits and not self.receipt:  # written down, then the page goes on
            self.receipt = digits[0].replace(" ", "")
            await self.browser.fill("Tôi đã giữ", last=self.receipt[-4:])

    async def write(self, words: str) -> None:
        await self.browser.press("Tiếp tục", words)

    async def command(self, name: str) -> None:
        await self.browser.send({**self.browser.page.hidden, "command": name})

    async def come_back(self) -> None:
        await self.browser.open("/")
        await self.browser.fill("Xem trả lời", receipt=self.receipt)


class ByStaffPages:
    """The browser of somebody of the staff who has come in: what looks is a link, what acts is sent
    by the page's form, a command is an entry of the menu.
    """

    def __init__(self, browser: StaffBrowser) -> None:
        self.browser = browser

    @property
    def screen(self) -> str:
        return "\n".join([self.browser.text, *self.browser.labels])

    async def from_the_poster(self) -> None:
        raise NotImplementedError("the poster leads to the workers' pages, whoever opens it")

    async def choose(self, label: str) -> None:
        await self.browser.go(label)

    async def write(self, words: str) -> None:
        await self.browser.press("Tiếp tục", words)

    async def command(self, name: str) -> None:
        entries = {path.rpartition("/")[2]: path for path in self.browser.page.links.values()}
        if name in entries:
            await self.browser.open(entries[name])
            return
        entry = next(b for b in self.browser.page.buttons if b[:2] == ("command", name))
        await self.browser.go(entry[2])

    async def come_back(self) -> None:
        await self.browser.follow("Trang chính")


async def until_not(left: Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(WAIT):
        while await left():  # noqa: ASYNC110 - it is a state of the database
            await asyncio.sleep(0.005)
