"""The staff's pages in a real Chromium, 360 px wide, with JavaScript switched off."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from sqlmodel import select

from bot.config.settings import Settings, Web
from storage.models import Case, VisitReport, WebSession
from tests.browser import in_a_browser
from tests.cases.help import a_case
from tests.cast import AN, DUNG, LONG_AGO, Character
from tests.channels.web.pages import served_in_process
from tests.channels.web.staff_browser import link_of
from tests.channels.web.test_browser import back, fits, phone, photo, press, sound, text
from tests.client import Town
from tests.visits.routes.test_report import HONEST

pytestmark = [*in_a_browser, pytest.mark.wide("tests/channels/web/test_staff.py")]


@pytest.fixture
def settings(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Without https the cookie of the staff is kept too, as in a demo."""
    served_in_process(monkeypatch)
    return settings.model_copy(update={"web": Web(address="http://127.0.0.1")})


@pytest_asyncio.fixture
async def page(town: Town, browser_address: str) -> AsyncIterator[Any]:
    """A page of a phone without scripts."""
    async with phone(town, browser_address, java_script_enabled=False) as page:
        yield page


@pytest_asyncio.fixture
async def examined(town: Town, browser_address: str) -> AsyncIterator[Any]:
    """The same page where the examiner's own script may run."""
    async with phone(town, browser_address, bypass_csp=True) as page:
        yield page


async def come_in(page: Any, town: Town, who: Character) -> None:
    await page.goto(await link_of(town, who))
    assert who.full_name in await text(page), "the page says whose link it is"
    await press(page, "Vào trang web")


async def follow(page: Any, label: str) -> None:
    async with page.expect_navigation():
        await page.get_by_role("link", name=label).first.click()


async def test_an_officer_comes_in_reports_with_a_picture_and_goes_out(
    page: Any, town: Town
) -> None:
    await come_in(page, town, AN)
    await fits(page)
    await follow(page, "Mục lục")
    await follow(page, "Lượt đi cơ sở tuần này")
    await press(page, "Báo cáo")
    await fits(page)
    for label in ("Hôm nay", "Dự họp BCH", "10", "Còn lại chưa có vấn đề", "Xong", "Bỏ qua"):
        await press(page, label)
    await page.get_by_label("Gõ vào đây").fill(HONEST)
    await page.get_by_label("Ảnh, ghi âm").set_input_files(photo())
    await press(page, "Tiếp tục")
    await press(page, "Lời ghi kèm ảnh là đủ")
    await press(page, "Gửi báo cáo")
    assert "Đã nhận báo cáo" in await text(page)
    await page.reload()  # the form is sent again
    async with town.program.work.read() as session:
        (report,) = (await session.exec(select(VisitReport))).all()
    assert report.situation == HONEST

    await follow(page, "Đang mở ở đâu?")
    assert "máy này" in await text(page)
    await press(page, "Ra khỏi trang web")
    assert "đã ra khỏi các trang trên máy này" in await text(page)
    await back(page)
    await page.goto("/nha")
    assert "Mỗi lần vào cần một liên kết" in await text(page)
    async with town.program.work.read() as session:
        (session_row,) = (await session.exec(select(WebSession))).all()
    assert session_row.ended_at


async def test_a_leader_goes_down_by_links_and_back_and_acts_on_a_case(
    page: Any, town: Town
) -> None:
    case = await a_case(town.program.work, LONG_AGO)
    await come_in(page, town, DUNG)
    await follow(page, "Tổng quan tuần")
    week = await text(page)
    await follow(page, "Quá hạn (1)")
    await follow(page, case.code)
    await fits(page)
    assert case.code in await text(page)
    assert not await back(page), "what was had by a link is there again without a question"
    assert not await back(page)
    assert await text(page) == week
    await page.goto(f"/xem/case:open:{case.id}")
    await press(page, "Nhận xử lý")
    async with town.program.work.read() as session:
        assert (await session.get_one(Case, case.id)).assignee_id == DUNG.id


async def test_an_examiner_of_accessibility_finds_nothing_on_pages_of_the_staff(
    examined: Any, town: Town
) -> None:
    case = await a_case(town.program.work, LONG_AGO)
    await examined.goto(await link_of(town, DUNG))
    await sound(examined)
    await press(examined, "Vào trang web")
    for path in ("/nha", "/muc/tongquan", f"/xem/case:open:{case.id}", "/xem/web:list"):
        await examined.goto(path)
        await sound(examined)
    await examined.goto(f"/xem/case:open:{case.id}")
    await press(examined, "Nhận xử lý")
    await press(examined, "Đã giải quyết")
    await sound(examined)
    await press(examined, "Ra khỏi trang web")
    await sound(examined)
    await examined.goto("/nha")
    await sound(examined)
