"""The workers' pages in a real Chromium, 360 px wide, with JavaScript switched off."""

import asyncio
import io
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
import pytest_asyncio
import uvicorn
from PIL import Image
from playwright.async_api import Error
from sqlmodel import col, select
from starlette.applications import Starlette

from bot.cases.rules.receipts import LONGEST_DELAY, new_receipt
from bot.channels.web import workers
from storage.models import Case, CaseEvent, StoredFile
from tests.browser import file_picker, in_a_browser, pages, pick
from tests.channels.web.test_workers import POSTER, WORDS
from tests.client import Town

NARROW = {"width": 360, "height": 740}

pytestmark = in_a_browser


@asynccontextmanager
async def listening(app: Starlette) -> AsyncIterator[str]:
    """The program's own server on a port that is free; its address."""
    config = uvicorn.Config(app, lifespan="off", log_config=None, access_log=False)
    config.load()
    server = uvicorn.Server(config)
    server.lifespan = config.lifespan_class(config)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        await server.startup([listener])
        running = asyncio.create_task(server.main_loop())
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            await running
            await server.shutdown([listener])


@asynccontextmanager
async def phone(town: Town, browser_address: str, **options: Any) -> AsyncIterator[Any]:
    """A narrow browser of somebody who is new to it, before the program's own server."""
    server = town.program.server
    assert server
    async with (
        listening(server.app) as address,
        pages(browser_address, viewport=NARROW, base_url=address, **options) as context,
    ):
        yield await context.new_page()


@pytest_asyncio.fixture
async def examined(waits: list[float], town: Town, browser_address: str) -> AsyncIterator[Any]:
    """The same page where the examiner's own script may run."""
    async with phone(town, browser_address, bypass_csp=True) as page:
        yield page


@pytest_asyncio.fixture
async def page(waits: list[float], town: Town, browser_address: str) -> AsyncIterator[Any]:
    """A page of a phone without scripts; nothing may be wider than the screen."""
    async with phone(town, browser_address, java_script_enabled=False) as page:
        yield page


async def press(page: Any, label: str) -> None:
    """The button of this label; the page that follows, whole."""
    async with page.expect_navigation():
        await page.get_by_role("button", name=label).first.click()


async def text(page: Any) -> str:
    return str(await page.locator("body").inner_text())


async def to_the_story(page: Any) -> None:
    await page.goto(POSTER)
    await press(page, "Gửi ý kiến ngay tại đây")
    await press(page, "Đồng ý")


async def send_it(page: Any) -> str:
    """From the story to the end; the receipt."""
    await page.get_by_label("Gõ vào đây").fill(WORDS)
    await press(page, "Tiếp tục")
    for label in ("Cả tổ, chuyền", "Đúng", "Không nêu tên", "Gửi Công đoàn"):
        await press(page, label)
    return await write_down(page)


async def write_down(page: Any) -> str:
    """The receipt that is shown, kept by its owner."""
    receipt = str(await page.locator(".receipt").inner_text())
    await page.get_by_label("Gõ lại 4 số cuối").fill(receipt[-4:])
    await press(page, "Tôi đã giữ số này")
    return receipt


async def come_back(page: Any, receipt: str) -> None:
    await page.goto("/")
    await page.get_by_label("Số bí mật gồm 16 chữ số").fill(receipt)
    await press(page, "Xem trả lời")


