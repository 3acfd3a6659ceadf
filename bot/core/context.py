"""Who asks for something, when, and what it is done with: handed to every service as one."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.core.rules.permissions import Actor
from bot.core.work import Work

LIVE = timedelta(minutes=1)  # between the sending of something and its handling
LONGEST_WAY = timedelta(days=2)  # a day at Telegram's, a day in the inbox


def believed(sent_at: datetime, now: datetime) -> datetime | None:
    """When something was sent, by another's clock; None where that is just now, a time to come, or
    longer ago than anything is on its way.
    """
    return sent_at if now - LONGEST_WAY <= sent_at < now - LIVE else None


@dataclass(frozen=True)
class Context:
    """One for each thing that somebody does. `now` is aware.

    `sent_at`: when it was sent, where that was earlier, as while the program was down. What
    somebody is held to, such as a report in time, counts from `done_at`; the program's own steps,
    such as when a message may go out, count from `now`.
    """

    work: Work
    actor: Actor
    now: datetime
    sent_at: datetime | None = None

    @property
    def done_at(self) -> datetime:
        """When somebody did it; never after `now`."""
        return min(self.sent_at or self.now, self.now)
