"""The workers' pages in a real Chromium, 360 px wide, with JavaScript switched off."""

import asyncio
import io
import shutil
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
import pytest_asyncio
import uvicorn
from PIL import Image
from sqlmodel import select
from starlette.applications import Starlette

from bot.channels.web import workers
from storage.models import Case
from tests.channels.web.test_workers import POSTER, WORDS
from tests.client import Town

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
BROWSER = next(filter(None, map(shutil.which, BROWSERS)), None)
NARROW = {"width": 360, "height": 740}

pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("browser"),
    pytest.mark.skipif(BROWSER is None, reason=f"no browser installed ({', '.join(BROWSERS)})"),
]


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


@pytest_asyncio.fixture
async def examined(waits: list[float], town: Town) -> AsyncIterator[Any]:
    """The same page where the examiner's own script may run."""
    from playwright.async_api import async_playwright

    server = town.program.server
    assert server
    async with listening(server.app) as address, async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=BROWSER, args=["--no-sandbox"])
        context = await browser.new_context(viewport=NARROW, base_url=address, bypass_csp=True)
        yield await context.new_page()
        await browser.close()


@pytest_asyncio.fixture
async def page(waits: list[float], town: Town) -> AsyncIterator[Any]:
    """A page of a phone without scripts; nothing may be wider than the screen."""
    from playwright.async_api import async_playwright

    server = town.program.server
    assert server
    async with listening(server.app) as address, async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=BROWSER, args=["--no-sandbox"])
        context = await browser.new_context(
            viewport=NARROW, java_script_enabled=False, base_url=address
        )
        yield await context.new_page()
        await browser.close()


async def press(page: Any, label: str) -> None:
    await page.get_by_role("button", name=label).first.click()
    await page.wait_for_load_state()


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
    receipt = str(await page.locator(".receipt").inner_text())
    await page.get_by_label("Gõ lại 4 số cuối").fill(receipt[-4:])
    await press(page, "Tôi đã giữ số này")
    return receipt


async def come_back(page: Any, receipt: str) -> None:
    await page.goto("/")
    await page.get_by_label("Số bí mật gồm 16 chữ số").fill(receipt)
    await press(page, "Xem trả lời")


async def test_from_the_poster_to_the_end_with_reloads_and_back(page: Any, town: Town) -> None:
    await to_the_story(page)
    before = await text(page)
    await page.reload()  # the form is sent again
    assert await text(page) == before
    picture = io.BytesIO()
    Image.new("RGB", (30, 30), "teal").save(picture, "JPEG")
    await page.get_by_label("Ảnh, ghi âm").set_input_files(
        {"name": "chuyen-5.jpg", "mimeType": "image/jpeg", "buffer": picture.getvalue()}
    )
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


async def test_back_shows_nothing_that_was_sent_and_the_start_is_there(
    page: Any, town: Town
) -> None:
    """Chromium keeps no page of ours: it asks whether to send the form again. What a form sent
    again does, `reload` above shows.
    """
    from playwright.async_api import Error

    await to_the_story(page)
    await page.get_by_label("Gõ vào đây").fill(WORDS)
    await press(page, "Tiếp tục")
    with pytest.raises(Error, match="ERR_CACHE_MISS"):
        await page.go_back()
    other = await page.context.new_page()  # the first one shows the browser's own question
    await to_the_story(other)
    assert WORDS not in await text(other)
    await send_it(other)
    async with town.program.work.read() as session:
        assert len((await session.exec(select(Case))).all()) == 1


async def test_with_the_keyboard_alone(page: Any) -> None:
    await page.goto(POSTER)
    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    await page.get_by_role("button", name="Đồng ý").wait_for()
    await tab_to(page, "Đồng ý")
    await page.keyboard.press("Enter")
    await page.get_by_label("Gõ vào đây").wait_for()
    await page.keyboard.press("Tab")
    await page.keyboard.type("Com ca it qua")
    await tab_to(page, "Tiếp tục")
    await page.keyboard.press("Space")
    await page.get_by_role("button", name="Cả tổ, chuyền").wait_for()
    assert "bao nhiêu người" in await text(page)


async def tab_to(page: Any, label: str) -> None:
    for _ in range(30):
        await page.keyboard.press("Tab")
        focused = page.locator("button:focus")
        if await focused.count() and label in await focused.inner_text():
            return
    raise AssertionError(f"the key never comes to {label}")


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
    receipt = str(await examined.locator(".receipt").inner_text())
    await examined.get_by_label("Gõ lại 4 số cuối").fill(receipt[-4:])
    await press(examined, "Tôi đã giữ số này")
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
