"""Zalo's door: nothing that was kept is lost, nothing happens twice, whatever comes between."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from datetime import timedelta
from functools import partial
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette
from structlog.testing import capture_logs

from bot.app.assembly import assemble
from bot.app.routes import ROUTES
from bot.channels.retries import NotSent, Trouble
from bot.channels.text_menu import FIRST_NOTICE, LAST_NOTICE, notice_shown
from bot.channels.text_words import NO_SUCH_NUMBER
from bot.channels.zalo import inbox as zalo_inbox
from bot.channels.zalo.api import ZaloBot, read
from bot.channels.zalo.coming_in import LARGEST, PATH, SECRET, ZaloPolling, ZaloWebhook
from bot.channels.zalo.inbox import ZaloInbox, key_of
from bot.channels.zalo.words import FIRST_TEXT, FIRST_TEXT_WITH_PAGE
from bot.cli import doctor_machine
from bot.config.settings import Settings, Zalo
from bot.conversation.reply import Reply, SayWords
from bot.conversation.request import Request
from bot.conversation.router import message
from bot.core import messages, speech
from bot.core.card import Button, Card
from bot.core.work import Work
from storage import conversations, inbox
from storage.addresses import ZALO, Address
from storage.enums import Lane
from storage.models import Case, InboxUpdate, TextConversation
from storage.vault import Vault
from tests import cast
from tests.channels.zalo import BASE_URL, TOKEN, Phone, ZaloLine
from tests.rows import every

CHAT = "6ede9afa66b88fe6d6a9"
HOOK_SECRET = "only-zalo-knows-this"
WAGES = "cty tre luong 2 thang roi, hoi thi noi doi don hang, tui het tien dong tien tro"


@pytest.fixture
async def line(work: Work, clock: cast.FrozenClock) -> ZaloLine:
    assemble()
    await cast.settle(work.store)
    return ZaloLine(work, ROUTES, clock)


@pytest.fixture
def lan(line: ZaloLine) -> Phone:
    return Phone(line, CHAT)


async def rows(work: Work, table: Any) -> list[Any]:
    async with work.read() as session:
        return list((await session.exec(every(table))).all())


async def until(holds: Callable[[], bool]) -> None:
    """Wait for what a running task does; only a broken one is ever waited for this long."""
    async with asyncio.timeout(60):
        while not holds():  # noqa: ASYNC110 - it is a state of the database
            await asyncio.sleep(0.01)


async def begin(lan: Phone) -> None:
    """Up to the words of a concern."""
    await lan.write("/phananh")
    await lan.choose("Đồng ý")
    await lan.write("sen vang")
    await lan.choose("May Sen Vàng")


async def up_to_the_end(lan: Phone) -> None:
    await begin(lan)
    await lan.write(WAGES)
    for label in ("Vài người", "Đúng", "Không nêu tên"):
        await lan.choose(label)


# ---- Once, whatever happens ---------------------------------------------------------------------


async def test_what_comes_twice_has_its_effect_once(line: ZaloLine, lan: Phone) -> None:
    await up_to_the_end(lan)
    update = line.zalo.message(CHAT, line.clock.now(), text=lan.number("Gửi Công đoàn"))
    await line.bring(update, update)
    line.restart()
    texts = list(line.zalo.sent[CHAT])
    await line.bring(update)
    assert line.zalo.sent[CHAT] == texts
    assert len(await rows(line.work, Case)) == 1


async def test_the_numbers_hold_after_a_restart_and_in_another_program(
    line: ZaloLine, lan: Phone
) -> None:
    await up_to_the_end(lan)
    line.restart()
    assert "Mã phản ánh" in await lan.choose("Gửi Công đoàn")


async def test_what_was_kept_is_handled_by_the_next_run_in_the_order_it_was_written(
    line: ZaloLine, lan: Phone
) -> None:
    await begin(lan)
    now = line.clock.now()
    words = [line.zalo.message(CHAT, now, text=WAGES)]
    words.append(line.zalo.message(CHAT, now + timedelta(seconds=1), text="1"))
    keys = [key_of(read(update)) for update in words]  # type: ignore[arg-type]
    if keys[0].update_id < keys[1].update_id:  # else their ids would put them in order by chance
        words[0], words[1] = words[1], words[0]
    for update in reversed(words):
        await line.inbox.take(update)
    line.restart()
    got = len(line.zalo.sent[CHAT])
    assert not await line.inbox.look()
    lan.texts = tuple(line.zalo.sent[CHAT][got:])
    assert lan.number("Đúng")  # the question after the one that "1" answers
    left = await rows(line.work, InboxUpdate)
    assert all(row.answered_at and row.payload is None and row.answer is None for row in left)


async def test_an_answer_waits_while_zalo_is_away_and_comes_once(
    line: ZaloLine, lan: Phone
) -> None:
    await up_to_the_end(lan)
    line.zalo.fault = httpx.ConnectError("away")
    number = lan.number("Gửi Công đoàn")
    assert await line.bring(line.zalo.message(CHAT, line.clock.now(), text=number))
    assert len(await rows(line.work, Case)) == 1
    line.restart()
    assert await line.inbox.look()
    line.zalo.fault = None
    got = len(line.zalo.sent[CHAT])
    assert not await line.inbox.look()
    assert not await line.inbox.look()
    (receipt,) = line.zalo.sent[CHAT][got:]
    assert "Mã phản ánh" in receipt
    assert len(await rows(line.work, Case)) == 1


async def test_who_was_left_without_an_answer_is_shown_where_they_are(
    line: ZaloLine, lan: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The step was kept, and the program died before the answer was."""
    await begin(lan)

    async def dies(*_: object) -> None:
        raise asyncio.CancelledError

    with monkeypatch.context() as patch:
        patch.setattr(ZaloInbox, "_keep", dies)
        with pytest.raises(asyncio.CancelledError):
            await line.inbox._handled(await _only_update(line, WAGES))
    line.restart()
    got = len(line.zalo.sent[CHAT])
    assert not await line.inbox.look()
    lan.texts = tuple(line.zalo.sent[CHAT][got:])
    assert lan.number("Vài người")


