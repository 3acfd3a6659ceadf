"""By which door a notice comes: the order, what is waited for, what a letter says."""

import asyncio
import threading
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from sqlmodel import select

from bot.channels.email import AT_ONCE, CODE_SUBJECT, SUBJECT, EmailSender
from bot.channels.mailbox import WebMailbox
from bot.channels.retries import NotSent, Trouble
from bot.config.settings import Email, Notices
from bot.core.card import Button, Card
from bot.home import services
from storage.addresses import EMAIL, WEB
from storage.enums import Lane, OutboxState
from storage.models import OutboxMessage, Person
from storage.store import Store
from tests.cast import AN, MONDAY, settle
from tests.channels.smtp import FakeSmtp
from tests.channels.test_addresses import AN_ON_THE_WEB, Office, add_web

PAGE = "https://congdoan.example"
SECRET = "Cty chưa trả lương tháng 9, chị Lan báo"


@pytest.fixture
async def office(store: Store) -> Office:
    await settle(store)
    await add_web(store)
    return Office(store)


async def row_of(office: Office) -> OutboxMessage:
    async with office.store.read() as session:
        return (await session.exec(select(OutboxMessage))).one()


# ---- Which door ----------------------------------------------------------------------------------


async def test_the_door_that_a_notice_went_by_is_noted(office: Office) -> None:
    office.telegram.trouble = Trouble.UNREACHABLE
    await office.owe(person_id=AN.id)
    await office.dispatcher.drain()
    assert (await row_of(office)).door == WEB


@pytest.mark.parametrize(
    ("lane", "waited", "goes_on"),
    [
        (Lane.NOTICE, timedelta(minutes=59), False),
        (Lane.NOTICE, timedelta(minutes=61), True),
        (Lane.REMINDER, timedelta(0), False),
        (Lane.URGENT, timedelta(0), True),
    ],
)
async def test_while_a_channel_is_away_the_next_is_tried_after_a_while_and_at_once_where_urgent(
    office: Office, lane: Lane, waited: timedelta, goes_on: bool
) -> None:
    office.telegram.trouble = Trouble.NO_LINE
    await office.owe(person_id=AN.id, lane=lane, not_before=MONDAY - waited)
    await office.dispatcher.drain()
    assert [mailbox for mailbox, _ in office.web.sent] == [AN_ON_THE_WEB.id] * goes_on
    assert (await office.outcome()) is (OutboxState.SENT if goes_on else OutboxState.PENDING)


async def test_a_code_goes_to_its_address_alone_and_its_words_go(office: Office) -> None:
    await office.owe(person_id=AN.id, mailbox=f"{WEB}:new@x")
    await office.dispatcher.drain()
    assert [mailbox for mailbox, _ in office.web.sent] == ["new@x"]
    assert office.telegram.sent == []
    assert (await row_of(office)).text == ""


async def test_a_code_that_is_not_taken_makes_nobody_unreachable(office: Office) -> None:
    office.web.trouble = Trouble.UNREACHABLE
    await office.owe(person_id=AN.id, mailbox=f"{WEB}:new@x")
    await office.owe(person_id=AN.id, mailbox=f"{EMAIL}:new@x")
    await office.dispatcher.drain()
    async with office.store.read() as session:
        rows = (await session.exec(select(OutboxMessage.state))).all()
        assert set(rows) == {OutboxState.UNDELIVERABLE}
        assert (await session.get_one(Person, AN.id)).blocked_at is None


def test_channels_that_the_settings_do_not_name_come_after_those_they_do() -> None:
    assert Notices().order == ("telegram", "zalo", "email", "web")
    assert Notices(doors=("web",)).order == ("web", "telegram", "zalo", "email")


async def test_the_webs_door_takes_everything() -> None:
    await WebMailbox().send("x", Card(SECRET), Lane.NOTICE)


# ---- Letters -------------------------------------------------------------------------------------


@pytest.fixture
async def smtp() -> AsyncIterator[FakeSmtp]:
    async with FakeSmtp().open() as server:
        yield server


def sender(port: int) -> EmailSender:
    settings = Email(host="127.0.0.1", port=port, starttls=False, sender="congdoan@example.vn")
    return EmailSender(settings, PAGE)


