"""The same days by every channel: a worker's concern from the poster to its end, an officer's visit
from the plan to the receipt. What the program keeps of them is the same, whatever the door.
"""

import asyncio
import io
import logging
import re
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlmodel import select

from bot.cases.rules.receipts import grouped
from bot.channels.web import receipts
from bot.channels.zalo import door as zalo_door
from bot.channels.zalo.api import ZaloBot
from bot.config.settings import Settings, Web, Zalo
from storage.addresses import ZALO, Address
from storage.models import Case, Person, VisitReport
from storage.people import address_row
from tests.cases.help import a_case
from tests.cases.test_anonymity import TAM, dump, kept, leaks, logged, moved_in, unpacked
from tests.cast import AN, DUNG, LONG_AGO, MONDAY, SEN_VANG, Character
from tests.channels.drivers import ByStaffPages, ByTelegram, ByWeb, ByZalo, Driver
from tests.channels.web.pages import ADDRESS, Browser
from tests.channels.web.staff_browser import StaffBrowser, a_client
from tests.channels.zalo import BASE_URL, TOKEN, FakeZalo
from tests.client import WAIT, Town
from tests.ports import free_port

__all__ = ["logged"]  # a fixture of the neighbours

WORDS = "Cơm ca tối toàn rau, tăng ca tới 9 giờ mà không báo trước"
QUESTION, ANSWER = "Anh/chị làm ở chuyền nào?", "Chuyền 5, ca tối, khoảng ba chục người"
RESULT = "Công ty đổi nhà bếp từ thứ Hai, Công đoàn kiểm tra hằng tuần."
CALM = "Công nhân chuyền 5 làm việc bình thường, bữa ăn ca đã khá hơn tháng trước."
CHAT, NAME = "6ede9afa66b88fe6d6a9", "Chị Sáu Bạch Mã"
NETWORK, HOME, DEVICE = "127.0.0.77", "203.0.113.77", "KyLaPhone/9.7"
MOST_PAGES = 60
STAFF_CHAT = "1f6016dce18908d75198"


@pytest.fixture
def zalo(monkeypatch: pytest.MonkeyPatch) -> FakeZalo:
    fake = FakeZalo(name=NAME)
    monkeypatch.setattr(zalo_door, "ZaloBot", partial(ZaloBot, transport=fake.transport))
    return fake


