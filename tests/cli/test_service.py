"""The unit of systemd: what it names is there, and it allows the bot no more than it needs."""

import re
import shutil
import subprocess

import pytest

from tests.test_docs import ROOT

UNIT = ROOT / "docs" / "systemd" / "satcoso.service"
LINES = UNIT.read_text(encoding="utf-8").splitlines()


def test_it_runs_a_command_that_there_is_with_the_folders_of_the_guide() -> None:
    guide = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")
    (start,) = [line for line in LINES if line.startswith("ExecStart=")]
    assert start.endswith("/satcoso run --config /opt/satcoso/config.toml")
    (writable,) = [line for line in LINES if line.startswith("ReadWritePaths=")]
    assert "mkdir -m 700 data backups" in guide
    assert writable == "ReadWritePaths=/opt/satcoso/data /opt/satcoso/backups"
    assert "docs/systemd/satcoso.service" in guide


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd on this machine")
def test_systemd_reads_every_line_and_calls_it_safe() -> None:
    """Exposure goes from 0 to 10; a service without any of these lines has 9.2."""
    told = subprocess.run(
        ["systemd-analyze", "verify", UNIT], capture_output=True, text=True, timeout=60
    ).stderr
    wrong = [line for line in told.splitlines() if UNIT.name in line and "Command" not in line]
    assert wrong == [], "the command itself need not be installed here"
    judged = subprocess.run(
        ["systemd-analyze", "security", "--offline=true", "--no-pager", UNIT],
        capture_output=True,
        text=True,
        timeout=60,
    ).stdout
    level = re.search(r"exposure level for \S+: ([\d.]+)", judged)
    assert level
    assert float(level[1]) <= 1.5