@pytest.mark.wide
async def test_from_the_poster_to_the_end_with_reloads_and_back(page: Any, town: Town) -> None:
    await to_the_story(page)
    before = await text(page)
    await page.reload()  # the form is sent again
    assert await text(page) == before
    await page.get_by_label("Ảnh, ghi âm").set_input_files(photo())
    receipt = await send_it(page)
    async with town.program.work.read() as session:
        case = (await session.exec(select(Case))).one()
    assert case.text == WORDS
    await page.reload()
    assert "Phản ánh của tôi" in await text(page)

    an = await town.person("An")
    await town.settle()
    await an.click("📂 Mở xem")
    await an.click("Nhận xử lý")
    await an.click("Hỏi thêm")
    await an.send("Anh/chị ở chuyền nào?")
    await come_back(page, receipt)
    assert "Anh/chị ở chuyền nào?" in await text(page)
    await press(page, "Trả lời")
    await page.get_by_label("Gõ vào đây").fill("Chuyền 5")
    await press(page, "Tiếp tục")
    await page.reload()
    assert "Chuyền 5" in await text(page)
    await press(page, "Gửi")
    assert "Công đoàn đã nhận" in await text(page)

    await town.settle()
    await an.click("📂 Mở xem")
    await an.click("Đã giải quyết")
    await an.send("Công ty đã đổi nhà bếp.")
    await come_back(page, receipt)
    await press(page, "Chưa hài lòng")
    await page.get_by_label("Gõ vào đây").fill("Vẫn như cũ")
    await press(page, "Tiếp tục")
    await press(page, "Gửi")
    assert "mở lại" in await text(page)

    await press(page, "Trang chính")
    await page.goto("/")
    await come_back(page, receipt)
    await press(page, "Trang chính")
    await press(page, "Thông tin đang lưu về tôi")
    await press(page, "Xóa hết")
    await press(page, "Xóa hết")
    assert "Đã xóa hết" in await text(page)
    await come_back(page, receipt)
    assert workers.NOBODYS in await text(page)


@pytest.mark.wide
async def test_back_asks_before_it_sends_again_and_then_shows_where_one_is(
    page: Any, town: Town
) -> None:
    """Chromium keeps no page of ours: going back, it asks whether to send the form again."""
    await to_the_story(page)
    await page.get_by_label("Gõ vào đây").fill(WORDS)
    await press(page, "Tiếp tục")
    assert await back(page)
    assert WORDS not in await text(page)
    await page.reload()  # what its own page offers: the form is sent again
    standing = await text(page)
    assert "bao nhiêu người" in standing
    await press(page, "Cả tổ, chuyền")
    for label in ("Đúng", "Không nêu tên", "Gửi Công đoàn"):
        await press(page, label)
    await write_down(page)
    assert await back(page)
    await page.reload()
    assert "Phản ánh của tôi" in await text(page)
    async with town.program.work.read() as session:
        assert len((await session.exec(select(Case))).all()) == 1


async def back(page: Any) -> bool:
    """The page before; whether the browser asks first, for a form would be sent again."""
    try:
        await page.go_back(wait_until="commit")  # what Chromium held whole is not loaded again
    except Error as error:
        if "ERR_CACHE_MISS" not in str(error):
            raise
        await page.wait_for_url("chrome-error://**")
        return True
    return False


@pytest.mark.wide
async def test_whoever_goes_back_is_not_shown_a_receipt_that_was_written_down(
    page: Any,
) -> None:
    await to_the_story(page)
    receipt = await send_it(page)
    await page.get_by_role("link", name="Ra khỏi trang").click()
    await page.wait_for_url("about:blank")  # nothing of the union is left to be looked at
    for _ in range(3):  # that it is kept, that the concern is sent, the question before
        assert await back(page)
        await page.reload()
        assert receipt[:4] not in await text(page)


@pytest.mark.soak
async def test_back_to_each_page_in_turn_does_nothing_twice(page: Any, town: Town) -> None:
    await to_the_story(page)
    await send_it(page)
    pages_sent_again = 0
    while await back(page):
        await page.reload()
        assert await page.locator("main").count() == 1, pages_sent_again
        pages_sent_again += 1
    assert pages_sent_again >= 7
    async with town.program.work.read() as session:
        assert len((await session.exec(select(Case))).all()) == 1
    await page.goto("/")
    await to_the_story(page)
    await send_it(page)
    async with town.program.work.read() as session:
        assert len((await session.exec(select(Case))).all()) == 2


@pytest.mark.wide
async def test_two_tabs_of_one_worker_each_send_their_words_and_nothing_is_sent_twice(
    page: Any, town: Town
) -> None:
    await to_the_story(page)
    receipt = await send_it(page)
    first, second = page, await page.context.new_page()
    for tab in (first, second):
        await come_back(tab, receipt)
        await press(tab, "Bổ sung")
    await first.get_by_label("Gõ vào đây").fill("Từ tab thứ nhất")
    await second.get_by_label("Gõ vào đây").fill("Từ tab thứ hai")
    await press(first, "Tiếp tục")
    await press(second, "Tiếp tục")
    assert "Từ tab thứ nhất" in await text(second)
    await asyncio.gather(press(first, "Gửi"), press(second, "Gửi"))
    said = sorted([await text(first), await text(second)], key=lambda words: "Đã gửi rồi" in words)
    assert "Công đoàn đã nhận" in said[0]
    assert "Đã gửi rồi" in said[1]
    assert await additions(town) == [sorted(["Từ tab thứ nhất", "Từ tab thứ hai"])]


