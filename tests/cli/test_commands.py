"""The operator's commands, as the operator runs them; and what the logs never say."""

import asyncio
import gc
import json
import logging
import os
import re
import signal
import sqlite3
import subprocess
import sys
import tarfile
import time
from contextlib import closing, suppress
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import httpx
import pytest
import structlog
from click.testing import CliRunner
from sqlalchemy.exc import IntegrityError
from telegram.error import TelegramError
from telegram.request import HTTPXRequest

from bot.app import logs
from bot.app.clock_link import read_clock
from bot.cli import running
from bot.cli.commands import app
from bot.config.loading import TOKEN_VARIABLE, parse
from bot.config.settings import Logging
from bot.core.errors import ConfigError
from bot.sandbox.app import create_app
from bot.sandbox.serving import serve
from storage.enums import Lane, OutboxState
from storage.models import OutboxMessage, Person, Reporter
from storage.store import Store
from tests.ports import free_port
from tests.units.papers.sheets import units

TOKEN = "123456:AAE_sandbox-sandbox-sandbox-sandbox"
COMMANDS = (
    *("run", "demo", "check", "init-db", "import", "template", "invite", "backup", "health"),
    *("undelivered", "restore", "doctor", "web-link"),
)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """An operator's folder with a configuration."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv(TOKEN_VARIABLE, raising=False)
    # Whatever the year in which the tests are run.
    monkeypatch.setattr("bot.core.rules.schedules.missing", lambda _today, _confirmed: [])
    configure(tmp_path)
    return tmp_path


OWN = '[organisation]\naddress = "số 5 Lê Lợi"\ncontact = "điện thoại 0296 3852 000"\n'


def configure(folder, more="", token=TOKEN):
    who = "" if "[organisation]" in more else OWN
    text = f'{who}[telegram]\ntoken = "{token}"\n{more}'
    (folder / "config.toml").write_text(text, encoding="utf-8")


def satcoso(*arguments, code=0, answer=None):
    """What the command said, after making sure how it ended."""
    result = CliRunner().invoke(app, list(arguments), input=answer)
    assert result.exit_code == code, result.output
    return result.stdout if code == 0 else result.output


def units_file(folder, *rows):
    (folder / "don-vi.xlsx").write_bytes(units(*rows))


TINH = {"code": "TINH", "name": "LĐLĐ tỉnh", "kind": "LĐLĐ tỉnh/ban"}
KCN = {"code": "KCN", "name": "CĐ các KCN", "kind": "công đoàn cấp trên", "parent": "TINH"}
SITE = {"code": "A1", "name": "=Gỗ", "kind": "CĐCS", "parent": "KCN", "workers": 132}


@pytest.mark.parametrize("command", [*COMMANDS, "export", ("export", "visits")])
def test_every_command_explains_itself(command):
    words = (command,) if isinstance(command, str) else command
    assert "Usage" in satcoso(*words, "--help")


def test_the_operator_gives_somebody_a_way_into_the_web_pages(folder):
    assert "web.address" in satcoso("web-link", "--person", "An", code=1)
    configure(folder, '[web]\naddress = "https://congdoan.test"\n')
    units_file(folder, TINH, KCN)
    satcoso("import", "don-vi.xlsx", "--yes")
    assert "đang có: 0" in satcoso("web-link", "--person", "Nguyễn Thị An", code=1)
    with closing(sqlite3.connect(folder / "data" / "satcoso.db")) as there, there:
        there.execute(
            "INSERT INTO person (id, name, folded, phone, joined_at)"
            " VALUES (7, 'Nguyễn Thị An', 'nguyen thi an', '', '2026-11-16')"
        )
        there.execute("INSERT INTO membership (person_id, role, unit_id) VALUES (7, 'officer', 1)")
    for person in ("nguyễn thị an", "7"):
        link, whose = satcoso("web-link", "--person", person).splitlines()
        assert re.fullmatch(r"https://congdoan\.test/vao/[\w-]{20,}", link)
        assert whose.startswith("Nguyễn Thị An · one use, until ")


def test_only_its_owner_may_look_into_a_new_folder_of_data(folder):
    satcoso("init-db")
    for name in ("data", "data/files"):
        assert (folder / name).stat().st_mode & 0o077 == 0, name


def test_a_folder_that_was_there_keeps_its_rights(folder):
    (folder / "data").mkdir(mode=0o750)
    satcoso("init-db")
    assert (folder / "data").stat().st_mode & 0o777 == 0o750


def test_a_new_database_here_is_what_all_migrations_make(folder, migrated):
    """Tests of this folder make it by a script that was written down once."""
    satcoso("init-db")
    written = []
    for file in (migrated, folder / "data" / "satcoso.db"):
        with closing(sqlite3.connect(file)) as database:
            database.execute("DELETE FROM vault_key")  # where the program leaves its key's mark
            written.append(sorted(database.iterdump()))
    assert written[0] == written[1]


def newer(folder):
    """A database that a later version of the program left."""
    satcoso("init-db")
    with closing(sqlite3.connect(folder / "data" / "satcoso.db")) as database, database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")


def test_a_database_of_a_newer_version_is_a_sentence(folder):
    newer(folder)
    said = satcoso("init-db", code=2)
    assert "database.url: the database was made by a newer version of the program" in said
    assert "Traceback" not in said


@pytest.mark.parametrize("command", ["run", "check", "health", "init-db", "backup copy"])
def test_a_missing_configuration_is_a_sentence(folder, command):
    said = satcoso(*command.split(), "--config", "nowhere.toml", code=2)
    assert said == (
        f"{folder / 'nowhere.toml'}: no such file; if it lies elsewhere, name it with --config; "
        "otherwise copy config.example.toml and fill it in\n"
    )


def test_an_empty_token_is_a_sentence(folder):
    configure(folder, token="")
    assert "telegram.token is empty" in satcoso("run", code=2)


def test_a_run_that_ended_leaves_rubbish_to_be_collected_as_before(folder):
    """Whoever runs it inside a process of their own would else fill the memory from then on."""
    configure(folder, token="")
    satcoso("run", code=2)
    assert gc.isenabled()


def test_a_database_that_cannot_be_opened_is_a_sentence(folder):
    (folder / "data").mkdir()
    (folder / "data" / "satcoso.db").write_bytes(b"this is no database" * 100)
    said = satcoso("init-db", code=2)
    assert said.startswith("database.url: ")
    assert "Traceback" not in said


def test_a_template_filled_in_comes_in_and_the_second_time_changes_nothing(folder):
    assert satcoso("template", "mau.xlsx") == "mau.xlsx\n"
    assert Path("mau.xlsx").read_bytes().startswith(b"PK")
    units_file(folder, TINH, KCN, {**SITE, "name": "Gỗ"})
    assert "imported: 3 new, 0 changed" in satcoso("import", "don-vi.xlsx", "--yes")
    assert "nothing to import" in satcoso("import", "don-vi.xlsx", "--yes")


def test_a_template_never_takes_the_place_of_a_list_filled_in(folder):
    Path("units.xlsx").write_bytes(b"a week of work")
    assert satcoso("template", "units.xlsx", code=1).startswith("units.xlsx: exists already")
    assert Path("units.xlsx").read_bytes() == b"a week of work"


def test_a_port_that_does_not_exist_is_a_sentence(folder):
    assert "65535" in satcoso("demo", "--port", "99999", "--data", "d", code=2)
    assert not Path("d").exists()


def test_a_dry_run_shows_and_changes_nothing(folder):
    units_file(folder, TINH)
    for _ in range(2):
        assert "new: 1\n  TINH LĐLĐ tỉnh\n" in satcoso("import", "don-vi.xlsx", "--dry-run")


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (("import", "don-vi.xlsx", "--dry-run"), 0),
        (("export", "units", "--out", "ra.xlsx"), 0),
        (("export", "visits", "--out", "ra.xlsx"), 0),
        (("export", "cases", "--out", "ra.xlsx"), 0),
        (("undelivered",), 0),
        (("posters", "--out", "ra", "--bot-name", "SatCoSoBot"), 1),
    ],
)
def test_who_only_looks_before_anything_was_installed_leaves_nothing_behind(folder, command, code):
    units_file(folder, TINH)
    before = {*folder.rglob("*")}
    satcoso(*command, code=code)
    assert {*folder.rglob("*")} - before <= {folder / "ra.xlsx"}
    assert "imported: 1 new" in satcoso("import", "don-vi.xlsx", "--yes"), "it is still empty"


def test_no_is_an_answer(folder):
    units_file(folder, TINH)
    assert "nothing imported" in satcoso("import", "don-vi.xlsx", code=1, answer="n\n")
    assert "imported: 1 new" in satcoso("import", "don-vi.xlsx", answer="y\n")


def test_an_import_says_what_it_does_in_english_and_nothing_in_between(folder):
    units_file(folder, TINH, KCN)
    result = CliRunner().invoke(app, ["import", "don-vi.xlsx", "--yes"])
    assert "Đồng chí" not in result.output
    assert "units.imported" not in result.stderr
    assert "event='keys.made'" in result.stderr  # a key to keep a copy of


def test_a_list_without_the_organisation_comes_in_below_it(folder):
    units_file(folder, {**KCN, "parent": None})
    said = satcoso("import", "don-vi.xlsx", "--yes")
    assert "top unit: LĐLĐ tỉnh (TINH), as [organisation]" in said
    for code, name in (("", "LĐLĐ tỉnh"), ("tinh", "LĐLĐ tỉnh"), ("kcn", "CĐ các KCN")):
        given = ("--role", "administrator", "--unit", code, "--bot-name", "cd_bot")
        assert f"administrator · {name} · " in satcoso("invite", *given)


def test_mistakes_of_a_list_are_printed_by_row_and_column(folder):
    units_file(folder, TINH, SITE)
    said = satcoso("import", "don-vi.xlsx", code=1)
    assert "Dòng 3, cột Tên đơn vị: ô ghi công thức" in said


def test_a_list_that_is_not_there_is_a_sentence(folder):
    assert satcoso("import", "x.xlsx", code=1) == "x.xlsx: No such file or directory\n"


def test_the_first_administrator_comes_in_by_a_link(folder):
    said = satcoso("invite", "--role", "administrator", "--bot-name", "@cd_bot", "--qr", "qr.png")
    link = said.splitlines()[0]
    assert re.fullmatch(r"https://t\.me/cd_bot\?start=[\w-]{10,64}", link)
    assert Path("qr.png").read_bytes().startswith(b"\x89PNG")


def test_an_unknown_role_is_answered_with_those_that_exist(folder):
    said = satcoso("invite", "--role", "boss", "--bot-name", "b", code=1)
    assert "administrator, supervisor, officer, representative" in said


def test_an_unknown_unit_is_a_sentence(folder):
    said = satcoso("invite", "--role", "officer", "--unit", "KCX", "--bot-name", "cd_bot", code=1)
    assert "KCX" in said


@pytest.mark.parametrize("target", ["copy", "copy.tar.gz"])
def test_a_backup_holds_database_and_files_and_is_proven(folder, target):
    units_file(folder, TINH, KCN)
    satcoso("import", "don-vi.xlsx", "--yes")
    photo = folder / "data" / "files" / "ab" / "abc"
    photo.parent.mkdir(parents=True)
    photo.write_bytes(b"photo")
    (photo.parent / "half.part").write_bytes(b"half")

    writing = sqlite3.connect(folder / "data" / "satcoso.db")  # somebody writes meanwhile
    writing.execute("BEGIN IMMEDIATE")
    assert f"{target}: 2 units, 1 files" in satcoso("backup", target)
    writing.close()

    copy = folder / "copy"
    if target.endswith(".tar.gz"):
        with tarfile.open(target) as archive:
            archive.extractall(folder / "unpacked", filter="data")
        copy = folder / "unpacked" / "satcoso"
    with closing(sqlite3.connect(copy / "satcoso.db")) as found:
        assert found.execute("SELECT count(*) FROM unit").fetchone() == (2,)
    assert [f.name for f in (copy / "files").rglob("*") if f.is_file()] == ["abc"]


@pytest.mark.parametrize("name", ["visits.xlsx", "visits.csv"])
def test_visits_are_exported_by_the_name_of_the_file(folder, name):
    said = satcoso("export", "visits", "--out", name, "--from", "2026-01-01", "--to", "31/12/2026")
    assert said == f"{name}: 0 visits\n"
    assert Path(name).stat().st_size > 0


def test_an_export_to_another_kind_of_file_is_a_sentence(folder):
    said = satcoso("export", "visits", "--out", "visits.pdf", code=1)
    assert said == "--out visits.pdf: the name must end in .xlsx or .csv\n"


def test_the_list_of_units_goes_out_and_comes_in_again(folder):
    units_file(folder, TINH, KCN)
    satcoso("import", "don-vi.xlsx", "--yes")
    assert satcoso("export", "units", "--out", "again.xlsx") == "again.xlsx: 2 units\n"
    assert "nothing to import" in satcoso("import", "again.xlsx", "--yes")
    assert ".xlsx" in satcoso("export", "units", "--out", "units.csv", code=1)


def test_an_export_of_no_time_at_all_is_a_mistake(folder):
    given = ("--from", "2026-12-01", "--to", "2026-01-01")
    said = satcoso("export", "visits", "--out", "visits.csv", *given, code=1)
    assert said == "--from 01/12/2026 is later than --to 01/01/2026\n"
    assert not Path("visits.csv").exists()


def test_what_the_configuration_names_lies_beside_it_wherever_one_is(folder, monkeypatch):
    configure(folder, '[health]\nfile = "well"\n')
    (folder / "elsewhere").mkdir()
    monkeypatch.chdir(folder / "elsewhere")
    said = satcoso("check", "--config", "../config.toml")
    for name in ("data/satcoso.db", "data/files", "data/satcoso.key"):
        assert f"{folder / name}\n" in said
    assert f"{folder / 'well'}; not by HTTP\n" in said
    satcoso("init-db", "--config", "../config.toml")
    assert (folder / "data" / "satcoso.db").is_file()
    assert not list((folder / "elsewhere").iterdir())


def test_a_new_database_is_not_made_in_silence(folder):
    given = ("invite", "--role", "administrator", "--bot-name", "cd_bot")
    said = [CliRunner().invoke(app, given).stderr for _ in range(2)]
    assert f"new database: {folder / 'data' / 'satcoso.db'}\n" in said[0]
    assert "new database" not in said[1]


@pytest.mark.parametrize("command", ["check", "init-db", "run", "backup copy"])
def test_a_database_of_another_kind_is_a_sentence_without_its_password(folder, command):
    configure(folder, '[database]\nurl = "mysql://bot:s3cret@db/satcoso"\n')
    said = satcoso(*command.split(), code=2)
    assert said.startswith("config.toml: database.url: it must be sqlite+aiosqlite:///FILE or ")
    assert "s3cret" not in said


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_one_may_not_write_to_is_a_sentence(folder):
    satcoso("init-db")
    (folder / "data").chmod(0o500)
    try:
        assert "may not be written to" in satcoso("check", code=2)
        assert "run this as the user the bot runs as" in satcoso("backup", "copy", code=1)
    finally:
        (folder / "data").chmod(0o700)


def test_a_copy_that_cannot_be_made_is_a_sentence(folder):
    (folder / "data").mkdir()
    (folder / "data" / "satcoso.db").write_bytes(b"this is no database" * 100)
    assert "cannot be copied (file is not a database)" in satcoso("backup", "copy", code=1)
    assert not (folder / "copy").exists()


def test_a_backup_never_overwrites(folder):
    satcoso("init-db")
    satcoso("backup", "copy.tar.gz")
    assert "exists already" in satcoso("backup", "copy.tar.gz", code=1)


def test_a_backup_of_postgresql_names_its_tool(folder):
    configure(folder, '[database]\nurl = "postgresql+psycopg://bot@db/satcoso"\n')
    assert "pg_dump" in satcoso("backup", "copy", code=1)


def test_health_goes_by_what_the_bot_wrote_and_by_its_age(folder):
    configure(folder, '[health]\nfile = "health"\n')
    assert "the bot is not running" in satcoso("health", code=1)
    Path("health").write_text('{"well": true, "faults": [], "warnings": ["no backup"]}')
    assert re.fullmatch(r"ok, \d+ s ago\nwarning: no backup\n", satcoso("health"))
    os.utime("health", (time.time() - 600, time.time() - 600))
    assert "stuck or was killed" in satcoso("health", code=1)
    Path("health").write_text('{"well": false, "faults": ["it rains"], "warnings": []}')
    assert satcoso("health", code=1) == "not well: it rains\n"
    Path("health").write_text("{")
    assert "not what the bot writes" in satcoso("health", code=1)


async def test_run_stops_cleanly_when_asked_and_its_logs_hold_no_token(folder):
    async with serve(create_app(token=TOKEN)) as sandbox:
        configure(
            folder,
            f'base_url = "{sandbox.base_url}"\nbase_file_url = "{sandbox.base_file_url}"\n'
            '[logging]\nlevel = "debug"\njson_lines = true\n'
            f'[sandbox]\nclock_url = "{sandbox.url}/sandbox/clock"\n[health]\nfile = "well"\n',
        )
        (folder / "well").touch()  # as a run that was killed leaves it
        written = await _run_until_started(folder)
    assert not (folder / "well").exists(), "a bot that was stopped is not well"
    assert TOKEN not in written
    events = [json.loads(line)["event"] for line in written.splitlines()]
    assert events[-1] == "program.stopped"


@pytest.mark.wide
async def test_a_running_bot_says_in_its_file_and_by_http_that_it_is_well(folder):
    """Right after the start: who looks then must not read that nothing runs."""
    port = free_port()

    async def look():
        while not (folder / "well").exists() or satcoso_health()[0]:  # noqa: ASYNC110 - a file
            await asyncio.sleep(0.1)
        assert satcoso_health()[1].startswith("ok")
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}") as client:
            assert (await client.get("/healthz")).json()["well"] is True
            assert "satcoso_well 1" in (await client.get("/metrics")).text

    def satcoso_health():
        result = CliRunner().invoke(app, ["health"])
        assert "not running" not in result.output
        return result.exit_code, result.output

    async with serve(create_app(token=TOKEN)) as sandbox:
        configure(
            folder,
            f'base_url = "{sandbox.base_url}"\nbase_file_url = "{sandbox.base_file_url}"\n'
            f'[sandbox]\nclock_url = "{sandbox.url}/sandbox/clock"\n'
            f'[health]\nfile = "well"\nport = {port}\n',
        )
        await _run_until_started(folder, look)
    assert CliRunner().invoke(app, ["health"]).output.endswith("the bot is not running\n")


@pytest.mark.wide
@pytest.mark.parametrize(
    ("more", "words"),
    [
        ('[database]\nurl = "sqlite+aiosqlite:///broken.db"\n', "database.url: "),
        ("", "telegram: not reachable (NetworkError)"),
    ],
)
def test_a_start_that_cannot_succeed_ends_in_a_sentence(folder, more, words):
    (folder / "broken.db").write_bytes(b"this is no database" * 100)
    configure(folder, f'base_url = "http://127.0.0.1:9/bot"\n{more}')
    ended = subprocess.run(
        [sys.executable, "-m", "bot", "run"],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert ended.returncode == 2
    assert ended.stderr.splitlines()[-1].startswith(words)
    assert "Traceback" not in ended.stderr


async def test_a_start_without_its_clock_ends_in_a_sentence(folder, monkeypatch):
    monkeypatch.setattr(running, "read_clock", partial(read_clock, patience=1))
    monkeypatch.setattr(running.logs, "set_up", lambda *_: None)
    nobody = {"clock_url": "http://127.0.0.1:9/clock"}
    with pytest.raises(ConfigError, match=r"^sandbox\.clock_url: no clock there"):
        await running.run(parse({"telegram": {"token": TOKEN}, "sandbox": nobody}))


async def _run_until_started(folder, meanwhile=lambda: asyncio.sleep(0)):
    """Start `satcoso run`, ask it to stop once it has started and `meanwhile` is over; what it
    wrote on stderr."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "run"),
        cwd=folder,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    )
    written = b""
    async with asyncio.timeout(60):
        while b"program.started" not in written:
            line = await process.stderr.readline()
            assert line, written.decode()
            written += line
        await meanwhile()
        process.send_signal(signal.SIGTERM)
        written += await process.stderr.read()
        assert await process.wait() == 0, written.decode()
    return written.decode()


