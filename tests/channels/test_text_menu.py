"""A worker's concern and an officer's report through a channel that has only texts: the routes need
nothing of Telegram.
"""

import re
from pathlib import Path

import pytest

from bot.app.assembly import assemble
from bot.app.routes import ROUTES
from bot.channels import text_menu
from bot.channels.text_menu import LONGEST, pieces, units
from bot.channels.text_words import HOW_TO_CHOOSE, NO_FILES, NO_FILES_HERE, NO_SUCH_NUMBER
from bot.channels.zalo.words import FIRST_TEXT
from bot.conversation import engine
from bot.conversation.form import UserInput
from bot.conversation.reply import Reply, SendFiles, ShowCard, document
from bot.conversation.request import Request
from bot.conversation.router import Route, command
from bot.core import access, messages
from bot.core.card import Button, Card
from bot.core.context import Context
from bot.core.work import Work
from bot.visits.services.assignment import ensure_week_assigned
from storage import conversations
from storage.addresses import ZALO, Address
from storage.models import Case, Draft, VisitReport
from storage.people import address_row
from tests import cast
from tests.cast import AN, SEN_VANG
from tests.channels.zalo import Phone, ZaloLine
from tests.rows import every

WAGES = "cty tre luong 2 thang roi, hoi thi noi doi don hang, tui het tien dong tien tro"
AN_CHAT = "1f6016dce18908d75198"
CALM = "Công nhân chuyền 5 làm việc bình thường, bữa ăn ca đã khá hơn tháng trước."


@pytest.fixture
async def line(work: Work, clock: cast.FrozenClock) -> ZaloLine:
    assemble()
    await cast.settle(work.store)
    async with work.write() as session:  # An is reached by texts too; Lan nobody knows
        session.add(address_row(AN.id, Address(ZALO, AN_CHAT)))
    await ensure_week_assigned(work, clock.now())
    return ZaloLine(work, ROUTES, clock)


@pytest.fixture
def lan(line: ZaloLine) -> Phone:
    return Phone(line, "6ede9afa66b88fe6d6a9")


@pytest.fixture
def an(line: ZaloLine) -> Phone:
    return Phone(line, AN_CHAT)


async def rows(work: Work, table):
    async with work.read() as session:
        return (await session.exec(every(table))).all()


async def raise_concern(lan: Phone) -> str:
    await lan.write("/phananh")
    await lan.choose("Đồng ý")
    await lan.write("sen vang")
    await lan.choose("May Sen Vàng")
    await lan.write(WAGES)
    for label in ("Vài người", "Đúng", "Không nêu tên"):
        await lan.choose(label)
    return await lan.choose("Gửi Công đoàn")


async def begin_report(an: Phone) -> None:
    await an.write("/baocao")
    if "Hôm nay" not in an.screen:  # several visits wait: one is chosen
        await an.write("1")


async def test_a_worker_brings_a_concern_by_texts_and_gets_the_receipt_with_its_code(
    work: Work, lan: Phone
) -> None:
    receipt = await raise_concern(lan)
    (case,) = await rows(work, Case)
    assert f"Mã phản ánh: {case.code} · May Sen Vàng" in receipt
    assert (case.site_id, case.category, case.affected) == (SEN_VANG.id, "LUONG", 3)
    assert (case.text, case.anonymous) == (WAGES, True)
    assert await rows(work, Draft) == []


async def test_a_worker_follows_the_concern_by_texts(work: Work, lan: Phone) -> None:
    await raise_concern(lan)
    (case,) = await rows(work, Case)
    assert case.code in await lan.write("/theodoi")
    opened = await lan.choose(case.code)
    assert case.code in opened
    assert WAGES in opened
    assert await lan.write(f"/theodoi {case.code}") == opened


async def test_nobody_else_sees_the_concern_through_their_texts(
    work: Work, line: ZaloLine, lan: Phone
) -> None:
    await raise_concern(lan)
    (case,) = await rows(work, Case)
    stranger = Phone(line, "2d758cb5e222177a4e35")
    assert WAGES not in await stranger.write(f"/theodoi {case.code}")
    assert case.code not in await stranger.write("/theodoi")


async def test_an_officer_reports_a_visit_by_texts_and_gets_the_receipt(
    work: Work, an: Phone
) -> None:
    await begin_report(an)
    await an.choose("Hôm nay")
    await an.choose("Dự họp BCH")
    await an.write("=12")  # a number that is the answer, not the twelfth choice
    await an.choose("Còn lại chưa có vấn đề")
    await an.choose("Xong")
    await an.choose("Bỏ qua")
    await an.write(CALM)
    assert CALM in an.screen  # the review
    assert "Đã nhận báo cáo" in await an.choose("Gửi báo cáo")
    (report,) = await rows(work, VisitReport)
    assert (report.author_id, report.kind) == (AN.id, "committee")
    assert (report.workers_met, report.situation) == (12, CALM)
    assert await rows(work, Draft) == []


async def test_a_number_that_no_choice_has_changes_nothing_and_is_told(
    work: Work, an: Phone
) -> None:
    assert await an.write("1") == NO_SUCH_NUMBER  # before any card
    await begin_report(an)
    question = an.screen
    before = [draft.answers for draft in await rows(work, Draft)]
    for number in ("0", "99", "12345678901234567890"):
        assert await an.write(number) == NO_SUCH_NUMBER
    assert [draft.answers for draft in await rows(work, Draft)] == before
    an.texts = (question,)
    assert await an.choose("Hôm nay") != NO_SUCH_NUMBER  # the card's own numbers still hold


