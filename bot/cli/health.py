"""Is the running program well? By what it last wrote about itself; imports next to nothing."""

import json
import time
from pathlib import Path
from typing import Any

from bot.app import alive

HEALTHY_SECONDS = 90  # the program writes its file every 20


def last_told(file: Path) -> tuple[float, dict[str, Any]]:
    """(seconds ago, how it was). Raises FileNotFoundError: nothing runs; ValueError: it is none."""
    age = time.time() - file.stat().st_mtime
    state: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return age, state


def judge(file: Path) -> tuple[bool, list[str]]:
    """Whether it said lately that it is well, and that in lines."""
    try:
        age, state = last_told(file)
    except FileNotFoundError:
        return False, [f"{file}: not there; the bot is not running"]
    except ValueError:
        return False, [f"{file}: this is not what the bot writes"]
    if was_killed(file, state):
        return False, [f"{file}: written {age:.0f} s ago by a bot that was killed, or died, since"]
    if age > HEALTHY_SECONDS:
        why = "the bot is stuck or was killed, its disk is full, or the machine's clock was set"
        return False, [f"{file}: written {age:.0f} s ago; {why}"]
    lines = [f"not well: {fault}" for fault in state["faults"]] or [f"ok, {age:.0f} s ago"]
    return state["well"], [*lines, *(f"warning: {words}" for words in state["warnings"])]


def was_killed(file: Path, state: dict[str, Any]) -> bool:
    """Whether nobody lives any more who wrote this, as far as this machine can know."""
    here = alive.machine()
    return bool(here) and state.get("machine") == here and alive.somebody_is(file) is False