@pytest.fixture
def log_lines(capsys):
    """Set up the logs as asked; returns what gives the lines written since."""
    before = logging.getLogger().handlers[:], logging.getLogger().level

    def begin(**given):
        logs.set_up(Logging(**given), TOKEN)
        return lambda: capsys.readouterr().err

    yield begin
    structlog.reset_defaults()
    logging.captureWarnings(False)
    logging.getLogger().handlers[:], level = before
    logging.getLogger().setLevel(level)
    for name in logs.OWN:
        logging.getLogger(name).setLevel(logging.NOTSET)


@pytest.mark.parametrize("json_lines", [True, False])
def test_an_exception_is_logged_by_type_and_place_not_by_its_words(log_lines, json_lines):
    written = log_lines(json_lines=json_lines)
    try:
        try:
            raise ValueError("chị Lan nói: nợ lương")
        except ValueError as error:
            raise RuntimeError("anh Nam nghe thấy") from error
    except RuntimeError as error:
        structlog.get_logger("bot.somewhere").error("update.failed", update_id=7, exc_info=error)
        structlog.get_logger("bot.somewhere").exception("files.failed")
        logging.getLogger("sqlalchemy").exception("failed")
    said = written()
    assert said.count("RuntimeError (tests/cli/test_commands.py:") == 3
    assert said.count("ValueError (tests/cli/test_commands.py:") == 3
    assert "Lan" not in said
    assert "Nam" not in said
    assert "update_id" in said
    assert len(said.splitlines()) == 3


