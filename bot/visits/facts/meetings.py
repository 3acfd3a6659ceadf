"""What is shown of a committee's meetings."""

from dataclasses import dataclass
from datetime import date, time

from storage.enums import MeetingRule
from storage.models import Unit


@dataclass(frozen=True)
class NewMeetings:
    """What the form hands in."""

    site_id: int
    first_day: date
    starts_at: time
    rule: MeetingRule


@dataclass(frozen=True)
class KnownMeetings:
    """When the committee of a site meets, and next; `coming` None: there is none any more."""

    site: Unit
    rule: MeetingRule
    starts_at: time
    coming: date | None
