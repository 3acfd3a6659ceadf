"""The pages of the staff, through the real program: the chat's cards by the chat's routes."""

import re
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from datetime import timedelta
from io import BytesIO

import pytest
from PIL import Image

from bot.channels.web.headers import HEADERS
from bot.channels.web.looking import COMMANDS, is_look
from bot.channels.web.staff import COMMAND_PATHS
from bot.core.access import actor_of
from bot.core.card import Card
from bot.core.copies import copy_path
from bot.core.notices import notice
from bot.core.speech import organisation_name
from bot.home.commands import COMMANDS as MENU
from bot.home.commands import OWN, commands_for
from bot.summaries.services import targets
from storage.addresses import WEB
from storage.enums import AnnouncementState, Audience, Lane, OutboxState
from storage.models import (
    Announcement,
    Case,
    Draft,
    OutboxMessage,
    Person,
    ReportFile,
    StoredFile,
    Visit,
    VisitReport,
    WebSession,
    metadata,
)
from tests.cases.help import a_case
from tests.cast import AN, BINH, CUC, DUNG, HA, KCN, KHOA, MAI, MONDAY, SEN_VANG, Character
from tests.channels.web.staff_browser import StaffBrowser, a_client
from tests.client import Town
from tests.rows import every
from tests.units.papers.sheets import units
from tests.visits.routes.test_report import HONEST

Staff = Callable[[Character], Awaitable[StaffBrowser]]
MOST_PAGES = 20  # of one person: the walk is one of many tests
EVERY_PAGE = 1_000


@pytest.fixture
async def staff(town: Town) -> AsyncIterator[Staff]:
    """Somebody at a browser of their own, who has come in."""
    async with AsyncExitStack() as stack:

        async def at_browser(who: Character) -> StaffBrowser:
            browser = StaffBrowser(await stack.enter_async_context(a_client(town)))
            await browser.come_in(town, who)
            return browser

        yield at_browser


async def rows(town: Town, table):
    async with town.program.work.read() as session:
        return list((await session.exec(every(table))).all())


async def everything(town: Town) -> dict[str, list[str]]:
    """Every row of every table."""
    async with town.program.work.read() as session:
        connection = await session.connection()
        return {
            table.name: sorted(map(str, (await connection.execute(table.select())).all()))
            for table in metadata.sorted_tables
        }


async def visit_of(town: Town, who: Character) -> Visit:
    return next(v for v in await rows(town, Visit) if v.officer_id == who.id)


def picture() -> bytes:
    drawn = BytesIO()
    Image.new("RGB", (40, 30), (0, 120, 0)).save(drawn, "PNG")
    return drawn.getvalue()


async def test_home_is_the_card_of_the_chat_with_the_menu_of_the_roles_beside_it(
    town: Town, staff: Staff
) -> None:
    for who in (AN, DUNG, HA, MAI):
        browser, person = await staff(who), await town.person(who.name)
        await person.send("/start")
        labels = {*browser.labels, *browser.page.links}
        assert set(person.buttons) <= labels, who.name
        assert who.full_name in browser.text
        commands = commands_for(await actor_of(town.program.work, who.address))
        elsewhere = ("tim", "theodoi", "dulieu", "web")
        assert {label for name, label in commands if name not in elsewhere} <= labels, who.name
        assert "Mở trên máy khác" in labels


@pytest.mark.wide
async def test_an_officer_sets_the_day_of_a_visit_and_reports_with_a_picture(
    town: Town, staff: Staff
) -> None:
    an, visit = await staff(AN), await visit_of(town, AN)
    await an.open(f"/xem/visit:open:{visit.id}")
    await an.press("Hẹn ngày")
    await an.press("Thứ Ba")
    (visit,) = [v for v in await rows(town, Visit) if v.id == visit.id]
    assert visit.day == MONDAY.date() + timedelta(days=1)
    await an.open("/nha")
    await an.press("Báo cáo")
    for label in ("Hôm nay", "Dự họp BCH", "10", "Còn lại chưa có vấn đề", "Xong", "Bỏ qua"):
        await an.press(label)
    await an.press("Tiếp tục", HONEST, files=[("xuong.png", picture(), "image/png")])
    await an.press("Lời ghi kèm ảnh là đủ")
    await an.press("Gửi báo cáo")
    assert "Đã nhận báo cáo" in an.text
    (report,) = await rows(town, VisitReport)
    assert (report.visit_id, report.situation, report.workers_met) == (visit.id, HONEST, 10)
    (linked,) = await rows(town, ReportFile)
    (kept,) = await rows(town, StoredFile)
    assert linked.file_id == kept.id
    assert copy_path(town.settings.database.files, kept.sha256 or "").is_file()
    await an.reload()  # the browser asks and sends it again
    assert [row.id for row in await rows(town, VisitReport)] == [report.id]
    dung = await staff(DUNG)
    await dung.open(f"/xem/ov:f:{visit.id}:0:all")
    assert await rows(town, VisitReport) == [report]


