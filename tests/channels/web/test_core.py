"""The web door's core, through the real program: pages, one form a page, done once."""

import base64
import gc
import re
import tempfile
from datetime import timedelta
from hashlib import sha256

import httpx
import pytest
from sqlmodel import select
from starlette.requests import Request as HttpRequest
from starlette.types import Message, Receive

from bot.app.serving import HttpServer
from bot.cases.services import flood
from bot.channels.web import posts
from bot.channels.web.headers import HEADERS
from bot.channels.web.pages import BLOCK, STYLE
from bot.channels.web.posts import read_post
from bot.core import access
from storage.models import Draft, InboxUpdate
from tests.channels.web.pages import ADDRESS, Browser
from tests.client import Town


async def drafts(town: Town) -> list[Draft]:
    async with town.program.work.read() as session:
        return list((await session.exec(select(Draft))).all())


async def test_a_look_at_the_page_keeps_nothing(browser: Browser, town: Town) -> None:
    await browser.open("/")
    assert "Công đoàn xin chào anh/chị." in browser.text
    async with town.program.work.read() as session:
        assert not (await session.exec(select(InboxUpdate.update_id))).all()
    assert not await drafts(town)


async def test_every_answer_carries_the_safe_headers_and_no_cookie(
    client: httpx.AsyncClient,
) -> None:
    for path in ("/", "/nowhere", "/livez", "/gui"):
        answer = await client.get(path)
        for name, value in HEADERS.items():
            assert answer.headers[name] == value, path
        assert "set-cookie" not in answer.headers
    style = await client.get(STYLE.address)
    assert "immutable" in style.headers["cache-control"]


async def test_pages_fill_whole_blocks_and_run_no_script(browser: Browser) -> None:
    await browser.open("/")
    await browser.press("Gửi ý kiến")
    assert len(browser.html.encode()) % BLOCK == 0
    assert len(browser.html.encode()) < 15_000
    for forbidden in ("<script", "style=", "onclick", "http://", "https://"):
        assert forbidden not in browser.html


async def test_a_workers_page_asks_for_nothing_else_and_no_other_style_runs(
    browser: Browser,
) -> None:
    """On a slow line each further request is a wait of its own."""
    await browser.open("/")
    for label in ("Gửi ý kiến", "Đồng ý", "Quay lại"):
        style = re.search(r"<style>(.*?)</style>", browser.html, re.DOTALL)
        assert style
        digest = base64.b64encode(sha256(style[1].encode()).digest()).decode()
        assert f"'sha256-{digest}'" in browser.headers["content-security-policy"]
        asks = r'<(?:link|script|img|iframe|source)[^>]*(?:src|href)="([^"]*)"'
        asked = re.findall(asks, browser.html)
        assert [address for address in asked if not address.startswith("data:")] == []
        assert len(browser.html.encode()) == BLOCK, "more than a new connection carries at once"
        await browser.press(label)


async def test_a_conversation_goes_on_from_page_to_page(browser: Browser, town: Town) -> None:
    await browser.open("/")
    await browser.press("Gửi ý kiến")
    assert "Việc đồng ý là tự nguyện" in browser.text
    await browser.press("Đồng ý")
    assert "Anh/chị làm ở công ty nào?" in browser.text
    await browser.press("Tiếp tục", "may sen")
    await browser.press("Không có trong danh sách")
    assert "tại đâu" in browser.text
    assert len(await drafts(town)) == 1


async def test_what_is_sent_twice_is_done_once_and_shows_where_one_is(
    browser: Browser, town: Town
) -> None:
    await browser.open("/")
    await browser.press("Gửi ý kiến")
    await browser.press("Đồng ý")
    before = browser.text
    await browser.reload()
    assert browser.text == before
    await browser.press("Tiếp tục", "may sen")
    await browser.press("Không có")
    await browser.press("Tiếp tục", "Công ty Hoa Ban, Long Hòa")
    assert "khó khăn, vướng mắc gì" in browser.text
    await browser.press("Tiếp tục", "Cơm ca ít quá")
    shown = browser.text
    await browser.reload()
    assert browser.text == shown
    (draft,) = await drafts(town)
    assert [words for _, words in draft.answers["words"]["pieces"]] == ["Cơm ca ít quá"]


async def test_a_page_left_alone_for_half_an_hour_is_worth_nothing(
    browser: Browser, town: Town
) -> None:
    await browser.open("/")
    await browser.press("Gửi ý kiến")
    await town.move_to(town.clock.now() + timedelta(minutes=31))
    await browser.press("Đồng ý")
    assert "để yên quá 30 phút" in browser.text
    assert "Anh/chị làm ở công ty nào?" not in browser.text


@pytest.mark.parametrize(
    ("headers", "body", "status"),
    [
        ({"content-type": "application/json"}, b"{}", 415),
        ({"content-type": "application/x-www-form-urlencoded"}, b"page=x&press=home", 200),
        ({"content-type": "multipart/form-data"}, b"--x", 400),
        ({"content-type": "multipart/form-data; boundary=x"}, b"--y\r\nnothing", 400),
        (
            {"content-type": "application/x-www-form-urlencoded", "sec-fetch-site": "cross-site"},
            b"press=begin",
            403,
        ),
    ],
)
async def test_what_no_page_of_ours_sends_has_no_effect(
    client: httpx.AsyncClient, town: Town, headers: dict[str, str], body: bytes, status: int
) -> None:
    answer = await client.post("/gui", headers=headers, content=body)
    assert answer.status_code == status
    assert not await drafts(town)


