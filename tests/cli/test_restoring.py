"""A backup is brought back: proven first, closed to others, what was there kept aside."""

import os
import random
import shutil
import sqlite3
import subprocess
import sys
import tarfile
from contextlib import closing
from pathlib import Path

import pytest

from bot.cli.lock import held
from bot.config.keys import KEY_VARIABLE
from storage.vault import new_key
from tests.cli.test_commands import (  # noqa: F401 - a fixture
    KCN,
    TINH,
    configure,
    folder,
    satcoso,
    units_file,
)

PHOTO = "ab/abc"


@pytest.fixture(params=["copy", "copy.tar.gz"])
def backup(request, folder):  # noqa: F811
    """A backup of two units and one photo; then the province is renamed and the photo is gone."""
    units_file(folder, TINH, KCN)
    satcoso("import", "don-vi.xlsx", "--yes")
    photo = folder / "data" / "files" / PHOTO
    photo.parent.mkdir(parents=True)
    photo.write_bytes(b"photo")
    satcoso("backup", request.param)
    with closing(sqlite3.connect(folder / "data" / "satcoso.db")) as database, database:
        database.execute("UPDATE unit SET name = 'after the backup' WHERE code = 'TINH'")
    photo.unlink()
    return request.param


def name_of_the_top(file):
    with closing(sqlite3.connect(file)) as database:
        return database.execute("SELECT name FROM unit WHERE code = 'TINH'").fetchone()[0]


def open_to_others(top):
    return [p for p in (top, *top.rglob("*")) if not p.is_symlink() and p.stat().st_mode & 0o077]


def test_what_was_backed_up_is_back_and_what_it_replaced_is_kept(folder, backup):  # noqa: F811
    said = satcoso("restore", backup)
    assert "restored: 2 units, 1 files, as of " in said
    data = folder / "data"
    assert name_of_the_top(data / "satcoso.db") == "LĐLĐ tỉnh"
    assert (data / "files" / PHOTO).read_bytes() == b"photo"
    (aside,) = data.glob("satcoso.db.replaced-????-??-??-??????")
    assert f"kept aside: {aside}" in said
    assert name_of_the_top(aside) == "after the backup"
    assert not list(data.glob(".restore-*"))
    assert satcoso("init-db") == "ok\n"  # the bot goes on with it


def test_nobody_else_reads_a_backup_or_what_was_restored_from_it(folder, backup):  # noqa: F811
    for path in (folder / "data", *(folder / "data").rglob("*")):
        path.chmod(0o777)
    again = backup.replace("copy", "again")
    satcoso("backup", again)
    assert open_to_others(folder / again) == []
    if again.endswith("gz"):
        with tarfile.open(again) as archive:
            modes = {(m.isdir(), m.mode, m.uname) for m in archive}
        assert modes == {(True, 0o700, ""), (False, 0o600, "")}
    shutil.rmtree(folder / "data" / "files")
    satcoso("restore", again)
    data = folder / "data"
    assert (data / "satcoso.db").stat().st_mode & 0o777 == 0o600
    assert open_to_others(data / "files") == []


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives files away")
def test_restored_by_root_it_belongs_to_the_owner_of_the_folder(folder, backup):  # noqa: F811
    os.chown(folder / "data", 12345, 12345)
    satcoso("restore", backup)
    data = folder / "data"
    mine = [data / "satcoso.db", data / "satcoso.db.lock", *(data / "files").rglob("*")]
    assert {path.stat().st_uid for path in mine} == {12345}


def test_nothing_is_restored_under_a_running_bot(folder, backup):  # noqa: F811
    lock = folder / "data" / "satcoso.db.lock"
    with held(lock, "", "pid 7"):
        said = satcoso("restore", backup, code=2)
    assert "stop it first (pid 7)" in said
    assert name_of_the_top(folder / "data" / "satcoso.db") == "after the backup"


def test_on_a_new_machine_the_key_comes_first(folder, backup):  # noqa: F811
    (folder / "data").rename("lost")
    assert "put your copy of the key" in satcoso("restore", backup, code=2)
    assert not (folder / "data" / "satcoso.db").exists()
    assert not (folder / "data" / "satcoso.key").exists(), "a new key would hide the loss"
    shutil.copy("lost/satcoso.key", "data/satcoso.key")
    assert "restored: 2 units" in satcoso("restore", backup)
    assert satcoso("init-db") == "ok\n"


def test_a_key_that_does_not_fit_is_named(folder, backup, monkeypatch):  # noqa: F811
    monkeypatch.setenv(KEY_VARIABLE, new_key())
    assert "this database is sealed with key" in satcoso("restore", backup, code=2)
    assert name_of_the_top(folder / "data" / "satcoso.db") == "after the backup"


def damaged(path, where=0.5):
    data = bytearray(path.read_bytes())
    start = int(len(data) * where)
    data[start : start + 4000] = random.Random(where).randbytes(len(data[start : start + 4000]))
    path.write_bytes(data)


