"""The page in a real browser: written without coverage, killed, opened again, sent once."""

from random import Random
from typing import Any

import pytest

from bot.channels.telegram.addresses import address_of
from bot.core import access
from bot.core.context import Context
from bot.core.copies import copy_path
from bot.visits.facts.report_answers import ReportAnswers
from bot.visits.services import reports
from storage.enums import VisitOrigin, VisitStatus
from storage.folding import fold
from storage.models import ReportFile, StoredFile, Unit, Visit, VisitReport
from tests.cast import AN, BINH, SEN_VANG, SONG_LANH, Character
from tests.channels.offline.conftest import entered
from tests.channels.offline.cuts import live
from tests.channels.offline.phone import BROWSER, Phone, picture
from tests.channels.offline.road import OPEN, UNANSWERED, Road
from tests.client import Town
from tests.rows import every

WORDS = "Công nhân chuyền 5 phản ánh định mức tăng lên 120 cái một giờ, nhiều chị em không đạt."

pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("browser"),
    pytest.mark.skipif(BROWSER is None, reason="no browser installed"),
]


async def rows(town: Town, table: Any) -> list[Any]:
    async with town.program.work.read() as session:
        return list((await session.exec(every(table))).all())


async def visit_of(town: Town, person: Character = AN) -> int:
    """The visit that somebody is to make this week."""
    return next(v.id for v in await rows(town, Visit) if v.officer_id == person.id)


async def test_a_report_written_without_coverage_survives_and_arrives_once(
    town: Town, road: Road, phones: Any
) -> None:
    an: Phone = await phones(AN)
    visit = await visit_of(town)
    await an.open()
    await an.kept()
    await an.page.get_by_role("link", name="Trang chính").wait_for()
    await an.offline()
    await an.kill()

    await an.open()  # without coverage: from what the phone keeps
    await an.begin(visit)
    await an.fill(WORDS)
    await an.add_photo(picture())
    await an.saved()
    await an.kill()

    await an.open()
    await an.begin(visit)
    assert await an.step("situation").locator("textarea").input_value() == WORDS
    assert await an.step("situation").locator(".files li").count() == 1
    await an.hand_in()
    await an.line(visit).get_by_text("chờ có sóng").wait_for()
    assert await rows(town, VisitReport) == []

    road.mood = lambda path: UNANSWERED if path.endswith("nop") else OPEN
    await an.offline(False)
    await road.carries("/bao-cao/nop", UNANSWERED)
    road.mood = lambda _path: OPEN
    await an.tap_if_there(visit, "Gửi ngay")
    await an.wait_for("arrived", visit)

    [report] = await rows(town, VisitReport)
    assert (report.situation, report.workers_met) == (WORDS, 10)
    [file] = await rows(town, StoredFile)
    assert len(await rows(town, ReportFile)) == 1
    copy = copy_path(town.settings.database.files, file.sha256).read_bytes()
    assert copy.startswith(b"\xff\xd8")
    assert b"\xe3ng m" not in copy
    assert "H\u00e3ng m".encode() not in copy
    assert {v.id: v.status for v in await rows(town, Visit)}[visit] is VisitStatus.REPORTED
    [row] = await an.rows()
    assert "values" not in row, "what has arrived stays on no phone"
    assert an.errors == []


@pytest.mark.wide
async def test_what_is_changed_after_a_try_corrects_what_may_have_arrived(
    town: Town, road: Road, phones: Any
) -> None:
    an: Phone = await phones(AN)
    visit = await visit_of(town)
    await an.open()
    await an.begin(visit)
    await an.fill("Lời viết lần đầu, đã gửi mà không biết đến chưa.")
    await an.add_photo(picture())
    await an.saved()
    road.mood = lambda path: UNANSWERED if path.endswith("nop") else OPEN
    await an.hand_in()
    await road.carries("/bao-cao/nop", UNANSWERED)
    assert len(await rows(town, VisitReport)) == 1  # it has arrived, and the phone cannot know

    await an.line(visit).get_by_role("button", name="Xem, sửa").click()
    await an.write(WORDS)
    await an.saved()
    road.mood = lambda _path: OPEN
    await an.hand_in()
    await an.wait_for("arrived", visit)
    reports_sent = await rows(town, VisitReport)
    assert [(r.version, r.latest) for r in reports_sent] == [(1, False), (2, True)]
    assert reports_sent[1].situation == WORDS
    assert {f.report_id for f in await rows(town, ReportFile)} == {r.id for r in reports_sent}
    assert len(await rows(town, StoredFile)) == 1