@pytest.fixture
def settings(settings: Settings, zalo: FakeZalo, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Every door is open; the program's own server listens, as it does where it lives."""
    monkeypatch.setattr(receipts, "MEMORY_KIB", 64)  # the real cost has a test of its own
    opened = {
        "web": Web(address=ADDRESS, port=free_port()),
        "zalo": Zalo(enabled=True, token=TOKEN, base_url=BASE_URL),
    }
    return settings.model_copy(update=opened)


@pytest.fixture
async def browser(town: Town) -> AsyncIterator[Browser]:
    async with a_client(town) as client:
        yield Browser(client)


@pytest.fixture
async def phone(town: Town) -> AsyncIterator[Browser]:
    """A worker's browser over the network: from an address, by a device that says much."""
    transport = httpx.AsyncHTTPTransport(local_address=NETWORK)
    headers = {"user-agent": DEVICE, "x-forwarded-for": HOME, "accept-language": "vi-x-tram"}
    base = f"http://127.0.0.1:{town.settings.web.port}"
    async with httpx.AsyncClient(transport=transport, base_url=base, headers=headers) as client:
        await until_it_listens(client)
        yield Browser(client)


@pytest.fixture
def access_log() -> Iterator[io.StringIO]:
    """What the server itself would write of who asks, word by word."""
    server, written = logging.getLogger("uvicorn"), io.StringIO()
    handler = logging.StreamHandler(written)
    server.addHandler(handler)
    server.setLevel(logging.DEBUG)
    yield written
    server.removeHandler(handler)
    server.setLevel(logging.NOTSET)


async def until_it_listens(client: httpx.AsyncClient) -> None:
    async with asyncio.timeout(WAIT):
        while True:
            with suppress(httpx.ConnectError):
                await client.get("/livez")
                return
            await asyncio.sleep(0.01)


@pytest.fixture(params=["telegram", "zalo", "web"])
async def worker(
    request: pytest.FixtureRequest, town: Town, zalo: FakeZalo, phone: Browser
) -> Driver:
    """Somebody whose every trace can be told from everybody else's, at one door."""
    if request.param == "zalo":
        return ByZalo(town, zalo, CHAT)
    return ByWeb(phone) if request.param == "web" else ByTelegram(await moved_in(town, TAM))


async def traces_of(worker: Driver) -> list[str]:
    """What must stand nowhere: whoever it is, and by which way they came."""
    if isinstance(worker, ByTelegram):
        return TAM.traces
    if isinstance(worker, ByZalo):
        return [CHAT, NAME, TOKEN]
    assert isinstance(worker, ByWeb)
    device = [NETWORK, HOME, DEVICE, "vi-x-tram"]
    if not (receipt := worker.receipt):
        return device
    return [*device, receipt, grouped(receipt), await asyncio.to_thread(receipts.derived, receipt)]


DOORS_OF_STAFF = ["telegram", "zalo", "web"]


async def at_door(door: str, who: Character, town: Town, zalo: FakeZalo, client: Any) -> Driver:
    """Somebody of the staff at one of their doors."""
    if door == "telegram":
        return ByTelegram(await town.person(who.name))
    if door == "web":
        staff_browser = StaffBrowser(client)
        await staff_browser.come_in(town, who)
        return ByStaffPages(staff_browser)
    async with town.program.work.write() as session:
        session.add(address_row(who.id, Address(ZALO, STAFF_CHAT)))
    return ByZalo(town, zalo, STAFF_CHAT)


@pytest.fixture(params=DOORS_OF_STAFF)
async def officer(
    request: pytest.FixtureRequest, town: Town, zalo: FakeZalo, browser: Browser
) -> Driver:
    return await at_door(request.param, AN, town, zalo, browser.client)


@pytest.fixture(params=DOORS_OF_STAFF)
async def leader(
    request: pytest.FixtureRequest, town: Town, zalo: FakeZalo, browser: Browser
) -> Driver:
    return await at_door(request.param, DUNG, town, zalo, browser.client)


async def the_case(town: Town) -> Case:
    async with town.program.work.read() as session:
        return (await session.exec(select(Case))).one()


@pytest.mark.wide
async def test_a_workers_concern_from_the_poster_to_its_end_leaves_no_trace_of_who_it_was(
    access_log: io.StringIO, worker: Driver, town: Town, logged: io.StringIO, tmp_path: Path
) -> None:
    """Consent, words, the receipt; a question and its answer; settled, not satisfied, erased.
    At each turn all is searched: database, logs, what the server might write of who asks, exports,
    what handlers may open and download, files, backups.
    """

    async def places(turn: str) -> dict[str, bytes]:
        (tmp_path / turn).mkdir()
        found = await kept(town, logged, tmp_path / turn)
        return found | {"access log": access_log.getvalue().encode()}

    an = await town.person("An")
    await worker.from_the_poster()
    await worker.choose("Đồng ý")
    await worker.write(WORDS)
    for label in ("Cả tổ", "Đúng", "Không nêu tên"):
        await worker.choose(label)
    assert leaks(await places("form"), await traces_of(worker)) == []
    await worker.choose("Gửi Công đoàn")
    case = await the_case(town)
    assert (case.site_id, case.text, case.anonymous) == (SEN_VANG.id, WORDS, True)
    assert (case.affected, case.category) == (20, "GIO_LAM")
    await town.settle()
    await an.click("📂 Mở xem")
    await an.click("Nhận xử lý")
    await an.click("Hỏi thêm")
    await an.send(QUESTION)

    await worker.come_back()
    assert QUESTION in worker.screen
    await worker.choose("Trả lời")
    await worker.write(ANSWER)
    await worker.choose("Gửi")
    await town.settle()
    assert ANSWER in an.card

    await an.forge(f"case:open:{case.id}")
    await an.click("Đã giải quyết")
    await an.send(RESULT)
    await worker.come_back()
    assert RESULT in worker.screen
    await worker.choose("Chưa hài lòng")
    await worker.write("Vẫn như cũ")
    await worker.choose("Gửi")
    assert (await the_case(town)).satisfied is False
    with_case = await places("case") | await opened_by_a_leader(town, case)
    there = {place for place, _ in leaks(with_case, [WORDS])}
    assert {"dump", "packed backup", "export cases.csv"} <= there
    assert any(place.startswith("database ") for place in there), "in the file or its log of writes"
    assert {f"page /xem/case:open:{case.id}", "page /xem/case:export"} <= there
    assert b"httpx" not in with_case["logs"], "the telephone's own log would hide the server's"
    assert leaks(with_case, await traces_of(worker)) == []

    await worker.come_back()
    await worker.command("dulieu")
    await worker.choose("Xóa hết")
    await worker.choose("Xóa hết")
    assert (await the_case(town)).text == ""
    await town.program.work.store.settle_log()  # as it is done every night
    assert leaks(await places("erased"), [*await traces_of(worker), WORDS, ANSWER]) == []


async def opened_by_a_leader(town: Town, case: Case) -> dict[str, bytes]:
    """The pages and papers of a case, as far as links lead from it and from the lists it is in."""
    pages: dict[str, bytes] = {}
    async with a_client(town) as client:
        dung = StaffBrowser(client)
        await dung.come_in(town, DUNG)
        waiting = ["/muc/kiennghi", "/muc/canhbao", f"/xem/case:open:{case.id}"]
        while waiting and len(pages) < MOST_PAGES:
            path = waiting.pop(0)
            await dung.open(path)
            pages[f"page {path}"] = unpacked(dung.content)
            links = dung.page.links.values() if "<body" in dung.html else ()
            waiting += [
                link
                for link in dict.fromkeys(links)
                if re.match(r"/xem/(case|alert):", link)
                and link not in waiting
                and f"page {link}" not in pages
            ]
    return pages


async def test_an_officers_report(officer: Driver, town: Town) -> None:
    await officer.command("baocao")
    if "Hôm nay" not in officer.screen:  # several visits wait
        await officer.choose("May Sen Vàng")
    await officer.choose("Hôm nay")
    await officer.choose("Dự họp BCH")
    await officer.choose("10")
    await officer.choose("Còn lại chưa có vấn đề")
    await officer.choose("Xong")
    await officer.choose("Bỏ qua")
    await officer.write(CALM)
    assert CALM in officer.screen
    await officer.choose("Gửi báo cáo")
    assert "Đã nhận báo cáo" in officer.screen
    async with town.program.work.read() as session:
        report = (await session.exec(select(VisitReport))).one()
    assert (report.author_id, report.kind, report.workers_met) == (AN.id, "committee", 10)
    assert report.situation == CALM


async def test_a_leader_gives_an_overdue_case_to_an_officer(leader: Driver, town: Town) -> None:
    an = await town.person("An")
    case = await a_case(town.program.work, LONG_AGO, text=WORDS)
    await leader.command("tongquan")
    await leader.choose("Quá hạn (1)")
    print(leader.screen)
    await leader.choose(f"1. {case.code}")
    print(leader.screen)
    await leader.choose("Giao")
    print(leader.screen)
    await leader.choose("Nguyễn Thị An")
    print(leader.screen)
    await town.settle()
    assert case.code in an.card
    assert "giao" in an.card
    case = await the_case(town)
    assert case.assignee_id == AN.id
    await leader.command("tongquan")
    await leader.choose("Quá hạn (1)")
    assert "Nguyễn Thị An" in leader.screen


async def test_whoever_works_by_whatever_door_was_here_on_that_day(
    officer: Driver, town: Town
) -> None:
    async def seen() -> datetime | None:
        async with town.program.work.read() as session:
            return (await session.get_one(Person, AN.id)).seen_at

    await officer.command("start")
    assert await seen() is None, "to look at the start is no work"
    await officer.command("tuannay")
    assert await seen() == MONDAY.replace(hour=0)


async def test_one_of_the_staff_who_brings_a_concern_by_texts_leaves_no_link_to_it(
    town: Town, zalo: FakeZalo
) -> None:
    async with town.program.work.write() as session:
        session.add(address_row(AN.id, Address(ZALO, STAFF_CHAT)))
    an = ByZalo(town, zalo, STAFF_CHAT)
    await an.from_the_poster()
    await an.choose("Đồng ý")
    await an.write(WORDS)
    for label in ("Cả tổ", "Đúng", "Không nêu tên", "Gửi Công đoàn"):
        await an.choose(label)
    lines = (await dump(town)).splitlines()
    tables_with = {line.partition(":")[0] for line in lines if STAFF_CHAT in line}
    assert tables_with == {"person_address"}
    case = await the_case(town)
    assert (case.author_id, case.about_id) == (None, None)
