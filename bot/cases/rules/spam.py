"""Limits against spam, set where nobody with a real concern meets them (our own proposal)."""

from dataclasses import dataclass
from datetime import UTC, datetime


@dataclass(frozen=True)
class Limits:
    """For one account; on the web, where everybody is new, for a site and over all.

    Raises ValueError for a limit that would shut everybody out.
    """

    concerns_a_day: int = 10
    messages_an_hour: int = 40
    wrong_codes_an_hour: int = 5
    web_site_an_hour: int = 200
    web_an_hour: int = 1000
    web_begun_an_hour: int = 3000

    def __post_init__(self) -> None:
        if min(vars(self).values()) < 1:
            raise ValueError("a limit is at least 1")


def hour_of(now: datetime) -> datetime:
    """The hour that something counts for."""
    return now.astimezone(UTC).replace(minute=0, second=0, microsecond=0)


def too_many(before: int, limit: int) -> bool:
    """Whether one more is too many after so many."""
    return before >= limit
