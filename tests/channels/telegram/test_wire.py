"""The connections to Telegram: whatever a server does, an answer is whole or an error."""

import asyncio
from collections.abc import AsyncIterator, Callable

import httpx
import pytest
from telegram import Bot
from telegram.error import NetworkError

from bot.channels.telegram.wire import (
    LONGEST_BODY,
    KeptAlive,
    LightRequest,
    TelegramLine,
    make_request,
)
from tests.channels.telegram import virtual_time

ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
CHUNKED = (
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    b"3\r\nd\xc3\xa0\r\n4;x=1\r\ni ok\r\n0\r\n\r\n"
)


PAUSE = 0.005  # seconds between the pieces of an answer


class Server:
    """Answers requests with the pieces it is told; an empty one ends the connection."""

    def __init__(self) -> None:
        self.answers: list[list[bytes]] = []
        self.asked: list[bytes] = []
        self.connections = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                length = int(head.lower().partition(b"content-length: ")[2].split(b"\r\n")[0] or 0)
                self.asked.append(head + await reader.readexactly(length))
                for piece in self.answers.pop(0):
                    if not piece:
                        return
                    writer.write(piece)
                    await writer.drain()
                    await asyncio.sleep(PAUSE)
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    server = Server()
    listening = await asyncio.start_server(server.serve, "127.0.0.1", 0)
    server.url = f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}"  # type: ignore[attr-defined]
    yield server
    listening.close()


@pytest.fixture
async def ask(server: Server) -> AsyncIterator[Callable[..., object]]:
    transport = KeptAlive(2)
    async with httpx.AsyncClient(transport=transport) as client:

        async def ask(path: str = "/botX/getMe", **options: object) -> httpx.Response:
            return await client.post(f"{server.url}{path}", **options)  # type: ignore[arg-type,attr-defined]

        yield ask


@pytest.mark.parametrize(
    ("pieces", "content"),
    [
        ([ANSWER], b"ok"),
        ([ANSWER[:10], ANSWER[10:30], ANSWER[30:-1], ANSWER[-1:]], b"ok"),
        ([CHUNKED], "dài ok".encode()),
        ([bytes([byte]) for byte in CHUNKED], "dài ok".encode()),
        ([b"HTTP/1.1 100 Continue\r\n\r\n", ANSWER], b"ok"),
        ([b"HTTP/1.1 200 OK\r\n\r\nall until ", b"the end", b""], b"all until the end"),
        ([b"HTTP/1.1 502 Bad Gateway\r\ncontent-length:0\r\n\r\n"], b""),
    ],
)
async def test_an_answer_is_read_however_it_comes(server, ask, pieces, content) -> None:
    server.answers = [pieces]
    assert (await ask()).content == content


async def test_connections_are_used_again(server, ask) -> None:
    server.answers = [[ANSWER], [CHUNKED], [ANSWER]]
    for _ in range(3):
        assert (await ask()).status_code == 200
    assert server.connections == 1


async def test_what_is_asked_arrives_as_it_was_given(server, ask) -> None:
    server.answers = [[ANSWER]]
    await ask("/bot1:x/sendMessage?a=1", data={"text": "Chào đồng chí"})
    (asked,) = server.asked
    head, _, body = asked.partition(b"\r\n\r\n")
    assert head.startswith(b"POST /bot1:x/sendMessage?a=1 HTTP/1.1\r\nHost: 127.0.0.1:")
    assert body == b"text=Ch%C3%A0o+%C4%91%E1%BB%93ng+ch%C3%AD"