WORDS = "chị Lan ở chuyền 3 nói: nợ lương"


def _ptb_parses_what_is_no_json():
    with suppress(TelegramError):
        HTTPXRequest.parse_json_payload(f"<html>{WORDS}".encode())


def _ptb_cannot_read_an_update():
    logging.getLogger("telegram.ext.Updater").critical(
        "Something went wrong processing the data received from Telegram. "
        "Received data was *not* processed! Received data was: %r",
        {"message": {"text": WORDS}},
        exc_info=ValueError(WORDS),
    )


def _a_library_formats_its_sentence_itself():
    logging.getLogger("telegram.ext.Application").error(f"Update {WORDS} caused an error")


def _httpx_names_an_address():
    logging.getLogger("httpx").warning('HTTP Request: GET %s "%s"', f"https://x/{WORDS}", 200)


def _apscheduler_names_a_job_and_what_it_was_given():
    logging.getLogger("apscheduler.executors.default").exception('Job "%s" raised', WORDS)


def _sqlalchemy_names_a_statement_and_its_parameters():
    error = IntegrityError("INSERT INTO visit_report", {"situation": WORDS}, Exception(WORDS))
    log = logging.getLogger("sqlalchemy.pool.impl.QueuePool")
    log.error("Exception terminating connection %r", error, exc_info=error)


