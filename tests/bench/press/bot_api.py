"""A Bot API server that only knows presses, so that it is not what is measured.

Fifty people press, each again as soon as their button is answered and their card shown. Run as a
process of its own: it prints its port. `POST /press?times=N` lets them press N times together and
gives what came of it; `begin` and `labels` lead from the first button to the card that is pressed
on, whose buttons match `again`.
"""

import argparse
import asyncio
import json
import re
import time
from collections import deque
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

PEOPLE = 50
SECRET = "bench"
BATCH = 100  # updates that Telegram gives at once
BOT = {"id": 123456, "is_bot": True, "first_name": "Công đoàn", "username": "satcoso_bot"}


class Person:
    """Somebody with a card in front of them."""

    def __init__(self, number: int) -> None:
        self.chat_id, self.pressed = 1000 + number, 0
        self.message_id, self.text, self.rows = 1, "Chào đồng chí", [[]]
        self.answered = self.shown = True
        self.since = 0.0
        self.name = f"Cán bộ {number}"

    def update(self, update_id: int, data: str) -> dict[str, Any]:
        """The press as Telegram tells of it, the card included."""
        self.answered = self.shown = False
        self.since = time.perf_counter()
        self.pressed += 1
        chat = {"id": self.chat_id, "type": "private", "first_name": self.name}
        return {
            "update_id": update_id,
            "callback_query": {
                "id": str(self.chat_id),
                "from": {"id": self.chat_id, "is_bot": False, "first_name": self.name},
                "chat_instance": "1",
                "data": data,
                "message": {
                    "message_id": self.message_id,
                    "from": BOT,
                    "chat": chat,
                    "date": 1_790_000_000,
                    "text": self.text,
                    "reply_markup": {"inline_keyboard": self.rows},
                },
            },
        }