def test_a_damaged_backup_changes_nothing(folder, backup):  # noqa: F811
    path = folder / backup
    damaged(path if path.is_file() else path / "satcoso.db")
    said = satcoso("restore", backup, code=2)
    assert said.startswith(str(backup)) or "damaged" in said
    assert name_of_the_top(folder / "data" / "satcoso.db") == "after the backup"
    assert not list((folder / "data").glob(".restore-*"))


def test_wherever_an_archive_is_damaged_it_is_named(folder):  # noqa: F811
    satcoso("init-db")
    photo = folder / "data" / "files" / PHOTO
    photo.parent.mkdir(parents=True)
    photo.write_bytes(random.Random(1).randbytes(30_000))  # not made smaller, read in its turn
    satcoso("backup", "copy.tar.gz")
    archive = folder / "copy.tar.gz"
    whole = archive.read_bytes()
    for hundredth in range(0, 100, 4):
        archive.write_bytes(whole)
        damaged(archive, hundredth / 100)
        said = satcoso("restore", "copy.tar.gz", code=2)
        assert said.startswith("copy.tar.gz: ") or "damaged" in said, hundredth
    archive.write_bytes(whole[:-20_000])
    assert satcoso("restore", "copy.tar.gz", code=2).startswith("copy.tar.gz: ")


def test_a_backup_of_a_newer_version_is_refused(folder, backup):  # noqa: F811
    with closing(sqlite3.connect(folder / "data" / "satcoso.db")) as database, database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
    satcoso("backup", "newer")
    assert "newer version of the program" in satcoso("restore", "newer", code=2)


@pytest.mark.parametrize("name", ["../../out", "/out", "files/../../../out"])
def test_nothing_is_unpacked_outside_of_its_folder(folder, backup, name):  # noqa: F811
    evil = folder / "evil.tar.gz"
    with tarfile.open(evil, "w:gz") as archive:
        archive.add(folder / "don-vi.xlsx", name)
    assert "this is no backup" in satcoso("restore", str(evil), code=2)
    assert not list(folder.rglob("out"))


def test_what_is_no_backup_is_a_sentence(folder):  # noqa: F811
    Path("some").mkdir()
    assert "this is no backup" in satcoso("restore", "some", code=2)
    Path("some.tar.gz").write_bytes(b"no archive")
    assert "this is no backup" in satcoso("restore", "some.tar.gz", code=2)
    assert (
        satcoso("restore", "nowhere.tar.gz", code=2)
        == "nowhere.tar.gz: No such file or directory\n"
    )


def test_a_folder_copied_under_a_running_bot_is_no_backup(folder, backup):  # noqa: F811
    Path("live").mkdir()
    shutil.copy("data/satcoso.db", "live/satcoso.db")
    Path("live/satcoso.db-wal").write_bytes(b"half")
    assert "copied it while the bot ran" in satcoso("restore", "live", code=2)


def test_restoring_postgresql_names_its_tools(folder):  # noqa: F811
    configure(folder, '[database]\nurl = "postgresql+psycopg://bot@db/satcoso"\n')
    assert "pg_restore" in satcoso("restore", "copy", code=2)


@pytest.mark.wide
def test_what_commands_make_is_closed_to_others(folder):  # noqa: F811
    """Also where the folder was made by hand and is open."""
    (folder / "data").mkdir(mode=0o755)
    for command in (["init-db"], ["template", "units.xlsx"]):
        subprocess.run(
            [sys.executable, "-m", "bot", *command],
            env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
            check=True,
            timeout=60,
            capture_output=True,
        )
    for file in ("data/satcoso.db", "data/satcoso.key", "units.xlsx"):
        assert (folder / file).stat().st_mode & 0o777 == 0o600, file


def test_pages_that_were_open_at_the_backup_are_closed_after_it_is_brought_back(
    folder,  # noqa: F811
):
    units_file(folder, TINH, KCN)
    satcoso("import", "don-vi.xlsx", "--yes")
    rows = (
        "INSERT INTO person (id, name, folded, phone, joined_at)"
        " VALUES (1, 'An', 'an', '', '2026-11-16')",
        "INSERT INTO web_session (token_hash, person_id, device, idle_hours, began_at, used_at,"
        " ends_at) VALUES ('a', 1, 'phone', 12, '2026-11-16', '2026-11-16', '2036-11-16')",
        "INSERT INTO web_link (code_hash, person_id, created_at, expires_at)"
        " VALUES ('b', 1, '2026-11-16', '2036-11-16')",
    )
    database = folder / "data" / "satcoso.db"
    with closing(sqlite3.connect(database)) as there, there:
        for row in rows:
            there.execute(row)
    satcoso("backup", "copy")
    satcoso("restore", "copy")
    with closing(sqlite3.connect(database)) as there:
        for table in ("web_session", "web_link"):
            assert there.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)
        assert there.execute("SELECT count(*) FROM person").fetchone() == (1,)
