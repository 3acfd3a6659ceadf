"""Is the running program alive? Told by the age of the file it touches; imports next to nothing."""

import time
from pathlib import Path

HEALTHY_SECONDS = 90  # the program touches its file every 20


def judge(file: Path) -> tuple[bool, str]:
    """Whether it was touched lately, and that in words."""
    try:
        age = time.time() - file.stat().st_mtime
    except FileNotFoundError:
        return False, f"{file}: not there; the bot is not running, or cannot reach Telegram"
    if age > HEALTHY_SECONDS:
        why = "the bot is stuck or was killed, or it cannot reach Telegram"
        clock = "or the machine's clock is wrong (clock.doubted in the log)"
        return False, f"{file}: touched {age:.0f} s ago; {why}, {clock}"
    return True, f"ok, {age:.0f} s ago"