async def _only_update(line: ZaloLine, text: str) -> Any:
    await line.inbox.take(line.zalo.message(CHAT, line.clock.now(), text=text))
    async with line.work.read() as session:
        (row,) = await inbox.unfinished(session, ZALO)
    return await line.inbox._opened(row)


async def test_a_fault_is_told_with_a_code_and_the_next_message_works(
    line: ZaloLine, lan: Phone
) -> None:
    async def fails(request: Request) -> Reply:
        if request.user_input.words == "x":
            raise RuntimeError(WAGES)
        return Reply((SayWords("đây"),))

    line.routes = (message(fails),)
    line.restart()
    with capture_logs() as logged:
        said = await lan.write("x")
    assert said.splitlines()[-1].startswith(messages.FAILED.split("{")[0])
    assert [entry["event"] for entry in logged if entry["log_level"] == "error"] == [
        "update.failed"
    ]
    assert await lan.write("y") == "đây"


async def test_what_lay_for_a_day_is_not_done_and_its_sender_is_told(
    line: ZaloLine, lan: Phone
) -> None:
    await up_to_the_end(lan)
    number = lan.number("Gửi Công đoàn")
    await line.inbox.take(line.zalo.message(CHAT, line.clock.now(), text=number))
    line.clock.set(line.clock.now() + timedelta(days=1, hours=2))  # type: ignore[attr-defined]
    got = len(line.zalo.sent[CHAT])
    await line.inbox.look()
    told = line.zalo.sent[CHAT][got]
    assert told == speech.to_worker(messages.LEFT_TOO_LONG)
    assert await rows(line.work, Case) == []


