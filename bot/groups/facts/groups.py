"""What the cards about groups show."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from storage.models import GroupChat, Unit


@dataclass(frozen=True)
class Groups:
    """The groups of somebody's units, and the units for which they may link one."""

    linked: Sequence[tuple[GroupChat, Unit]]
    lost: Sequence[tuple[GroupChat, Unit]]  # of the last 30 days
    own_units: Sequence[Unit]


@dataclass(frozen=True)
class GroupCode:
    """A code just made; it cannot be read again. `until` (aware): the last moment it works."""

    unit: Unit
    code: str
    until: datetime
