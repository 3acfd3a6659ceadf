"""`satcoso check` finds before the start what would not work, and changes nothing."""

import errno
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest
from click.testing import CliRunner

from bot import programmes
from bot.cli.commands import app
from bot.config.keys import KEY_VARIABLE
from storage import inbox
from tests.cli.test_commands import KCN, TINH, TOKEN, configure, folder, newer, satcoso, units_file  # noqa: F401 - a fixture

NO_KEY = "this is no key; keys are base64 of 32 bytes each"


def test_check_says_what_it_found_but_never_the_token(folder):  # noqa: F811
    said = satcoso("check")
    assert said.endswith("ok\n")
    assert "polling" in said
    assert "mon 07:00" in said
    assert "not confirmed" in next(line for line in said.splitlines() if line.startswith("law"))
    assert TOKEN not in said


@pytest.mark.wide
def test_check_says_which_parts_of_the_consent_are_missing(folder):  # noqa: F811
    (folder / "config.toml").write_text(f'[telegram]\ntoken = "{TOKEN}"\n', encoding="utf-8")
    said = CliRunner().invoke(app, ["check"]).output
    assert "warning: config.toml: organisation.address is empty" in said
    assert "warning: config.toml: organisation.contact is empty" in said
    configure(folder)
    assert "warning" not in CliRunner().invoke(app, ["check"]).output


def test_check_hides_the_password_of_the_database(folder):  # noqa: F811
    configure(folder, '[database]\nurl = "postgresql+psycopg://bot:s3cret@db/satcoso"\n')
    assert "s3cret" not in satcoso("check")


def test_check_warns_of_a_unit_that_nobody_knows(folder):  # noqa: F811
    plan = "nang-suat.toml"
    text = (programmes.OWN / plan).read_text(encoding="utf-8")
    (folder / "programmes").mkdir()
    (folder / "programmes" / plan).write_text(f'units = ["kcn", "KCX"]\n{text}', encoding="utf-8")
    configure(folder, '[summaries]\nchaser = "BTC"\n')
    assert "warning" not in satcoso("check")
    units_file(folder, TINH, KCN)
    satcoso("import", "don-vi.xlsx", "--yes")
    said = CliRunner().invoke(app, ["check"]).output
    assert "warning: config.toml: summaries.chaser: there is no unit with the code BTC" in said
    file = folder / "programmes" / plan
    assert f"warning: {file}: units: there is no unit with the code KCX" in said
    assert said.count("warning") == 2


def test_check_asks_for_the_official_days_off_of_a_year(folder, monkeypatch):  # noqa: F811
    def missing(today, confirmed):
        assert today.year >= 2026
        return [2027] if 2027 not in confirmed else []

    monkeypatch.setattr("bot.core.rules.schedules.missing", missing)
    said = CliRunner().invoke(app, ["check"])
    assert said.exit_code == 0
    assert said.output.count("warning") == 1
    assert "the official schedule of days off of 2027 is not known" in said.output
    configure(folder, "[calendar]\nconfirmed_years = [2027]\n")
    assert "warning" not in CliRunner().invoke(app, ["check"]).output


def test_check_counts_the_updates_that_were_not_handled(folder):  # noqa: F811
    satcoso("init-db")
    with closing(sqlite3.connect(folder / "data" / "satcoso.db")) as database, database:
        database.executemany(
            "INSERT INTO inbox_update (channel, update_id, received_at, attempts, failure) "
            "VALUES ('telegram', ?, '2026-11-16 00:00:00', 0, ?)",
            [(1, inbox.UNREADABLE), (2, inbox.UNREADABLE), (3, inbox.TOO_LATE), (4, "K7QX2M")],
        )
    said = CliRunner().invoke(app, ["check"]).output
    assert "warning: updates of the last days that were not handled: 2 (of a kind" in said
    assert "warning: updates of the last days that were not handled: 1 (a day old" in said
    assert said.count("warning") == 2


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ("[assignment]\nquota = 0\n", "config.toml: assignment.quota = 0: it must be 1 or more"),
        ('[assignment]\nday = "monday"\n', "assignment.day = 'monday'"),
        ("[asignment]\n", "asignment: there is no such key"),
        ("[assignment.weights]\nseason = 3\n", "assignment.weights.season: there is no such key"),
        ("[quiet\n", "this is not TOML"),
    ],
)
def test_check_names_the_key_the_value_and_what_is_allowed(folder, more, words):  # noqa: F811
    configure(folder, more)
    assert words in satcoso("check", code=2)


