"""What a start loads, in a process of its own: libraries for papers, pictures, lists and migrations
come when the first of them is asked for, certificates of authorities when somebody speaks TLS."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
WHEN_USED = {
    *("docx", "docxtpl", "lxml", "xlsxwriter", "python_calamine"),
    *("PIL", "segno", "resvg_py", "matplotlib", "numpy", "rapidfuzz"),
    *("starlette", "uvicorn", "python_multipart", "typer", "bot.channels.web.site"),
    *("tarfile", "pyexpat"),
    *("alembic", "mako", "psycopg", "holidays", "sqlalchemy.dialects.postgresql"),
}
LIBRARIES = """
import json, sys
import bot.cli.running
print(json.dumps(sorted(sys.modules)))
"""
CERTIFICATES = "certificates of authorities"  # each copy: 1 MB and more, tens of milliseconds
STARTED = """
import asyncio, json, ssl, sys
from bot.app.wiring import build
from bot.config.loading import parse

make, read = ssl.create_default_context, []

def create_default_context(*given, **named):
    read.append("certificates of authorities")
    return make(*given, **named)

async def start():
    ssl.create_default_context = create_default_context
    program = await build(parse(json.loads(sys.argv[1])))
    if program.application._job_queue:
        read.append("a second schedule")
    await program.work.store.close()

asyncio.run(start())
print(json.dumps(sorted(sys.modules) + read))
"""


def loaded(script: str, *arguments: str) -> set[str]:
    """The modules of a fresh process once it has run this."""
    ended = subprocess.run(
        [sys.executable, "-c", script, *arguments],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert ended.returncode == 0, ended.stderr
    return set(json.loads(ended.stdout.splitlines()[-1]))


@pytest.fixture
def settings_json(migrated: Path, tmp_path: Path) -> str:
    """Of a program on a database that is at the newest schema."""
    database = tmp_path / "satcoso.db"
    database.write_bytes(migrated.read_bytes())
    settings = {
        "telegram": {"token": "123456:sandbox"},
        "database": {"url": f"sqlite+aiosqlite:///{database}", "files": str(tmp_path / "files")},
        "privacy": {"key_file": str(tmp_path / "satcoso.key")},
    }
    return json.dumps(settings)


def test_what_the_program_imports_brings_no_library_that_a_start_does_without() -> None:
    assert WHEN_USED & loaded(LIBRARIES) == set()


@pytest.mark.wide
def test_a_start_on_an_up_to_date_database_loads_none_either(settings_json: str) -> None:
    assert {*WHEN_USED, CERTIFICATES, "a second schedule"} & loaded(STARTED, settings_json) == set()
