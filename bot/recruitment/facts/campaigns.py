"""What the page of a campaign's month shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.recruitment.rules.campaigns import Month
from storage.models import Unit


@dataclass(frozen=True)
class CampaignDay:
    """What one day brought; `total`: members since the first of the month."""

    day: date
    members: int
    unions: int
    total: int


@dataclass(frozen=True)
class CampaignUnit:
    """What one unit reached in the month."""

    name: str
    members: int
    unions: int


@dataclass(frozen=True)
class CampaignPage:
    """One month of the campaign in a scope. `units`: those that reached something, the most first;
    `without`: how many did not. `earlier`: the year before, the same month."""

    month: Month
    unit: Unit | None
    runs: bool
    days: Sequence[CampaignDay]
    units: Sequence[CampaignUnit]
    without: int
    names: Sequence[str]  # of the unions founded
    members: int
    earlier_members: int
    earlier_unions: int
    before: Month | None
    after: Month | None