async def additions(town: Town) -> list[list[str]]:
    """What workers wrote after their concern: the lines of each. Those of two tabs come in any
    order, for a page tells no moment within the hour.
    """
    async with town.program.work.read() as session:
        events = (await session.exec(select(CaseEvent).order_by(col(CaseEvent.id)))).all()
    return [sorted(event.words.splitlines()) for event in events if "Từ tab" in event.words]


@pytest.mark.soak
async def test_fifty_wrong_receipts_wait_longer_and_longer_and_show_nothing(
    page: Any, waits: list[float], town: Town
) -> None:
    await to_the_story(page)
    receipt = await send_it(page)
    drawn = (int(receipt[:2]) * 10**12 + n for n in range(51))
    wrong = [made for n in drawn if (made := new_receipt(lambda _, n=n: n)) != receipt]  # type: ignore[misc]
    waits.clear()
    await page.goto("/")
    for number in wrong[:50]:
        await page.get_by_label("Số bí mật gồm 16 chữ số").fill(number)
        await press(page, "Xem trả lời")
        shown = await text(page)
        assert workers.NOBODYS in shown
        assert number not in await page.content()
    waited = [wait for wait in waits if wait > workers.EVEN_SECONDS]
    assert waited == sorted(waited)
    assert (waited[0], waited[-1], len(waited)) == (1, LONGEST_DELAY, 46)
    await page.get_by_label("Số bí mật gồm 16 chữ số").fill(receipt)
    await press(page, "Xem trả lời")
    assert WORDS in await text(page)


@pytest.mark.wide
async def test_with_the_keyboard_alone_as_far_as_a_photo(page: Any) -> None:
    await page.goto(POSTER)
    await keyed(page, "Gửi ý kiến ngay", "Enter")
    await keyed(page, "Đồng ý", "Space")
    await tell_by_keys(page, "Com ca it qua")
    assert "bao nhiêu người" in await text(page)


@pytest.mark.soak
async def test_from_the_poster_to_the_reopened_case_with_the_keyboard_alone(
    page: Any, town: Town
) -> None:
    await page.goto(POSTER)
    for label, key in (("Gửi ý kiến ngay", "Enter"), ("Đồng ý", "Space")):
        await keyed(page, label, key)
    await tell_by_keys(page, WORDS)
    for label, key in (("Cả tổ", "Enter"), ("Đúng", "Space"), ("Không nêu tên", "Enter")):
        await keyed(page, label, key)
    await keyed(page, "Gửi Công đoàn", "Space")
    receipt = str(await page.locator(".receipt").inner_text())
    await typed(page, "Gõ lại 4 số cuối", receipt[-4:], "Enter")
    async with town.program.work.read() as session:
        (case,) = (await session.exec(select(Case))).all()
        assert len((await session.exec(select(StoredFile))).all()) == 1
    an = await town.person("An")
    await town.settle()
    await an.click("📂 Mở xem")
    await an.click("Nhận xử lý")
    await an.click("Đã giải quyết")
    await an.send("Công ty đã đổi nhà bếp.")

    await keyed(page, "Ra khỏi trang", "Enter")
    await page.goto("/")
    await typed(page, "Số bí mật gồm 16 chữ số", receipt, "Enter")
    assert "Công ty đã đổi nhà bếp." in await text(page)
    await keyed(page, "Chưa hài lòng", "Enter")
    await typed(page, "Gõ vào đây", "Van nhu cu")
    await keyed(page, "Tiếp tục", "Enter")
    await keyed(page, "Gửi", "Space")
    assert "mở lại" in await text(page)
    async with town.program.work.read() as session:
        assert (await session.get_one(Case, case.id)).satisfied is False


async def tell_by_keys(page: Any, words: str) -> None:
    """A concern with a photo, up to the question that follows."""
    opened = file_picker(page)
    await typed(page, "Gõ vào đây", words)
    await tab_to(page, "Ảnh, ghi âm")
    await page.keyboard.press("Enter")
    await pick(opened, photo())
    await keyed(page, "Tiếp tục", "Space")