async def test_a_number_of_a_card_that_the_form_has_left_shows_where_the_form_is(
    work: Work, line: ZaloLine, an: Phone
) -> None:
    await begin_report(an)
    (draft,) = await rows(work, Draft)
    elsewhere = await access.actor_of(work, AN.address)  # the same person, by another door
    await engine.take(
        Context(work, elsewhere, line.clock.now()), draft.id, UserInput(words="16/11")
    )
    assert (await an.choose("Hôm nay")).startswith(messages.FORM_MOVED_ON)


async def test_the_second_sending_of_a_report_is_told_that_all_is_well(
    work: Work, an: Phone
) -> None:
    await begin_report(an)
    for label in ("Hôm nay", "Dự họp BCH", "10", "Còn lại chưa có vấn đề", "Xong", "Bỏ qua"):
        await (an.write("=10") if label == "10" else an.choose(label))
    await an.write(CALM)
    review = an.texts
    async with work.read() as session:
        before = await conversations.load(session, work.vault, Address(ZALO, AN_CHAT))
    await an.choose("Gửi báo cáo")
    async with work.write() as session:
        await conversations.save_card(session, work.vault, before, cast.MONDAY.date())
    an.texts = review
    assert await an.choose("Gửi báo cáo") == messages.SENT_ALREADY.format(who="đồng chí")
    assert len(await rows(work, VisitReport)) == 1


async def test_words_where_only_a_choice_fits_are_refused_with_the_same_choices_again(
    work: Work, an: Phone
) -> None:
    await begin_report(an)
    question = await an.choose("Hôm nay")
    answer = await an.write("họp thôi")
    assert answer.endswith(question)
    assert answer != question
    await an.choose("Dự họp BCH")
    (draft,) = await rows(work, Draft)
    assert draft.answers["kind"] == "committee"


async def test_words_answer_a_question_that_has_choices_as_well(work: Work, an: Phone) -> None:
    await begin_report(an)
    await an.write("16/11")
    (draft,) = await rows(work, Draft)
    assert draft.answers["visited_on"] == "2026-11-16"


async def test_a_worker_may_do_nothing_that_only_officers_may(work: Work, lan: Phone) -> None:
    assert "quyền" in await lan.write("/baocao")
    assert "đồng chí" not in lan.screen.lower()
    assert await rows(work, VisitReport) == []


async def test_a_long_card_comes_in_several_texts_and_none_of_it_is_lost(
    work: Work, clock: cast.FrozenClock
) -> None:
    lines = [f"{number} " + "chữ " * 20 for number in range(40)] + ["x" * 600]
    buttons = tuple((Button(f"Chọn {number}", f"b:{number}"),) for number in range(60))

    async def long_card(request: Request) -> Reply:
        return Reply((ShowCard(Card("\n".join(lines), buttons)),))

    phone = Phone(ZaloLine(work, (command("dai", long_card),), clock), "a")
    await phone.write("/dai")
    first, *texts = phone.texts
    assert first == FIRST_TEXT
    assert len(texts) > 1
    assert all(units(text) <= LONGEST for text in texts)
    shown = "\n".join(texts).split("\n")
    choices = [f"{number + 1}. Chọn {number}" for number in range(60)]
    whole = [line.strip() for line in (*lines, HOW_TO_CHOOSE, *choices)]
    assert [line.strip() for line in shown if line] == whole


def test_a_line_without_an_end_is_cut_and_a_picture_counts_two() -> None:
    unbroken = "y" * (2 * LONGEST + 7)
    assert [len(piece) for piece in pieces(unbroken)] == [LONGEST, LONGEST, 7]
    for words in ("🏭" * 3_000, "ab🏭" * 1_500, "x\n\n\n" * 900):
        cut = list(pieces(words))
        assert all(0 < units(piece) <= LONGEST for piece in cut)
        assert "".join(cut).replace("\n", "") == words.replace("\n", "")


async def test_a_file_is_named_where_it_cannot_be_sent(work: Work, clock: cast.FrozenClock) -> None:
    async def paper(request: Request) -> Reply:
        reply = document(b"...", "Báo cáo.docx")
        assert isinstance(reply.parts[0], SendFiles)
        return reply

    routes: tuple[Route, ...] = (command("giay", paper),)
    phone = Phone(ZaloLine(work, routes, clock), "a")
    await phone.write("/giay")
    assert phone.texts == (FIRST_TEXT, NO_FILES.format(names="Báo cáo.docx", where=""))
    page = Phone(ZaloLine(work, routes, clock, "https://congdoan.example"), "b")
    await page.write("/giay")
    assert "https://congdoan.example" in page.texts[0]
    assert "https://congdoan.example" in page.texts[1]


async def test_a_picture_is_not_taken_without_a_word(work: Work, lan: Phone) -> None:
    await lan.write("/start")
    refused = NO_FILES_HERE.format(where="")
    assert await lan.sends(photo="https://photo.example/1.jpg") == refused
    assert await lan.sends() == refused  # what Zalo hides of children and others


def test_links_are_written_out_and_marks_go() -> None:
    html = 'Mở <a href="https://a.example/x?y=1&amp;z=2">trang này</a>, <b>nhớ</b> 3 &lt; 5'
    assert text_menu.plain(html) == "Mở trang này (https://a.example/x?y=1&z=2), nhớ 3 < 5"
    alone = '<a href="https://a.example">https://a.example</a>'
    assert text_menu.plain(alone) == "https://a.example"


def test_the_channel_knows_no_other() -> None:
    for file in Path(text_menu.__file__).parent.glob("text_*.py"):
        code = file.read_text("utf-8")
        assert "telegram" not in "".join(re.findall(r"^(?:import|from) .*", code, re.MULTILINE))
