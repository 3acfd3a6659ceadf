"""Limits against spam, set where nobody with a real concern meets them (our own proposal)."""

from dataclasses import dataclass
from datetime import UTC, datetime


@dataclass(frozen=True)
class Limits:
    """For one account; on the web, where everybody is new, for a site and over all. The reserve is
    each site's own, whatever comes for the others.

    Raises ValueError for a limit that would shut everybody out.
    """

    concerns_a_day: int = 10
    messages_an_hour: int = 40
    wrong_codes_an_hour: int = 5
    web_site_an_hour: int = 200
    web_an_hour: int = 1000
    web_site_begun_an_hour: int = 600
    web_begun_an_hour: int = 3000
    web_site_reserve_an_hour: int = 30

    def __post_init__(self) -> None:
        if min(vars(self).values()) < 1:
            raise ValueError("a limit is at least 1")

    @property
    def concerns_on_the_web(self) -> "HourlyShare":
        """What is sent there."""
        return HourlyShare(self.web_site_an_hour, self.web_an_hour, self.web_site_reserve_an_hour)

    @property
    def begun_on_the_web(self) -> "HourlyShare":
        """What is begun there."""
        return HourlyShare(
            self.web_site_begun_an_hour, self.web_begun_an_hour, self.web_site_reserve_an_hour
        )


@dataclass(frozen=True)
class HourlyShare:
    """How much an hour takes of one thing: at most so much `at_site`, and `over_all`. Where that is
    used up each site still has its `reserve`: whoever floods one, or all that is common, silences
    no other.
    """

    at_site: int
    over_all: int
    reserve: int

    def has_room(self, at_site: int, over_all: int) -> bool:
        """For one more, after so many."""
        common = over_all < self.over_all or at_site < self.reserve
        return at_site < self.at_site and common


def hour_of(now: datetime) -> datetime:
    """The hour that something counts for."""
    return now.astimezone(UTC).replace(minute=0, second=0, microsecond=0)


def too_many(before: int, limit: int) -> bool:
    """Whether one more is too many after so many."""
    return before >= limit