async def test_what_is_too_large_is_not_read(client: httpx.AsyncClient) -> None:
    headers = {"content-type": "application/x-www-form-urlencoded", "content-length": str(10**9)}
    answer = await client.post("/gui", headers=headers, content=b"press=begin")
    assert answer.status_code == 413


async def test_letters_that_are_none_are_read_as_such_and_break_nothing() -> None:
    """Whoever sends a form may name its charset; one of them makes halves of letters."""
    head = {"content-type": "multipart/form-data; charset=raw_unicode_escape; boundary=x"}
    parts = {"press": "begin", "at": r"\ud800", "mark": r"\ud800", "number": "1", "page": r"\ud800"}
    body = "".join(
        f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in parts.items()
    )
    headers = [(name.encode(), value.encode()) for name, value in head.items()]
    scope = {"type": "http", "method": "POST", "headers": headers}
    posted = HttpRequest(scope, _of(f"{body}--x--\r\n".encode()))
    for value in (await read_post(posted)).fields.values():
        assert value.encode()


async def test_whatever_breaks_says_so_in_words_and_is_kept_by_no_browser(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def away(*_: object) -> None:
        raise OSError

    assert town.program.server
    monkeypatch.setattr(access, "actor_of", away)
    monkeypatch.setattr(flood, "may_begin_on_the_web", away)
    transport = httpx.ASGITransport(town.program.server.app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url=ADDRESS) as client:
        answer = await client.post("/gui", data={"press": "begin"})
        nowhere = await client.get("/khong-co")
        no_form = await client.get("/ra")  # a button's address, typed or reloaded
    assert (answer.status_code, nowhere.status_code, no_form.status_code) == (500, 404, 405)
    assert "thử lại" in answer.text
    for lost in (nowhere, no_form):
        assert "Không có trang này" in lost.text
    for page in (answer, nowhere, no_form):
        assert 'name="viewport"' in page.text, "else a phone shows it too small to read"
        assert 'href="/"' in page.text
        for name, value in HEADERS.items():
            assert page.headers[name] == value


async def test_where_the_door_is_shut_no_page_leads_to_its_entry() -> None:
    server = HttpServer((), "127.0.0.1", 0, "health.port")
    transport = httpx.ASGITransport(server.app)
    async with httpx.AsyncClient(transport=transport, base_url=ADDRESS) as client:
        nowhere = await client.get("/m/cs-1-abcdef")
    assert nowhere.status_code == 404
    assert "Không có trang này" in nowhere.text
    assert 'href="/"' not in nowhere.text


@pytest.mark.parametrize(
    "parameter", ["cs-1-é", "cs-é-1", "cs-1-\u0663", "moi-é", "cs-1-" + "x" * 900]
)
async def test_whatever_stands_in_the_place_of_a_posters_code_leads_to_the_entry(
    client: httpx.AsyncClient, parameter: str
) -> None:
    answer = await client.get(f"/m/{parameter}")
    assert answer.status_code in (200, 403)
    begun = await client.post("/gui", data={"press": "begin", "at": parameter})
    assert begun.status_code == 200
    assert "Hệ thống gặp lỗi" not in begun.text


async def test_no_answer_sends_a_browser_on_to_a_whole_address(town: Town) -> None:
    """Behind a proxy the program knows neither https nor the name: the path would cross the line
    in the open, and the path of a link is what lets somebody in.
    """
    assert town.program.server
    transport = httpx.ASGITransport(town.program.server.app)
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8080") as proxy:
        for path in ("/vao/abc/", "/nha/", "/m/cs-1-x/", "/bao-cao", "/gui", "/lam"):
            answer = await proxy.get(path)
            assert "://" not in answer.headers.get("location", ""), path
        assert (await proxy.get("/bao-cao")).headers["location"] == "/bao-cao/"


def _a_sending(picture: bytes) -> HttpRequest:
    head = b'--x\r\nContent-Disposition: form-data; name="files"; filename="a.jpg"\r\n\r\n'
    kind = (b"content-type", b"multipart/form-data; boundary=x")
    scope = {"type": "http", "method": "POST", "headers": [kind]}
    return HttpRequest(scope, _of(head + picture + b"\r\n--x--\r\n"))


async def test_what_comes_is_never_written_down_as_it_came(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pictures say where they were taken: they are made anew before anything is on the disk."""

    def no_disk(*_: object, **__: object) -> None:
        raise AssertionError("a file as it came")

    monkeypatch.setattr(tempfile, "TemporaryFile", no_disk)
    picture = b"\xff\xd8" + bytes(5_000_000)
    post = await read_post(_a_sending(picture))
    assert [await file.read() for file in post.files] == [picture]


async def test_of_what_comes_no_more_is_held_than_the_machine_can(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(posts, "MOST_HELD", 3_000_000, raising=False)
    first = await read_post(_a_sending(bytes(2_000_000)))
    with pytest.raises(posts.NotTaken) as raised:
        await read_post(_a_sending(bytes(2_000_000)))
    assert raised.value.status == 503
    assert len(first.files) == 1
    del first, raised
    gc.collect()
    assert (await read_post(_a_sending(bytes(2_000_000)))).files


def _of(body: bytes) -> Receive:
    async def receive() -> Message:
        return {"type": "http.request", "body": body}

    return receive
