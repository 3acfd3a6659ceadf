"""How pressing it is to go to a site, and why, in words a cadre can check.

The grounds come from the plans: `sat-co-so` (weeks without a visit, unsettled proposals, weak
or "tiềm ẩn phức tạp" units) and `doan-vien` (enterprises that are large enough for a union and have
none, above all in the months of its campaign). The points are our own and can all be configured.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from storage.enums import Rating


@dataclass(frozen=True)
class Site:
    """One place to visit, as it stands when the week is planned."""

    id: int
    workers: int
    owes_union: bool
    """An enterprise without a union, of so many workers that the plan of the year wants one."""
    rating: Rating | None
    """Last yearly rating; None when not rated."""
    weeks_since_visit: int | None
    """Weeks from the week of the last visit that took place; None when there was none."""
    weeks_since_turn: int
    """Weeks from the week of its last turn in any plan (1 when that was last week), or from the
    week it became known; weeks off, such as Tết, are not counted. The clock of fairness."""
    rested_weeks: int | None = None
    """The same, where there was such a turn or a visit of anybody; None: there never was one."""
    promises_due: int = 0
    """What was agreed at the site and is to be done by the end of the week, or is late."""
    open_cases: int = 0
    """Cases not settled, the overdue ones among them."""
    overdue_cases: int = 0
    sensitive: bool = False
    """"Tiềm ẩn phức tạp": arrears of wages or insurance, a dispute."""
    officer_in_charge: int | None = None
    meeting: str = ""
    """The day on which its committee meets this week, in words."""
    campaign: bool = False
    """Whether a plan in force makes this month one of its campaign here."""


@dataclass(frozen=True)
class Weights:
    """Points for each ground; the sum orders the sites. A weight of 0 drops the ground."""

    rest_weeks: int = 3
    """A site that had somebody, or a turn, less than so many weeks ago comes after all that wait
    longer, as long as the round of its pool allows. No points: the most pressing site would else be
    the plan's every week."""

    week_waited: int = 2
    weeks_cap: int = 26
    never_visited: int = 40
    open_case: int = 3
    overdue_case: int = 8
    promise_due: int = 6
    meeting_week: int = 12
    sensitive: int = 25
    rating_kht: int = 20
    rating_ht: int = 8
    hundred_workers: int = 1
    workers_cap: int = 15
    """The most points that the number of workers can bring."""
    no_union: int = 15
    no_union_from: int = 0
    """Workers from which an enterprise is to have a union; 0: what the plan asks of the year."""
    campaign: int = 15
    campaign_months: tuple[int, ...] = ()
    """Months of a campaign on top of those that the plans name."""


@dataclass(frozen=True)
class Reason:
    """Why this site: a key and the figure behind it.

    Keys: weeks_waited (weeks), never_visited, open_cases, overdue_cases and promises_due (how
    many), meeting (the day, in words), sensitive, weak_rating (KHT or HT), many_workers and
    no_union (workers), campaign (month), turn (its turn by rotation), in_charge (the officer
    answers for this site).
    """

    key: str
    value: int | str | None = None


DEFAULT_WEIGHTS = Weights()


def score(site: Site, month: int, weights: Weights = DEFAULT_WEIGHTS) -> int:
    """The points of a site in a month (1–12); more points go first."""
    return sum(points for points, _ in _grounds(site, month, weights))


def reasons(site: Site, month: int, weights: Weights = DEFAULT_WEIGHTS) -> tuple[Reason, ...]:
    """The grounds worth telling, the weightiest first; may be empty."""
    grounds = [ground for ground in _grounds(site, month, weights) if ground[0] > 0]
    grounds.sort(key=lambda ground: -ground[0])
    return tuple(reason for _, reason in grounds if _worth_telling(reason))


def _worth_telling(reason: Reason) -> bool:
    # "One week since the last visit" explains nothing, nor does a handful of workers.
    floors = {"weeks_waited": 2, "many_workers": 100}
    value = reason.value
    return not isinstance(value, int) or value >= floors.get(reason.key, 0)


def _grounds(site: Site, month: int, weights: Weights) -> Iterator[tuple[int, Reason]]:
    waited = site.weeks_since_visit
    if waited is None:
        yield weights.never_visited, Reason("never_visited")
    elif waited > 0:
        yield min(waited, weights.weeks_cap) * weights.week_waited, Reason("weeks_waited", waited)
    if site.overdue_cases:
        overdue = site.overdue_cases
        yield overdue * weights.overdue_case, Reason("overdue_cases", overdue)
    if site.open_cases:
        yield site.open_cases * weights.open_case, Reason("open_cases", site.open_cases)
    if site.promises_due:
        yield site.promises_due * weights.promise_due, Reason("promises_due", site.promises_due)
    if site.meeting:
        yield weights.meeting_week, Reason("meeting", site.meeting)
    if site.sensitive:
        yield weights.sensitive, Reason("sensitive")
    if site.rating in (Rating.FAILED, Rating.DONE):
        weak = weights.rating_kht if site.rating is Rating.FAILED else weights.rating_ht
        yield weak, Reason("weak_rating", site.rating)
    crowd = min(site.workers * weights.hundred_workers // 100, weights.workers_cap)
    yield crowd, Reason("many_workers", site.workers)
    if site.owes_union:
        yield weights.no_union, Reason("no_union", site.workers)
        if site.campaign or month in weights.campaign_months:
            yield weights.campaign, Reason("campaign", month)
