"""How long the web pages stay open to somebody of the staff, and how long a link leads there."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from storage.enums import Device

PHONES = ("mobile", "android", "iphone", "ipad")


@dataclass(frozen=True)
class Entrance:
    """What a way of coming in is good for: how long its link may lie, how many hours of silence end
    what was opened by it, and after how long it ends in any case.
    """

    link_lives: timedelta
    idle_hours: int
    longest: timedelta


BY_ONESELF = Entrance(timedelta(minutes=10), 12, timedelta(days=7))
"""Whoever has the chat at hand gets a new link by one tap, so little is lost by ending early: what
lies open in an office in the evening is closed in the morning, and nothing outlives a week.
"""
HANDED_OUT = Entrance(timedelta(days=1), 7 * 24, timedelta(days=30))
"""For whom another has to make the link, who came in without the chat or cannot reach it: asked for
every day, such links would be passed around. A report written without coverage for some days still
finds the pages open.
"""
FORGOTTEN_AFTER = timedelta(days=7)  # what was over so long ago


def is_open(used_at: datetime, idle_hours: int, ends_at: datetime, now: datetime) -> bool:
    """Whether the pages are open still. `used_at` is known to the hour, so that silence ends them
    up to an hour early.
    """
    return now < ends_at and now - used_at < timedelta(hours=idle_hours)


def device_of(user_agent: str) -> Device:
    """All that is kept of what a browser says of itself."""
    is_phone = any(word in user_agent.lower() for word in PHONES)
    return Device.PHONE if is_phone else Device.COMPUTER