def photo() -> Any:
    """As a phone's file picker hands one over."""
    picture = io.BytesIO()
    Image.new("RGB", (30, 30), "teal").save(picture, "JPEG")
    return {"name": "chuyen-5.jpg", "mimeType": "image/jpeg", "buffer": picture.getvalue()}


async def keyed(page: Any, label: str, key: str) -> None:
    """The button or link of this label, come to and pressed by keys; the page that follows."""
    await tab_to(page, label)
    async with page.expect_navigation():
        await page.keyboard.press(key)


async def typed(page: Any, label: str, words: str, end: str = "") -> None:
    """Into the field of this label; `end`: the key that sends it from there."""
    await tab_to(page, label)
    await page.keyboard.type(words)
    if end:
        async with page.expect_navigation():
            await page.keyboard.press(end)


async def tab_to(page: Any, label: str) -> None:
    """By one key, from thing to thing, each to be seen where one is and none come to twice."""
    passed: list[str] = []
    for _ in range(30):
        await page.keyboard.press("Tab")
        focused = page.locator(":focus")
        if not await focused.count():  # the browser's own, beyond the end of the page
            continue
        name = await name_of(page, focused)
        assert name not in passed, f"{label!r} is not among {passed}"
        passed.append(name)
        style = await focused.evaluate("e => getComputedStyle(e).outlineStyle")
        assert style == "solid", f"nobody sees that one is at {name!r}"
        box = await focused.bounding_box()
        assert 0 <= box["y"] < NARROW["height"], f"{name!r} is off the screen"
        if label in name:
            return
    raise AssertionError(f"the key never comes to {label!r}, only to {passed}")


async def name_of(page: Any, thing: Any) -> str:
    """What a button or link says, or a field's label."""
    if said := str(await thing.inner_text()).strip():
        return said
    label = page.locator(f"label[for={await thing.get_attribute('id')}]")
    return str(await label.inner_text())


async def test_no_page_is_wider_than_a_narrow_phone_and_targets_are_large(page: Any) -> None:
    await page.goto(POSTER)
    for label in ("Gửi ý kiến ngay tại đây", "Đồng ý"):
        await fits(page)
        await press(page, label)
    await fits(page)
    await page.get_by_label("Gõ vào đây").fill("Lương " * 30 + "x" * 200)
    await press(page, "Tiếp tục")
    for label in ("Cả tổ, chuyền", "Đúng", "Không nêu tên", "Gửi Công đoàn"):
        await fits(page)
        await press(page, label)
    await fits(page)


async def fits(page: Any) -> None:
    """Without scripts the page cannot be asked, so each thing on it is."""
    things = page.locator("section, nav > *, button, input:not([type=hidden]), textarea, .receipt")
    boxes = await asyncio.gather(*(thing.bounding_box() for thing in await things.all()))
    for box in filter(None, boxes):
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= NARROW["width"] + 0.5
    for button in await page.locator("button:not(.word)").all():
        box = await button.bounding_box()
        assert box["height"] >= 44


@pytest.mark.wide
async def test_an_examiner_of_accessibility_finds_nothing_on_any_page(examined: Any) -> None:
    await examined.goto(POSTER)
    await sound(examined)
    for label in ("Gửi ý kiến ngay tại đây", "Đồng ý"):
        await press(examined, label)
        await sound(examined)
    await examined.get_by_label("Gõ vào đây").fill(WORDS)
    await press(examined, "Tiếp tục")
    for label in ("Cả tổ, chuyền", "Đúng", "Không nêu tên", "Gửi Công đoàn"):
        await sound(examined)
        await press(examined, label)
    await sound(examined)
    receipt = await write_down(examined)
    await sound(examined)
    await come_back(examined, receipt)
    await sound(examined)
    await come_back(examined, "0000 0000 0000 0097")
    await sound(examined)


async def sound(page: Any) -> None:
    axe = pytest.importorskip("axe_playwright_python.async_playwright")
    findings = (await axe.Axe().run(page)).response["violations"]
    shortly = [(f["id"], [node["html"][:120] for node in f["nodes"][:2]]) for f in findings]
    assert shortly == []
