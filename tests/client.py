"""People of the sandbox as tests speak of them, and the town they live in.

Every act waits until nothing is under way any more: the sandbox has handed over every update,
the program has handled and answered them, and what it owed to others has been sent.
"""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import datetime
from typing import Any

import httpx

from bot.app.wiring import Program, build, running
from bot.channels.telegram.addresses import address_of
from bot.config.settings import Settings
from bot.core import messages
from bot.core.clock import Clock
from bot.sandbox.serving import Served
from bot.sandbox.views import chat_view
from storage.store import Store
from tests import cast

WAIT = 60  # seconds; only a broken program is ever waited for this long
PHOTO = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x04\0\0\0\x03\0 and so on"
VOICE = b"OggS a voice"


class Person:
    """Somebody with Telegram in their hand."""

    def __init__(self, town: "Town", telegram_id: int, name: str) -> None:
        self.town, self.telegram_id, self.name = town, telegram_id, name
        self.address = address_of(telegram_id)
        self._shown: dict[int, dict[str, Any]] = {}
        self._toasts: list[dict[str, Any]] = []

    @property
    def messages(self) -> list[dict[str, Any]]:
        """Everything in the chat, the oldest first: text, buttons, from ("bot" or "person")…"""
        return [self._shown[key] for key in sorted(self._shown)]

    @property
    def cards(self) -> list[str]:
        """The texts of the bot's messages, the oldest first."""
        return [m["text"] for m in self.messages if m["from"] == "bot"]

    @property
    def card(self) -> str:
        """The text of the bot's newest message; empty when it said nothing."""
        return (self.cards or [""])[-1]

    @property
    def buttons(self) -> list[str]:
        """The labels under the bot's newest message."""
        own = [m for m in self.messages if m["from"] == "bot"]
        return [b["text"] for row in own[-1]["buttons"] for b in row] if own else []

    @property
    def toasts(self) -> list[str]:
        """What was said over pressed buttons."""
        return [toast["text"] for toast in self._toasts if toast.get("text")]

    async def send(self, text: str, *, reply_to: int | None = None, wait: bool = True) -> int:
        """Write something; returns the message's id."""
        return await self._post({"text": text, "reply_to": reply_to}, wait)

    async def edit(self, message_id: int, text: str) -> None:
        await self._post({"edit": message_id, "text": text})

    async def location(self, latitude: float = 10.02, longitude: float = 105.08) -> int:
        return await self._post({"location": {"latitude": latitude, "longitude": longitude}})

    async def contact(self) -> int:
        return await self._post({"contact": True})

    async def photo(self, caption: str = "", data: bytes = PHOTO) -> int:
        return await self._files([("photo", "anh.png", data)], caption)

    async def album(self, count: int, caption: str = "") -> int:
        """Several photos at once, each a different one."""
        photos = [("photo", f"anh{n}.png", PHOTO + bytes([n])) for n in range(count)]
        return await self._files(photos, caption)

    async def voice(self, data: bytes = VOICE) -> int:
        return await self._files([("voice", "tin.ogg", data)])

    async def video(self, caption: str = "", *, kind: str = "video", data: bytes = VOICE) -> int:
        """A film, or what `kind` says: video_note, audio."""
        return await self._files([(kind, "phim.mp4", data)], caption)

    async def edit_photo(self, message_id: int, data: bytes, caption: str = "") -> None:
        """Another picture in place of the one that was sent."""
        given = {"caption": caption, "edit": str(message_id)}
        await self._act("send", files=[("photo", ("anh.png", data))], data=given)

    async def move(self, message_id: int, latitude: float, longitude: float) -> None:
        """A live location goes on."""
        place = {"latitude": latitude, "longitude": longitude}
        await self._post({"edit": message_id, "location": place})

    async def document(self, name: str, data: bytes, caption: str = "") -> int:
        return await self._files([("document", name, data)], caption)

    async def click(self, label: str, *, wait: bool = True) -> None:
        """Press a button, by its label or the beginning of it, on the newest card that has it.

        Somebody has to answer it: one that no route knows shows the home card and looks answered.
        """
        message_id, data = self.button(label)
        said_before = len(self.toasts)
        await self._press({"message_id": message_id, "data": data}, wait)
        assert messages.STALE_BUTTON not in self.toasts[said_before:], f"{label!r} is stale: {data}"

    async def forge(self, data: str, message_id: int | None = None, *, wait: bool = True) -> None:
        """Press a button that nobody was ever shown."""
        newest = max(self._shown, default=0)
        given = {"message_id": message_id or newest, "data": data, "forged": True}
        await self._press(given, wait)

    async def block(self) -> None:
        await self._act("block", json={})

    async def unblock(self) -> None:
        await self._act("unblock", json={})

    def button(self, label: str) -> tuple[int, str]:
        """(message, data) of a button that is there to be pressed."""
        for message in reversed(self.messages):
            found = [b for row in message.get("buttons", []) for b in row]
            for button in sorted(found, key=lambda b: b["text"] != label):
                if _begins(button["text"], label):
                    return message["message_id"], button["callback_data"]
        raise AssertionError(f"no button {label!r}; under {self.card!r} there are {self.buttons}")

    async def _post(self, given: dict[str, Any], wait: bool = True) -> int:
        return int((await self._act("send", wait, json=given))["message_ids"][0])

    async def _files(self, files: list[tuple[str, str, bytes]], caption: str = "") -> int:
        parts = [(field, (name, data)) for field, name, data in files]
        sent = await self._act("send", files=parts, data={"caption": caption})
        return int(sent["message_ids"][0])

    async def _press(self, given: dict[str, Any], wait: bool = True) -> None:
        await self._act("click", wait, json=given)

    async def _act(self, what: str, wait: bool = True, **given: Any) -> dict[str, Any]:
        url = f"/sandbox/people/{self.telegram_id}/{what}"
        answer = await self.town.ask("POST", url, **given)
        if wait:
            await self.town.settle()
        return answer

    def see(self, chat: dict[str, Any]) -> None:
        """Take in what changed in the chat."""
        for message in chat["messages"]:
            if message["deleted"]:
                self._shown.pop(message["message_id"], None)
            else:
                self._shown[message["message_id"]] = message
        known = {toast["event"] for toast in self._toasts}
        self._toasts += [toast for toast in chat["toasts"] if toast["event"] not in known]


