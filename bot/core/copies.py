"""Where our copies of files lie: by the name that their row gives, some hundred folders."""

import hashlib
from pathlib import Path


def copy_path(folder: Path, name: str) -> Path:
    """`name`: the row's `sha256`."""
    return folder / name[:2] / name


def write_copy(folder: Path, data: bytes) -> str:
    """Keep these bytes under the name that they give; returns it. The same bytes are one file."""
    name = hashlib.sha256(data).hexdigest()
    target = copy_path(folder, name)
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_suffix(".part")
    unfinished.write_bytes(data)
    unfinished.replace(target)
    return name