@pytest.mark.wide
async def test_a_leader_looks_at_the_week_goes_down_to_a_site_and_back(
    town: Town, staff: Staff
) -> None:
    dung = await staff(DUNG)
    await dung.follow("Tổng quan tuần")
    assert "CĐ các KCN tỉnh" in dung.text
    week = dung.text
    (path,) = [p for p in dung.page.links.values() if p.startswith("/xem/ov:s:")][:1]
    await dung.open(path)
    assert "Nguyễn Thị An" in dung.text
    await dung.open("/muc/tongquan")  # as going back does
    assert dung.text == week
    await dung.send({**dung.page.hidden, "command": "tim", "words": "may sen vang"})
    site = dung.text
    assert "May Sen Vàng" in site
    await dung.open(f"/xem/site:open:{SEN_VANG.id}")
    assert dung.text == site


async def test_a_leader_handles_a_case_as_in_the_chat(town: Town, staff: Staff) -> None:
    case = await a_case(town.program.work, town.clock.now())
    dung = await staff(DUNG)
    await dung.follow("Phản ánh, kiến nghị")
    await dung.open(f"/xem/case:open:{case.id}")
    assert case.code in dung.text
    await dung.press("Nhận")
    (after,) = [row for row in await rows(town, Case) if row.id == case.id]
    assert after.assignee_id == DUNG.id
    await dung.open(f"/xem/case:open:{case.id}")
    await dung.press("Đã giải quyết")
    assert re.search(r'<textarea id="words\d"', dung.html), "a reader gets it word for word"


@pytest.mark.wide
async def test_pictures_stand_on_the_page_with_words_and_lists_are_downloaded(
    town: Town, staff: Staff
) -> None:
    dung = await staff(DUNG)
    await dung.open("/muc/tongquan")
    (choice,) = [p for p in dung.page.links.values() if p.startswith("/xem/ov:g:")][:1]
    await dung.open(choice)
    (drawn,) = [p for p in dung.page.links.values() if re.match(r"/xem/ov:g:[a-z]:", p)][:1]
    await dung.open(drawn)
    assert re.search(r'<img src="data:image/[^"]+" alt="[^"]{20,}"', dung.html)
    await dung.open("/xem/rec:units:0")
    await dung.follow("Tải xlsx")
    assert dung.content.startswith(b"PK")
    await dung.open("/xem/p:xlsx")
    assert dung.headers["content-disposition"].startswith("attachment; filename*=UTF-8''can-bo-")
    assert dung.content.startswith(b"PK")


async def test_forms_of_others_stay_as_they_are_whoever_names_them(
    town: Town, staff: Staff
) -> None:
    an, binh = await staff(AN), await staff(BINH)
    await an.press("Báo cáo")
    (draft,) = await rows(town, Draft)
    option = next(v for n, v, _ in an.page.buttons if v.startswith(f"f:{draft.id}:"))
    for press in (option, f"f:{draft.id}:-:drop", f"f:{draft.id}:-:send", f"draft:{draft.id}"):
        await binh.send({**binh.page.hidden, "press": press})
        assert "không phải của đồng chí" in binh.text, press
    (after,) = await rows(town, Draft)
    assert after.model_dump() == draft.model_dump()


@pytest.mark.parametrize("how", ["no mark", "the mark of another", "another site", "no number"])
async def test_a_form_that_was_on_no_page_of_this_browser_has_no_effect(
    town: Town, staff: Staff, how: str
) -> None:
    an, binh = await staff(AN), await staff(BINH)
    fields = {**an.page.hidden, "press": "p:phone"}
    if how == "no mark":
        del fields["mark"]
    elif how == "the mark of another":
        fields["mark"] = binh.page.hidden["mark"]
    elif how == "no number":
        del fields["number"]
    headers = {"sec-fetch-site": "cross-site"} if how == "another site" else {}
    answer = await an.client.post("/lam", data=fields, headers=headers)
    assert answer.status_code == 403
    assert await rows(town, Draft) == []
    await an.send({**an.page.hidden, "press": "p:phone"})
    assert len(await rows(town, Draft)) == 1


