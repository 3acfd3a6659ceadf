"""Whoever was killed is known to be dead at once, not when what it wrote has grown old."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.app import alive
from bot.cli.health import judge

WELL = {"well": True, "faults": [], "warnings": []}
LIVES = "import sys; from pathlib import Path; from bot.app import alive\n"
LIVES += "lock = alive.hold(Path(sys.argv[1])); print('holds', flush=True); sys.stdin.read()"


def wrote(file: Path, machine: str) -> None:
    file.write_text(json.dumps({**WELL, "machine": machine}))


class Programs:
    """Processes that hold the lock beside one file."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self._processes: list[subprocess.Popen[str]] = []

    def start(self) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-c", LIVES, str(self.file)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._processes.append(process)
        assert process.stdout
        assert process.stdout.readline() == "holds\n"
        return process

    def kill(self, process: subprocess.Popen[str]) -> None:
        process.kill()
        process.communicate()

    def close(self) -> None:
        for process in self._processes:
            self.kill(process)


@pytest.fixture
def programs(tmp_path: Path) -> Iterator[Programs]:
    programs = Programs(tmp_path / "health.json")
    yield programs
    programs.close()


def test_who_was_killed_is_not_well_from_that_moment_on(programs: Programs) -> None:
    process = programs.start()
    wrote(programs.file, alive.machine())
    assert judge(programs.file) == (True, ["ok, 0 s ago"])
    programs.kill(process)
    well, (line,) = judge(programs.file)
    assert not well
    assert "killed" in line


def test_where_several_write_one_file_one_of_them_is_enough(programs: Programs) -> None:
    first, second = programs.start(), programs.start()
    wrote(programs.file, alive.machine())
    programs.kill(first)
    assert judge(programs.file)[0]
    programs.kill(second)
    assert not judge(programs.file)[0]


def test_of_another_machine_only_the_age_of_what_it_wrote_is_known(programs: Programs) -> None:
    """A folder that several machines share: this one sees no lock of theirs."""
    wrote(programs.file, "another")
    programs.kill(programs.start())
    assert judge(programs.file)[0]


def test_what_an_older_version_wrote_is_judged_by_its_age(tmp_path: Path) -> None:
    file = tmp_path / "health.json"
    file.write_text(json.dumps(WELL))
    assert judge(file)[0]


def test_who_looks_keeps_nobody_from_starting(programs: Programs) -> None:
    programs.kill(programs.start())
    assert alive.somebody_is(programs.file) is False
    programs.start()
    assert alive.somebody_is(programs.file) is True
