"""The way between a phone and the program, which breaks where a test wants it to."""

import asyncio
import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress

OPEN, CLOSED, HALF, UNANSWERED, TORN = "open", "closed", "half", "unanswered", "torn"
BREAKS = (CLOSED, HALF, UNANSWERED, TORN)
"""Nothing gets through; part of what is sent; all of it, but no answer; part of the answer."""

WAIT_SECONDS = 60  # only a broken page is ever waited for this long
_LENGTH = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)


class Road:
    """Carries one request a connection. `mood`: path -> one of the words above."""

    def __init__(self, port: int) -> None:
        self._port = port
        self.mood: Callable[[str], str] = lambda _path: OPEN
        self.carried: list[tuple[str, str]] = []  # path, what became of it
        self._busy = asyncio.Event()
        self.port = 0

    async def carries(self, path: str, mood: str) -> None:
        """Wait until a request for this has come by in this mood, and is done with."""
        async with asyncio.timeout(WAIT_SECONDS):
            while (path, mood) not in self.carried:
                self._busy.clear()
                await self._busy.wait()

    @asynccontextmanager
    async def lying(self) -> AsyncIterator["Road"]:
        """Until the block is left."""
        server = await asyncio.start_server(self._meet, "127.0.0.1", 0)
        self.port = server.sockets[0].getsockname()[1]
        try:
            yield self
        finally:
            server.close()

    async def _meet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError, asyncio.IncompleteReadError):
            await self._carry(reader, writer)
        with suppress(OSError):
            writer.close()

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        path = head.split(b" ", 2)[1].decode()
        mood = self.mood(path)
        if mood == CLOSED:
            self._note(path, mood)
            return
        match = _LENGTH.search(head)
        body = await reader.readexactly(int(match[1]) if match else 0)
        first, _, others = head.partition(b"\r\n")
        others = re.sub(rb"(?i)connection: [^\r]*\r\n", b"", others)
        there, back = await asyncio.open_connection("127.0.0.1", self._port)
        sent = first + b"\r\nConnection: close\r\n" + others + body
        back.write(sent[: len(sent) - len(body) // 2 - 1] if mood == HALF else sent)
        if mood == HALF:
            back.close()
            self._note(path, mood)
            return
        answer = await there.read()
        back.close()
        self._note(path, mood)
        if mood == UNANSWERED:
            return
        writer.write(answer[: len(answer) - 5] if mood == TORN else answer)
        await writer.drain()

    def _note(self, path: str, mood: str) -> None:
        """Once the program has done what came through."""
        self.carried.append((path, mood))
        self._busy.set()
