"""A database of before there was a second channel: everybody is found again, nothing is lost."""

import json
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, MetaData
from sqlmodel import select

from bot.channels.outbox import Dispatcher
from bot.channels.telegram.addresses import address_of
from bot.channels.telegram.inbox import Inbox
from bot.conversation import engine
from bot.conversation.form import UserInput
from bot.core.access import actor_of
from bot.core.card import Card
from bot.core.context import Context
from bot.core.work import Work
from storage import files, inbox, people, reporters
from storage.addresses import TELEGRAM
from storage.enums import OutboxState
from storage.migrations import upgrade
from storage.models import Draft, InboxUpdate, OutboxMessage, StoredFile
from storage.store import Store
from tests.cast import MONDAY, VAULT, clock_at
from tests.storage import copies

NOW = MONDAY
AN, LAN, BAN = 7_000_000_001, 7_000_000_099, 7_000_000_100
LAN_ROW = "a" * 32


class Door:
    """Keeps what it is to bring."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, str]] = []

    async def send(self, mailbox: str, card: Card, lane: int) -> None:
        self.sent.append((mailbox, card.text))


def _fill(connection: Connection) -> None:
    """As the version before kept it, with the hashes and sealed texts of that version."""
    tables = MetaData()
    tables.reflect(connection)
    now = NOW if connection.dialect.name == "postgresql" else NOW.replace(tzinfo=None)

    def put(table: str, *rows: dict[str, Any]) -> None:
        for row in rows:
            connection.execute(tables.tables[table].insert().values(**row))

    person = {"folded": "", "phone": "", "joined_at": now}
    put("person", {"id": 1, "telegram_id": AN, "name": "An", **person})
    put("person", {"id": 2, "telegram_id": None, "name": "Chưa vào", **person})
    identity = json.dumps({"chat": LAN}) + " " * 20
    account = {"chat": LAN, "reporters": [LAN_ROW], "consent_version": "v1"}
    account |= {"consent_at": NOW.isoformat(), "withdrawn_at": None}
    look = VAULT.look(str(LAN))
    put(
        "reporter",
        {
            "id": LAN_ROW,
            "identity": VAULT.seal(identity, f"reporter:{LAN_ROW}"),
            "unreachable": False,
            "created_at": now,
        },
    )
    sealed = VAULT.seal(json.dumps(account), f"account:{look}")
    put("reporter_account", {"look": look, "sealed": sealed, "unsealed": ""})
    put("barred_reporter", {"look": VAULT.look(str(BAN)), "why": "", "by": 1, "at": now})
    _drafts(put, now)
    _outbox(put, now)
    _inbox(put, now)
    file = {"telegram_file_id": "AgAC1", "kind": "photo", "name": "", "private": False}
    file |= {"created_at": now, "attempts": 1, "interrupted": 0, "retry_at": now}
    put("stored_file", {"id": 1, "unique_id": "u1", **file})


def _drafts(put: Any, now: Any) -> None:
    row = {"form": "leave", "subject": "", "about": {}, "trail": [], "opened": []}
    row |= {"created_at": now, "updated_at": now, "answers": {}}
    put("draft", {"id": 1, "owner": "p:1", "card_message_id": 77, "sources": {"40": "note"}, **row})
    put("draft", {"id": 2, "owner": "p:1", "card_message_id": None, "sources": {}, **row})


def _outbox(put: Any, now: Any) -> None:
    row = {"lane": 2, "state": "pending", "not_before": now, "created_at": now}
    row |= {"subject": "", "rows": [[["Xem", "home"]]], "attempts": 0, "error": ""}
    put("outbox_message", {"dedupe_key": "k1", "person_id": 1, "text": "tới An", **row})
    put("outbox_message", {"dedupe_key": "k2", "reporter_id": LAN_ROW, "text": "tới Lan", **row})
    put("outbox_message", {"dedupe_key": "k3", "person_id": 2, "text": "tới ai đó", **row})


def _inbox(put: Any, now: Any) -> None:
    def sealed(update_id: int) -> bytes:
        who = {"id": AN, "type": "private", "is_bot": False, "first_name": "An"}
        message = {"message_id": 4, "date": 0, "chat": who, "from": who, "text": "chào"}
        raw = {"update_id": update_id, "message": message}
        return VAULT.seal(json.dumps(raw), f"inbox:{update_id}")

    row = {"received_at": now, "attempts": 0, "failure": ""}
    put("inbox_update", {"update_id": 4, "answered_at": now, "done_at": now, **row})
    put("inbox_update", {"update_id": 5, "payload": sealed(5), **row})
    put("inbox_update", {"update_id": 6, "payload": sealed(6), "done_at": now, **row})
    kept = {"chat": LAN, "answers": [], "repeat": True}
    answer = VAULT.seal(json.dumps(kept), "inbox:7:answer")
    put("inbox_update", {"update_id": 7, "payload": sealed(7), "answer": answer, **row})


@pytest.fixture
async def migrated_store(unmigrated: str) -> Any:
    store = Store(unmigrated)
    await copies.made(store, "of 0006, brought here", _bring_here)
    yield store
    await store.close()


async def _bring_here(store: Store) -> None:
    await upgrade(store, "0006")
    async with store.engine.begin() as connection:
        await connection.run_sync(_fill)
    await upgrade(store)


@pytest.fixture
def migrated_work(migrated_store: Store, settings: Any) -> Work:
    return Work(migrated_store, settings, settings.make_calendar(), VAULT)


async def test_everybody_is_found_again(migrated_work: Work) -> None:
    an = await actor_of(migrated_work, address_of(AN))
    assert (an.person_id, an.name) == (1, "An")
    async with migrated_work.read() as session:
        assert await people.addresses(session, [1, 2]) == {1: (address_of(AN),)}
        account = await reporters.find(session, VAULT, address_of(LAN))
        assert account is not None
        assert (account.address, account.reporters) == (address_of(LAN), (LAN_ROW,))
        assert account.consent_version == "v1"
        where = await reporters.addresses(session, VAULT, [LAN_ROW])
        assert where == {LAN_ROW: (address_of(LAN),)}
        assert await reporters.is_barred(session, VAULT, address_of(BAN))
        assert not await reporters.is_barred(session, VAULT, address_of(LAN))


async def test_what_an_account_does_next_is_kept_beside_what_it_did(migrated_work: Work) -> None:
    async with migrated_work.write() as session:
        await reporters.add(session, VAULT, address_of(LAN), NOW)
    async with migrated_work.read() as session:
        account = await reporters.find(session, VAULT, address_of(LAN))
        assert account is not None
        own = await reporters.of_account(session, account)
    assert len(own) == 2
    assert {reporters.address_in(reporters.opened(VAULT, one)) for one in own} == {account.address}


async def test_a_draft_in_progress_goes_on_where_it_was(migrated_work: Work) -> None:
    an = await actor_of(migrated_work, address_of(AN))
    shown = await engine.resume(Context(migrated_work, an, NOW), 1)
    assert (shown.draft_id, shown.card_message_id) == (1, 77)
    async with migrated_work.read() as session:
        draft, other = [await session.get_one(Draft, number) for number in (1, 2)]
    assert draft.sources == {"telegram:40": "note"}
    assert (other.card_channel, other.card_message_id, other.sources) == ("", None, {})
    assert await engine.correct(Context(migrated_work, an, NOW), 41, UserInput(words="x")) is None


async def test_what_was_owed_is_sent(migrated_store: Store) -> None:
    door = Door()
    dispatcher = Dispatcher(migrated_store, clock_at(NOW), {TELEGRAM: door}, VAULT)
    assert await dispatcher.drain() == 2
    assert sorted(door.sent) == [(str(AN), "tới An"), (str(LAN), "tới Lan")]
    async with migrated_store.read() as session:
        rows = (await session.exec(select(OutboxMessage))).all()
    states = {row.dedupe_key: row.state for row in rows}
    assert states["k3"] is OutboxState.UNDELIVERABLE, "who never came in is reached nowhere"


async def test_half_done_updates_are_taken_up(migrated_store: Store) -> None:
    queue = Inbox(migrated_store, clock_at(NOW), VAULT)
    assert await queue.replay() == set()
    assert getattr(queue.get_nowait(), "update_id", None) == 5, "not done: it is handled"
    async with migrated_store.read() as session:
        owed = [row.update_id for row in await inbox.unanswered(session, TELEGRAM)]
        rows = (await session.exec(select(InboxUpdate))).all()
    assert owed == [6, 7], "done, but not answered; and one that waited to be handled again"
    assert {row.channel for row in rows} == {TELEGRAM}
    async with migrated_store.write() as session:
        again = InboxUpdate(channel=TELEGRAM, update_id=4, payload=b"", received_at=NOW)
        assert not await inbox.remember(session, [again]), "known: dropped"


async def test_a_file_without_a_copy_is_still_fetched(migrated_store: Store) -> None:
    async with migrated_store.read() as session:
        (file,) = await files.missing(session, TELEGRAM, NOW + timedelta(hours=1), 10)
        assert (file.reference, file.channel) == ("AgAC1", TELEGRAM)
        assert await files.by_unique_id(session, TELEGRAM, "u1") is not None


async def test_ids_go_on_where_they_had_got_to(unmigrated: str) -> None:
    """SQLite makes the tables anew, and would count from the rows that are left."""
    store = Store(unmigrated)
    await upgrade(store, "0006")
    async with store.engine.begin() as connection:
        await connection.run_sync(_fill)
        for table in ("draft", "stored_file"):
            sequence = f"pg_get_serial_sequence('{table}', 'id')"
            if not store.is_sqlite:  # ids given by hand do not move PostgreSQL's own counters
                await connection.exec_driver_sql(f"SELECT setval({sequence}, 2)")
            await connection.exec_driver_sql(f"DELETE FROM {table}")
    await upgrade(store)
    async with store.write() as session:
        draft = Draft(form="leave", owner="p:1", created_at=NOW, updated_at=NOW)
        file = StoredFile(
            channel=TELEGRAM, reference="f", unique_id="u", kind="photo", created_at=NOW
        )
        session.add_all((draft, file))
        await session.flush()
        assert draft.id is not None
        assert draft.id > 2
        assert file.id is not None
        assert file.id > 1
    await store.close()