async def test_a_letter_says_that_there_is_something_and_where_never_what(smtp: FakeSmtp) -> None:
    card = Card(f"<b>{SECRET}</b>", ((Button("May Sen Vàng", "case:open:1"),),))
    await sender(smtp.port).send("an@example.vn", card, Lane.NOTICE)
    (letter,) = smtp.letters
    assert (letter["To"], letter["Subject"]) == ("an@example.vn", SUBJECT)
    assert letter["Auto-Submitted"] == "auto-generated"
    body = letter.get_content()
    assert PAGE in body
    for word in ("lương", "tháng", "Lan", "Sen", "case"):
        assert word not in str(letter)
        assert word not in body


async def test_a_code_goes_in_full(smtp: FakeSmtp) -> None:
    await sender(smtp.port).send("an@example.vn", Card("Mã: 123456", in_full=True), Lane.ANSWER)
    (letter,) = smtp.letters
    assert letter["Subject"] == CODE_SUBJECT
    assert "123456" in letter.get_content()


@pytest.mark.parametrize(
    ("code", "trouble"),
    [(550, Trouble.UNREACHABLE), (552, Trouble.UNREACHABLE), (450, Trouble.BUSY)],
)
async def test_a_reader_whom_the_server_refuses(
    smtp: FakeSmtp, code: int, trouble: Trouble
) -> None:
    smtp.refused["an@example.vn"] = code
    with pytest.raises(NotSent) as raised:
        await sender(smtp.port).send("an@example.vn", Card("x"), Lane.NOTICE)
    assert raised.value.trouble is trouble
    assert "an@" not in raised.value.kind


async def test_a_server_that_is_not_there_is_waited_for(smtp: FakeSmtp) -> None:
    with pytest.raises(NotSent) as raised:
        await sender(1).send("an@example.vn", Card("x"), Lane.NOTICE)
    assert raised.value.trouble is Trouble.NO_LINE


@pytest.mark.parametrize("header", ["an@example.vn\nBcc: all@example.vn", "a\r\n\r\nb"])
async def test_an_address_brings_no_header_of_its_own(smtp: FakeSmtp, header: str) -> None:
    with pytest.raises((NotSent, ValueError)):
        await sender(smtp.port).send(header, Card("x"), Lane.NOTICE)
    assert smtp.letters == []


# ---- What is found in the list -------------------------------------------------------------------


def test_what_only_points_to_a_notice_leaves_it_unread() -> None:
    assert set(services.NOT_READ_THERE) == {WEB, EMAIL}


async def test_a_server_that_says_nothing_holds_no_more_than_two_threads(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Receipts are tried and pictures made anew in the same few threads."""
    here, most, gate = 0, 0, threading.Lock()

    def deliver(self: EmailSender, _letter: object) -> None:
        nonlocal here, most
        with gate:
            here += 1
            most = max(most, here)
        going_on.wait(0.05)  # so that others could come in beside it
        with gate:
            here -= 1

    going_on = threading.Event()
    monkeypatch.setattr(EmailSender, "_deliver", deliver)
    door = sender(1)
    letters = (door.send(f"an{n}@example.vn", Card("x"), Lane.NOTICE) for n in range(12))
    await asyncio.gather(*letters)
    assert most <= AT_ONCE


async def test_where_the_server_is_away_the_letters_behind_the_first_do_not_ask_it_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Each would wait for it, and whatever goes by other doors with them."""
    tries: list[object] = []

    def deliver(self: EmailSender, letter: object) -> None:
        tries.append(letter)
        raise NotSent(Trouble.NO_LINE, "TimeoutError")

    monkeypatch.setattr(EmailSender, "_deliver", deliver)
    door = sender(1)
    letters = (door.send(f"an{n}@example.vn", Card("x"), Lane.NOTICE) for n in range(12))
    ended = await asyncio.gather(*letters, return_exceptions=True)
    assert [e.trouble for e in ended if isinstance(e, NotSent)] == [Trouble.NO_LINE] * 12
    assert len(tries) <= AT_ONCE
    with pytest.raises(NotSent):  # who comes later asks again
        await door.send("an@example.vn", Card("x"), Lane.NOTICE)
    assert len(tries) <= AT_ONCE + 1
    assert len(tries) > 1