def _uvicorn_names_a_request():
    logging.getLogger("uvicorn.error").warning("Invalid HTTP request: %s", WORDS)


def _asyncio_names_a_task_that_nobody_waited_for():
    loop = asyncio.new_event_loop()
    error = RuntimeError(WORDS)
    told = {"message": f"Task exception was never retrieved {WORDS}", "exception": error}
    loop.default_exception_handler(told | {"task": WORDS})
    loop.default_exception_handler({"message": "Unclosed connection", "client": WORDS})
    loop.close()


def _a_line_cannot_be_put_together():
    logging.getLogger("somebody").warning("%d of them", WORDS)
    logging.getLogger("bot.somewhere").warning("%d of them", WORDS)


@pytest.mark.parametrize(
    "speak",
    [
        _ptb_parses_what_is_no_json,
        _ptb_cannot_read_an_update,
        _a_library_formats_its_sentence_itself,
        _httpx_names_an_address,
        _apscheduler_names_a_job_and_what_it_was_given,
        _sqlalchemy_names_a_statement_and_its_parameters,
        _uvicorn_names_a_request,
        _asyncio_names_a_task_that_nobody_waited_for,
        _a_line_cannot_be_put_together,
    ],
)
@pytest.mark.parametrize("json_lines", [True, False])
def test_what_libraries_say_is_not_shown_only_where_and_of_what_type(log_lines, speak, json_lines):
    written = log_lines(level="debug", json_lines=json_lines)
    speak()
    said = written()
    assert "Lan" not in said
    assert "lương" not in said
    assert "\\u" not in said
    assert ".py:" in said
    assert len(said.splitlines()) <= 2


