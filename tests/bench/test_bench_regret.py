"""What Monday's plan costs against the best plan that knows the future, on small provinces.

The best is exact: every plan of all weeks is weighed, by what state it leaves behind. It has the
same promise to keep, that no site waits longer than the bound, and may change its mind for every
week. Printed, not asserted: the plan promises the bound, not the optimum.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import combinations
from random import Random

import pytest

from bot.visits.rules.assignment import Officer, Site, Weights, plan_week
from bot.visits.rules.priority import score
from bot.visits.rules.rotation import longest_wait

MONTH, PROVINCES = 3, 6
WITHOUT_REST = Weights(rest_weeks=0)


@dataclass(frozen=True)
class Small:
    """`sites` of one scope, `visits` a week in all, for so many `weeks`."""

    sites: tuple[Site, ...]
    visits: int
    weeks: int

    @property
    def bound(self) -> int:
        return longest_wait(len(self.sites), self.visits)


def provinces(sites: int, visits: int, weeks: int) -> Iterator[Small]:
    for seed in range(PROVINCES):
        chance = Random(seed)
        yield Small(
            tuple(
                Site(
                    number,
                    workers=chance.randint(5, 3000),
                    owes_union=chance.random() >= 0.8,
                    rating=None,
                    weeks_since_visit=None,
                    weeks_since_turn=1,
                    open_cases=chance.choice((0, 0, 1, 4)),
                    overdue_cases=chance.choice((0, 0, 0, 2)),
                    sensitive=chance.random() < 0.15,
                )
                for number in range(sites)
            ),
            visits,
            weeks,
        )


def points(site: Site, waited: int) -> int:
    """What a visit is worth after so many weeks; what is settled there stays settled for two."""
    now = replace(site, weeks_since_visit=waited)
    if waited <= 2:
        now = replace(now, open_cases=0, overdue_cases=0, sensitive=False)
    return score(now, MONTH)


def best(small: Small) -> int:
    """The most points that any plan can bring."""
    worth = [[points(site, n) for n in range(small.weeks + 2)] for site in small.sites]
    everybody = range(len(small.sites))

    @cache
    def ahead(waited: tuple[int, ...], weeks: int) -> int:
        if weeks == 0:
            return 0
        most = -1
        for chosen in combinations(everybody, small.visits):
            after = tuple(1 if n in chosen else weeks_ + 1 for n, weeks_ in enumerate(waited))
            if max(after) <= small.bound:
                rest = ahead(after, weeks - 1)
                if rest >= 0:
                    most = max(most, rest + sum(worth[n][waited[n]] for n in chosen))
        return most

    return ahead(tuple(site.weeks_since_turn for site in small.sites), small.weeks)


@dataclass(frozen=True)
class Outcome:
    points: int
    longest: int
    """Weeks between two visits of a site, or until the end of the time."""
    spread: int
    """Visits of the site with the most less those of the one with the least."""
    in_a_row: int
    """The most weeks in a row that one site was gone to."""


def ours(small: Small, weights: Weights) -> Outcome:
    """Week after week as the program does it: it knows only how things stand on Monday."""
    sites = small.sites
    officers = [Officer(n, 1, "all") for n in range(small.visits)]
    scope = {"all": [site.id for site in sites]}
    total, longest, last = 0, 0, frozenset[int]()
    times: Counter[int] = Counter({site.id: 0 for site in sites})
    rows: Counter[int] = Counter()
    most_in_a_row = 0
    for _ in range(small.weeks):
        seen = tuple(
            replace(
                site,
                weeks_since_visit=site.weeks_since_turn,
                open_cases=0 if site.weeks_since_turn <= 2 else site.open_cases,
                overdue_cases=0 if site.weeks_since_turn <= 2 else site.overdue_cases,
                sensitive=site.weeks_since_turn > 2 and site.sensitive,
            )
            for site in sites
        )
        plan = plan_week(seen, officers, scope, month=MONTH, weights=weights)
        chosen = frozenset(made.site_id for made in plan.assignments)
        total += sum(points(small.sites[n], sites[n].weeks_since_turn) for n in chosen)
        longest = max(longest, *(site.weeks_since_turn for site in sites))
        times.update(chosen)
        rows = Counter({n: rows[n] + 1 if n in last else 1 for n in chosen})
        most_in_a_row, last = max(most_in_a_row, *rows.values()), chosen
        sites = tuple(
            replace(site, weeks_since_turn=1, rested_weeks=1)
            if site.id in chosen
            else replace(
                site,
                weeks_since_turn=site.weeks_since_turn + 1,
                rested_weeks=site.rested_weeks and site.rested_weeks + 1,
            )
            for site in sites
        )
    counts = times.values()
    return Outcome(total, longest, max(counts) - min(counts), most_in_a_row)


@pytest.mark.bench
@pytest.mark.parametrize(
    ("sites", "visits", "weeks"), [(5, 1, 10), (6, 2, 8), (7, 2, 6), (8, 3, 4)]
)
def test_what_the_plan_costs_against_the_best_that_knows_the_future(sites, visits, weeks):
    print(f"\n{PROVINCES} provinces of {sites} sites, {visits} visits a week, {weeks} weeks")
    for name, weights in (("with its rest", Weights()), ("without", WITHOUT_REST)):
        shares, outcomes = [], []
        for small in provinces(sites, visits, weeks):
            outcome = ours(small, weights)
            assert outcome.longest <= small.bound
            shares.append(outcome.points / best(small))
            outcomes.append(outcome)
        bound, even = longest_wait(sites, visits), -(-sites // visits)
        print(
            f"  {name}: {sum(shares) / len(shares):.3f} of the best points"
            f" (worst {min(shares):.3f}); longest wait {max(o.longest for o in outcomes)} weeks"
            f" (bound {bound}, an even round {even}); visits of a site differ by at most"
            f" {max(o.spread for o in outcomes)}; one site at most"
            f" {max(o.in_a_row for o in outcomes)} weeks in a row"
        )
