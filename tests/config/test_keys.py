"""The keys of an installation: made once, asked for ever after."""
# ruff: noqa: ASYNC240 - small files, in tests

from base64 import b64encode
from pathlib import Path

import pytest
from sqlmodel import select

from bot.config.keys import KEY_VARIABLE, mistakes, open_vault, refuse_a_lost_database
from bot.config.settings import Settings
from bot.core.errors import ConfigError
from storage.models import VaultKey
from storage.store import Store, sqlite_file
from tests.cast import KEY, MONDAY

OTHER = b"another key that only tests know"


@pytest.fixture(autouse=True)
def no_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(KEY_VARIABLE, raising=False)


@pytest.fixture
def key_file(settings: Settings) -> Path:
    """Not there yet."""
    settings.privacy.key_file.unlink()
    return settings.privacy.key_file


def text(*keys: bytes) -> str:
    return "\n".join(b64encode(key).decode() for key in keys)


async def test_a_first_start_makes_a_file_only_its_owner_can_read(
    any_store: Store, settings: Settings, key_file: Path
) -> None:
    vault = await open_vault(any_store, settings, MONDAY)
    assert key_file.stat().st_mode & 0o777 == 0o600
    async with any_store.read() as session:
        (row,) = (await session.exec(select(VaultKey))).all()
    assert row.key_id == vault.current.hex()
    assert (await open_vault(any_store, settings, MONDAY)).current == vault.current


async def test_without_a_key_it_refuses_to_start_where_something_is_sealed(
    store: Store, settings: Settings, key_file: Path
) -> None:
    await open_vault(store, settings, MONDAY)
    key_file.unlink()
    with pytest.raises(ConfigError, match="put your copy of the key file back"):
        await open_vault(store, settings, MONDAY)
    assert not key_file.exists(), "a fresh key would hide what was lost"


async def test_another_key_is_refused(store: Store, settings: Settings) -> None:
    await open_vault(store, settings, MONDAY)
    settings.privacy.key_file.write_text(text(OTHER))
    with pytest.raises(ConfigError, match="which is not there"):
        await open_vault(store, settings, MONDAY)


async def test_the_environment_comes_first(
    store: Store, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(KEY_VARIABLE, text(OTHER))
    from_environment = await open_vault(store, settings, MONDAY)
    monkeypatch.delenv(KEY_VARIABLE)
    with pytest.raises(ConfigError):
        await open_vault(store, settings, MONDAY)
    settings.privacy.key_file.write_text(text(OTHER))
    assert (await open_vault(store, settings, MONDAY)).current == from_environment.current


@pytest.mark.parametrize("garbage", ["tiếng Việt", "c2hvcnQ=", "=", text(KEY) + "x", "# only this"])
async def test_garbage_is_named_and_never_shown(
    store: Store, settings: Settings, garbage: str
) -> None:
    settings.privacy.key_file.write_text(garbage)
    with pytest.raises(ConfigError, match=r"satcoso\.key") as refused:
        await open_vault(store, settings, MONDAY)
    assert garbage not in str(refused.value)


async def test_of_several_keys_the_first_seals_and_all_open(
    store: Store, settings: Settings
) -> None:
    old = await open_vault(store, settings, MONDAY)
    sealed = old.seal("chị Lan", "reporter:1")
    settings.privacy.key_file.write_text("# new above old\n" + text(OTHER, KEY) + "\n")
    both = await open_vault(store, settings, MONDAY)
    assert both.current != old.current
    assert both.open(sealed, "reporter:1") == "chị Lan"
    settings.privacy.key_file.write_text(text(OTHER))
    with pytest.raises(ConfigError):
        await open_vault(store, settings, MONDAY)


async def test_the_file_and_the_database_tell_no_key(store: Store, settings: Settings) -> None:
    await open_vault(store, settings, MONDAY)
    file = Path(settings.database.url.removeprefix("sqlite+aiosqlite:///"))
    held = b"".join(path.read_bytes() for path in file.parent.glob(f"{file.name}*"))
    assert KEY not in held
    assert b64encode(KEY) not in held


# ---- A database that is gone ---------------------------------------------------------------


async def test_where_a_key_file_tells_of_a_database_an_empty_one_is_refused(
    settings: Settings,
) -> None:
    database = Path(settings.database.url.removeprefix("sqlite+aiosqlite:///"))
    await refuse_a_lost_database(settings)  # it is there
    for lose in (database.unlink, database.touch):
        lose()
        with pytest.raises(ConfigError, match="restore a backup") as refused:
            await refuse_a_lost_database(settings)
        assert str(settings.privacy.key_file) in str(refused.value)
        assert not database.exists() or not database.stat().st_size, "nothing was made"
    settings.privacy.key_file.unlink()
    await refuse_a_lost_database(settings)  # a first start


async def test_a_key_in_the_environment_tells_of_no_database(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path(settings.database.url.removeprefix("sqlite+aiosqlite:///")).unlink()
    monkeypatch.setenv(KEY_VARIABLE, text(KEY))
    await refuse_a_lost_database(settings)


async def test_an_empty_database_of_a_server_is_refused_too(
    settings: Settings, postgres_url: str
) -> None:
    database = settings.database.model_copy(update={"url": postgres_url})
    there = settings.model_copy(update={"database": database})
    await refuse_a_lost_database(there)
    empty = database.model_copy(update={"url": postgres_url.replace("/migrated?", "/template1?")})
    with pytest.raises(ConfigError, match="restore a backup"):
        await refuse_a_lost_database(there.model_copy(update={"database": empty}))


@pytest.mark.parametrize("url", ["", "postgresql+psycopg://a@127.0.0.1/b"])
def test_what_is_no_key_is_a_mistake_also_where_the_database_is_there(
    settings: Settings, key_file: Path, url: str
) -> None:
    """`satcoso check` opens no database of a server: it says so here or not at all."""
    database = settings.database.model_copy(update={"url": url} if url else {})
    file = sqlite_file(database.url)
    assert file is None or file.stat().st_size
    key_file.write_text("no key\n")
    (words,) = mistakes(settings.model_copy(update={"database": database}))
    assert "this is no key" in words


@pytest.mark.parametrize("in_the_environment", [False, True])
async def test_a_disk_that_is_not_mounted_makes_no_new_beginning(
    settings: Settings,
    key_file: Path,
    monkeypatch: pytest.MonkeyPatch,
    in_the_environment: bool,
) -> None:
    """Neither database nor key are there, but a backup of last night is."""
    if in_the_environment:
        monkeypatch.setenv(KEY_VARIABLE, b64encode(KEY).decode())
    nobodys = sqlite_file(settings.database.url)
    assert nobodys
    nobodys.unlink(missing_ok=True)
    await refuse_a_lost_database(settings)  # a first start
    last_night = settings.backup.folder / "satcoso-2026-11-15"
    last_night.mkdir(parents=True)
    (last_night / "satcoso.db").write_bytes(b"a copy")
    with pytest.raises(ConfigError, match=f"satcoso restore {last_night}`") as refusal:
        await refuse_a_lost_database(settings)
    assert ("put your copy of the key" in str(refusal.value)) is not in_the_environment
    assert [words for words in mistakes(settings) if str(last_night) in words]