async def test_a_link_never_acts_whatever_it_names(town: Town, staff: Staff) -> None:
    case = await a_case(town.program.work, town.clock.now())
    dung, visit = await staff(DUNG), await visit_of(town, AN)
    before = await everything(town)
    for button in (
        *(f"case:take:{case.id}", f"case:close:{case.id}", f"case:who:{case.id}", "web:endall"),
        *(f"sup:excuse:{visit.id}:{AN.id}", f"p:sure:{AN.id}", f"web:of:{AN.id}:end"),
        *(f"nud:send:one:{visit.id}", "p:invite", "report:unplanned", "f:1:-:drop", "data:erase"),
    ):
        await dung.open(f"/xem/{button}")
        assert "không còn hiệu lực" in dung.text, button
    for command in ("phananh", "baocao", "moi", "web", "dulieu", "x"):
        await dung.open(f"/muc/{command}")
        assert dung.status == 200
    assert await everything(town) == before


ROLES = pytest.mark.parametrize("who", [AN, DUNG, HA, KHOA, MAI], ids=lambda who: who.name)


@pytest.mark.wide
@ROLES
async def test_the_links_of_every_role_lead_to_pages_and_change_nothing(
    town: Town, staff: Staff, who: Character
) -> None:
    await walk(town, staff, who, MOST_PAGES)


@pytest.mark.soak
@ROLES
async def test_every_kind_of_link_leads_to_a_page_and_changes_nothing(
    town: Town, staff: Staff, who: Character
) -> None:
    await walk(town, staff, who, EVERY_PAGE)


async def walk(town: Town, staff: Staff, who: Character, most: int) -> None:
    """From link to link; buttons that differ by numbers only are of one kind, and the first that
    is seen stands for all. A paper is had by a link too: pressed for in a form, it would leave
    nothing of the page below it."""
    await a_case(town.program.work, town.clock.now())
    browser = await staff(who)
    waiting, kinds = deque(browser.page.links.values()), set()
    await browser.open("/muc/kehoach")  # whose day it is is noted once
    before = await everything(town)
    pages, dead = 0, []
    while waiting and pages < most:
        path = waiting.popleft()
        kind = re.sub(r"\d+", "#", path)
        if kind in kinds or not path.startswith(("/xem/", "/muc/", "/nha")):
            continue
        kinds.add(kind)
        await browser.open(path)
        pages += 1
        if browser.status != 200 or "không còn hiệu lực" in browser.text:
            dead.append(path)
        dead += [label for label in browser.labels if re.search(r"\b(?:xlsx|docx|pdf)\b", label)]
        waiting.extend(browser.page.links.values())
    assert dead == []
    assert pages > 8
    assert await everything(town) == before


async def test_nobody_sees_by_a_link_what_their_role_does_not_show_in_the_chat(
    town: Town, staff: Staff
) -> None:
    case = await a_case(town.program.work, town.clock.now(), text="Chỉ người xử lý được đọc")
    for who in (CUC, HA, MAI):
        browser = await staff(who)
        for path in (f"/xem/case:open:{case.id}", "/muc/nhansu", f"/xem/p:open:{DUNG.id}"):
            await browser.open(path)
            assert "Chỉ người xử lý được đọc" not in browser.text
            seen = "Phạm Tiến Dũng" in browser.text
            assert not seen or who is HA, path
    ha = await staff(HA)
    await ha.open(f"/xem/p:open:{DUNG.id}")
    assert "Phạm Tiến Dũng" in ha.text


async def test_a_notice_names_no_command_that_nobody_can_type_here(
    town: Town, staff: Staff
) -> None:
    dung = await staff(DUNG)
    await dung.open("/xem/case:open:999999")
    assert "Không tìm thấy nội dung này" in dung.text
    assert "/start" not in dung.text
    assert "“Trang chính”" in dung.text


async def test_every_page_keeps_itself_to_whoever_asked(town: Town, staff: Staff) -> None:
    an = await staff(AN)
    for path in ("/nha", "/muc/trogiup", "/xem/home", "/vao", "/xem/x:y", "/nowhere"):
        await an.open(path)
        for name, value in HEADERS.items():
            assert an.headers[name] == value, path
    assert "set-cookie" not in an.headers
    for forbidden in ("<script", "style=", "onclick", "http://"):
        assert forbidden not in an.html


