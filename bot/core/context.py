"""Who asks for something, when, and what it is done with: handed to every service as one."""

from dataclasses import dataclass
from datetime import datetime

from bot.core.rules.permissions import Actor
from bot.core.work import Work


@dataclass(frozen=True)
class Context:
    """One for each thing that somebody does. `now` is aware."""

    work: Work
    actor: Actor
    now: datetime
