"""How the staff come in, through the real program: links, invitations, from inside of Telegram."""

from datetime import timedelta

import httpx
import pytest
from sqlmodel import select
from starlette.routing import Match

from bot.app.routes import ROUTES
from bot.channels.telegram import webhook as telegram_webhook
from bot.channels.web.entering import MINI_APP
from bot.channels.web.headers import HEADERS
from bot.channels.web.site import web_routes
from bot.channels.zalo import coming_in as zalo
from bot.config.settings import Web
from bot.core.access import actor_of
from bot.core.context import Context
from bot.people.services import invitations, role_endings, web_sessions
from bot.people.services.invitation_places import NamedPlace
from storage import web_sessions as stored_sessions
from storage.addresses import WEB
from storage.enums import Role
from storage.models import Person, PersonAddress, WebSession
from tests.cast import AN, BINH, HA, KCN, LAN
from tests.channels.telegram.test_mini_app import fields, signed
from tests.channels.web.pages import ADDRESS, Browser
from tests.channels.web.staff_browser import StaffBrowser, a_client, link_of
from tests.client import Town

TOKEN = "123456:sandbox"


@pytest.fixture
def browser(client: httpx.AsyncClient) -> StaffBrowser:
    return StaffBrowser(client)


async def sessions(town: Town) -> list[WebSession]:
    async with town.program.work.read() as session:
        return list((await session.exec(select(WebSession))).all())


async def test_to_look_at_a_link_uses_nothing_up_and_the_button_lets_in_once(
    browser: StaffBrowser, town: Town
) -> None:
    path = await link_of(town, AN)
    for _ in range(3):  # messengers look at links before anybody does
        await browser.open(path)
    assert not await sessions(town)
    await browser.press("Vào trang web")
    assert "Đi cơ sở" in browser.text
    assert "Nguyễn Thị An" in browser.text
    (cookie,) = [c for c in browser.client.cookies.jar if c.name == "__Host-satcoso"]
    assert cookie.secure
    async with a_client(town) as other:
        thief = StaffBrowser(other)
        await thief.open(path)
        assert thief.status == 403
        assert "đã được dùng" in thief.text
        await thief.open("/nha")
        assert thief.status == 401


async def test_the_cookie_is_for_this_site_alone_and_for_no_script(
    client: httpx.AsyncClient, town: Town
) -> None:
    page = StaffBrowser(client)
    await page.open(await link_of(town, AN))
    answer = await client.post("/vao", data=page.page.hidden)
    assert answer.status_code == 303
    set_cookie = answer.headers["set-cookie"].lower()
    for part in ("__host-satcoso=", "httponly", "secure", "samesite=strict", "path=/"):
        assert part in set_cookie
    assert "domain=" not in set_cookie


async def test_an_old_link_a_foreign_form_and_a_guess_let_nobody_in(
    client: httpx.AsyncClient, town: Town
) -> None:
    page = StaffBrowser(client)
    await page.open(await link_of(town, AN))
    own = page.page.hidden
    foreign = {"sec-fetch-site": "cross-site"}
    assert (await client.post("/vao", data=own, headers=foreign)).status_code == 403
    for guess in ("", "x", "moi-x", "a" * 9_000, "%00", "' OR '1'='1"):
        assert (await client.post("/vao", data={**own, "code": guess})).status_code == 403
    await town.move_to(town.clock.now() + timedelta(minutes=11))
    answer = await client.post("/vao", data=own)
    assert answer.status_code == 403
    assert "hết hạn" in answer.text
    assert not await sessions(town)


async def test_nothing_is_shown_or_done_without_a_session_or_after_its_end(
    browser: StaffBrowser, town: Town
) -> None:
    paths = ("/nha", "/xem/ov:w:20261116:1", "/muc/tongquan", f"/xem/p:open:{AN.id}")

    async def shut() -> None:
        for path in paths:
            await browser.open(path)
            assert browser.status == 401, path
            assert "An" not in browser.text
            assert "/web" in browser.text
        answer = await browser.client.post("/lam", data={"press": "home"})
        assert answer.status_code == 401

    await shut()
    browser.client.cookies.set("__Host-satcoso", "a" * 43)
    await shut()
    browser.client.cookies.clear()
    await browser.come_in(town, AN)
    before = browser.page
    work = town.program.work
    ha = Context(work, await actor_of(work, HA.address), town.clock.now())
    await web_sessions.end_all_of(ha, AN.id)
    await shut()
    sent = {**before.hidden, "press": "home"}
    assert (await browser.client.post("/lam", data=sent)).status_code == 401
    await browser.come_in(town, AN)
    await role_endings.end(ha, AN.id)
    await shut()


