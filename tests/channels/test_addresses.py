"""Two channels side by side: who is the same person, which door a card takes, what may not mix."""

from datetime import timedelta
from typing import Any, cast

import pytest
from sqlmodel import select
from telegram.ext import ExtBot

from bot.channels.outbox import Dispatcher
from bot.channels.retries import NotSent, Trouble
from bot.channels.telegram.attachments import send_files
from bot.conversation import engine
from bot.conversation.form import FileInput, UserInput
from bot.conversation.reply import Attachment
from bot.core.access import actor_of
from bot.core.card import Card
from bot.core.context import Context
from bot.core.rules.permissions import Actor
from bot.core.work import Work
from bot.people.forms.leave import LEAVE
from storage import files, inbox, outbox, people, reporters
from storage.addresses import TELEGRAM, Address, UpdateKey
from storage.enums import OutboxState
from storage.models import InboxUpdate, OutboxMessage, Person, StoredFile
from storage.store import Store
from tests.cast import AN, BINH, LAN, MONDAY, VAULT, clock_at, settle
from tests.client import Town

WEB = "web"
AN_ON_THE_WEB = Address(WEB, "an@congdoan")


class Door:
    """Keeps what it is to bring, or says why it does not."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, str]] = []
        self.trouble: Trouble | None = None

    async def send(self, mailbox: str, card: Card, lane: int) -> None:
        if self.trouble:
            raise NotSent(self.trouble, "Refused")
        self.sent.append((mailbox, card.text))


class Office:
    """A dispatcher with two doors; An can be reached by both, Bình by Telegram alone."""

    def __init__(self, store: Store) -> None:
        self.store, self.telegram, self.web = store, Door(), Door()
        self.owed = 0
        doors = {TELEGRAM: self.telegram, WEB: self.web}
        self.dispatcher = Dispatcher(store, clock_at(MONDAY), doors, VAULT)

    async def owe(self, **to: Any) -> None:
        async with self.store.write() as session:
            usual = {"text": "Tin", "not_before": MONDAY, "created_at": MONDAY}
            self.owed += 1
            message = OutboxMessage(dedupe_key=f"k{self.owed}", **{**usual, **to})
            await outbox.add(session, message)

    async def outcome(self) -> OutboxState:
        async with self.store.read() as session:
            return (await session.exec(select(OutboxMessage))).one().state

    async def blocked(self, person_id: int) -> bool:
        async with self.store.read() as session:
            return (await session.get_one(Person, person_id)).blocked_at is not None


async def add_web(store: Store) -> None:
    async with store.write() as session:
        session.add(people.address_row(AN.id, AN_ON_THE_WEB))


@pytest.fixture
async def two(store: Store) -> Store:
    """The cast settled in, An with a second address."""
    await settle(store)
    await add_web(store)
    return store


@pytest.fixture
def office(two: Store) -> Office:
    return Office(two)


# ---- Who somebody is -----------------------------------------------------------------------


@pytest.mark.wide
async def test_one_person_is_known_by_both_addresses(two: Store, work: Work) -> None:
    by_telegram = await actor_of(work, AN.address)
    by_web = await actor_of(work, AN_ON_THE_WEB)
    assert (by_web.person_id, by_web.grants) == (by_telegram.person_id, by_telegram.grants)
    assert by_web.owner == by_telegram.owner, "a form begun at one door goes on at the other"
    assert by_web.private_owner != by_telegram.private_owner, "what is nameless joins no doors"
    async with two.read() as session:
        assert await people.addresses(session, [AN.id]) == {AN.id: (AN.address, AN_ON_THE_WEB)}


def test_telegram_is_hashed_as_ever_and_the_same_digits_elsewhere_are_somebody_else() -> None:
    assert VAULT.look(LAN.address) == VAULT.look(str(LAN.telegram_id))
    assert VAULT.look(Address(WEB, LAN.address.id)) != VAULT.look(LAN.address)


async def test_a_reporter_of_another_channel_is_found_answered_and_barred_there_only(
    two: Store,
) -> None:
    lan_on_the_web = Address(WEB, LAN.address.id)
    async with two.write() as session:
        reporter = await reporters.add(session, VAULT, lan_on_the_web, MONDAY)
    async with two.read() as session:
        account = await reporters.find(session, VAULT, lan_on_the_web)
        assert account is not None
        assert account.address == lan_on_the_web
        assert await reporters.find(session, VAULT, LAN.address) is None
    office = Office(two)
    await office.owe(reporter_id=reporter.id)
    assert await office.dispatcher.drain() == 1
    assert (office.web.sent, office.telegram.sent) == ([(LAN.address.id, "Tin")], [])


# ---- Which door a card takes ---------------------------------------------------------------


async def test_a_card_takes_the_first_door_and_no_other(office: Office) -> None:
    await office.owe(person_id=AN.id)
    assert await office.dispatcher.drain() == 1
    assert (office.telegram.sent, office.web.sent) == ([(AN.address.id, "Tin")], [])


async def test_who_is_not_reached_by_one_door_is_by_the_next(office: Office) -> None:
    office.telegram.trouble = Trouble.UNREACHABLE
    await office.owe(person_id=AN.id)
    assert await office.dispatcher.drain() == 1
    assert office.web.sent == [(AN_ON_THE_WEB.id, "Tin")]
    assert not await office.blocked(AN.id)


@pytest.mark.parametrize("trouble", [Trouble.NO_LINE, Trouble.BUSY])
async def test_a_door_that_only_fails_for_now_is_waited_for(
    office: Office, trouble: Trouble
) -> None:
    office.telegram.trouble = trouble
    await office.owe(person_id=AN.id)
    assert await office.dispatcher.drain() == 0
    assert office.web.sent == []
    assert await office.outcome() is OutboxState.PENDING


@pytest.mark.parametrize("person", [AN, BINH])
async def test_who_is_reached_by_no_door_is_marked_so(office: Office, person: Any) -> None:
    office.telegram.trouble = office.web.trouble = Trouble.UNREACHABLE
    await office.owe(person_id=person.id)
    assert await office.dispatcher.drain() == 0
    assert await office.outcome() is OutboxState.UNDELIVERABLE
    assert await office.blocked(person.id)


async def test_blocking_the_bot_does_not_make_unreachable_who_has_another_address(
    town: Town,
) -> None:
    await add_web(town.program.work.store)
    an, binh = [await town.person(name) for name in ("An", "Bình")]
    for person in (an, binh):
        await person.block()
    async with town.program.work.read() as session:
        rows = [await session.get_one(Person, one.id) for one in (AN, BINH)]
    assert [row.blocked_at is not None for row in rows] == [False, True]


# ---- What may not mix ----------------------------------------------------------------------


@pytest.fixture
def an_here(work: Work) -> Actor:
    return Actor(AN.id, "An", address=AN.address)


@pytest.fixture
def an_there(work: Work) -> Actor:
    return Actor(AN.id, "An", address=AN_ON_THE_WEB)


async def test_a_forms_card_is_replaced_only_through_the_door_that_shows_it(
    two: Store, work: Work, an_here: Actor, an_there: Actor
) -> None:
    shown = await engine.start(Context(work, an_here, MONDAY), LEAVE)
    assert shown.draft_id is not None
    await engine.card_shown(work, shown.draft_id, TELEGRAM, 77)
    here = await engine.resume(Context(work, an_here, MONDAY), shown.draft_id)
    there = await engine.resume(Context(work, an_there, MONDAY), shown.draft_id)
    assert (here.card_message_id, there.card_message_id) == (77, None)
    await engine.card_shown(work, shown.draft_id, WEB, 5)
    here = await engine.resume(Context(work, an_here, MONDAY), shown.draft_id)
    assert here.card_message_id is None


async def test_a_message_of_the_same_number_in_another_channel_corrects_nothing(
    two: Store, work: Work, an_here: Actor, an_there: Actor
) -> None:
    shown = await engine.start(Context(work, an_here, MONDAY), LEAVE)
    assert shown.draft_id is not None
    await engine.take(
        Context(work, an_here, MONDAY), shown.draft_id, UserInput(words="20/11", message_id=40)
    )
    edited = UserInput(words="21/11", message_id=40)
    assert await engine.correct(Context(work, an_there, MONDAY), 40, edited) is None
    assert await engine.correct(Context(work, an_here, MONDAY), 40, edited) is not None


async def test_files_and_updates_of_two_channels_may_be_named_alike(any_store: Store) -> None:
    async with any_store.write() as session:
        for channel in (TELEGRAM, WEB):
            row = {"reference": "1", "unique_id": "u", "kind": "photo", "created_at": MONDAY}
            session.add(StoredFile(channel=channel, retry_at=MONDAY, **row))
            fresh = InboxUpdate(channel=channel, update_id=5, payload=b"", received_at=MONDAY)
            assert await inbox.remember(session, [fresh])
        await inbox.mark_answered(session, [UpdateKey(WEB, 5)], MONDAY)
    async with any_store.read() as session:
        own = [await files.by_unique_id(session, channel, "u") for channel in (TELEGRAM, WEB)]
        assert len({file.id for file in own if file}) == 2
        missing = await files.missing(session, TELEGRAM, MONDAY + timedelta(hours=1), 9)
        assert [file.channel for file in missing] == [TELEGRAM]
        left = [await inbox.unfinished(session, channel) for channel in (TELEGRAM, WEB)]
    assert [len(updates) for updates in left] == [1, 0]


async def test_what_came_in_is_kept_under_the_channel_it_came_by(
    two: Store, work: Work, an_there: Actor
) -> None:
    form = next(form for form in engine.FORMS.values() if form.name == "report")
    shown = await engine.start(Context(work, an_there, MONDAY), form, about={"visit": 0})
    assert shown.draft_id is not None
    user_input = UserInput(file=FileInput("ref", "u1", "photo"), message_id=3)
    await engine.take(Context(work, an_there, MONDAY), shown.draft_id, user_input)
    async with two.read() as session:
        file = (await session.exec(select(StoredFile))).one()
    assert (file.channel, file.reference) == (WEB, "ref")


async def test_a_reference_of_another_channel_is_never_shown_to_telegram() -> None:
    file = Attachment("photo", channel=WEB, reference="1", data=b"a picture")
    sent: list[Any] = []

    class Telegram:
        """Keeps the pictures it is to show."""

        async def send_photo(self, chat: int, media: Any, caption: str | None, **_: str) -> None:
            sent.append(media)

    bot = cast("ExtBot[int]", Telegram())
    assert await send_files(bot, 7, [file]) == []
    own = Attachment("photo", channel=TELEGRAM, reference="1", data=b"a picture")
    assert await send_files(bot, 7, [own]) == []
    assert sent == [b"a picture", "1"]
