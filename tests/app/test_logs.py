"""Nothing that people wrote or are called reaches the log, whatever breaks and whoever speaks."""

import asyncio
import io
import logging
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog
from sqlalchemy import text

from bot.app import logs
from bot.app.background import Background
from bot.config.settings import Logging
from bot.core.measures import MEASURES
from bot.sandbox.app import DEFAULT_TOKEN
from tests import cast
from tests.client import Town

STORY = "Chuyền 3 nợ lương hai tháng, chủ nói chờ đơn hàng"
SECRETS = (
    "nợ lương",
    "Chuyền 3",
    "đơn hàng",
    "Hồ Thị",
    "Lan",
    str(cast.LAN.telegram_id),
    "Nguyễn Thị An",
    str(cast.AN.telegram_id),
    DEFAULT_TOKEN,
    "\\u1ee3",
)
METHODS = ("getUpdates", "sendMessage", "editMessageText", "answerCallbackQuery")
BROKEN = ("garbled", "drop", "500", "502", "400", "403", "429", "401", "404")


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """Everything that is written, at the level that says most."""
    root = logging.getLogger()
    before = root.handlers[:], root.level
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stderr", stream)
    logs.set_up(Logging(level="debug"), DEFAULT_TOKEN)
    yield stream
    structlog.reset_defaults()
    root.handlers[:], level = before
    root.setLevel(level)
    for name in logs.OWN:
        logging.getLogger(name).setLevel(logging.NOTSET)


def clean(log: io.StringIO) -> str:
    """What was written, after making sure that nobody is in it."""
    written = log.getvalue()
    assert [line for line in written.splitlines() for s in SECRETS if s in line] == []
    return written


@pytest.mark.wide
async def test_a_worker_s_concern_through_every_broken_answer(log: io.StringIO, town: Town) -> None:
    lan = await town.person("Lan")
    await lan.send("/start")
    for method in METHODS:
        for kind in BROKEN:
            town.sandbox.world.faults.clear()
            await town.fault(method, kind, times=2, seconds=0)
            await lan.send(STORY)
    town.sandbox.world.faults.clear()
    await lan.send(STORY)
    written = clean(log)
    assert "library" in written or "telegram" in written
    assert "updates.not_fetched" in written


async def test_updates_that_cannot_be_read(log: io.StringIO, town: Town) -> None:
    shape = {
        "message_id": 1,
        "date": "soon",
        "chat": {"id": 5, "type": "private"},
        "text": STORY,
        "from": {"id": cast.LAN.telegram_id, "first_name": "Lan", "is_bot": "no"},
    }
    town.sandbox.world.updates.add("message", shape)
    await (await town.person("Lan")).send("/start")
    assert "update.set_aside" in clean(log)


async def test_a_database_that_quotes_what_it_refuses(log: io.StringIO, town: Town) -> None:
    """Its error's words, the statement's parameters and the row are those of the people."""
    lan, an = await town.person("Lan"), await town.person("An")
    async with town.program.work.store.engine.begin() as connection:
        for table, column in (("draft", "answers"), ("person", "name"), ("visit", "day")):
            await connection.execute(
                text(
                    f"CREATE TRIGGER refuse_{table} BEFORE UPDATE ON {table} BEGIN "
                    f"SELECT RAISE(ABORT, 'Hồ Thị Lan: Chuyền 3 nợ lương') "
                    f"WHERE new.{column} IS NOT NULL; END"
                )
            )
    before = MEASURES.troubles["update.failed"]
    await lan.send("/start")
    await lan.click("✍️ Gửi ý kiến")
    await lan.click("Đồng ý")
    await lan.send(STORY)
    await an.send(STORY)
    written = clean(log)
    assert "IntegrityError" in written
    assert "update.failed" in written
    assert MEASURES.troubles["update.failed"] > before


async def test_a_task_that_dies_with_somebodys_words(log: io.StringIO) -> None:
    async def dies() -> None:
        try:
            raise ValueError(STORY)
        except ValueError as error:
            raise LookupError({"text": STORY, "from": "Hồ Thị Lan"}) from error

    background = Background()
    async with background.run("dies", dies):
        with pytest.raises(Exception, match="dies"):
            await background.until(asyncio.Event().wait())
    assert "LookupError" in clean(log)


@pytest.mark.parametrize(
    "name",
    [
        *("uvicorn.error", "uvicorn.access", "uvicorn.asgi", "starlette", "asyncio", "httpcore"),
        *("alembic.runtime.migration", "alembic.env", "sqlalchemy.engine.Engine", "sqlalchemy.orm"),
        *("psycopg", "psycopg.pool", "aiosqlite", "apscheduler.scheduler", "telegram.ext.Updater"),
        *("telegram.Bot", "httpx", "docxtpl", "PIL.Image", "a.library.of.tomorrow", ""),
    ],
)
def test_no_library_gets_a_word_in_whatever_it_does(
    log: io.StringIO, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    logger = logging.getLogger(name)
    monkeypatch.setattr(logger, "propagate", True)  # a server that ran before silenced its own
    for level in (logging.DEBUG, logging.INFO, logging.WARNING, logging.ERROR, logging.CRITICAL):
        logger.log(level, STORY)
        logger.log(level, "%s said %r", "Lan", {"text": STORY})
        logger.log(level, {"text": STORY}, extra={"params": STORY, "taskName": "Lan"})
    try:
        raise RuntimeError(STORY)
    except RuntimeError:
        logger.exception("%s", STORY, stack_info=True)
    logger.error(f"put together: {STORY}", exc_info=ValueError(STORY))
    written = clean(log)
    assert written.count("RuntimeError") == 1
    assert written.count("ValueError") == 1


SABOTAGED = """
import sys
from bot.cli import operating
from bot.cli.commands import main

async def fails(*_):
    raise RuntimeError("Hồ Thị Lan: nợ lương")

operating.init_db = fails
sys.argv = ["satcoso", "init-db"]
main()
"""


@pytest.mark.wide
def test_a_command_that_fails_unforeseen_quotes_nobody(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text(f'[telegram]\ntoken = "{DEFAULT_TOKEN}"\n')
    ended = subprocess.run(
        [sys.executable, "-c", SABOTAGED],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert ended.returncode == 1
    assert "RuntimeError" in ended.stderr
    assert "Lan" not in ended.stderr + ended.stdout
    assert "lương" not in ended.stderr + ended.stdout
