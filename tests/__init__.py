"""The tests, and what they share.

Where Python is told to write no bytecode (`PYTHONDONTWRITEBYTECODE`), each run would compile the
program, its libraries and all tests anew, fifteen seconds of work, and each process that a test
starts most of it once more. It is kept beside what pytest keeps; `make clean` takes it away.
"""

import os
import sys
from pathlib import Path

if sys.dont_write_bytecode:
    kept_in = Path(__file__).parents[1] / ".pytest_cache" / "bytecode"
    os.environ.setdefault("PYTHONPYCACHEPREFIX", str(kept_in))
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    sys.dont_write_bytecode, sys.pycache_prefix = False, os.environ["PYTHONPYCACHEPREFIX"]
