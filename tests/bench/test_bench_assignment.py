"""The Monday plan of 500 officers over 20,000 sites, against sorting the sites once."""

from collections.abc import Callable
from random import Random
from time import perf_counter

import pytest

from bot.visits.rules.assignment import Officer, Site, plan_week

OFFICERS, SITES, WARDS, MAY = 500, 20_000, 100, 5
ALL = range(1, SITES + 1)


def a_province() -> list[Site]:
    random = Random(46)
    return [
        Site(
            number,
            workers=random.randint(5, 3000),
            owes_union=random.random() >= 0.8,
            rating=random.choice([None, "KHT", "HT", "T", "XS"]),
            weeks_since_visit=random.choice([None, *range(30)]),
            weeks_since_turn=random.randint(0, 20),
            open_cases=random.randint(0, 4),
            overdue_cases=random.randint(0, 2),
            sensitive=random.random() < 0.1,
            officer_in_charge=random.choice([None, *range(1, OFFICERS + 1)]),
        )
        for number in ALL
    ]


def scopes() -> dict[str, list[int]]:
    wards = {f"ward {n}": [site for site in ALL if site % WARDS == n] for n in range(WARDS)}
    return wards | {"province": list(ALL)}


def best_of_five(work: Callable[[], object]) -> float:
    """Milliseconds."""
    taken = []
    for _ in range(5):
        start = perf_counter()
        work()
        taken.append(perf_counter() - start)
    return min(taken) * 1000


@pytest.mark.bench
@pytest.mark.parametrize(
    ("layout", "visits", "post"),
    [
        ("100 wards and the province, 2 visits each", 2, lambda n: f"ward {n % WARDS}"),
        ("one pool, 2 visits each", 2, lambda n: "province"),
        ("one pool, 30 visits each", 30, lambda n: "province"),
    ],
)
def test_planning_a_week(layout, visits, post):
    sites, within = a_province(), scopes()
    officers = [
        Officer(n, visits, post(n) if n % 5 else "province") for n in range(1, OFFICERS + 1)
    ]
    floor = best_of_five(lambda: sorted(sites, key=lambda site: (site.weeks_since_turn, site.id)))
    plan = plan_week(sites, officers, within, month=MAY)
    taken = best_of_five(lambda: plan_week(sites, officers, within, month=MAY))
    assert len(plan.assignments) == OFFICERS * visits
    print(
        f"\nassignment, {OFFICERS} officers x {SITES} sites, {layout}: {taken:.0f} ms;"
        f" floor (sorting the sites) {floor:.1f} ms, {taken / floor:.0f}x"
    )
