"""How long a worker on a slow line waits for each page: Chromium, 360 px wide.

The program's own server behind nginx as the example file sets it up, with TLS 1.3; an empty
database, the real cost of a receipt and the real pause that makes right and wrong ones alike.
Packets are held up one by one (`slow_line`), so that every handshake counts; then the same with
Chromium's own throttling and no TLS. From the press to the page's `load`. Printed are the median of
three and the worst. Goal: 2 s on 3G.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

import pytest

from bot.app.serving import HttpServer
from bot.config.settings import Settings, Web
from tests.bench.slow_line import FAR, IS_POSSIBLE, NEAR, slow_line
from tests.browser import in_a_browser, pages, running
from tests.channels.web.pages import ADDRESS
from tests.channels.web.test_browser import NARROW, listening, phone, photo, press
from tests.channels.web.test_workers import POSTER, WORDS
from tests.client import Town
from tests.ports import free_port
from tests.proxies import PROXIES, nginx

pytestmark = [pytest.mark.bench, *in_a_browser]
ROUNDS = 3
# Milliseconds from a request to its answer's first byte, then kbit/s down and up. The first two as
# WebPageTest has them, the third as Chromium's tools called "Fast 3G"; theirs of two seconds a
# round trip leaves no page any time.
LINES = {
    "3G": (300, 1600, 768),
    "slow 3G": (400, 400, 400),
    "far 3G": (562.5, 1440, 675),
    "not throttled": (0, 0, 0),
}
NEXT = ("Cả tổ, chuyền", "Đúng", "Không nêu tên", "Gửi Công đoàn")


@pytest.fixture
def settings(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """The web is on, on a port that the test opens."""

    async def listen_nowhere(_server: HttpServer) -> None:
        await asyncio.Event().wait()

    monkeypatch.setattr(HttpServer, "run", listen_nowhere)
    return settings.model_copy(update={"web": Web(address=ADDRESS)})


@pytest.fixture(scope="session")
def trusting_browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """One that takes our certificate at once: forgiving a wrong one costs a second handshake."""
    folder = tmp_path_factory.mktemp("trusting")
    with running(folder, "--ignore-certificate-errors") as address:
        yield address


@pytest.mark.skipif(not IS_POSSIBLE, reason="only root on Linux makes a line")
@pytest.mark.skipif("nginx" not in PROXIES, reason="nginx is not installed")
@pytest.mark.parametrize("line", [line for line in LINES if LINES[line][0]])
async def test_each_page_of_a_worker_over_tls_on_a_line_that_holds_packets_up(
    town: Town, trusting_browser: str, line: str, tmp_path: Path
) -> None:
    assert town.program.server
    port, names = free_port(), free_port()
    rounds = []
    async with (
        listening(town.program.server.app) as upstream,
        slow_line(*LINES[line], (port, names)),
        nginx(tmp_path, upstream, NEAR, port),
        answering_names(names),
    ):
        lookup = [await timed(lambda: exchanged(names)) for _ in range(ROUNDS)]
        for _ in range(ROUNDS):  # each with nothing from before: no connection, no ticket
            options = {"viewport": NARROW, "java_script_enabled": False}
            address = f"https://{FAR}:{port}"
            async with pages(trusting_browser, base_url=address, **options) as context:
                page = await context.new_page()
                rounds.append([took async for took in journey(page)])
    heading(f"{line}, TLS 1.3 behind nginx", line)
    print(f"| (a name looked up, one exchange) | {median(lookup):.2f} | {max(lookup):.2f} |")
    table(rounds)


@asynccontextmanager
async def answering_names(port: int) -> AsyncIterator[None]:
    """What a name server of the mobile network is, as far as time goes."""

    class Echo(asyncio.DatagramProtocol):
        def connection_made(self, transport: Any) -> None:
            self.transport = transport

        def datagram_received(self, data: bytes, address: Any) -> None:
            self.transport.sendto(data, address)

    loop = asyncio.get_running_loop()
    transport, _ = await loop.create_datagram_endpoint(Echo, (NEAR, port))
    yield
    transport.close()


async def exchanged(port: int) -> None:
    came = asyncio.Event()

    class Asking(asyncio.DatagramProtocol):
        def datagram_received(self, _data: bytes, _address: Any) -> None:
            came.set()

    loop = asyncio.get_running_loop()
    transport, _ = await loop.create_datagram_endpoint(Asking, remote_addr=(FAR, port))
    transport.sendto(bytes(40))
    await came.wait()
    transport.close()


def heading(what: str, line: str) -> None:
    delay, down, up = LINES[line]
    print(f"\n{what}: delay {delay} ms, {down} kbit/s down, {up} up")


def table(rounds: list[list[tuple[str, float]]]) -> None:
    for steps in zip(*rounds, strict=True):
        seconds = [took for _, took in steps]
        print(f"| {steps[0][0]} | {median(seconds):.2f} | {max(seconds):.2f} |")


@pytest.mark.parametrize("line", LINES)
async def test_each_page_of_a_worker_on_a_slow_line(
    town: Town, browser_address: str, line: str
) -> None:
    rounds = []
    for _ in range(ROUNDS):
        async with phone(town, browser_address, java_script_enabled=False) as page:
            await throttle(page, line)
            rounds.append([took async for took in journey(page)])
    heading(f"{line}, throttled by Chromium, without TLS", line)
    table(rounds)


async def throttle(page: Any, line: str) -> None:
    delay, down, up = LINES[line]
    if not delay:
        return
    tools = await page.context.new_cdp_session(page)
    await tools.send("Network.enable")
    speeds = {"downloadThroughput": down * 125, "uploadThroughput": up * 125}
    await tools.send(
        "Network.emulateNetworkConditions", {"offline": False, "latency": delay, **speeds}
    )


async def journey(page: Any) -> AsyncIterator[tuple[str, float]]:
    """Each page on the way from the poster to the receipt and back with it, and its seconds."""
    yield "the poster's page, new to the phone", await timed(lambda: page.goto(POSTER))
    for label in ("Gửi ý kiến ngay tại đây", "Đồng ý"):
        yield label, await timed(lambda label=label: press(page, label))
    await page.get_by_label("Gõ vào đây").fill(WORDS)
    await page.get_by_label("Ảnh, ghi âm").set_input_files(photo())
    yield "Tiếp tục, with a small photo", await timed(lambda: press(page, "Tiếp tục"))
    for label in NEXT:
        yield label, await timed(lambda label=label: press(page, label))
    receipt = str(await page.locator(".receipt").inner_text())
    await page.get_by_label("Gõ lại 4 số cuối").fill(receipt[-4:])
    yield "Tôi đã giữ số này", await timed(lambda: press(page, "Tôi đã giữ số này"))
    yield "the start", await timed(lambda: page.goto("/"))
    await page.get_by_label("Số bí mật gồm 16 chữ số").fill(receipt)
    yield "Xem trả lời, with the receipt", await timed(lambda: press(page, "Xem trả lời"))


async def timed(act: Callable[[], Awaitable[Any]]) -> float:
    begun = perf_counter()
    await act()
    return perf_counter() - begun
