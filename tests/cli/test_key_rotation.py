"""A new key: everything sealed anew, restartable, never beside a running bot."""

from base64 import b64encode
from pathlib import Path
from typing import Any

import pytest

from bot.channels.telegram.addresses import address_of, key_of
from bot.cli import key_rotation, operating
from bot.cli.key_rotation import Rotated, rotate
from bot.cli.lock import database_held
from bot.config.keys import KEY_VARIABLE, open_vault, refuse_a_foreign_database
from bot.config.settings import Settings
from bot.core.errors import ConfigError
from storage import inbox, reporters
from storage.addresses import TELEGRAM
from storage.models import BarredReporter, Draft, InboxUpdate, Reporter, VaultKey
from storage.store import Store
from storage.vault import Vault, read_keys
from tests import cast
from tests.cast import GIANG, MONDAY
from tests.rows import every

LATER = cast.NEXT_MONDAY
CHATS = range(7_100_000_000, 7_100_000_007)


@pytest.fixture(autouse=True)
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(key_rotation, "BATCH", 3)
    monkeypatch.delenv(KEY_VARIABLE, raising=False)


@pytest.fixture
async def old(any_store: Store, settings: Settings) -> Vault:
    """The key that seven reporters, an update and a draft are sealed with."""
    await cast.settle(any_store)
    vault = await open_vault(any_store, settings, MONDAY)
    async with any_store.write() as session:
        for chat in CHATS:
            await reporters.add(session, vault, address_of(chat), MONDAY)
        session.add(
            InboxUpdate(
                channel=TELEGRAM,
                update_id=5,
                payload=vault.seal("{}", "inbox:5"),
                received_at=MONDAY,
            )
        )
        session.add(InboxUpdate(channel=TELEGRAM, update_id=6, received_at=MONDAY))
        waiting = vault.seal("[]", inbox.answer_row(key_of(7)))
        session.add(InboxUpdate(channel=TELEGRAM, update_id=7, answer=waiting, received_at=MONDAY))
        owner = f"r:{vault.look(address_of(CHATS[0]))}"
        session.add(Draft(form="concern", owner=owner, created_at=MONDAY, updated_at=MONDAY))
        session.add(BarredReporter(look=vault.look(address_of(CHATS[1])), by=GIANG.id, at=MONDAY))
    return vault


async def rotated(store: Store, settings: Settings, *, drop_old: bool = False) -> Rotated:
    return await rotate(store, settings, LATER, drop_old=drop_old)


def keys_of(settings: Settings) -> list[bytes]:
    return read_keys(settings.privacy.key_file.read_text())


async def rows(store: Store, table: Any) -> Any:
    async with store.read() as session:
        return (await session.exec(every(table))).all()


async def test_everything_is_readable_with_the_new_key_alone(
    any_store: Store, settings: Settings, old: Vault
) -> None:
    done = await rotated(any_store, settings)
    assert (done.key_added, done.reporters, done.updates) == (True, 7, 2)
    new = Vault(keys_of(settings)[:1])
    async with any_store.read() as session:
        for chat in CHATS:
            known = await reporters.find(session, new, address_of(chat))
            assert known is not None
            assert known.address == address_of(chat)
            (reporter,) = await reporters.of_account(session, known)
            assert reporters.address_in(reporters.opened(new, reporter)) == known.address
        assert await reporters.is_barred(session, new, address_of(CHATS[1]))
    (draft,) = await rows(any_store, Draft)
    assert draft.owner == f"r:{new.look(address_of(CHATS[0]))}"
    sealed = next(u.payload for u in await rows(any_store, InboxUpdate) if u.payload)
    assert new.open(sealed, "inbox:5") == "{}"
    answer = next(u.answer for u in await rows(any_store, InboxUpdate) if u.answer)
    assert new.open(answer, inbox.answer_row(key_of(7))) == "[]"


async def test_the_old_key_stays_below_the_new_one_until_told_otherwise(
    any_store: Store, settings: Settings, old: Vault
) -> None:
    await rotated(any_store, settings)
    assert [Vault([key]).current for key in keys_of(settings)][1:] == [old.current]
    assert settings.privacy.key_file.stat().st_mode & 0o777 == 0o600
    done = await rotated(any_store, settings, drop_old=True)
    assert (done.key_added, done.dropped, len(keys_of(settings))) == (False, 1, 1)
    assert [row.key_id for row in await rows(any_store, VaultKey)] == [done.key]
    await open_vault(any_store, settings, LATER)