@pytest.mark.wide
async def test_where_nobody_was_sent_is_reported_without_coverage_too(
    town: Town, road: Road, phones: Any
) -> None:
    an: Phone = await phones(AN)
    visit = await visit_of(town)
    await an.open()
    await an.kept()
    await an.line(visit).wait_for()
    async with town.program.work.read() as session:
        assigned = await session.get_one(Unit, (await session.get_one(Visit, visit)).site_id)
    other = next(site for site in (SONG_LANH, SEN_VANG) if site.id != assigned.id)
    await an.offline()
    await an.kill()

    await an.open()
    await an.choose_site(
        assigned.name
    )  # where a visit of the week waits, it is asked as in the chat
    await an.tap("Đúng, báo cáo lượt được giao")
    await an.page.wait_for_selector("[data-step]")
    await an.tap("Để sau")
    await an.line(visit).wait_for()
    mark = await an.begin_unplanned(fold(other.name)[4:])
    await an.step("visited_on").locator("input[type=date]").fill(f"{town.clock.now():%Y-%m-%d}")
    await an.fill_rest(WORDS)
    await an.add_photo(picture())
    await an.saved()
    await an.kill()

    await an.open()
    await an.line(mark).get_by_text("Ngoài kế hoạch").wait_for()
    await an.begin(mark)
    assert await an.step("situation").locator("textarea").input_value() == WORDS
    road.mood = lambda path: UNANSWERED if path.endswith("nop") else OPEN
    await an.offline(False)
    await an.hand_in()
    await road.carries("/bao-cao/nop", UNANSWERED)
    await an.line(mark).get_by_role("button", name="Xem, sửa").click()
    await an.write(f"{WORDS} Bổ sung.")
    await an.saved()
    road.mood = lambda _path: OPEN
    await an.hand_in()
    await an.wait_for("arrived", mark)
    (made,) = [v for v in await rows(town, Visit) if v.origin is VisitOrigin.UNPLANNED]
    assert (made.site_id, made.status) == (other.id, VisitStatus.REPORTED)
    reports_sent = [r for r in await rows(town, VisitReport) if r.visit_id == made.id]
    assert [(r.version, r.situation) for r in reports_sent] == [
        (1, WORDS),
        (2, f"{WORDS} Bổ sung."),
    ]
    await an.refresh()
    await an.page.wait_for_function(
        "(name) => document.body.innerText.split(name).length === 2", arg=other.name
    )  # it stands there once
    assert an.errors == []


@pytest.mark.wide
async def test_what_is_on_a_phone_is_shown_to_who_wrote_it_alone(
    town: Town, road: Road, phones: Any
) -> None:
    phone: Phone = await phones(AN)
    visit = await visit_of(town)
    await phone.open()
    await phone.kept()
    await phone.begin(visit)
    await phone.write(WORDS)
    await phone.saved()

    await phone.go("/bao-cao/ra")  # where the pages of the staff lead whoever leaves
    await phone.page.wait_for_selector("[data-left]")
    assert "đã ra khỏi" in await phone.text()
    await phone.enter({})
    await phone.offline()
    await phone.go("/bao-cao/")
    await phone.page.wait_for_selector("main section")
    assert "Viết tiếp" not in await phone.text()

    await phone.enter(await entered(town, BINH))
    await phone.offline(False)
    await phone.refresh()
    await phone.line(await visit_of(town, BINH)).wait_for()
    assert AN.full_name not in await phone.text()
    assert "Viết tiếp" not in await phone.text()

    await phone.enter({})  # who left another way is asked for at the next coverage
    await phone.refresh()
    await phone.page.locator(".who").wait_for(state="detached")

    await phone.enter(await entered(town, AN))
    await phone.refresh()
    await phone.begin(visit)
    assert await phone.step("situation").locator("textarea").input_value() == WORDS
    await phone.tap("Để sau")
    await phone.tap("Xóa khỏi máy này")
    await phone.page.wait_for_function("() => !document.body.innerText.includes('Viết tiếp')")
    assert await phone.rows() == []


@pytest.mark.wide
async def test_what_cannot_be_kept_or_taken_is_said_and_stays_to_be_copied(
    town: Town, road: Road, phones: Any
) -> None:
    phone: Phone = await phones(AN)
    visit = await visit_of(town)
    await phone.open()
    await phone.begin(visit)
    await phone.fill("")
    proposed, kind = phone.step("commendation"), phone.step("commendation_kind")
    for words, asks in (("Không có gì.", False), ("Tổ may 3", True), ("", False)):
        await phone.page.locator("details").evaluate("(box) => { box.open = true; }")
        await proposed.locator("textarea").fill(words)
        assert await kind.is_visible() == asks, "the phone reads conditions as the program does"
    await phone.is_full()
    await phone.write(WORDS)
    await phone.page.locator("#saved", has_text="sắp hết chỗ").wait_for()
    await phone.is_full(False)
    await phone.tap("Ghi lại")
    await phone.saved()

    first = phone.page  # another page of the same phone goes on with it
    await phone.open()
    await phone.begin(visit)
    await phone.write(f"{WORDS} Và lời ở trang sau.")
    await phone.saved()
    second, phone.page = phone.page, first
    await phone.write("Lời viết ở trang đầu, sau trang kia.")
    await phone.page.locator("#saved", has_text="một trang khác").wait_for()
    phone.page = second

    work, now = town.program.work, town.clock.now()
    actor = await access.actor_of(work, address_of(AN.telegram_id))
    columns = {"visited_on": now.date(), "kind": "care", "workers_met": 3, "situation": "Đã gửi."}
    await reports.submit(Context(work, actor, now), visit, ReportAnswers(columns))
    await phone.hand_in()
    await phone.wait_for("refused", visit)
    assert "đã có báo cáo gửi trước đó" in await phone.line(visit).inner_text()
    await phone.line(visit).get_by_role("button", name="Xem, sửa").click()
    await phone.tap("Chép nội dung")
    await phone.page.locator("#saved", has_text="Đã chép").wait_for()
    await phone.page.bring_to_front()
    copied = await phone.page.evaluate("navigator.clipboard.readText()")
    assert f"{WORDS} Và lời ở trang sau." in copied
    assert [report.situation for report in await rows(town, VisitReport)] == ["Đã gửi."]
    assert phone.errors == []


@pytest.mark.wide
async def test_whatever_breaks_nothing_is_lost_and_nothing_counts_twice(
    town: Town, road: Road, phones: Any
) -> None:
    """A few rounds of what `make soak` does by the hundred."""
    await live(town, road, await phones(AN), Random(12), range(6))