def test_a_folder_that_is_none_is_found_by_check(folder):  # noqa: F811
    (folder / "data").write_text("not a folder")
    assert f"database.files: {folder / 'data'} is not a folder" in satcoso("check", code=2)


@pytest.mark.wide
def test_check_names_the_template_that_is_broken(folder):  # noqa: F811
    satcoso("templates")
    assert "bao-cao.docx, bao-cao-ngan.docx" in satcoso("check")
    (folder / "templates" / "tong-hop.docx").write_bytes(b"not Word")
    said = satcoso("check", code=2)
    assert said.startswith(f"config.toml: documents.templates: {folder / 'templates'}: Mẫu")
    assert "tong-hop.docx" in said
    assert "bien-ban.docx” " not in said


@pytest.mark.parametrize(
    ("path", "content", "line"),
    [
        ("data/satcoso.db", None, "database.url: {path} is a folder"),
        ("data/satcoso.db", b"no database" * 99, "database.url: {path}: file is not a database"),
        ("data/satcoso.key", None, "privacy.key_file {path}: Is a directory"),
        ("data/satcoso.key", b"", "privacy.key_file {path}: " + NO_KEY),
        ("data/satcoso.key", b"hello", "privacy.key_file {path}: " + NO_KEY),
        ("data/satcoso.key", b"\xff\xfe", "privacy.key_file {path}: this is no text"),
        ("data/health", None, "health.file: {path} is a folder"),
        ("templates", b"", "documents.templates: {path} is not a folder"),
    ],
)
def test_what_is_in_the_way_is_named_with_its_key(folder, path, content, line):  # noqa: F811
    configure(folder, '[health]\nfile = "data/health"\n')
    place = folder / path
    place.parent.mkdir(exist_ok=True)
    if content is None:
        place.mkdir()
    else:
        place.write_bytes(content)
    (said,) = satcoso("check", code=2).splitlines()
    assert said.startswith(f"config.toml: {line.format(path=place)}")


def test_a_key_file_that_was_emptied_is_not_replaced_by_a_new_one(folder):  # noqa: F811
    (folder / "data").mkdir()
    (folder / "data" / "satcoso.key").touch()
    assert NO_KEY in satcoso("init-db", code=2)


def test_a_wrong_key_in_the_environment_is_named(folder, monkeypatch):  # noqa: F811
    monkeypatch.setenv(KEY_VARIABLE, "hello")
    assert f"{KEY_VARIABLE}: {NO_KEY}" in satcoso("check", code=2)


def test_check_knows_a_database_of_a_newer_version(folder):  # noqa: F811
    newer(folder)
    assert "database.url: " in (said := satcoso("check", code=2))
    assert "made by a newer version of the program" in said


def test_check_leaves_the_database_as_it_is(folder):  # noqa: F811
    satcoso("init-db")
    before = {file.name: file.read_bytes() for file in (folder / "data").glob("satcoso*")}
    satcoso("check")
    assert {file.name: file.read_bytes() for file in (folder / "data").glob("satcoso*")} == before


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_database_one_may_not_write_to_is_found(folder):  # noqa: F811
    satcoso("init-db")
    (folder / "data" / "satcoso.db").chmod(0o400)
    assert "satcoso.db may not be written to by this user" in satcoso("check", code=2)


def test_a_mistake_in_the_choice_of_plans_names_the_configuration(folder):  # noqa: F811
    configure(folder, '[programmes]\nactive = ["nha-o"]\n')
    said = satcoso("check", code=2)
    assert said.startswith("config.toml: programmes.active: there is no plan 'nha-o'")
    assert str(folder / "programmes") in said


