"""The tests, and what they share.

Where Python is told to write no bytecode (`PYTHONDONTWRITEBYTECODE`), each process that a test
starts would compile the program and all its libraries anew, two seconds of work. While tests run
it is kept in a folder that goes away with them.
"""

import atexit
import os
import shutil
import sys
import tempfile

if sys.dont_write_bytecode:
    if "PYTHONPYCACHEPREFIX" not in os.environ:  # else this is one of several: they share it
        os.environ["PYTHONPYCACHEPREFIX"] = tempfile.mkdtemp(prefix="bytecode-")
        atexit.register(shutil.rmtree, os.environ["PYTHONPYCACHEPREFIX"], ignore_errors=True)
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    sys.dont_write_bytecode, sys.pycache_prefix = False, os.environ["PYTHONPYCACHEPREFIX"]
