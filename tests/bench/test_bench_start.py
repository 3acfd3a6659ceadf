"""How long a start takes until somebody is answered, what the idle program holds, how large it is.

Real processes, alternating with their floor: the same interpreter that only imports the two
libraries the program cannot be without. Python's compiled files are written before, as after an
installation; the libraries are those of a fresh `make install`, for what tests need beside them
makes a start longer (httpx reads its command line's libraries where they are there).
"""

import importlib.metadata
import os
import re
import shutil
import statistics
import subprocess
import time
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from typing import NamedTuple

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.e2e.processes import Phone, Town

ROOT = Path(__file__).parents[2]
ROUNDS = 7
FLOORS = {
    "bare python": "pass",
    "telegram.ext + sqlmodel": "import telegram.ext, sqlmodel",
    "what `satcoso run` imports": "import bot.cli.running",
}
FLOOR, OURS = "telegram.ext + sqlmodel", "start to first answer"
SHOWN = 12  # packages, the largest first


class Taken(NamedTuple):
    """Seconds that passed, and seconds of the processor: others on the machine lengthen those."""

    wall: float
    cpu: float


class Installation(NamedTuple):
    """A copy of what the program is made of, after `make install`, which took so many seconds."""

    folder: Path
    seconds: float

    @property
    def python(self) -> str:
        return str(self.folder / ".venv/bin/python")


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """It asks the machine's index; where there is none, nothing here is measured."""
    copy = tmp_path_factory.mktemp("installation")
    for name in ("Makefile", "README.md", "pyproject.toml", ".ci", "bot", "storage"):
        path = ROOT / name
        if path.is_dir():
            shutil.copytree(path, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(path, copy)
    start = time.perf_counter()
    done = subprocess.run(["make", "install"], cwd=copy, capture_output=True, text=True)
    if done.returncode:
        pytest.skip(f"nothing could be installed: {done.stderr[-300:]}")
    return Installation(copy, time.perf_counter() - start)


@pytest.fixture(autouse=True)
def compiled_files(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Written to a folder of this test and read again, for every process that is started here."""
    monkeypatch.delenv("PYTHONDONTWRITEBYTECODE", raising=False)
    monkeypatch.setenv("PYTHONPYCACHEPREFIX", str(tmp_path / "compiled"))
    monkeypatch.setenv("PYTHONPATH", str(ROOT))


@pytest.mark.bench
def test_start_to_first_answer_beside_imports_alone(
    tmp_path: Path, installation: Installation
) -> None:
    folder = tmp_path / "town"
    folder.mkdir()
    town, python = Town(folder, "2026-11-23T07:00"), installation.python
    try:
        phone = Phone(town, 4001, "Hồ Thị Lan")
        first = answered(python, town, phone)  # makes the database and the compiled files
        for script in FLOORS.values():
            ended(python, script)
        times: dict[str, list[Taken]] = {name: [] for name in (*FLOORS, OURS)}
        idle: list[float] = []
        for _ in range(ROUNDS):
            for name, script in FLOORS.items():
                times[name].append(ended(python, script))
            times[OURS].append(answered(python, town, phone, idle))
    finally:
        town.close()
    print(f"\n{'':28}{'seconds':>8}{'least':>8}{'most':>8}{'CPU':>8}   medians of {ROUNDS}")
    for name, rounds in times.items():
        walls = [taken.wall for taken in rounds]
        cells = (statistics.median(walls), min(walls), max(walls), middle_cpu(rounds))
        print(f"{name:28}" + "".join(f"{cell:8.2f}" for cell in cells))
    print(
        f"{'first start of all':28}{first.wall:8.2f}{'':16}{first.cpu:8.2f}   migrations, compiling"
    )
    ratio = middle_cpu(times[OURS]) / middle_cpu(times[FLOOR])
    print(f"{OURS}: {ratio:.2f} x the CPU of {FLOOR}")
    print(f"idle after it: {statistics.median(idle):.0f} MB (most {max(idle):.0f})")
    assert len(idle) == ROUNDS


def middle_cpu(rounds: Sequence[Taken]) -> float:
    """The median of the processor's seconds."""
    return statistics.median(taken.cpu for taken in rounds)


def ended(python: str, script: str) -> Taken:
    """A process that does this, until it has ended."""
    before, begin = getrusage(RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run([python, "-c", script], check=True)
    wall, after = time.perf_counter() - begin, getrusage(RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Taken(wall, used)


def answered(python: str, town: Town, phone: Phone, idle: list[float] | None = None) -> Taken:
    """Somebody has written while the program was down: from its start to the answer."""
    before = len(phone.messages)
    phone.send("/start")
    begin = time.perf_counter()
    town.program = subprocess.Popen(
        [python, "-m", "bot", "run", "--config", str(town.config)],
        stdout=town._log,
        stderr=town._log,
    )
    while len(phone.messages) == before:
        assert town.program.poll() is None, town.log()
        time.sleep(0.01)
    taken = Taken(time.perf_counter() - begin, used_by(town.program.pid))
    if idle is not None:
        time.sleep(3)  # what begins with the program has been done
        idle.append(held(town.program.pid))
    town.stop()
    return taken


def used_by(pid: int) -> float:
    """Seconds of the processor that a process has used so far."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def held(pid: int) -> float:
    """Megabytes of memory that a process holds (RSS)."""
    words = Path(f"/proc/{pid}/status").read_text()
    match = re.search(r"VmRSS:\s+(\d+) kB", words)
    assert match is not None
    return int(match[1]) / 1024


@pytest.mark.bench
def test_size_of_what_an_installation_brings() -> None:
    sizes = {name: size_of(name) for name in sorted(needed())}
    total = sum(sizes.values())
    print(f"\n{'package':28}{'MB':>8}   with compiled files")
    for name, size in sorted(sizes.items(), key=lambda item: -item[1])[:SHOWN]:
        print(f"{name:28}{size:8.1f}")
    print(f"{f'all {len(sizes)} packages':28}{total:8.1f}   without pip")
    assert total > 0


@pytest.mark.bench
def test_size_of_a_fresh_installation(installation: Installation) -> None:
    copy = installation.folder
    installed = disk_megabytes(copy / ".venv")
    beside = {k: v for k, v in os.environ.items() if k != "PYTHONPYCACHEPREFIX"}
    everything = [installation.python, "-m", "compileall", "-q", ".venv"]
    subprocess.run(everything, cwd=copy, env=beside, stdout=subprocess.DEVNULL)
    compiled = disk_megabytes(copy / ".venv")
    print(
        f"\na fresh .venv: {installed:.0f} MB after `make install` ({installation.seconds:.0f} s), "
        f"{compiled:.0f} MB once Python has compiled everything in it; under 150 asked for"
    )
    assert installed > 0


def disk_megabytes(folder: Path) -> float:
    """What a folder takes of the disk, in millions of bytes; a file with two names once."""
    stats = {(s := path.lstat()).st_ino: s.st_blocks for path in folder.rglob("*")}
    return sum(stats.values()) * 512 / 1e6


def needed() -> set[str]:
    """The packages that ours needs, and what these need; no extra of ours."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    waiting = [Requirement(line) for line in project["dependencies"]]
    names: set[str] = set()
    while waiting:
        requirement = waiting.pop()
        name = canonicalize_name(requirement.name)
        if name not in names:
            names.add(name)
            waiting += wanted_by(requirement)
    return names


def wanted_by(requirement: Requirement) -> Iterator[Requirement]:
    """What a package asks for on this machine, with the extras that it is asked for."""
    for line in importlib.metadata.requires(requirement.name) or ():
        inner = Requirement(line)
        extras = ("", *requirement.extras)
        if not inner.marker or any(inner.marker.evaluate({"extra": extra}) for extra in extras):
            yield inner


def size_of(name: str) -> float:
    """Megabytes of a package's files."""
    files = importlib.metadata.files(name) or ()
    paths = (Path(str(file.locate())) for file in files)
    return sum(path.stat().st_size for path in paths if path.is_file()) / 1e6