async def test_half_a_day_of_silence_closes_the_pages(browser: StaffBrowser, town: Town) -> None:
    await browser.come_in(town, AN)
    page = browser.page
    await town.move_to(town.clock.now() + timedelta(hours=13))
    await browser.open("/nha")
    assert browser.status == 401
    typed = "Công nhân <b>chuyền 5</b> đề nghị thêm quạt"
    await browser.send({**page.hidden, "words": typed, "press": ""}, action="/lam")
    assert browser.status == 401
    assert "chưa được thực hiện" in browser.text
    assert typed in browser.text, "what was typed is there to be copied"
    assert "Đi cơ sở" not in browser.text


async def test_who_goes_out_is_out(browser: StaffBrowser, town: Town) -> None:
    await browser.come_in(town, AN)
    (cookie,) = [c.value for c in browser.client.cookies.jar if c.name == "__Host-satcoso"]
    page = browser.page
    answer = await browser.client.post("/ra", data={"press": ""})
    assert answer.status_code == 403, "a form of somebody else's does not put one out"
    answer = await browser.client.post("/ra", data=page.hidden)
    assert answer.status_code == 303
    browser.client.cookies.set("__Host-satcoso", cookie or "")
    await browser.open("/nha")
    assert browser.status == 401


async def test_an_invitation_lets_somebody_in_who_has_no_telegram(
    browser: StaffBrowser, town: Town
) -> None:
    work = town.program.work
    new = await invitations.create(
        work, None, Role.OFFICER, NamedPlace(unit_id=KCN.id), town.clock.now()
    )
    for path in (f"/m/{new.code}", f"/vao/{new.code}"):
        await browser.open(path)
        assert "cán bộ CĐ các KCN tỉnh" in browser.text
    await browser.press("Tiếp tục", "Tú")
    assert "đủ họ và tên" in browser.text
    await browser.press("Tiếp tục", "Đỗ Văn Tú")
    assert browser.status == 200
    assert "Đỗ Văn Tú" in browser.text
    async with work.read() as session:
        (tu,) = (await session.exec(select(Person).where(Person.name == "Đỗ Văn Tú"))).all()
        rows = await session.exec(
            select(PersonAddress.channel).where(PersonAddress.person_id == tu.id)
        )
        assert rows.all() == [WEB]
    async with a_client(town) as other:
        answer = await other.get(f"/vao/{new.code}")
        assert answer.status_code == 403
        assert "đã có người dùng" in answer.text


async def test_a_script_runs_on_the_page_inside_of_telegram_alone_and_only_our_own(
    browser: StaffBrowser,
) -> None:
    await browser.open(MINI_APP)
    assert "script-src 'self'" in browser.headers["content-security-policy"]
    assert "frame-ancestors 'none'" in browser.headers["content-security-policy"]
    assert browser.html.count("<script") == 1
    assert "telegram.org" not in browser.html
    for path in ("/nha", "/vao", "/vao/x", "/xem/home"):
        await browser.open(path)
        for name, value in HEADERS.items():
            assert browser.headers[name] == value, path
        assert "<script" not in browser.html


async def test_what_telegram_states_lets_its_person_in_once(
    client: httpx.AsyncClient, town: Town
) -> None:
    def of(telegram_id: int, at=None) -> str:
        user = f'{{"id": {telegram_id}}}'
        return signed(fields(at or town.clock.now(), user=user), TOKEN)

    assert town.settings.telegram.token == TOKEN
    true = of(BINH.telegram_id)
    async with a_client(town) as thief:
        bait = StaffBrowser(thief)
        await bait.send({"stated": true}, action=MINI_APP)
        mark = bait.page.hidden["mark"]
        for false in (
            "",
            true.replace("7000000002", "7000000005"),
            of(BINH.telegram_id, town.clock.now() - timedelta(minutes=11)),
            signed(fields(town.clock.now(), user=f'{{"id": {BINH.telegram_id}}}'), "1:other"),
            of(LAN.telegram_id),
        ):
            answer = await thief.post(MINI_APP, data={"stated": false, "mark": mark})
            assert answer.status_code == 403
            assert "set-cookie" not in answer.headers
        assert not await sessions(town)
        own = StaffBrowser(client)
        await own.send({"stated": true}, action=MINI_APP)
        await own.press("Vào trang web")
        assert own.status == 200
        again = await thief.post(MINI_APP, data={"stated": true, "mark": mark})
        assert again.status_code == 403
        assert "đã được dùng" in again.text
    home = await client.get("/nha")
    assert "Trần Văn Bình" in home.text
    assert ADDRESS.startswith("https")


def test_links_are_whole_whether_or_not_the_operator_ended_the_address_with_a_slash() -> None:
    assert Web(address=f"{ADDRESS}/").address == Web(address=ADDRESS).address == ADDRESS