LOST = """
import sys, threading, warnings
from bot.app import logs
from bot.config.settings import Logging
logs.set_up(Logging())

class Thing:
    def __del__(self):
        raise RuntimeError("chị Lan")

def fails():
    raise LookupError("chị Lan")

warnings.warn("chị Lan", UserWarning)
thing = Thing()
del thing
thread = threading.Thread(target=fails, name="chị Lan")
thread.start()
thread.join()
raise ValueError("chị Lan")
"""


def test_what_python_itself_would_write_has_no_words_either():
    ended = subprocess.run(
        [sys.executable, "-c", LOST],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert ended.returncode == 1
    assert "Lan" not in ended.stderr + ended.stdout
    lines = ended.stderr.splitlines()
    kinds = ("UserWarning", "RuntimeError", "LookupError", "ValueError")
    assert len(lines) == len(kinds)
    assert all(kind in line for kind, line in zip(kinds, lines, strict=True))


def test_the_token_is_struck_out_wherever_it_comes_from(log_lines):
    written = log_lines(level="debug")
    logging.getLogger("httpx").info("HTTP Request: POST https://api.telegram.org/bot%s/x", TOKEN)
    logging.getLogger("aiosqlite").debug("INSERT … HTTP Request")
    logging.getLogger("somebody").warning("https://api.telegram.org/bot%s/getMe", TOKEN)
    own = structlog.get_logger("bot.somewhere")
    own.warning("https://api.telegram.org/bot%s/getMe", TOKEN)
    own.warning(f"/bot987654321:AAF{'x' * 32}/getMe")
    said = written()
    assert "HTTP Request" not in said
    assert TOKEN not in said
    assert "AAFx" not in said
    assert said.count("***") == 2


def test_json_lines_are_json(log_lines):
    written = log_lines(json_lines=True)
    structlog.get_logger("bot.somewhere").info("week.assigned", visits=3)
    logging.getLogger("apscheduler").warning("late by %s", "Lan")
    first, second = (json.loads(line) for line in written().splitlines())
    assert (first["event"], first["visits"], first["level"]) == ("week.assigned", 3, "info")
    assert second["event"].startswith("apscheduler at tests/cli/test_commands.py:")


async def give_up_three(url):
    """Two messages to An, one to a worker."""
    store, now = Store(url), datetime.now(UTC)
    async with store.write() as session:
        session.add(Person(id=1, name="Nguyễn Thị An", folded="an", joined_at=now))
        session.add(Reporter(id="r7", identity=b"", created_at=now))
        await session.flush()
        for whose, lane, error in (
            ({"person_id": 1}, Lane.URGENT, "NetworkError"),
            ({"person_id": 1}, Lane.REMINDER, ""),
            ({"reporter_id": "r7"}, Lane.ANSWER, "NetworkError"),
        ):
            session.add(
                OutboxMessage(
                    **whose,
                    dedupe_key=lane.name,
                    lane=lane,
                    text="lời riêng",
                    state=OutboxState.UNDELIVERABLE,
                    error=error,
                    given_up_on=now.date(),
                    not_before=datetime(2026, 11, 16, 0, 30, tzinfo=UTC),
                    created_at=now,
                )
            )
    await store.close()


def test_what_was_given_up_is_listed_without_words_and_without_workers(folder):
    satcoso("init-db")
    assert satcoso("undelivered") == "people: 0 · workers: 0 · files: 0\n"
    asyncio.run(give_up_three(f"sqlite+aiosqlite:///{folder}/data/satcoso.db"))
    lines = satcoso("undelivered").splitlines()
    assert "urgent · Nguyễn Thị An · due 16/11/2026 07:30 · NetworkError" in lines[0]
    assert "reminder · Nguyễn Thị An" in lines[1]
    assert "its moment had passed" in lines[1]
    assert lines[2:] == ["people: 2 · workers: 1 · files: 0"]


def test_templates_are_written_out_once_and_named(folder):
    written = satcoso("templates", "mau")
    assert sorted(path.name for path in (folder / "mau").iterdir()) == [
        *("bao-cao-ngan.docx", "bao-cao.docx", "bien-ban.docx", "to-trinh.docx", "tong-hop.docx")
    ]
    assert "bao-cao.docx" in written
    assert "exists already" in satcoso("templates", "mau", code=1)