class Town:
    """The running program, the sandbox and its people."""

    def __init__(
        self,
        settings: Settings,
        clock: Clock,
        sandbox: Served,
        people: httpx.AsyncBaseTransport,
        *,
        up_to_date: bool = False,
    ) -> None:
        """`up_to_date`: what is due at this moment by itself is done in the database already."""
        self.settings, self.clock, self.sandbox = settings, clock, sandbox
        self.program: Program
        self._http = httpx.AsyncClient(base_url=sandbox.url, transport=people, timeout=WAIT + 5)
        self._people: dict[int, Person] = {}
        self._event = 0
        self._up_to_date = up_to_date
        self._running = AsyncExitStack()

    @asynccontextmanager
    async def open(self) -> AsyncIterator["Town"]:
        """Run the program until the block is left."""
        async with self._http:
            await self.start()
            try:
                yield self
            finally:
                await self.stop()

    async def start(self) -> None:
        self.program = await build(self.settings, self.clock)
        await self._running.enter_async_context(running(self.program))
        if not self._up_to_date:
            await self.program.schedule.run_due()
        self._up_to_date = False
        await self.settle()

    async def stop(self) -> None:
        await self._running.aclose()

    @asynccontextmanager
    async def stopped(self) -> AsyncIterator[Store]:
        """The program is down, its database is open; afterwards the program starts again."""
        await self.stop()
        store = Store(self.settings.database.url)
        yield store
        await store.close()
        await self.start()

    async def person(self, name: str, telegram_id: int = 0) -> Person:
        """Somebody of the cast by their given name, or somebody new with a Telegram id."""
        if not telegram_id:
            telegram_id = next(one.telegram_id for one in cast.EVERYBODY if one.name == name)
        if telegram_id not in self._people:
            self._people[telegram_id] = Person(self, telegram_id, name)
            known = {one["id"] for one in await self.ask("GET", "/sandbox/people")}
            if telegram_id not in known:
                await self.move_in(name, telegram_id)
            url = f"/sandbox/people/{telegram_id}/chat?after=0"
            self._people[telegram_id].see(await self.ask("GET", url))
        return self._people[telegram_id]

    async def move_in(self, name: str, telegram_id: int, *, started: bool = False) -> None:
        """Give somebody a Telegram account."""
        *family, own = name.split(" ")
        given = {"id": telegram_id, "first_name": own, "last_name": " ".join(family)}
        await self.ask("POST", "/sandbox/people", json={**given, "started": started})

    async def settle(self) -> None:
        """Until nothing is under way: updates handed over, handled, answered; notices sent."""
        await self.taken()
        await asyncio.wait_for(self.program.inbox.idle.wait(), WAIT)
        await self.program.answers.deliver()  # what did not arrive at first
        await asyncio.wait_for(self.program.inbox.idle.wait(), WAIT)
        await self.program.dispatcher.drain()
        self._look()

    async def taken(self) -> None:
        """Until the program has taken every update, handled or not."""
        updates = self.sandbox.world.updates
        await updates.signal.wait(lambda: updates.waiting() == 0, WAIT)
        assert updates.waiting() == 0, "the program does not fetch its updates"

    async def move_to(self, moment: datetime) -> None:
        """Let time pass until `moment`: everything due on the way happens, in order."""
        await self.program.schedule.advance(moment, self._arrived)
        await self.settle()

    async def skip_to(self, moment: datetime) -> None:
        """Be at `moment` with what is due by then done once, for the program was down meanwhile.

        For who needs a later day and nothing of the days before it: each of them, with its night,
        costs as much as a conversation.
        """
        async with self.stopped():
            self.clock.set(moment)
            await self._arrived(moment)

    async def fault(self, method: str, kind: str, times: int = 1, seconds: float = 1) -> None:
        """Let the next calls of a Bot API method fail, in a way of `sandbox.limits.KINDS`."""
        given = {"method": method, "kind": kind, "times": times, "seconds": seconds}
        await self.ask("POST", "/sandbox/faults", json=given)

    async def replay(self, update_ids: list[int]) -> None:
        """Deliver old updates once more, as Telegram does now and then."""
        await self.ask("POST", "/sandbox/updates/replay", json={"update_ids": update_ids})
        await self.settle()

    async def state(self) -> dict[str, Any]:
        """What the sandbox counts: calls by method, messages sent by chat…"""
        return dict(await self.ask("GET", "/sandbox/state"))

    async def ask(self, method: str, url: str, **given: Any) -> Any:
        answer = await self._http.request(method, url, **given)
        assert answer.is_success, f"{method} {url}: {answer.text}"
        return answer.json()

    def _look(self) -> None:
        """At what changed, as it is at this moment: what changes later was not seen."""
        world = self.sandbox.world
        for account in world.people:
            person = self._people.get(account.id)
            if person and world.chats.of(account.id).event > self._event:
                person.see(json.loads(json.dumps(chat_view(world, account, self._event))))
        self._event = world.chats.event

    async def _arrived(self, moment: datetime) -> None:
        self.sandbox.world.clock.set(moment)


def _begins(label: str, wanted: str) -> bool:
    """Whether a label begins so, its picture left out or not."""
    plain = label[next((i for i, sign in enumerate(label) if sign.isalnum()), 0) :]
    return label.startswith(wanted) or plain.startswith(wanted)