async def test_a_day_of_work_is_noted_and_one_of_looking_at_the_start_is_not(
    town: Town, staff: Staff
) -> None:
    an = await staff(AN)
    await an.open("/nha")
    assert (await person(town, AN)).seen_at is None
    await an.open("/muc/kehoach")
    assert (await person(town, AN)).seen_at == MONDAY.replace(hour=0)


async def person(town: Town, who: Character) -> Person:
    async with town.program.work.read() as session:
        return await session.get_one(Person, who.id)


async def test_an_invitation_made_on_the_web_has_its_code_as_a_picture(
    town: Town, staff: Staff
) -> None:
    ha = await staff(HA)
    await ha.press("Mời người")
    await ha.press("Cán bộ")
    await ha.press("Tiếp tục", "kcn")
    await ha.press("CĐ các KCN tỉnh")
    assert "/m/moi-" in ha.html
    await ha.press("Mã QR")
    assert '<img src="data:image/' in ha.html


async def test_a_list_of_units_is_sent_in_from_the_page(town: Town, staff: Staff) -> None:
    ha = await staff(HA)
    files = [("don-vi.xlsx", units(), "application/vnd.ms-excel")]
    await ha.send({**ha.page.hidden, "words": ""}, files=files)
    assert "danh sách" in ha.text.lower()
    assert "không mở được" not in ha.text


async def test_a_list_of_people_to_invite_is_sent_in_on_the_page_that_gives_the_form(
    staff: Staff,
) -> None:
    ha = await staff(HA)
    await ha.open("/muc/nhansu")
    await ha.press("Mời nhiều người")
    assert "Chọn tệp để gửi" in ha.text


async def test_a_notice_is_opened_from_the_mailbox_and_is_read_from_then_on(
    town: Town, staff: Staff
) -> None:
    now = town.clock.now()
    async with town.program.work.store.write() as session:
        session.add(
            OutboxMessage(
                **{"dedupe_key": "a notice", "person_id": AN.id, "lane": Lane.NOTICE},
                **{"text": "<b>Việc mới</b>\n\nNội dung của thông báo", "state": OutboxState.SENT},
                **{"door": WEB, "created_at": now, "not_before": now, "sent_at": now},
            )
        )
    an = await staff(AN)
    await an.open("/xem/box")
    await an.go("1")
    assert "Nội dung của thông báo" in an.text
    assert [row.opened for row in await rows(town, OutboxMessage) if row.text][-1]


async def test_an_announcement_is_not_said_twice_and_shows_its_picture(
    town: Town, staff: Staff
) -> None:
    async with town.program.work.write() as session:
        file = StoredFile(
            unique_id="1", channel="telegram", reference="r", kind="photo", created_at=MONDAY
        )
        session.add(file)
        await session.flush()
        session.add(
            Announcement(
                id=1,
                author_id=DUNG.id,
                unit_id=KCN.id,
                audience=Audience.CADRES,
                words="Mời họp",
                file_id=file.id,
                created_at=MONDAY,
                readers=11,
                reached=11,
                state=AnnouncementState.DONE,
            )
        )
    dung = await staff(DUNG)
    await dung.open("/xem/ann:open:1")
    assert dung.text.count("Đã nhận: 11/11") == 1
    assert 'class="notice"' not in dung.html
    await dung.follow("Ảnh, tệp kèm theo")
    assert dung.status == 200
    assert "Mời họp" in dung.text, "the way back stands below"


def test_a_link_of_the_list_is_a_route_that_there_is() -> None:
    menu = {name for (name, _), _ in MENU} | {"start", "trogiup", *(name for name, _ in OWN)}
    assert menu >= COMMANDS
    assert is_look("ov:w:20261116:1")
    assert is_look("home")
    for acts in ("case:take:1", "f:1:x:y", "web:of:1:end", "own:open:1", "../x", "p:sure:1"):
        assert not is_look(acts), acts


async def test_the_list_of_open_pages_says_which_is_this_machine_and_closes_the_others(
    town: Town, staff: Staff
) -> None:
    here, other, third = [await staff(AN) for _ in range(3)]
    await here.follow("Đang mở ở đâu?")
    lines = re.findall(r"Máy số (\d+), [^:]+:", here.text)
    assert len(lines) == len(set(lines)) == 3, "no two lines are alike"
    (own,) = re.findall(r"Máy số (\d+), máy tính \( máy này \)", here.text)
    assert f"Máy này là máy số {own}." in here.text, "the page itself says its number"
    await third.press("Báo cáo")
    assert f"Máy này là máy số {own}." not in third.text
    await here.press("Đóng trên các máy khác")
    assert re.findall(r"Máy số (\d+),", here.text) == [own]
    for browser in (other, third):
        await browser.open("/nha")
        assert browser.status == 401


