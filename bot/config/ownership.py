"""Whose a file is that cannot be used: mostly somebody ran a command, or copied it, as root."""

import os
import pwd
from pathlib import Path


def remedy(place: Path) -> str:
    """Whose it is and the command that helps, to stand behind a sentence; empty where it is this
    user's own, or nobody may ask."""
    try:
        owner = place.stat().st_uid
    except OSError:
        return ""
    if owner == os.geteuid():
        return ""
    whose, ours = _name(owner), _name(os.geteuid())
    return f"; it belongs to {whose}; as root: chown {ours}: {place}"


def why_not(error: OSError, place: Path) -> str:
    """Why a file could not be read, and where its owner is the cause what to do."""
    return f"{error.strerror}{remedy(place) if isinstance(error, PermissionError) else ''}"


def _name(user: int) -> str:
    try:
        return pwd.getpwuid(user).pw_name
    except KeyError:  # in a container
        return str(user)