class World:
    """Everybody, and what they still want to press."""

    def __init__(
        self, begin: str, labels: list[str], again: str, hooks: "Hooks | None" = None
    ) -> None:
        self.hooks = hooks
        self.begin, self.labels, self.again = begin, labels, re.compile(again)
        self.people = {1000 + n: Person(n) for n in range(1, PEOPLE + 1)}
        self.waiting: deque[dict[str, Any]] = deque()
        self.news = asyncio.Event()
        self.update_id, self.message_id = 1, 100
        self.left = 0
        self.seconds: list[float] = []
        self.over = asyncio.Event()

    async def press(self, times: int) -> dict[str, Any]:
        """Everybody presses until it was `times` in all."""
        self.seconds, self.left = [], times
        self.over.clear()
        start = time.perf_counter()
        for person in self.people.values():
            self._next(person)
        await self.over.wait()
        duration, ordered = time.perf_counter() - start, sorted(self.seconds)
        return {
            "presses": len(ordered),
            "seconds": duration,
            "median_ms": 1000 * ordered[len(ordered) // 2],
            "p95_ms": 1000 * ordered[len(ordered) * 95 // 100],
        }

    async def updates(self, offset: int, seconds: float) -> list[dict[str, Any]]:
        while self.waiting and self.waiting[0]["update_id"] < offset:
            self.waiting.popleft()
        if not self.waiting and seconds:
            self.news.clear()
            try:
                async with asyncio.timeout(seconds):
                    await self.news.wait()
            except TimeoutError:
                return []
        return [self.waiting[n] for n in range(min(BATCH, len(self.waiting)))]

    def answered(self, query_id: str) -> None:
        person = self.people[int(query_id)]
        person.answered = True
        self._perhaps_done(person)

    def shown(self, given: dict[str, str]) -> dict[str, Any]:
        person = self.people[int(given["chat_id"])]
        if not person.since:  # nobody pressed: a reminder, say
            return {"message_id": 1, "chat": {"id": person.chat_id, "type": "private"}, "date": 1}
        if "message_id" in given:
            person.message_id = int(given["message_id"])
        else:
            self.message_id += 1
            person.message_id = self.message_id
        person.text = given["text"]
        rows = json.loads(given.get("reply_markup") or "{}").get("inline_keyboard")
        if rows:
            person.rows, person.shown = rows, True
        self._perhaps_done(person)
        return {
            "message_id": person.message_id,
            "from": BOT,
            "chat": {"id": person.chat_id, "type": "private", "first_name": person.name},
            "date": 1_790_000_000,
            "text": person.text,
            "reply_markup": {"inline_keyboard": person.rows},
        }

    def _perhaps_done(self, person: Person) -> None:
        if person.answered and person.shown and person.since:
            self.seconds.append(time.perf_counter() - person.since)
            person.since = 0.0
            self._next(person)

    def _next(self, person: Person) -> None:
        if self.left > 0:
            self.left -= 1
            self.update_id += 1
            update = person.update(self.update_id, self._button(person))
            if self.hooks:
                self.hooks.bring(update)
            else:
                self.waiting.append(update)
                self.news.set()
        elif all(person.since == 0.0 for person in self.people.values()):
            self.over.set()

    def _button(self, person: Person) -> str:
        if person.pressed == 0:
            return self.begin.format(n=person.chat_id - 1000)
        buttons = [button for row in person.rows for button in row]
        if person.pressed <= len(self.labels):
            label = self.labels[person.pressed - 1]
            return next(b["callback_data"] for b in buttons if label in b["text"])
        again = [b["callback_data"] for b in buttons if self.again.fullmatch(b["callback_data"])]
        assert again, f"{person.text!r} has only {buttons}"
        return again[person.pressed % len(again)]


class Hooks:
    """Brings updates to several webhooks in turn, over connections that are kept."""

    def __init__(self, ports: list[int]) -> None:
        self._ports, self._turn = ports, 0
        self._idle: dict[int, list[Any]] = {port: [] for port in ports}
        self._under_way: set[asyncio.Task[None]] = set()

    def bring(self, update: dict[str, Any]) -> None:
        self._turn += 1
        port = self._ports[self._turn % len(self._ports)]
        task = asyncio.ensure_future(self._post(port, json.dumps(update).encode()))
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)

    async def _post(self, port: int, body: bytes) -> None:
        streams = self._idle[port].pop() if self._idle[port] else None
        reader, writer = streams or await asyncio.open_connection("127.0.0.1", port)
        writer.write(
            b"POST /telegram HTTP/1.1\r\nHost: bench\r\nContent-Type: application/json\r\n"
            b"X-Telegram-Bot-Api-Secret-Token: %s\r\nContent-Length: %d\r\n\r\n%s"
            % (SECRET.encode(), len(body), body)
        )
        answer = await reader.readuntil(b"\r\n\r\n")
        assert b" 200 " in answer.split(b"\r\n")[0], answer
        self._idle[port].append((reader, writer))


class Connection(asyncio.Protocol):
    """HTTP as far as it is needed: kept alive, one request after the other."""

    def __init__(self, world: World) -> None:
        self._world, self._buffer = world, b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport: Any = transport

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        while (end := self._buffer.find(b"\r\n\r\n")) >= 0:
            head = self._buffer[:end].decode("latin-1")
            length = re.search(r"(?i)\r\ncontent-length: *(\d+)", head)
            if length is None and re.search(r"(?i)\r\ntransfer-encoding: *chunked", head):
                if not self._buffer.endswith(b"0\r\n\r\n"):
                    return
                body, rest = _unchunked(self._buffer[end + 4 :]), b""
            else:
                stop = end + 4 + (int(length[1]) if length else 0)
                if len(self._buffer) < stop:
                    return
                body, rest = self._buffer[end + 4 : stop], self._buffer[stop:]
            self._buffer = rest
            self._answer(head, body)

    def _answer(self, head: str, body: bytes) -> None:
        url = urlsplit(head.split(" ", 2)[1])
        method = url.path.rpartition("/")[2]
        if method == "getUpdates":
            given = _given(head, body) or dict(parse_qsl(url.query))
            task = self._give(given)
        elif method == "press":
            task = self._press(int(parse_qs(url.query)["times"][0]))
        else:
            self._write(self._result(method, _given(head, body)))
            return
        asyncio.ensure_future(task)  # noqa: RUF006 - the connection outlives it

    def _result(self, method: str, given: dict[str, str]) -> Any:
        if method == "answerCallbackQuery":
            self._world.answered(given["callback_query_id"])
            return True
        if method in ("editMessageText", "sendMessage"):
            return self._world.shown(given)
        return BOT if method == "getMe" else True

    async def _give(self, given: dict[str, str]) -> None:
        offset, seconds = int(given.get("offset", 0)), float(given.get("timeout", 0))
        self._write(await self._world.updates(offset, seconds))

    async def _press(self, times: int) -> None:
        self._write(await self._world.press(times))

    def _write(self, result: Any) -> None:
        body = json.dumps({"ok": True, "result": result}).encode()
        self._transport.write(
            b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
            % (len(body), body)
        )


def _given(head: str, body: bytes) -> dict[str, str]:
    if boundary := re.search(r'(?i)boundary="?([^\s";]+)', head):
        parts = body.decode().split(f"--{boundary[1]}")[1:-1]
        split = (part.partition("\r\n\r\n") for part in parts)
        return {re.search(r'name="([^"]*)"', h)[1]: value[:-2] for h, _, value in split}  # type: ignore[index]
    if body.startswith(b"{"):
        plain = json.loads(body)
        return {k: v if isinstance(v, str) else json.dumps(v) for k, v in plain.items()}
    return dict(parse_qsl(body.decode()))


def _unchunked(data: bytes) -> bytes:
    whole = b""
    while data:
        size, _, data = data.partition(b"\r\n")
        whole += data[: int(size, 16)]
        data = data[int(size, 16) + 2 :]
    return whole


async def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--begin", default="press:0")
    parser.add_argument("--label", action="append", default=[])
    parser.add_argument("--again", default="press:.*")
    parser.add_argument("--bring", type=int, nargs="+", default=[])
    given = parser.parse_args()
    hooks = Hooks(given.bring) if given.bring else None
    world = World(given.begin, given.label, given.again, hooks)
    server = await asyncio.get_running_loop().create_server(
        lambda: Connection(world), "127.0.0.1", 0
    )
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main())
