"""What there is to know of an announcement before, while and after it goes out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from storage.enums import AnnouncementState, Audience
from storage.models import Announcement, Unit


@dataclass(frozen=True)
class AudienceReach:
    """Before it goes out: how many it is for, (name, why) of those who will hardly get it, and how
    many units have nobody to read it.
    """

    readers: int
    unreachable: Sequence[tuple[str, str]]
    units_without: int


@dataclass(frozen=True)
class AnnouncementText:
    """What is to be sent to whom."""

    unit_id: int
    audience: Audience
    words: str
    file_id: int | None = None


@dataclass(frozen=True)
class Progress:
    """How far it has got. `errors`: how many did not get it, by the kind of the error. `waits_for`:
    the moment at which it begins to go out, where that is later than now.
    """

    announcement: Announcement
    unit: Unit
    author: str
    reached: int
    waiting: int
    held: int
    errors: Mapping[str, int]
    answers: int
    waits_for: datetime | None
    units_without: int
    may_steer: bool

    @property
    def unreached(self) -> int:
        return sum(self.errors.values())

    @property
    def state(self) -> AnnouncementState:
        """As it stands: over once nobody is left to send to, also before that has been noted."""
        row = self.announcement
        over = self.reached + self.unreached >= row.readers
        sending = row.state is AnnouncementState.SENDING
        return AnnouncementState.DONE if sending and over else row.state


@dataclass(frozen=True)
class Unreached:
    """One line of the list of those who do not have it."""

    name: str
    roles: str
    phone: str
    why: str


@dataclass(frozen=True)
class UnreachedList:
    """Everybody who does not have it, and the units where nobody could."""

    announcement: Announcement
    unit: Unit
    rows: Sequence[Unreached]
    units: Sequence[str]
