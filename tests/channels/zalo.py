"""A Zalo of our own, as strict as its public description, and telephones that speak through it.

What the description leaves open (what a message's id looks like, what an unknown chat is answered
with) is chosen here; nobody has compared it with Zalo itself.
"""

import asyncio
import json
import re
from collections import defaultdict, deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import httpx

from bot.channels.text_menu import LONGEST, TextMenus, units
from bot.channels.zalo.api import ZaloBot
from bot.channels.zalo.inbox import ZaloInbox
from bot.channels.zalo.sending import ZaloSender
from bot.conversation.router import Route
from bot.core.clock import Clock
from bot.core.work import Work

TOKEN = "459232241454765289:a-token-that-only-tests-know"
BASE_URL = "https://zalo.example"
PARAMETERS = {
    "getMe": (),
    "getUpdates": ("timeout",),
    "sendMessage": ("chat_id", "text"),
    "setWebhook": ("url", "secret_token"),
    "deleteWebhook": (),
}


@dataclass
class FakeZalo:
    """`sent`: what every chat was sent. `fault`: what the next calls are answered with instead."""

    sent: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    waiting: deque[dict[str, Any]] = field(default_factory=deque)
    chats: set[str] = field(default_factory=set)
    blocked: set[str] = field(default_factory=set)
    webhook: tuple[str, str] | None = None
    fault: int | Exception | None = None
    name: str = "Chị Sáu"
    calls: list[str] = field(default_factory=list)
    _numbers: int = 0
    _news: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def transport(self) -> httpx.AsyncBaseTransport:
        return httpx.MockTransport(self._answer)

    def message(self, chat: str, at: datetime, **content: str) -> dict[str, Any]:
        """One update, as a webhook brings it inside of `result`."""
        self.chats.add(chat)
        self._numbers += 1
        kind = "text" if "text" in content else "image" if "photo" in content else "unsupported"
        return {
            "event_name": f"message.{kind}.received",
            "message": {
                "from": {"id": chat, "display_name": self.name, "is_bot": False},
                "chat": {"id": chat, "chat_type": "PRIVATE"},
                "message_id": f"{self._numbers:020x}",
                "date": int(at.timestamp() * 1000),
                **content,
            },
        }

    def write(self, update: dict[str, Any]) -> None:
        """Somebody wrote; it is given to whoever asks next."""
        self.waiting.append(update)
        self._news.set()

    async def _answer(self, request: httpx.Request) -> httpx.Response:
        name = request.url.path.rpartition("/")[2]
        self.calls.append(name)
        if isinstance(self.fault, Exception):
            raise self.fault
        if self.fault:
            return _error(self.fault)
        if request.url.path != f"/bot{TOKEN}/{name}":
            return _error(401)
        given = json.loads(request.content)
        if request.method != "POST" or name not in PARAMETERS:
            return _error(404)
        if not isinstance(given, dict) or not set(given) <= set(PARAMETERS[name]):
            return _error(400)
        if not all(isinstance(value, str) for value in given.values()):
            return _error(400)
        return await getattr(self, f"_{name}")(**given)

    async def _getMe(self) -> httpx.Response:  # noqa: N802 - Zalo's names
        return _result({"id": "459", "account_name": "bot.Test", "account_type": "BASIC"})

    async def _getUpdates(self, timeout: str = "30") -> httpx.Response:  # noqa: N802, ASYNC109
        if self.webhook:
            return _error(400)
        if not self.waiting:
            self._news.clear()
            try:
                async with asyncio.timeout(float(timeout)):
                    await self._news.wait()
            except TimeoutError:
                return _error(408)
        return _result(self.waiting.popleft())

    async def _sendMessage(self, chat_id: str, text: str) -> httpx.Response:  # noqa: N802
        if chat_id not in self.chats or chat_id in self.blocked:
            return _error(404)
        if not 1 <= units(text) <= LONGEST:
            return _error(400)
        self.sent[chat_id].append(text)
        self._numbers += 1
        return _result({"message_id": f"{self._numbers:020x}", "date": 1})

    async def _setWebhook(self, url: str, secret_token: str) -> httpx.Response:  # noqa: N802
        if not url.startswith("https://") or not 8 <= len(secret_token) <= 256:
            return _error(400)
        self.webhook = (url, secret_token)
        return _result({"url": url, "updated_at": 1})

    async def _deleteWebhook(self) -> httpx.Response:  # noqa: N802
        self.webhook = None
        return _result({"url": "", "updated_at": 1})


def _result(result: Any) -> httpx.Response:
    return httpx.Response(200, json={"ok": True, "result": result})


def _error(code: int) -> httpx.Response:
    body = {"ok": False, "error_code": code, "description": "refused"}
    return httpx.Response(200 if code == 408 else code, json=body)


class ZaloLine:
    """The door on a database, without the rest of the program; `restarted` is a new run of it."""

    def __init__(self, work: Work, routes: Sequence[Route], clock: Clock, page: str = "") -> None:
        self.work, self.routes, self.clock, self.page = work, routes, clock, page
        self.zalo = FakeZalo()
        self.restart()

    def restart(self) -> None:
        """Nothing of an earlier run is left but the database."""
        bot = ZaloBot(TOKEN, BASE_URL, self.zalo.transport)
        menus = TextMenus(self.routes, self.page)
        self.inbox = ZaloInbox(self.work, self.clock, bot, menus)
        self.sender = ZaloSender(bot, self.work, self.clock, self.page)

    async def bring(self, *updates: dict[str, Any]) -> bool:
        """A webhook's updates, kept and answered; whether anything waits still."""
        for update in updates:
            await self.inbox.take({"ok": True, "result": update})
        return await self.inbox.look()


@dataclass
class Phone:
    """A telephone with Zalo, and whoever holds it."""

    line: ZaloLine
    chat: str
    texts: tuple[str, ...] = ()  # the newest answer

    @property
    def screen(self) -> str:
        return "\n".join(self.texts)

    async def write(self, words: str) -> str:
        return await self.sends(text=words)

    async def sends(self, **content: str) -> str:
        got = len(self.line.zalo.sent[self.chat])
        await self.line.bring(self.line.zalo.message(self.chat, self.line.clock.now(), **content))
        self.texts = tuple(self.line.zalo.sent[self.chat][got:])
        assert not re.search(r"<\w", self.screen)
        return self.screen

    async def choose(self, label: str) -> str:
        """Send the number that stands before a line beginning with this."""
        return await self.write(self.number(label))

    def number(self, label: str) -> str:
        numbers = re.findall(rf"^(\d+)\. \W*{re.escape(label)}", self.screen, re.MULTILINE)
        assert numbers, f"no choice {label!r} in:\n{self.screen}"
        return str(numbers[-1])
