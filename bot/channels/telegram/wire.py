"""The connections to Telegram: kept alive, and light.

A call through httpx's own transport costs more than all the rest of an answer (measured: 1.8 ms of
a processor against 0.4). What Telegram is asked is always the same: one request after the other on
a connection that stays, with lengths said before. That is done here; everything else, a proxy above
all, is left to httpx.
"""

import asyncio
from collections import deque
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode
from urllib.request import getproxies

import httpx
from telegram.request import HTTPXRequest

from bot.channels.authorities import trusted

LARGEST_HEAD, LONGEST_BODY = 65_536, 65_536  # bytes
IDLE_SECONDS = 5.0  # then a connection is not used again: Telegram may be closing it

Origin = tuple[str, str, int]  # scheme, host, port


def make_request(connections: int, pool_timeout: float = 1.0) -> HTTPXRequest:
    """What PTB asks Telegram through, with at most so many connections. Where the environment
    names a proxy, all of it is httpx's.
    """
    proxied = {"http", "https", "all"} & getproxies().keys()
    kind = HTTPXRequest if proxied else LightRequest
    return kind(connection_pool_size=connections, pool_timeout=pool_timeout)


class LightRequest(HTTPXRequest):
    """PTB's, with its timeouts and errors, over a `KeptAlive`."""

    def _build_client(self) -> httpx.AsyncClient:
        most = self._client_kwargs["limits"].max_connections
        return LightClient(**{**self._client_kwargs, "transport": KeptAlive(most)})


class LightClient(httpx.AsyncClient):
    """Telegram has no redirects, cookies or passwords: what brings no file goes without that."""

    async def request(self, method: str, url: Any, **options: Any) -> httpx.Response:
        """Raises httpx.HTTPError."""
        if options.get("files"):
            return await super().request(method, url, **options)
        request = httpx.Request(
            method,
            _parsed(url),
            headers={**options["headers"], "Content-Type": "application/x-www-form-urlencoded"},
            content=urlencode(options.get("data") or {}).encode(),
            extensions={"timeout": options["timeout"].as_dict()},
        )
        response = await self._transport.handle_async_request(request)
        await response.aread()
        return response


class KeptAlive(httpx.AsyncBaseTransport):
    """HTTP/1.1 over connections that stay. Raises httpx's errors, as its own transport does.

    What is long to send is left to that: it has a time limit for each piece.
    """

    def __init__(self, most: int) -> None:
        self._plain: httpx.AsyncHTTPTransport | None = None
        self._places = asyncio.Semaphore(most)
        self._idle: dict[Origin, deque[TelegramLine]] = {}

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        seconds = request.extensions.get("timeout", {})
        body = await request.aread()
        if len(body) > LONGEST_BODY:
            self._plain = self._plain or httpx.AsyncHTTPTransport(verify=trusted())
            return await self._plain.handle_async_request(request)
        try:
            async with asyncio.timeout(seconds.get("pool")):
                await self._places.acquire()
        except TimeoutError:
            raise httpx.PoolTimeout("no connection is free", request=request) from None
        try:
            return await self._exchange(request, body, seconds)
        finally:
            self._places.release()

    async def _exchange(
        self, request: httpx.Request, body: bytes, seconds: dict[str, Any]
    ) -> httpx.Response:
        url = request.url
        origin = (url.scheme, url.host, url.port or _PORTS[url.scheme])
        connection = self._idle_line(origin) or await self._connect(origin, request, seconds)
        try:
            message = _head(request, body) + body
            response = await connection.exchange(message, seconds.get("read"))
        except TimeoutError:
            connection.close()
            raise httpx.ReadTimeout("no answer in time", request=request) from None
        except OSError as error:
            connection.close()
            raise httpx.ReadError(str(error), request=request) from error
        except BaseException:
            connection.close()
            raise
        if connection.reusable:
            self._idle.setdefault(origin, deque()).append(connection)
        else:
            connection.close()
        return response

    def _idle_line(self, origin: Origin) -> "TelegramLine | None":
        """A connection that is still there."""
        idle = self._idle.get(origin, ())
        while idle:
            connection = idle.pop()
            if connection.usable():
                return connection
            connection.close()
        return None

    async def _connect(
        self, origin: Origin, request: httpx.Request, seconds: dict[str, Any]
    ) -> "TelegramLine":
        scheme, host, port = origin
        context = trusted() if scheme == "https" else None
        try:
            async with asyncio.timeout(seconds.get("connect")):
                _, connection = await asyncio.get_running_loop().create_connection(
                    TelegramLine, host, port, ssl=context
                )
        except TimeoutError:
            raise httpx.ConnectTimeout("no connection in time", request=request) from None
        except OSError as error:
            raise httpx.ConnectError(str(error), request=request) from error
        return connection

    async def aclose(self) -> None:
        for idle in self._idle.values():
            for connection in idle:
                connection.close()
        self._idle.clear()
        if self._plain:
            await self._plain.aclose()