async def test_what_is_backed_up_after_a_rotation_opens_with_the_new_key_alone(
    any_store: Store, settings: Settings, old: Vault
) -> None:
    """The old key goes once there is a new backup, and that one must not ask for it."""
    done = await rotated(any_store, settings)
    used = [(row.key_id, row.check) for row in await rows(any_store, VaultKey)]
    assert [key_id for key_id, _ in used] == [done.key]
    await rotated(any_store, settings, drop_old=True)
    refuse_a_foreign_database(settings.privacy.key_file, used)


async def test_a_backup_asks_for_the_old_key_while_the_block_list_needs_it(
    any_store: Store, settings: Settings, old: Vault
) -> None:
    async with any_store.write() as session:
        session.add(BarredReporter(look=old.look(address_of(42)), by=GIANG.id, at=MONDAY))
    done = await rotated(any_store, settings)
    used = {row.key_id for row in await rows(any_store, VaultKey)}
    assert used == {old.current.hex(), done.key}


async def test_an_interrupted_rotation_is_taken_up_where_it_stopped(
    any_store: Store, settings: Settings, old: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def torn(_store: Store, _vault: Vault) -> int:
        raise OSError("the power is out")

    with monkeypatch.context() as patch:
        patch.setattr(key_rotation, "_reseal_reporters", torn)
        with pytest.raises(OSError, match="power"):
            await rotated(any_store, settings)
    vault = await open_vault(any_store, settings, LATER)
    async with any_store.read() as session:
        assert await reporters.addresses(
            session, vault, [r.id for r in await rows(any_store, Reporter)]
        )
    done = await rotated(any_store, settings)
    assert (done.key_added, done.reporters) == (False, 7), "no third key"
    assert len(keys_of(settings)) == 2


async def test_not_beside_a_running_bot(
    any_store: Store, settings: Settings, any_url: str, old: Vault
) -> None:
    database = settings.database.model_copy(update={"url": any_url})
    settings = settings.model_copy(update={"database": database})
    async with database_held(any_url):
        with pytest.raises(ConfigError, match="a bot is running on this database"):
            await operating.rotate_keys(settings, drop_old=False)
    assert len(keys_of(settings)) == 1
    await operating.rotate_keys(settings, drop_old=False)
    assert len(keys_of(settings)) == 2


async def test_the_old_key_is_kept_while_the_block_list_needs_it(
    any_store: Store, settings: Settings, old: Vault
) -> None:
    async with any_store.write() as session:
        session.add(
            BarredReporter(look=old.look(address_of(42)), by=GIANG.id, at=MONDAY)
        )  # since erased
    await rotated(any_store, settings)
    with pytest.raises(ConfigError, match="1 entries of the block list"):
        await rotated(any_store, settings, drop_old=True)
    assert len(keys_of(settings)) == 2


async def test_keys_in_the_environment_are_the_operators_to_change(
    any_store: Store, settings: Settings, old: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, new = b64encode(cast.KEY).decode(), b64encode(b"n" * 32).decode()
    monkeypatch.setenv(KEY_VARIABLE, before)
    with pytest.raises(ConfigError, match="put a new one before the old"):
        await rotated(any_store, settings)
    monkeypatch.setenv(KEY_VARIABLE, f"{new},{before}")
    assert (await rotated(any_store, settings)).reporters == 7
    await rotated(any_store, settings, drop_old=True)
    monkeypatch.setenv(KEY_VARIABLE, new)
    await open_vault(any_store, settings, LATER)


async def test_the_command_says_what_it_did(
    settings: Settings, store: Store, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    await operating.rotate_keys(settings, drop_old=False)
    said = capsys.readouterr().out
    assert "(new)" in said
    assert "sealed anew: 0 reporters" in said
    assert all(line not in said for line in settings.privacy.key_file.read_text().splitlines())


async def test_an_update_that_cannot_be_opened_does_not_hold_up_the_rotation(
    any_store: Store, settings: Settings, old: Vault
) -> None:
    async with any_store.write() as session:
        session.add(
            InboxUpdate(
                channel=TELEGRAM, update_id=4, payload=b"of no key at all", received_at=MONDAY
            )
        )
    assert (await rotated(any_store, settings)).updates == 2