async def test_a_message_that_takes_the_program_down_is_given_up(
    line: ZaloLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    await line.inbox.take(line.zalo.message(CHAT, line.clock.now(), text="/phananh"))
    with monkeypatch.context() as patch:

        async def dies(*_: object) -> None:
            raise asyncio.CancelledError

        patch.setattr(zalo_inbox.TextMenus, "answer", dies)
        for _ in range(zalo_inbox.MAX_ATTEMPTS):
            await line.inbox.look()
            line.restart()
    assert not await line.inbox.look()
    assert len(line.zalo.sent[CHAT]) == 2  # what the channel tells, and where they are


# ---- Strangers, groups, nonsense -----------------------------------------------------------------


async def test_a_worker_is_told_once_what_zalo_knows(line: ZaloLine, lan: Phone) -> None:
    await lan.write("xin chào")
    assert lan.texts[0] == FIRST_TEXT
    await lan.write("/phananh")
    assert FIRST_TEXT not in lan.screen
    line.page = "https://congdoan.example"
    line.restart()
    other = Phone(line, "b")
    await other.write("xin chào")
    assert other.texts[0] == FIRST_TEXT_WITH_PAGE.format(page=line.page)


@pytest.mark.parametrize(
    "raw",
    [
        None,
        7,
        [],
        {},
        {"ok": True},
        {"ok": True, "result": {"event_name": "message.text.received"}},
        {"message": {"chat": {"id": "g", "chat_type": "GROUP"}, "message_id": "1", "text": "x"}},
        {"message": {"chat": {"id": "c"}, "message_id": {}, "text": "x"}},
        {"message": {"chat": {"id": "c" * 101}, "message_id": "1", "text": "x"}},
        {"message": {"chat": {"id": "c"}, "from": {"is_bot": True}, "message_id": "1"}},
        {"message": {"chat": {"id": "c"}, "message_id": "1", "text": "x", "date": 10**40}},
    ],
)
async def test_what_is_no_message_of_one_person_is_left_alone(line: ZaloLine, raw: Any) -> None:
    await line.inbox.take(raw)
    assert await rows(line.work, InboxUpdate) == []


# ---- Messages that come unasked ------------------------------------------------------------------


async def test_a_notice_between_a_question_and_its_answer_changes_no_number(
    line: ZaloLine, lan: Phone
) -> None:
    await up_to_the_end(lan)
    card = Card("Có <b>câu hỏi</b> mới", ((Button("Xem", "own:list"),),))
    await line.sender.send(CHAT, card, Lane.ANSWER)
    notice = line.zalo.sent[CHAT][-1]
    assert f"{FIRST_NOTICE}. Xem" in notice
    assert "Mã phản ánh" in await lan.choose("Gửi Công đoàn")
    line.restart()
    assert NO_SUCH_NUMBER not in await lan.write(str(FIRST_NOTICE))
    assert await lan.write(str(FIRST_NOTICE + 1)) == NO_SUCH_NUMBER


def test_numbers_of_notices_begin_again_after_the_last() -> None:
    conversation = conversations.Conversation(Address(ZALO, CHAT))
    for number in range(LAST_NOTICE - FIRST_NOTICE + 3):
        card = Card("x", ((Button("Xem", f"b:{number}"),),))
        text, conversation = notice_shown(card, conversation)
    assert f"{FIRST_NOTICE + 1}. Xem" in text
    assert len(conversation.notices) == LAST_NOTICE - FIRST_NOTICE + 1


@pytest.mark.parametrize(
    ("fault", "trouble"),
    [
        (httpx.ConnectError("x"), Trouble.NO_LINE),
        (httpx.ReadTimeout("x"), Trouble.NO_LINE),
        (401, Trouble.NO_LINE),
        (403, Trouble.NO_LINE),
        (429, Trouble.BUSY),
        (404, Trouble.UNREACHABLE),
        (502, Trouble.NO_LINE),
    ],
)
async def test_why_a_notice_did_not_go_out(
    line: ZaloLine, fault: int | Exception, trouble: Trouble
) -> None:
    line.zalo.chats.add(CHAT)
    line.zalo.fault = fault
    with pytest.raises(NotSent) as raised:
        await line.sender.send(CHAT, Card("x"), Lane.NOTICE)
    assert raised.value.trouble is trouble
    assert TOKEN not in raised.value.kind


async def test_a_page_of_a_proxy_is_no_answer() -> None:
    def page(_request: httpx.Request) -> httpx.Response:
        return httpx.Response(503, text="<html>")

    bot = ZaloBot(TOKEN, BASE_URL, httpx.MockTransport(page))
    with pytest.raises(NotSent) as raised:
        await bot.send(CHAT, "x")
    assert raised.value.trouble is Trouble.NO_LINE


# ---- How they come in ----------------------------------------------------------------------------


async def running(job: Callable[[], Awaitable[None]], holds: Callable[[], bool]) -> None:
    task = asyncio.ensure_future(job())
    await until(lambda: holds() or task.done())
    task.cancel()
    await asyncio.wait({task})
    assert task.cancelled()


async def test_polling_keeps_each_message_and_drops_a_webhook_that_was_there(
    line: ZaloLine,
) -> None:
    line.zalo.webhook = ("https://old.example", "x" * 8)
    polling = ZaloPolling(ZaloBot(TOKEN, BASE_URL, line.zalo.transport), line.inbox)
    line.zalo.write(line.zalo.message(CHAT, line.clock.now(), text="một"))
    line.zalo.write(line.zalo.message(CHAT, line.clock.now(), text="hai"))
    await running(polling.run, lambda: line.zalo.calls.count("getUpdates") == 3)
    assert len(await rows(line.work, InboxUpdate)) == 2


async def test_what_the_database_did_not_take_is_not_asked_for_anew_but_kept_later(
    line: ZaloLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    failures, remember, pause = [1, 2], inbox.remember, asyncio.sleep

    async def at_first_full(*given: Any) -> Any:
        if failures:
            failures.pop()
            raise OSError("no space left on device")
        return await remember(*given)

    monkeypatch.setattr(inbox, "remember", at_first_full)
    monkeypatch.setattr("bot.channels.zalo.coming_in.asyncio.sleep", lambda _seconds: pause(0))
    line.zalo.write(line.zalo.message(CHAT, line.clock.now(), text="một"))
    polling = ZaloPolling(ZaloBot(TOKEN, BASE_URL, line.zalo.transport), line.inbox)
    await running(polling.run, lambda: line.zalo.calls.count("getUpdates") == 2)
    assert len(await rows(line.work, InboxUpdate)) == 1


async def test_a_webhook_is_kept_before_it_is_acknowledged(
    line: ZaloLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    bot = ZaloBot(TOKEN, BASE_URL, line.zalo.transport)
    webhook = ZaloWebhook(bot, line.inbox, "https://congdoan.example/zalo", HOOK_SECRET)
    await running(webhook.run, lambda: line.zalo.webhook is not None)
    assert line.zalo.webhook == ("https://congdoan.example/zalo", HOOK_SECRET)
    app = httpx.ASGITransport(Starlette(routes=webhook.routes))
    update = {"ok": True, "result": line.zalo.message(CHAT, line.clock.now(), text="x")}
    async with httpx.AsyncClient(transport=app, base_url="http://inside") as zalo:

        async def brought(body: bytes, secret: str = HOOK_SECRET) -> int:
            answer = await zalo.post(PATH, content=body, headers={SECRET: secret})
            return answer.status_code

        body = json.dumps(update).encode()
        assert await brought(body, "") == 403
        assert await brought(body, HOOK_SECRET + "!") == 403
        assert await brought(b"{") == 400
        assert await brought(b"[" * 100_000) == 400
        assert await brought(b" " * (LARGEST + 1)) == 413
        assert (await zalo.get(PATH)).status_code == 405
        assert await rows(line.work, InboxUpdate) == []

        async def full(*_: object) -> None:
            raise OSError("no space left on device")

        with monkeypatch.context() as patch:
            patch.setattr(inbox, "remember", full)
            assert await brought(body) == 503
        assert [await brought(body), await brought(body)] == [200, 200]
    assert len(await rows(line.work, InboxUpdate)) == 1


# ---- What is remembered --------------------------------------------------------------------------


async def test_what_is_remembered_of_a_worker_is_sealed_and_joins_nothing(
    line: ZaloLine, lan: Phone
) -> None:
    await up_to_the_end(lan)
    await lan.choose("Gửi Công đoàn")
    await line.sender.send(CHAT, Card("x", ((Button("Xem", "own:list"),),)), Lane.ANSWER)
    (row,) = await rows(line.work, TextConversation)
    plain = repr(row)
    assert CHAT not in plain
    assert "own:" not in plain
    hashes = {line.work.vault.look(Address(ZALO, CHAT)), line.work.vault.look(CHAT)}
    assert row.look not in hashes  # what an account of reporters is found by
    (update, *_) = await rows(line.work, InboxUpdate)
    assert update.payload is None


async def test_the_days_of_what_is_remembered_end_and_erasing_drops_it(
    line: ZaloLine, lan: Phone
) -> None:
    await lan.write("/start")
    await line.sender.send(CHAT, Card("x", ((Button("Xem", "own:list"),),)), Lane.ANSWER)
    await lan.write("/dulieu")
    address, vault = Address(ZALO, CHAT), line.work.vault
    async with line.work.write() as session:
        await conversations.forget_before(session, line.clock.now().date())
        assert (await conversations.load(session, vault, address)).notices
        await conversations.forget(session, vault, address)
        assert await conversations.load(session, vault, address) == conversations.Conversation(
            address
        )
    await lan.write("/start")
    async with line.work.write() as session:
        tomorrow = line.clock.now().date() + timedelta(days=1)
        await conversations.forget_before(session, tomorrow)
    assert await rows(line.work, TextConversation) == []


async def test_a_new_key_holds_what_was_remembered(line: ZaloLine, lan: Phone) -> None:
    await up_to_the_end(lan)
    await line.sender.send(CHAT, Card("x", ((Button("Xem", "own:list"),),)), Lane.ANSWER)
    address, both = Address(ZALO, CHAT), Vault([b"a newer key of thirty-two bytes!", cast.KEY])
    async with line.work.write() as session:
        before = await conversations.load(session, both, address)
        assert await conversations.reseal(session, both) == 1
        assert await conversations.reseal(session, both) == 0
    only_new = Vault([b"a newer key of thirty-two bytes!"])
    async with line.work.read() as session:
        assert await conversations.load(session, only_new, address) == before


# ---- What the operator is told -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fault", "signs"), [(None, "!✓"), (401, "!✗"), (httpx.ConnectError("x"), "!✗")]
)
async def test_doctor_says_that_it_was_never_tried_and_whether_zalo_takes_the_token(
    line: ZaloLine,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    fault: int | Exception | None,
    signs: str,
) -> None:
    line.zalo.fault = fault
    monkeypatch.setattr(doctor_machine, "ZaloBot", partial(ZaloBot, transport=line.zalo.transport))
    opened = settings.model_copy(
        update={"zalo": Zalo(enabled=True, token=TOKEN, base_url=BASE_URL)}
    )
    findings = [finding async for finding in doctor_machine.zalo(opened)]
    assert "".join(finding.grade.value for finding in findings) == signs
    assert "chưa thử với Zalo thật" in findings[0].words
    assert TOKEN not in repr(findings)
    assert [finding async for finding in doctor_machine.zalo(settings)] == []