@pytest.mark.parametrize("label", ["Đóng tất cả", "Đóng trên máy số"])
async def test_whoever_closes_the_page_they_are_on_has_no_menu_any_more(
    town: Town, staff: Staff, label: str
) -> None:
    an = await staff(AN)
    await staff(AN)
    await an.follow("Đang mở ở đâu?")
    own = re.findall(r"Máy số (\d+), máy tính \( máy này", an.text)[0]
    await an.press(f"{label} {own}" if label == "Đóng trên máy số" else label)
    assert "đã ra khỏi các trang trên máy này" in an.text
    assert "Nguyễn Thị An" not in an.text
    assert "__Host-satcoso" not in [cookie.name for cookie in an.client.cookies.jar]


async def test_a_notice_that_waits_is_pointed_to_on_every_page_until_it_is_opened(
    town: Town, staff: Staff
) -> None:
    an = await staff(AN)
    async with town.program.work.write() as session:
        card = Card("<b>Họp giao ban</b>")
        message = notice(town.program.work.calendar, AN.id, card, "one", town.clock.now())
        message.state, message.door = OutboxState.SENT, WEB
        session.add(message)
    for path in ("/nha", "/muc/kehoach", "/xem/web:list"):
        await an.open(path)
        assert "📬 Chưa xem: 1 thông báo" in an.page.links, path
    await an.follow("Chưa xem: 1 thông báo")
    await an.press("1")
    assert "Họp giao ban" in an.text
    assert "Chưa xem" not in str(an.page.links)


async def test_the_entries_of_a_list_are_links_and_what_help_names_is_found(
    town: Town, staff: Staff
) -> None:
    case = await a_case(town.program.work, town.clock.now())
    dung = await staff(DUNG)
    await dung.open("/xem/case:list:unit:0")
    (entry,) = [p for text, p in dung.page.links.items() if re.match(rf"1\. \W*{case.code}$", text)]
    await dung.open(entry)
    assert case.text in dung.text
    await dung.open("/muc/trogiup")
    assert not re.search(r"(?<![\w/])/[a-z]{3,}\b(?!\.)", dung.text), "no command to be typed"
    assert dung.page.links["“Tổng quan tuần”"] == "/muc/tongquan"


async def test_who_wants_to_bring_something_as_a_worker_is_led_to_the_workers_page(
    town: Town, staff: Staff
) -> None:
    an = await staff(AN)
    await an.follow("Gửi ý kiến tới Công đoàn")
    assert "Công đoàn xin chào anh/chị" in an.text
    assert "Nguyễn Thị An" not in an.text


async def test_what_is_printed_says_whose_it_is_and_of_when(town: Town, staff: Staff) -> None:
    dung = await staff(DUNG)
    await dung.follow("Tổng quan tuần")
    (line,) = re.findall(r'<p class="printed">(.*)</p>', dung.html)
    union = organisation_name(town.settings.organisation)
    assert line == f"{union} · Phạm Tiến Dũng in lúc 07:00 16/11/2026"


async def test_where_something_broke_the_page_says_so_and_has_no_empty_place(
    staff: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_: object) -> None:
        raise RuntimeError

    dung = await staff(DUNG)
    monkeypatch.setattr(targets, "overview", broken)
    await dung.open("/muc/chitieu")
    assert dung.status == 500
    assert "Hệ thống gặp lỗi" in dung.text
    assert "<section>" not in dung.html
    assert "Tổng quan tuần" in dung.page.links, "the menu leads on"


async def test_pages_of_a_role_that_is_over_say_so(town: Town, staff: Staff) -> None:
    an = await staff(AN)
    (web_session,) = await rows(town, WebSession)
    assert web_session.person_id == AN.id
    ha = await staff(HA)
    await ha.open(f"/xem/p:open:{AN.id}")
    await ha.press("Kết thúc vai trò")
    await ha.press("Kết thúc vai trò")
    await an.open("/nha")
    assert an.status == 401


def test_a_command_that_is_pressed_within_a_text_stays_within_one_line_of_360_px() -> None:
    """A browser breaks no button over two lines of a text: what is longer stands alone."""
    called = dict([*OWN, *(command for command, _ in MENU)])
    pressed = {words for name, words in called.items() if name not in COMMAND_PATHS}
    assert pressed
    assert {words for words in pressed if len(words) > 26} == set()
