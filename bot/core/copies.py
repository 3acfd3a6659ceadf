"""Where our copies of files lie: by the name that their row gives, some hundred folders."""

import hashlib
import os
from pathlib import Path
from tempfile import mkstemp


def copy_path(folder: Path, name: str) -> Path:
    """`name`: the row's `sha256`."""
    return folder / name[:2] / name


def write_copy(folder: Path, data: bytes, name: str = "") -> str:
    """Keep these bytes under the name, else under the one that they give; returns it. They are on
    the disk for good when it returns; the same name again is one file.
    """
    name = name or hashlib.sha256(data).hexdigest()
    target = copy_path(folder, name)
    target.parent.mkdir(parents=True, exist_ok=True)
    descriptor, path = mkstemp(dir=target.parent, suffix=".part")
    unfinished = Path(path)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(descriptor)
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)
    return name
