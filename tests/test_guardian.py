"""An interrupted run leaves no process behind."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.guardian import _born, _running

ROOT = Path(__file__).parent.parent
RUN = """
import subprocess, sys, time
from tests import guardian

guardian.watch()
# As the servers of tests: in a session of its own, deaf to a polite request.
deaf = "signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True); time.sleep(600)"
deaf = "import signal, time; " + deaf
child = subprocess.Popen(
    [sys.executable, "-S", "-c", deaf], stdout=subprocess.PIPE, start_new_session=True
)
child.stdout.readline()
print(child.pid, flush=True)
time.sleep(600)
"""
PATIENCE = 60  # seconds; only a guardian that does not work is waited for so long


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processes are read from /proc")
@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_what_a_run_started_ends_with_it_however_it_is_interrupted(end: signal.Signals) -> None:
    run = subprocess.Popen(
        [sys.executable, "-c", RUN],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        # The child is deaf to what is asked: that it is forced is what there is to see.
        env={**os.environ, "SATCOSO_GUARDIAN_PATIENCE": "0.5"},
    )
    assert run.stdout is not None
    pid = int(run.stdout.readline())
    child = {(pid, _born(pid))}
    assert _running(child) == [pid]
    run.send_signal(end)
    run.wait(PATIENCE)
    patience = time.monotonic() + PATIENCE
    while _running(child):
        assert time.monotonic() < patience, "it is still there"
        time.sleep(0.05)
