"""A database of before 0004: everybody is still found, nothing is exact, no two cases share."""

import json
from datetime import UTC, datetime
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text
from sqlmodel import select

import storage.migrations
from bot.channels.telegram.addresses import address_of
from bot.config.keys import open_vault
from bot.config.settings import Settings
from storage import reporters
from storage.migrations import upgrade
from storage.models import Case, CaseEvent, InboxUpdate, OutboxMessage, Person, Reporter, StoredFile
from storage.store import Store
from storage.vault import Vault, read_keys

THEN = datetime(2026, 11, 16, 2, 12, 31, tzinfo=UTC)
HOUR, DAY = THEN.replace(minute=0, second=0), THEN.replace(hour=0, minute=0, second=0)
CHAT, OTHER = 7_000_000_099, 7_000_000_100
NAMED = {"chat": CHAT, "name": "Hồ Thị Lan", "phone": "0912 345 678"}


def _to_before(connection: Connection) -> None:
    config = Config()
    config.set_main_option("script_location", str(next(iter(storage.migrations.__path__))))
    config.attributes["connection"] = connection
    revision = ScriptDirectory.from_config(config).get_revision("0004")
    command.upgrade(config, str(revision.down_revision))


async def _old(store: Store, vault: Vault) -> None:
    """Lan has a named and two nameless cases, somebody else none that is left."""
    async with store.engine.connect() as connection:
        await connection.run_sync(_to_before)

        async def put(table: str, **values: Any) -> None:
            names = ", ".join(f'"{name}"' for name in values)
            places = ", ".join(f":{name}" for name in values)
            statement = text(f'INSERT INTO "{table}" ({names}) VALUES ({places})')
            await connection.execute(statement, values)

        then = THEN if not store.is_sqlite else THEN.strftime("%Y-%m-%d %H:%M:%S.%f")
        await put("unit", **_unit())
        await put("person", id=1, name="An", folded="an", phone="", joined_at=then, blocked_at=then)
        for name, identity in (("one", NAMED), ("two", {"chat": OTHER})):
            await put(
                "reporter",
                id=name,
                look=vault.look(str(identity["chat"])),
                identity=vault.seal(json.dumps(identity), f"reporter:{name}"),
                consent_version="v1",
                consent_at=then,
                unreachable_at=then,
                created_at=then,
            )
        for number, anonymous in ((1, False), (2, True), (3, True)):
            await put("case", **_case(number, anonymous, then))
            await put("case_event", **_event(number, "received", then))
            await put("outbox_message", **_message(number, then))
        await put("case_event", **_event(2, "unreachable", then), id=9)
        await put("inbox_update", update_id=5, received_at=then, attempts=0, failure="")
        await put(
            "stored_file",
            **{"id": 1, "telegram_file_id": "", "unique_id": "r:abc", "kind": "photo", "name": ""},
            **{"size": 4711, "private": True, "created_at": then, "attempts": 0, "interrupted": 0},
        )
        await connection.commit()


def _unit() -> dict[str, Any]:
    return {
        **{"id": 1, "code": "T", "name": "Tỉnh", "folded": "tinh", "kind": "federation"},
        **{"path": "/1/", "sector": "", "known_since": "2026-01-05"},
        **{"level_name": "", "address": "", "contact_name": "", "contact_phone": ""},
        **{"workers": 0, "women": 0, "members": 0, "sensitive": False},
    }


def _case(number: int, anonymous: bool, then: Any) -> dict[str, Any]:
    return {
        **{"id": number, "code": f"C{number}", "kind": "concern", "category": "LUONG"},
        **{"severity": "normal", "status": "received", "site_words": "", "unit_id": 1},
        **{"home_id": 1, "reporter_id": "one", "anonymous": anonymous, "text": "lời"},
        **{"folded": "", "result": "", "agency": "", "created_at": then, "reminded": "[]"},
        **{"clock_from": then, "settle_by": then},
    }


def _event(number: int, what: str, then: Any) -> dict[str, Any]:
    by = "reporter" if what == "received" else "program"
    values = {"case_id": number, "at": then, "by": by, "what": what, "words": ""}
    return {**values, "internal": False, "data": "{}"}


def _message(number: int, then: Any) -> dict[str, Any]:
    return {
        **{"dedupe_key": f"k{number}", "reporter_id": "one", "subject": f"case:{number}"},
        **{"lane": 1, "text": "lời", "rows": "[]", "state": "sent", "not_before": then},
        **{"created_at": then, "attempts": 1, "sent_at": then, "error": ""},
    }


async def test_everybody_is_found_again_and_no_two_cases_share_a_reporter(
    unmigrated: str, settings: Settings
) -> None:
    store = Store(unmigrated)
    settings.privacy.key_file.write_text("YSBrZXkgdGhhdCBvbmx5IHRlc3RzIG1heSBrbm93Li4=\n")
    vault = Vault(read_keys(settings.privacy.key_file.read_text()))
    await _old(store, vault)
    await upgrade(store)
    await open_vault(store, settings, THEN)
    async with store.read() as session:
        account = await reporters.find(session, vault, address_of(CHAT))
        other = await reporters.find(session, vault, address_of(OTHER))
        assert account is not None
        assert other is not None
        assert (account.consent_version, account.consent_at) == ("v1", THEN)
        assert other.reporters == ()
        rows = await reporters.of_account(session, account)
        cases = sorted((await session.exec(select(Case))).all(), key=lambda case: case.id or 0)
        assert [row.id for row in rows] == [case.reporter_id for case in cases]
        assert [reporters.opened(vault, row) for row in rows] == [
            NAMED,
            {"channel": "telegram", "chat": str(CHAT)},
            {"channel": "telegram", "chat": str(CHAT)},
        ]
        assert all(row.unreachable for row in rows)
        assert len((await session.exec(select(Reporter))).all()) == 3
        messages = (await session.exec(select(OutboxMessage))).all()
        by_case = {f"case:{case.id}": case.reporter_id for case in cases}
        assert {m.subject: m.reporter_id for m in messages} == by_case
        assert {(m.created_at, m.sent_at) for m in messages} == {(HOUR, HOUR)}
        assert {(case.created_at, case.settle_by) for case in cases} == {(HOUR, HOUR)}
        events = (await session.exec(select(CaseEvent))).all()
        assert {(e.what, e.at) for e in events} == {("received", HOUR), ("unreachable", DAY)}
        assert (await session.get_one(Person, 1)).blocked_at == DAY
        assert (await session.get_one(InboxUpdate, ("telegram", 5))).received_at == HOUR
        file = await session.get_one(StoredFile, 1)
        assert (file.size, file.created_at, len(file.unique_id)) == (None, HOUR, 60)
        assert file.unique_id != "r:abc"
        assert await reporters.unsealed(session) == []
        if store.is_sqlite:
            connection = await session.connection()
            assert (await connection.execute(text("PRAGMA foreign_key_check"))).all() == []
            assert (await connection.execute(text("PRAGMA foreign_keys"))).scalar() == 1
    await store.close()