class TelegramLine(asyncio.Protocol):
    """One request at a time, and what is answered to it."""

    def __init__(self) -> None:
        self._transport: asyncio.Transport | None = None
        self._buffer = bytearray()
        self._answer: asyncio.Future[httpx.Response] | None = None
        self._gone: Exception | None = None
        self._limit: asyncio.Timeout | None = None
        self._patience: float | None = None
        self._since = 0.0
        self.reusable = False

    async def exchange(self, message: bytes, patience: float | None) -> httpx.Response:
        """`patience`: seconds of silence. Raises TimeoutError. Raises httpx.RemoteProtocolError:
        what came is no whole answer, or none.
        """
        if self._transport is None or self._gone:
            raise httpx.RemoteProtocolError("the connection was closed")
        self._answer = asyncio.get_running_loop().create_future()
        self.reusable = False
        self._buffer.clear()
        self._transport.write(message)
        self._patience = patience
        async with asyncio.timeout(patience) as self._limit:
            return await self._answer

    def usable(self) -> bool:
        """Whether it may be used once more."""
        idle = asyncio.get_running_loop().time() - self._since
        return self._gone is None and not self._buffer and idle < IDLE_SECONDS

    def close(self) -> None:
        if self._transport:
            self._transport.close()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        if self._answer is None or self._answer.done():
            self.close()  # nothing was asked
            return
        try:
            response = self._whole(at_end=False)
        except (ValueError, IndexError) as error:
            self._fail(httpx.RemoteProtocolError(f"no HTTP ({type(error).__name__})"))
            return
        if response:
            self._give(response)
        elif self._limit and self._patience is not None:
            self._limit.reschedule(asyncio.get_running_loop().time() + self._patience)

    def eof_received(self) -> None:
        """The other side says no more; the connection closes by itself."""

    def connection_lost(self, error: Exception | None) -> None:
        self._gone = error or ConnectionResetError()
        if self._answer is None or self._answer.done():
            return
        try:
            response = self._whole(at_end=True)
        except (ValueError, IndexError):
            response = None
        if response:
            self.reusable = False
            self._answer.set_result(response)
        elif error:
            self._fail(httpx.ReadError(type(error).__name__))
        else:
            self._fail(httpx.RemoteProtocolError("the connection was closed before the answer"))

    def _give(self, response: httpx.Response) -> None:
        assert self._answer is not None
        self._since = asyncio.get_running_loop().time()
        self._answer.set_result(response)

    def _fail(self, error: Exception) -> None:
        assert self._answer is not None
        if not self._answer.done():
            self._answer.set_exception(error)
        self.close()

    def _whole(self, *, at_end: bool) -> httpx.Response | None:
        """The answer once all of it is there. Raises ValueError, IndexError: it is none."""
        end = self._buffer.find(b"\r\n\r\n")
        if end < 0:
            if len(self._buffer) > LARGEST_HEAD:
                raise ValueError
            return None
        status_line, *lines = bytes(self._buffer[:end]).split(b"\r\n")
        version, status = status_line.split(b" ", 2)[:2]
        if not version.startswith(b"HTTP/1."):
            raise ValueError
        if status.startswith(b"1"):  # "go on": the answer itself follows
            del self._buffer[: end + 4]
            return self._whole(at_end=at_end)
        pairs = [line.split(b":", 1) for line in lines]
        headers = [(pair[0], pair[1].strip()) for pair in pairs]
        fields = {name.lower(): value for name, value in headers}
        keeps = fields.get(b"connection", b"").lower() != b"close" and version == b"HTTP/1.1"
        start = end + 4
        if fields.get(b"transfer-encoding", b"").lower() == b"chunked":
            content, stop = _unchunked(self._buffer, start)
        elif b"content-length" in fields:
            stop = start + int(fields[b"content-length"])
            content = bytes(self._buffer[start:stop]) if len(self._buffer) >= stop else None
        else:  # all until the end
            stop, keeps = len(self._buffer), False
            content = bytes(self._buffer[start:]) if at_end else None
        if content is None:
            return None
        self.reusable = keeps and len(self._buffer) == stop
        self._buffer.clear()
        return httpx.Response(int(status), headers=headers, content=content)


def _head(request: httpx.Request, body: bytes) -> bytes:
    """As it goes over the wire."""
    lines = [b"%s %s HTTP/1.1" % (request.method.encode(), request.url.raw_path)]
    lines += [
        b"%s: %s" % header
        for header in request.headers.raw
        if header[0].lower() not in (b"transfer-encoding", b"content-length", b"accept-encoding")
    ]
    lines.append(b"Content-Length: %d" % len(body))
    return b"\r\n".join((*lines, b"", b""))


def _unchunked(buffer: bytearray, place: int) -> tuple[bytes | None, int]:
    """The content and where it ends; None: not all of it is there."""
    content = bytearray()
    while (line := buffer.find(b"\r\n", place)) >= 0:
        size = int(bytes(buffer[place:line]).split(b";")[0], 16)
        start = line + 2
        if len(buffer) < start + size + 2:
            break
        if size == 0:
            if buffer[start : start + 2] == b"\r\n":
                return bytes(content), start + 2
            raise ValueError  # fields after the end: nobody says them to us
        content += buffer[start : start + size]
        place = start + size + 2
    return None, place


@lru_cache(64)
def _parsed(url: str) -> httpx.URL:
    """The same few are asked all the time."""
    return httpx.URL(url)


_PORTS = {"http": 80, "https": 443}
