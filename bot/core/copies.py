"""Where our copies of files lie: by the name that their row gives, some hundred folders."""

from pathlib import Path


def copy_path(folder: Path, name: str) -> Path:
    """`name`: the row's `sha256`."""
    return folder / name[:2] / name
