"""The web chat in a real browser: at the width of a phone, with the keyboard alone."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from typing import Any

import httpx
import pytest
import pytest_asyncio

from tests.browser import file_picker, in_a_browser, pages, pick
from tests.sandbox.conftest import LAN, MINH, STRANGER, TOKEN, Client

WANTED = ["message", "callback_query"]  # as far as the echo understands
CARD = {"inline_keyboard": [[{"text": "Xác nhận", "callback_data": "ok"}]]}

pytestmark = in_a_browser


async def answer(call: Any, update: Any) -> None:
    """The echo bot: /start gets a card, its button a word, everything else its echo."""
    if "callback_query" in update:
        query = update["callback_query"]
        await call("answerCallbackQuery", callback_query_id=query["id"], text="Đã nhận")
        message = {"chat_id": query["from"]["id"], "message_id": query["message"]["message_id"]}
        await call("editMessageText", text="Đã xác nhận", **message)
    elif {"migrate_to_chat_id", "migrate_from_chat_id"} & update["message"].keys():
        return  # nobody spoke
    elif update["message"].get("text", "").startswith("/start"):
        text = f"Chào! {update['message']['text']} https://t.me/satcoso_sandbox_bot?start=moi-1"
        await call(
            "sendMessage", chat_id=update["message"]["chat"]["id"], text=text, reply_markup=CARD
        )
    else:
        text = f"Nghe rõ: {update['message'].get('text', 'tệp')}"
        await call("sendMessage", chat_id=update["message"]["chat"]["id"], text=text)


async def echo(url: str) -> None:
    async with httpx.AsyncClient(base_url=f"{url}/bot{TOKEN}", timeout=70) as http:

        async def call(method: str, **params: Any) -> Any:
            return (await http.post(f"/{method}", json=params)).json()["result"]

        offset = 0
        while True:
            for update in await call(
                "getUpdates", offset=offset, timeout=30, allowed_updates=WANTED
            ):
                offset = update["update_id"] + 1
                await answer(call, update)


@pytest_asyncio.fixture
async def open_page(sandbox: Client, browser_address: str) -> AsyncIterator[Any]:
    """Opens the web chat at a width; every error in the page fails the test."""
    bot = asyncio.create_task(echo(sandbox.served.url))
    async with pages(browser_address) as context:

        async def opened(width: int, address: str = "/") -> Any:
            page = await context.new_page()
            await page.set_viewport_size({"width": width, "height": 740})
            await page.goto(sandbox.served.url + address)
            await page.wait_for_selector(".person", state="attached")  # hidden behind a chat
            return page

        yield opened
    bot.cancel()
    with suppress(asyncio.CancelledError):
        await bot


async def focused(page: Any) -> str:
    """What a keyboard user is on: its label or text."""
    return str(
        await page.evaluate(
            "(document.activeElement.getAttribute('aria-label')"
            " ?? document.activeElement.textContent).trim()"
        )
    )


async def press_until(page: Any, key: str, label: str) -> None:
    for _ in range(30):
        if (await focused(page)).startswith(label):
            return
        await page.keyboard.press(key)
    raise AssertionError(f"{label!r} cannot be reached with {key}")


async def shown(page: Any, text: str) -> None:
    await page.locator(".log .text", has_text=text).last.wait_for()


async def test_a_person_is_found_started_and_talks_by_keyboard_alone(open_page: Any) -> None:
    page = await open_page(360)
    await page.focus("#search")
    await page.keyboard.type("tuyet")  # without accents
    await page.keyboard.press("Enter")
    await page.locator(".about-bot").wait_for()
    await press_until(page, "Tab", "Bắt đầu")
    await page.keyboard.press("Enter")
    await shown(page, "Chào! /start")
    await page.locator("textarea:focus").wait_for()
    await page.keyboard.type("trễ lương")
    await page.keyboard.press("Enter")
    await shown(page, "Nghe rõ: trễ lương")
    await press_until(page, "Shift+Tab", "Xác nhận")
    await page.keyboard.press("Enter")
    await page.locator(".toast", has_text="Đã nhận").wait_for()
    await shown(page, "Đã xác nhận")
    assert await page.locator(".inline-button").count() == 0


async def test_nothing_is_wider_than_a_phone(open_page: Any, sandbox: Client) -> None:
    long = "https://vd.vn/" + "a" * 300
    rows = [[{"text": "Nhãn rất dài " * 4, "callback_data": str(i)} for i in range(4)]]
    markup = {"inline_keyboard": rows}
    await sandbox.ok("sendMessage", chat_id=LAN, text=long, reply_markup=markup)
    page = await open_page(360)
    widths = [await page.evaluate("document.documentElement.scrollWidth")]
    await page.locator(".person", has_text="Lan").click()
    await shown(page, "https://vd.vn/")
    await page.click("#clock-toggle")
    for area in ("document.documentElement", "document.querySelector('.log')"):
        widths.append(await page.evaluate(f"{area}.scrollWidth"))
    assert max(widths) <= 360


async def test_text_of_people_is_never_markup(open_page: Any, sandbox: Client) -> None:
    text = "<img src=x onerror=\"document.title='hỏng'\"><b>đậm</b>"
    await sandbox.post(f"/people/{LAN}/send", text=text)
    await sandbox.ok("sendMessage", chat_id=LAN, text="<b>thật</b> &lt;i&gt;", parse_mode="HTML")
    page = await open_page(1280, f"/#{LAN}")
    await shown(page, "thật")
    texts = await page.locator(".log .text").all_text_contents()
    assert texts[0] == text
    assert "thật <i>" in texts
    assert await page.locator(".log img").count() == 0
    assert await page.locator(".log strong").all_text_contents() == ["thật"]


@pytest.mark.wide
async def test_a_link_to_the_bot_is_this_person_pressing_start(open_page: Any) -> None:
    page = await open_page(1280, f"/#{STRANGER}")
    await page.get_by_role("button", name="Bắt đầu", exact=True).click()
    await page.locator(".bot a").first.click()
    await shown(page, "Chào! /start moi-1")


@pytest.mark.wide
async def test_several_people_are_live_side_by_side(open_page: Any, sandbox: Client) -> None:
    page = await open_page(1280, f"/#{LAN},{MINH}")
    for person, text in ((LAN, "cho Lan"), (MINH, "cho Minh")):
        await sandbox.ok("sendMessage", chat_id=person, text=text)
        await page.get_by_role("log", name=f"Tin nhắn của {text[4:]}").get_by_text(text).wait_for()
    assert await page.locator(".unread").count() == 0
    await page.get_by_role("button", name="+ Thêm khung").click()
    await page.locator(".pane").nth(2).wait_for()
    await page.reload()
    await page.locator(".pane").nth(2).wait_for()


@pytest.mark.wide
async def test_unread_messages_are_counted_until_the_chat_is_opened(
    open_page: Any, sandbox: Client
) -> None:
    page = await open_page(360)
    for text in ("một", "hai"):
        await sandbox.ok("sendMessage", chat_id=LAN, text=text)
    await page.locator(".person", has_text="Lan").locator(".unread", has_text="2").wait_for()
    await page.locator(".person", has_text="Lan").click()
    await shown(page, "hai")
    await page.get_by_role("button", name="Chọn người khác").click()
    await page.locator(".person", has_text="Lan").wait_for()
    assert await page.locator(".unread").count() == 0


@pytest.mark.wide
async def test_three_chats_stand_side_by_side_and_no_row_is_cut(
    open_page: Any, sandbox: Client
) -> None:
    names = {LAN: "Lan Nguyễn Thị Thu", MINH: "Minh Huỳnh Đăng", STRANGER: "Tuyết"}
    for person, name in names.items():
        label = "Ủy viên Ban Thường vụ, phụ trách cụm thi đua số 2"
        await sandbox.post("/people", id=person, first_name=name, label=label)
    rows = [[{"text": text, "callback_data": text} for text in ("Không đi được", "Xin đổi")]]
    for person in (LAN, MINH):
        await sandbox.ok(
            "sendMessage", chat_id=person, text="Tuần này", reply_markup={"inline_keyboard": rows}
        )
    page = await open_page(1280, f"/#{LAN},{MINH},{STRANGER}")
    await page.locator(".pane").nth(2).wait_for()
    await shown(page, "Tuần này")
    cut = """[...document.querySelectorAll('.top *, .people *, .pane *')]
        .filter(node => node.clientWidth > 1 && node.scrollWidth > node.clientWidth + 1)
        .filter(node => getComputedStyle(node).overflowX !== 'visible'
            || node.getBoundingClientRect().right > innerWidth)
        .map(node => `${node.className} ${node.textContent}`)"""
    assert await page.evaluate(cut) == []
    heads = await page.locator(".pane-head").all_inner_texts()
    assert [name in head for name, head in zip(names.values(), heads, strict=True)] == [True] * 3
    assert "null" not in "".join(heads)


@pytest.mark.wide
async def test_signs_are_drawn_in_colour_without_a_font_of_the_machine(open_page: Any) -> None:
    page = await open_page(360)
    coloured = await page.evaluate(
        """async signs => {
            const own = [...document.fonts].find(font => font.family.includes('Signs'));
            await document.fonts.load('20px "Signs"', '🏠');
            const canvas = document.createElement('canvas');
            const pen = canvas.getContext('2d', { willReadFrequently: true });
            pen.font = getComputedStyle(document.body).font;
            return [Boolean(own), signs.map(sign => {
                pen.clearRect(0, 0, 60, 60);
                pen.fillText(sign + '\ufe0f', 5, 30);
                const { data } = pen.getImageData(0, 0, 60, 60);
                return data.some((value, at) => at % 4 === 0 && data[at + 3] > 200
                    && Math.max(value, data[at + 1], data[at + 2])
                     - Math.min(value, data[at + 1], data[at + 2]) > 40);
            })];
        }""",
        ["🏠", "🚨", "🔴", "📅", "✅"],
    )
    assert coloured == [True, [True] * 5]


@pytest.mark.wide
async def test_a_toast_covers_and_moves_nothing_that_can_be_pressed(
    open_page: Any, sandbox: Client
) -> None:
    for n in range(12):
        await sandbox.ok("sendMessage", chat_id=LAN, text=f"Tin {n}\n" * 4, reply_markup=CARD)
    page = await open_page(360, f"/#{LAN}")
    button = page.locator(".inline-button").last
    await shown(page, "Tin 11")
    await page.wait_for_function(
        """() => { const log = document.querySelector('.log');
            return log.scrollHeight - log.scrollTop - log.clientHeight < 1; }"""
    )
    before = await button.bounding_box()
    sandbox.world.remember_callback("thử", LAN, message_id=1)
    await sandbox.ok("answerCallbackQuery", callback_query_id="thử", text="Đã ghi nhận " * 8)
    toast = page.locator(".toast", has_text="Đã ghi nhận")
    await toast.wait_for()
    place, after = await toast.bounding_box(), await button.bounding_box()
    assert abs(after["y"] - before["y"]) < 1
    log, head = (
        await page.locator(".log").bounding_box(),
        await page.locator(".pane-head").bounding_box(),
    )
    assert head["y"] + head["height"] <= place["y"]
    assert place["y"] + place["height"] <= log["y"]


@pytest.mark.wide
async def test_what_cannot_be_done_says_whose_it_is_in_words(
    open_page: Any, sandbox: Client
) -> None:
    page = await open_page(1280, f"/#{LAN},{MINH}")
    await page.get_by_role("log", name="Tin nhắn của Minh").wait_for()
    box = page.get_by_role("region", name="Trò chuyện: Minh").locator("textarea")
    await box.fill("chào")
    sandbox.world.people.need(MINH).blocked = True  # as it happens elsewhere, unseen yet
    await box.press("Enter")
    await page.locator(
        ".toast", has_text="Minh: không thực hiện được. Người này đã chặn"
    ).wait_for()


COMMANDS = [
    {"command": "tuannay", "description": "Lượt đi tuần này"},
    {"command": "tongquan", "description": "Tổng quan tuần"},
    {"command": "trogiup", "description": "Trợ giúp"},
]


@pytest.mark.wide
async def test_an_empty_chat_says_what_could_be_done(open_page: Any, sandbox: Client) -> None:
    page = await open_page(1280, f"/#{LAN},{STRANGER}")
    hints = page.locator(".hint:visible")
    await hints.first.wait_for()
    assert await hints.count() == 1, "who has not pressed Start sees that instead"
    await sandbox.ok("sendMessage", chat_id=LAN, text="Chào")
    await hints.first.wait_for(state="hidden")


@pytest.mark.wide
async def test_commands_are_suggested_after_a_slash_and_sent_by_keyboard(
    open_page: Any, sandbox: Client
) -> None:
    await sandbox.ok("setMyCommands", commands=COMMANDS)
    page = await open_page(1280, f"/#{LAN}")
    options = page.get_by_role("option")
    await page.locator("textarea").press_sequentially("/t")
    await options.nth(2).wait_for()
    await page.keyboard.type("ro")
    await page.get_by_role("option", name="/tongquan").wait_for(state="detached")
    assert await options.all_inner_texts() == ["/trogiup\nTrợ giúp"]
    await page.keyboard.press("Escape")
    await options.first.wait_for(state="hidden")
    await page.keyboard.press("Backspace")
    await page.keyboard.press("Backspace")
    await page.keyboard.press("ArrowDown")  # from the first to the second
    await page.keyboard.press("Enter")
    await shown(page, "Nghe rõ: /tongquan")
    assert await page.input_value("textarea") == ""
    await page.keyboard.type("/tu")
    await page.keyboard.press("Tab")
    assert await page.input_value("textarea") == "/tuannay "
    await page.keyboard.type("47")
    await page.keyboard.press("Enter")
    await shown(page, "Nghe rõ: /tuannay 47")


@pytest.mark.wide
async def test_a_command_is_chosen_by_tap_and_a_text_being_written_stays(
    open_page: Any, sandbox: Client
) -> None:
    await sandbox.ok("setMyCommands", commands=COMMANDS)
    page = await open_page(360, f"/#{LAN}")
    await page.fill("textarea", "đang viết dở")
    await page.get_by_role("button", name="Lệnh của bot").click()
    await page.get_by_role("option", name="/trogiup").click()
    await shown(page, "Nghe rõ: /trogiup")
    assert await page.input_value("textarea") == "đang viết dở"
    await page.keyboard.press("Enter")
    await shown(page, "Nghe rõ: đang viết dở")


@pytest.mark.wide
async def test_the_years_end_is_one_press_away(open_page: Any) -> None:
    page = await open_page(1280)
    await page.get_by_role("button", name="14/12").click()
    await page.locator("#clock-time", has_text="Thứ Hai, 14/12/2026 08:00").wait_for()
    await page.get_by_role("button", name="15/12").click()
    await page.locator("#clock-time", has_text="Thứ Ba, 15/12/2026 08:00").wait_for()


@pytest.mark.wide
async def test_the_clock_is_moved_from_the_page(open_page: Any) -> None:
    page = await open_page(1280)
    await page.get_by_role("button", name="Thứ Sáu 16:30").click()
    await page.locator("#clock-time", has_text="Thứ Sáu, 20/11/2026 16:30").wait_for()
    await page.get_by_role("button", name="+1 tuần").click()
    await page.locator("#clock-time", has_text="Thứ Sáu, 27/11/2026 16:30").wait_for()


@pytest.mark.wide
async def test_an_own_message_is_edited_and_the_bot_blocked(
    open_page: Any, sandbox: Client
) -> None:
    page = await open_page(1280, f"/#{LAN}")
    await page.fill("textarea", "sai")
    await page.keyboard.press("Enter")
    await page.get_by_role("button", name="Sửa tin: sai").click()
    await page.fill("textarea", "đúng")
    await page.keyboard.press("Enter")
    await page.locator(".mine .text", has_text="đúng").wait_for()
    await page.get_by_role("button", name="Chặn bot", exact=True).click()
    await page.get_by_role("button", name="Bỏ chặn bot").last.wait_for()
    assert (await sandbox.refused("sendMessage", chat_id=LAN, text="x"))[0] == 403


@pytest.mark.wide
async def test_photos_are_attached_and_shown(open_page: Any, png: bytes) -> None:
    page = await open_page(1280, f"/#{LAN}")
    opened = file_picker(page)
    await page.get_by_role("button", name="Đính kèm").click()
    await page.get_by_role("button", name="Ảnh").click()
    files = [{"name": f"{i}.png", "mimeType": "image/png", "buffer": png} for i in range(2)]
    await pick(opened, files)
    await page.locator(".mine img.photo").nth(1).wait_for()


@pytest.mark.wide
async def test_an_alert_is_read_and_dismissed_by_keyboard(open_page: Any, sandbox: Client) -> None:
    page = await open_page(360, f"/#{LAN}")
    sandbox.world.remember_callback("thử", LAN, message_id=1)
    await sandbox.ok(
        "answerCallbackQuery", callback_query_id="thử", text="Hết hạn", show_alert=True
    )
    await page.get_by_role("dialog").get_by_text("Hết hạn").wait_for()
    await page.get_by_role("dialog").get_by_role("heading", name="Lan").wait_for()  # whose it is
    assert await focused(page) == "Đã hiểu"
    await page.keyboard.press("Enter")
    await page.get_by_role("dialog").wait_for(state="hidden")


@pytest.mark.wide
async def test_a_stranger_is_added_and_opened(open_page: Any) -> None:
    page = await open_page(360)
    await page.get_by_role("button", name="Thêm người lạ").click()
    await page.keyboard.type("Khách")
    await page.keyboard.press("Enter")
    await page.get_by_role("heading", name="Khách").wait_for()
    assert await page.get_by_role("button", name="Bắt đầu", exact=True).is_visible()


@pytest.mark.wide
async def test_a_link_lets_the_bot_into_a_group_that_can_be_read_written_in_and_left(
    open_page: Any, sandbox: Client
) -> None:
    words = '<a href="https://t.me/satcoso_sandbox_bot?startgroup=nhom-1">vào nhóm</a>'
    await sandbox.ok("sendMessage", chat_id=LAN, text=words, parse_mode="HTML")
    page = await open_page(360, f"/#{LAN}")
    await page.locator(".log a", has_text="vào nhóm").click()
    await page.fill("dialog input", "Cán bộ KCN")
    await page.keyboard.press("Enter")
    await page.locator(".back").click()
    await page.locator(".person", has_text="Cán bộ KCN").click()
    await shown(page, "Chào! /start@satcoso_sandbox_bot nhom-1")
    await page.fill("textarea", "/lienket abc")
    await page.keyboard.press("Enter")
    await shown(page, "Nghe rõ: /lienket abc")
    assert await page.evaluate("document.documentElement.scrollWidth") <= 360
    await page.locator("button", has_text="Nâng nhóm").click()
    await page.locator(".about-bot", has_text="đã nâng lên nhóm lớn").wait_for()
    await page.locator(".back").click()
    await page.locator(".person", has_text="Nhóm, 1 người").click()
    await page.get_by_label("Đưa bot ra khỏi nhóm").click()
    await page.locator(".about-bot", has_text="bot không còn trong nhóm").wait_for()