def test_no_page_stands_where_others_bring_what_they_have_for_the_program(town: Town) -> None:
    work, clock = town.program.work, town.clock
    pages = web_routes(work, clock, ROUTES, lambda parameter, **_: parameter)
    for path in (telegram_webhook.PATH, f"{telegram_webhook.PATH}/", zalo.PATH):
        scope = {"type": "http", "method": "POST", "path": path, "headers": []}
        at = [page.path for page in pages if page.matches(scope)[0] is not Match.NONE]  # type: ignore[attr-defined]
        assert not at, f"{path}: whichever comes first takes what is meant for the other"


async def test_of_one_statement_that_comes_twice_at_once_one_lets_in(
    client: httpx.AsyncClient, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As with another program at the database: neither has seen the other's."""

    async def nobody(_session: object, _hash: str) -> None:
        return None

    true = signed(fields(town.clock.now(), user=f'{{"id": {BINH.telegram_id}}}'), TOKEN)
    async with a_client(town) as other:
        first, second = StaffBrowser(client), StaffBrowser(other)
        for browser in (first, second):
            await browser.send({"stated": true}, action=MINI_APP)
        await first.press("Vào trang web")
        assert first.status == 200
        monkeypatch.setattr(stored_sessions, "link_locked", nobody)
        again = await other.post(MINI_APP, data=second.page.hidden)
    assert again.status_code == 403
    assert "đã được dùng" in again.text
    assert len(await sessions(town)) == 1


async def test_no_invitation_is_taken_on_a_page_of_a_worker(
    client: httpx.AsyncClient, town: Town
) -> None:
    """Whoever finds the receipt would be in as that person, and nobody could close it."""
    work = town.program.work
    new = await invitations.create(
        work, None, Role.OFFICER, NamedPlace(unit_id=KCN.id), town.clock.now()
    )
    worker = Browser(client)
    await worker.open("/")
    await worker.press("Gửi ý kiến ngay tại đây")
    await worker.send({**worker.page.hidden, "command": "start", "words": new.code})
    await worker.send({**worker.page.hidden, "press": "home"})
    link = f"https://t.me/congdoan_bot?start={new.code}"
    await worker.send({**worker.page.hidden, "press": "", "words": link})
    assert "mở thẳng" in worker.text
    async with work.read() as session:
        assert not (
            await session.exec(select(PersonAddress).where(PersonAddress.channel == WEB))
        ).all()
    await worker.open(f"/m/{new.code}")
    assert "cán bộ CĐ các KCN tỉnh" in worker.text  # the link is still good where it belongs


WAYS_IN = pytest.mark.parametrize("way", ["a link", "an invitation", "what Telegram states"])


@WAYS_IN
async def test_nobody_is_put_into_the_pages_of_another_unasked(
    client: httpx.AsyncClient, town: Town, way: str
) -> None:
    """An older browser does not say that a form comes from elsewhere; whoever laid the bait has a
    page of their own with a mark that is good in their own browser."""
    action, bait = "/vao", {"words": "Kẻ Gian Manh"}
    if way == "a link":
        bait["code"] = (await link_of(town, BINH)).removeprefix("/vao/")
    elif way == "an invitation":
        work, now = town.program.work, town.clock.now()
        place = NamedPlace(unit_id=KCN.id)
        bait["code"] = (await invitations.create(work, None, Role.OFFICER, place, now)).code
    else:
        action = MINI_APP
        user = f'{{"id": {BINH.telegram_id}}}'
        bait["stated"] = signed(fields(town.clock.now(), user=user), TOKEN)
    async with a_client(town) as thief:
        own = StaffBrowser(thief)
        await own.send(bait, action=action)
        mark = own.page.hidden["mark"]
    victim = StaffBrowser(client)
    for fields_sent in (bait, {**bait, "mark": ""}, {**bait, "mark": mark}):
        await victim.send(fields_sent, action=action)
        assert not await sessions(town)
        assert victim.status in (200, 403)
        assert "Trần Văn Bình" in victim.text or "cán bộ CĐ các KCN tỉnh" in victim.text
        assert "Đi cơ sở" not in victim.text
    if way == "an invitation":
        await victim.press("Tiếp tục", "Đỗ Văn Tú")
    else:
        await victim.press("Vào trang web")
    assert len(await sessions(town)) == 1, "whoever has read the name and presses comes in"


async def test_a_page_left_open_lets_in_after_another_link_was_opened_beside_it(
    browser: StaffBrowser, town: Town
) -> None:
    await browser.open(await link_of(town, BINH))
    first = browser.html
    await browser.open(await link_of(town, AN))
    browser.html = first
    await browser.press("Vào trang web")
    assert "Trần Văn Bình" in browser.text
