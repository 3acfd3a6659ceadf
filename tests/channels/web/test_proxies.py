"""The pages behind real proxies, as the example files set them up: nothing is lost on the way,
nothing is written down.
"""

import asyncio
import re
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
import pytest_asyncio
from sqlmodel import select
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.channels.web.posts import MOST_BYTES
from storage.models import Case, StoredFile
from tests.cast import AN
from tests.channels.web.pages import Browser
from tests.channels.web.staff_browser import StaffBrowser
from tests.channels.web.test_browser import listening
from tests.channels.web.test_workers import POSTER, come_back, photo, tell
from tests.client import Town
from tests.proxies import PROXIES, Proxy, nginx, trusting

pytestmark = pytest.mark.skipif(not PROXIES, reason="neither nginx nor caddy is installed")
PICTURES = bytes(8_000_000)


class Watched:
    """The program as the proxy sees it; `heard`: the headers of every request."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self.heard: list[dict[str, str]] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            self.heard.append({k.decode(): v.decode() for k, v in scope["headers"]})
        await self._app(scope, receive, send)


@pytest.fixture
def watched(waits: list[float], town: Town) -> Watched:
    assert town.program.server
    return Watched(town.program.server.app)


@pytest_asyncio.fixture(params=PROXIES)
async def proxy(
    request: pytest.FixtureRequest, watched: Watched, tmp_path: Path
) -> AsyncIterator[Proxy]:
    folder = tmp_path / "proxy"
    folder.mkdir()
    async with listening(watched) as upstream, PROXIES[request.param](folder, upstream) as proxy:
        yield proxy


@pytest_asyncio.fixture
async def client(proxy: Proxy) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=proxy.address, verify=trusting(), timeout=60) as client:
        yield client


async def test_a_worker_and_the_staff_get_all_their_pages_and_no_trace_is_left(
    client: httpx.AsyncClient, proxy: Proxy, watched: Watched, town: Town
) -> None:
    worker = Browser(client)
    receipt = await tell(worker, files=(photo(),))
    await come_back(worker, receipt)
    assert "Cơm ca tối" in worker.text
    async with town.program.work.read() as session:
        assert len((await session.exec(select(Case))).all()) == 1
        assert len((await session.exec(select(StoredFile))).all()) == 1

    officer = StaffBrowser(client)
    await officer.come_in(town, AN)
    assert AN.full_name in officer.html
    assert "__Host-" in "".join(client.cookies)
    for path in ("/nha", "/bao-cao/", "/bao-cao/may.js", "/bao-cao/tuan", "/trong-telegram"):
        answer = await client.get(path, headers={"X-Bao-Cao": "1"})
        assert answer.status_code == 200, path
    _headers_stand_once(await client.get(POSTER))
    for path in ("/livez", "/healthz", "/metrics"):
        assert (await client.get(path)).status_code == 404

    told_of_sender = re.compile(r"forwarded-for|^forwarded$|real-ip|via|client-ip")
    assert not {name for heard in watched.heard for name in heard if told_of_sender.search(name)}
    written = proxy.written().decode()
    for trace in (POSTER, "/gui", "/nha", "/vao", receipt[:4]):
        assert trace not in written
    assert not re.search(r"client: |remote_ip|\"GET|POST /", written)


def _headers_stand_once(answer: httpx.Response) -> None:
    counted = Counter(name.decode().lower() for name, _ in answer.headers.raw)
    assert {name for name, count in counted.items() if count > 1} == set()
    assert {"strict-transport-security", "content-security-policy"} <= set(counted)
    assert "content-encoding" not in counted
    assert not re.search(r"\d|uvicorn", answer.headers.get("server", ""))


async def test_who_types_the_name_without_https_is_led_to_it(proxy: Proxy) -> None:
    if not proxy.plain_address:
        pytest.skip("Caddy does it by itself; its ports are not ours here")
    async with httpx.AsyncClient() as client:
        answer = await client.get(f"{proxy.plain_address}{POSTER}")
    assert answer.status_code == 301
    assert answer.headers["location"].startswith("https://")
    assert answer.headers["location"].endswith(POSTER)


async def test_what_is_too_large_is_refused_in_words_before_it_has_all_come(proxy: Proxy) -> None:
    host, port = proxy.address.removeprefix("https://").split(":")
    reader, writer = await asyncio.open_connection(host, int(port), ssl=trusting())
    kind = "Content-Type: multipart/form-data; boundary=x"
    writer.write(
        f"POST /gui HTTP/1.1\r\nHost: {host}\r\n{kind}\r\nConnection: close\r\n"
        f"Content-Length: {MOST_BYTES + 1}\r\n\r\n--x\r\n".encode()
    )
    head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
    words = (await reader.readuntil(b"32 MB")).decode()
    writer.close()
    assert head.startswith("http/1.1 413")
    assert "content-type: text/html; charset=utf-8" in head
    assert "lớn quá 32 MB" in words


@pytest.mark.skipif("nginx" not in PROXIES, reason="Caddy has no such limit by itself")
async def test_a_flood_from_one_address_is_refused_in_words(tmp_path: Path) -> None:
    """By fewer than in the example, so that a slow machine is fast enough."""
    fewer = [("rate=20r/s", "rate=1r/m"), ("burst=200 delay=50", "burst=5 nodelay")]
    async with (
        nginx(tmp_path, "http://127.0.0.1:9", other=fewer) as proxy,
        httpx.AsyncClient(base_url=proxy.address, verify=trusting()) as client,
    ):
        answers = [await client.get("/") for _ in range(9)]
    refused = [answer for answer in answers if answer.status_code == 429]
    assert 1 <= len(refused) <= 3
    assert all("thử lại sau một phút" in answer.text for answer in refused)
    assert "client:" not in proxy.written().decode()


@pytest.mark.parametrize("name", PROXIES)
async def test_while_the_program_is_away_the_proxy_says_so_and_writes_nothing_of_who_asked(
    name: str, tmp_path: Path
) -> None:
    async with PROXIES[name](tmp_path, "http://127.0.0.1:9") as proxy:
        async with httpx.AsyncClient(base_url=proxy.address, verify=trusting()) as client:
            answer = await client.get(POSTER)
        assert answer.status_code in (502, 503)
        assert "khởi động lại" in answer.text
    assert POSTER not in proxy.written().decode()


async def test_neither_what_comes_nor_what_goes_is_on_the_proxys_disk(
    proxy: Proxy, watched: Watched
) -> None:
    """A page with pictures is larger than what a proxy holds in memory by itself."""

    async def large(scope: Scope, receive: Receive, send: Send) -> None:
        body, more = 0, True
        while more:
            message = await receive()
            body += len(message.get("body", b""))
            more = message.get("more_body", False)
        size = str(len(PICTURES)).encode()
        headers = [(b"content-length", size), (b"x-came", str(body).encode())]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": PICTURES})

    watched._app = large
    pieces, halfway, rest = 20, asyncio.Event(), asyncio.Event()

    async def upload() -> AsyncIterator[bytes]:
        for number in range(pieces):
            yield bytes(100_000)
            if number == pieces // 2:
                halfway.set()
                await rest.wait()

    async with httpx.AsyncClient(base_url=proxy.address, verify=trusting(), timeout=60) as client:
        headers = {"Content-Length": str(100_000 * pieces)}
        async with asyncio.TaskGroup() as group:
            sent = group.create_task(client.post("/gui", content=upload(), headers=headers))
            await halfway.wait()
            coming = proxy.spooled()
            rest.set()
        assert sent.result().headers["x-came"] == str(100_000 * pieces)
        async with client.stream("GET", "/") as answer:
            parts = answer.aiter_raw()
            size = len(await anext(parts))
            for _ in range(30):  # nobody reads on: what it does not hold in memory it would write
                assert proxy.spooled() == []
                await asyncio.sleep(0.01)
            size += sum([len(part) async for part in parts])
    assert coming == []
    assert size == len(PICTURES)