@pytest.mark.parametrize(
    "leaves",
    [
        [b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok"],
        [ANSWER, b""],
        [ANSWER + b"and more"],
        [b"HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok"],
    ],
)
async def test_a_connection_that_is_over_is_not_used_again(server, ask, leaves) -> None:
    server.answers = [leaves, [ANSWER]]
    assert (await ask()).content == b"ok"
    for _ in range(10):  # turns of both sides, whatever each of them takes
        await asyncio.sleep(PAUSE)
    assert (await ask()).content == b"ok"
    assert server.connections == 2


@pytest.mark.parametrize(
    "pieces",
    [
        [b""],
        [ANSWER[:20], b""],
        [ANSWER[:-1], b""],
        [CHUNKED[:-3], b""],
        [b"no HTTP at all\r\n\r\n"],
        [b"HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n"],
        [b"HTTP/1.1 200 OK\r\nno colon\r\n\r\n"],
        [b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nmany\r\n"],
        [b"HTTP/1.1 200 OK\r\nX: " + b"x" * 70_000],
    ],
)
async def test_what_is_no_whole_answer_is_an_error_and_the_next_is_asked_anew(
    server, ask, pieces
) -> None:
    server.answers = [pieces, [ANSWER]]
    with pytest.raises(httpx.RemoteProtocolError):
        await ask()
    assert (await ask()).content == b"ok"
    assert server.connections == 2


async def test_silence_is_a_read_timeout_and_its_answer_is_nobody_elses(server, ask) -> None:
    server.answers = [[ANSWER[:30]], [ANSWER]]
    with pytest.raises(httpx.ReadTimeout):
        await ask(timeout=httpx.Timeout(60, read=0.05))
    assert (await ask()).content == b"ok"
    assert server.connections == 2


class Nowhere(asyncio.Transport):
    def write(self, data: object) -> None: ...


def test_slow_is_not_silent(monkeypatch: pytest.MonkeyPatch) -> None:
    async def answered_slowly() -> httpx.Response:
        line = TelegramLine()
        line.connection_made(Nowhere())
        asked = asyncio.create_task(line.exchange(b"", patience=5))
        for byte in ANSWER:
            await asyncio.sleep(4)
            line.data_received(bytes([byte]))
        return await asked

    assert virtual_time.run(monkeypatch, answered_slowly()).content == b"ok"


async def test_python_telegram_bot_asks_by_it_with_and_without_files(server) -> None:
    ok = b'{"ok": true, "result": true}'
    server.answers = [[b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(ok), ok)]] * 2
    bot = Bot("1:x", base_url=f"{server.url}/bot", request=make_request(1))
    await bot.request.initialize()
    assert await bot.answer_callback_query("5", "Đã lưu")
    assert await bot.set_webhook("https://a.b", certificate=b"a certificate")
    await bot.request.shutdown()
    assert b"text=%C4%90%C3%A3+l%C6%B0u" in server.asked[0]
    assert b"a certificate" in server.asked[1]
    assert server.connections == 1


async def test_no_answer_is_ptbs_own_error(server) -> None:
    server.answers = [[b""]]
    bot = Bot("1:x", base_url=f"{server.url}/bot", request=make_request(1))
    await bot.request.initialize()
    with pytest.raises(NetworkError) as raised:
        await bot.answer_callback_query("5")
    assert isinstance(raised.value.__cause__, httpx.RemoteProtocolError)
    await bot.request.shutdown()


async def test_nobody_listens_there() -> None:
    async with httpx.AsyncClient(transport=KeptAlive(1)) as client:
        with pytest.raises(httpx.ConnectError):
            await client.get("http://127.0.0.1:1/")


async def test_who_waits_too_long_for_a_connection_is_told(server) -> None:
    server.answers = [[ANSWER[:30]], [ANSWER]]
    timeout = httpx.Timeout(60, pool=0.05)
    async with httpx.AsyncClient(transport=KeptAlive(1), timeout=timeout) as client:
        first = asyncio.create_task(client.get(server.url))
        await asyncio.sleep(0.02)
        with pytest.raises(httpx.PoolTimeout):
            await client.get(server.url)
        first.cancel()
        await asyncio.gather(first, return_exceptions=True)
        assert (await client.get(server.url)).content == b"ok", "its place is free again"


async def test_what_is_long_to_send_goes_by_httpx_itself(server, ask) -> None:
    server.answers = [[ANSWER]]
    assert (await ask(content=b"x" * (LONGEST_BODY + 1))).content == b"ok"
    assert len(server.asked[0]) > LONGEST_BODY


def test_where_the_operator_has_a_proxy_all_goes_by_it(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    assert isinstance(make_request(1), LightRequest)
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:3128")
    assert not isinstance(make_request(1), LightRequest)