def test_check_says_which_plans_are_ones_own(folder):  # noqa: F811
    assert "ctr-1306; none from" in satcoso("check")
    text = (programmes.OWN / "nang-suat.toml").read_text(encoding="utf-8")
    (folder / "programmes").mkdir()
    (folder / "programmes" / "nang-suat.toml").write_text(text, encoding="utf-8")
    assert f"; nang-suat from {folder / 'programmes'}\n" in satcoso("check")


def test_check_says_where_anything_can_be_asked_and_by_which_doors_notices_go(folder):  # noqa: F811
    plain = satcoso("check")
    assert f"health       {folder / 'data' / 'health'}; not by HTTP\n" in plain
    assert "pages        none\n" in plain
    assert "notices      telegram\n" in plain
    configure(
        folder,
        '[health]\nport = 9100\n[web]\naddress = "https://congdoan.example.vn"\n'
        '[email]\nhost = "mail.example.vn"\nsender = "a@example.vn"\n',
    )
    more = satcoso("check")
    assert "data/health; /healthz and /metrics on 127.0.0.1:9100\n" in more
    assert "pages        https://congdoan.example.vn, on 127.0.0.1:8080\n" in more
    assert "notices      telegram, email, web\n" in more


# ---- A database that cannot be written to --------------------------------------------------


def without_rights(*command):
    """Run a command as a user whom the rights of files bind, which they do not root."""
    bound = ()
    if os.geteuid() == 0:
        rights = "--bounding-set=-dac_override,-dac_read_search"
        bound = ("setpriv", "--inh-caps=-all", rights)
        if not shutil.which("setpriv"):
            pytest.skip("root may write everywhere here")
    given = [*bound, sys.executable, "-m", "bot", *command]
    done = subprocess.run(given, capture_output=True, text=True, timeout=60)
    return done.returncode, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("command", "place"),
    [
        ("run", ""),
        ("run", "satcoso.db"),
        ("run", "satcoso.db.lock"),
        ("check", "satcoso.db-wal"),
        ("init-db", "satcoso.db"),
    ],
)
def test_a_read_only_database_is_refused_in_words(folder, command, place):  # noqa: F811
    satcoso("init-db")
    closed = folder / "data" / place
    if not closed.exists():
        closed.touch()
    closed.chmod(0o500 if closed.is_dir() else 0o400)
    code, said = without_rights(command)
    assert code == 2
    assert f"database.url: {closed} may not be written to by this user" in said
    assert "program.failed" not in said


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives files away")
@pytest.mark.parametrize("file", ["data/satcoso.key", "data/satcoso.db", "config.toml"])
def test_what_root_copied_into_place_is_refused_with_the_command_that_helps(folder, file):  # noqa: F811
    satcoso("init-db")
    copied = folder / file
    copied.chmod(0o600)
    os.chown(copied, 12345, 12345)
    code, said = without_rights("check")
    assert code == 2
    assert "; it belongs to 12345; as root: chown root: " in said


def test_a_key_on_a_read_only_disk_is_no_mistake(folder):  # noqa: F811
    configure(folder, '[privacy]\nkey_file = "keys/satcoso.key"\n')
    (folder / "keys").mkdir()
    satcoso("init-db")
    (folder / "keys").chmod(0o500)
    code, said = without_rights("check")
    assert (code, "ok" in said.splitlines()) == (0, True)


def test_a_full_disk_at_the_start_is_a_sentence(folder, monkeypatch):  # noqa: F811
    satcoso("init-db")

    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device", "data/satcoso.db.lock")

    monkeypatch.setattr("bot.cli.lock.os.open", full)
    said = satcoso("run", code=2)
    assert said.endswith("data/satcoso.db.lock: No space left on device\n")
    assert "program.failed" not in said


@pytest.mark.parametrize("command", ["run", "init-db", "rotate-keys"])
def test_a_deleted_database_is_not_replaced_by_an_empty_one(folder, command):  # noqa: F811
    satcoso("init-db")
    (folder / "data" / "satcoso.db").unlink()
    said = satcoso(command, code=2)
    assert "says that there was one; put the database back or restore a backup" in said
    assert "new database" not in said
    assert not (folder / "data" / "satcoso.db").exists()
    assert "put the database back" in satcoso("check", code=2)
