"""The promises of the Monday plan, checked over many weeks against hostile priorities."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import pairwise, product
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.visits.rules.assignment import AssignmentPlan, Officer, Site, Weights, plan_week

QUIET_MONTH = 3


@dataclass(frozen=True)
class World:
    sites: tuple[Site, ...]
    officers: tuple[Officer, ...]
    scopes: dict[str, tuple[int, ...]]

    def members(self, officer: Officer) -> set[int]:
        return set(self.scopes[officer.scope])

    def bounds(self) -> dict[int, int]:
        """Site -> weeks it may wait: worked out by hand, apart from the code under test."""
        visits: Counter[frozenset[int]] = Counter()
        for officer in self.officers:
            visits[frozenset(self.members(officer))] += officer.quota
        homes: dict[frozenset[int], set[int]] = {}
        for site in self.sites:
            around = [pool for pool in visits if site.id in pool]
            if around:
                smallest = min(around, key=lambda pool: (len(pool), sorted(pool)))
                homes.setdefault(smallest, set()).add(site.id)
        return {
            site: -(-len(home) // visits[pool]) + 1 for pool, home in homes.items() for site in home
        }


def a_site(number: int, **facts: object) -> Site:
    plain = Site(number, 0, False, None, 0, 0)
    return replace(plain, **facts)  # type: ignore[arg-type]


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """Up to 12 sites in up to 4 scopes that nest, overlap or repeat under another name."""
    ids = list(range(1, draw(st.integers(1, 12)) + 1))
    parts = draw(st.lists(st.sets(st.sampled_from(ids), min_size=1), max_size=3))
    scopes = {"province": tuple(ids)} | {f"unit {n}": tuple(p) for n, p in enumerate(parts)}
    posts = draw(
        st.lists(
            st.tuples(st.sampled_from(sorted(scopes)), st.integers(1, 3)), min_size=1, max_size=5
        )
    )
    officers = tuple(Officer(n, quota, scope) for n, (scope, quota) in enumerate(posts, 101))
    in_charge = draw(
        st.lists(st.sampled_from([None, *(o.id for o in officers)]), min_size=12, max_size=12)
    )
    sites = tuple(a_site(n, officer_in_charge=in_charge[n - 1]) for n in ids)
    return World(sites, officers, scopes)


def favourites(site: Site, week: int, random: Random) -> int:
    return site.id * 1000


def the_just_visited(site: Site, week: int, random: Random) -> int:
    return 1000 - site.weeks_since_turn


def chance(site: Site, week: int, random: Random) -> int:
    return random.randrange(1000)


def a_new_darling_every_other_week(site: Site, week: int, random: Random) -> int:
    return (site.id * 7 + week // 2 * 5) % 11


HOSTILE = [favourites, the_just_visited, chance, a_new_darling_every_other_week]


def went(plan: AssignmentPlan) -> set[int]:
    return {made.site_id for made in plan.assignments}


def a_week_later(sites: tuple[Site, ...], visited: set[int]) -> tuple[Site, ...]:
    return tuple(
        replace(site, weeks_since_turn=1 if site.id in visited else site.weeks_since_turn + 1)
        for site in sites
    )


def rested(sites: tuple[Site, ...], visited: set[int]) -> tuple[Site, ...]:
    """A week later, with who was there since."""
    weeks = {site.id: 1 if site.id in visited else site.rested_weeks for site in sites}
    return tuple(
        replace(site, rested_weeks=weeks[site.id] and site.weeks_since_turn) for site in sites
    )


def with_cases(
    world: World, judge: Callable[[Site, int, Random], int], week: int, random: Random
) -> World:
    judged = tuple(replace(site, open_cases=judge(site, week, random)) for site in world.sites)
    return replace(world, sites=judged)


def assert_promises(world: World, plan: AssignmentPlan, directed: set[tuple[int, int]]) -> None:
    visits = [(made.officer_id, made.site_id) for made in plan.assignments]
    everything = visits + sorted(directed)
    assert len(set(everything)) == len(everything), "an officer goes twice to the same site"
    times = Counter(site for _, site in everything)
    short = dict(plan.short)
    for officer in world.officers:
        scope = world.members(officer)
        mine = {site for who, site in everything if who == officer.id}
        assert mine <= scope | {site for _, site in directed}
        wanted = max(officer.quota, sum(who == officer.id for who, _ in directed))
        assert len(mine) + short.get(officer.id, 0) == wanted
        assert officer.id not in short or scope <= mine, "short, yet a site of the scope is left"
        for who, site in visits:
            waiting = {other for other in scope if not times[other]}
            assert who != officer.id or times[site] == 1 or not waiting
    assert all(made.reasons for made in plan.assignments)


@pytest.mark.wide
@settings(max_examples=150, deadline=None)
@given(worlds(), st.sampled_from(HOSTILE), st.integers(0, 2**16))
def test_week_after_week_every_promise_holds_whatever_the_priorities(world, judge, seed):
    random = Random(seed)
    bounds = world.bounds()
    for week in range(2 * max(bounds.values()) + 3):
        world = with_cases(world, judge, week, random)
        plan = plan_week(world.sites, world.officers, world.scopes, month=QUIET_MONTH)
        assert_promises(world, plan, set())
        world = replace(world, sites=a_week_later(world.sites, went(plan)))
        for site in world.sites:
            # One week on, a site still unvisited must have a week left within its bound.
            assert site.id not in bounds or site.weeks_since_turn <= bounds[site.id]


@pytest.mark.wide
@settings(max_examples=150, deadline=None)
@given(worlds(), st.sampled_from(HOSTILE), st.integers(0, 2**16), st.integers(0, 6))
def test_nobody_is_sent_again_soon_while_a_site_of_the_pool_that_rested_waits(
    world, judge, seed, rest
):
    """Whatever the priorities; one scope, for in overlapping ones another pool may be at work."""
    random, weights = Random(seed), Weights(rest_weeks=rest)
    visits = sum(officer.quota for officer in world.officers)
    rest = min(rest, -(-len(world.sites) // visits) - 1)
    scopes = {"all": world.scopes["province"]}
    staff = [replace(officer, scope="all") for officer in world.officers]
    for week in range(20):
        world = with_cases(world, judge, week, random)
        plan = plan_week(world.sites, staff, scopes, month=QUIET_MONTH, weights=weights)
        visited = went(plan)
        soon = {site.id for site in world.sites if (site.rested_weeks or rest) < rest}
        waiting = {site.id for site in world.sites if site.id not in soon}
        assert not visited & soon or waiting <= visited
        world = replace(world, sites=rested(a_week_later(world.sites, visited), visited))


def test_the_most_pressing_factory_is_not_the_plan_of_every_week():
    """Ten sites, one visit a week: one of them pressed so hard that it had seven weeks in a row."""
    sites = tuple(a_site(n, open_cases=50 * (n == 4)) for n in range(1, 11))
    turns: list[int] = []
    for _ in range(8):
        plan = plan_week(sites, [Officer(1, 1, "all")], {"all": range(1, 11)}, month=QUIET_MONTH)
        turns += went(plan)
        sites = rested(a_week_later(sites, went(plan)), went(plan))
    assert turns.count(4) == 3
    assert len(set(turns)) == 6


def test_who_goes_where_others_answer_for_every_site_is_not_sent_to_one_factory_each_week():
    """An officer of the province, all of whose sites are at home with a ward's officer."""
    sites = tuple(a_site(n, open_cases=50 * (n == 4)) for n in range(1, 11))
    staff = [Officer(1, 1, "province"), Officer(2, 1, "ward"), Officer(3, 1, "zone")]
    scopes = {"province": range(1, 11), "ward": range(1, 6), "zone": range(6, 11)}
    turns: list[int] = []
    for _ in range(9):
        plan = plan_week(sites, staff, scopes, month=QUIET_MONTH)
        turns += [made.site_id for made in plan.assignments if made.officer_id == 1]
        sites = rested(a_week_later(sites, went(plan)), went(plan))
    assert all(before != after for before, after in pairwise(turns))
    assert len(set(turns)) > 3


def test_where_somebody_was_last_week_nobody_is_sent_before_the_others():
    sites = [a_site(1, open_cases=9, weeks_since_turn=4, rested_weeks=1), a_site(2), a_site(3)]
    plan = plan_week(sites, [Officer(1, 1, "all")], {"all": [1, 2, 3]}, month=QUIET_MONTH)
    assert went(plan) == {1}, "its turn by rotation has come"
    sites = [replace(sites[0], weeks_since_turn=2), *sites[1:]]
    plan = plan_week(sites, [Officer(1, 1, "all")], {"all": [1, 2, 3]}, month=QUIET_MONTH)
    assert went(plan) == {2}


@settings(max_examples=100, deadline=None)
@given(worlds(), st.data())
def test_with_directed_visits_quotas_and_distinctness_hold(world, data):
    pairs = [(o.id, s.id) for o, s in product(world.officers, world.sites)]
    directed = data.draw(st.sets(st.sampled_from(pairs), max_size=6))
    plan = plan_week(world.sites, world.officers, world.scopes, sorted(directed), month=QUIET_MONTH)
    assert_promises(world, plan, directed)


@settings(max_examples=60, deadline=None)
@given(worlds(), st.sampled_from(HOSTILE), st.integers(0, 2**16))
def test_after_leave_and_directed_visits_the_bound_holds_again_within_one_round(world, judge, seed):
    random = Random(seed)
    bounds = world.bounds()
    round_trip = max(bounds.values())
    for week in range(4 * round_trip):
        world = with_cases(world, judge, week, random)
        troubled = week < 2 * round_trip
        staff = [replace(o, away=troubled and random.random() < 0.5) for o in world.officers]
        known = {site.id for site in world.sites}
        order = [(o.id, min(known)) for o in staff if troubled and not o.away]
        plan = plan_week(world.sites, staff, world.scopes, order[:1], month=QUIET_MONTH)
        visited = went(plan) | {site for _, site in order[:1]}
        world = replace(world, sites=a_week_later(world.sites, visited))
        for site in world.sites:
            settled = week >= 3 * round_trip
            late = settled and site.id in bounds and site.weeks_since_turn > bounds[site.id]
            assert not late


@settings(max_examples=60, deadline=None)
@given(worlds(), st.integers(0, 2**16))
def test_the_order_of_the_input_changes_nothing(world, seed):
    random = Random(seed)
    world = with_cases(world, chance, 0, random)
    aged = tuple(replace(s, weeks_since_turn=random.randrange(4)) for s in world.sites)
    plan = plan_week(aged, world.officers, world.scopes, month=QUIET_MONTH)
    shuffled_sites = random.sample(aged, len(aged))
    officers = random.sample(world.officers, len(world.officers))
    keys = random.sample(sorted(world.scopes), len(world.scopes))
    scopes = {key: random.sample(world.scopes[key], len(world.scopes[key])) for key in keys}
    assert plan_week(shuffled_sites, officers, scopes, month=QUIET_MONTH) == plan


def test_with_time_in_hand_the_most_pressing_go_first():
    sites = [a_site(n, open_cases=n) for n in range(1, 21)]
    plan = plan_week(sites, [Officer(1, 3, "all")], {"all": range(1, 21)}, month=QUIET_MONTH)
    assert [made.site_id for made in plan.assignments] == [20, 19, 18]


def test_a_site_whose_turn_has_come_goes_before_a_pressing_one_and_says_so():
    # Two sites, one visit a week: at most three weeks' wait.
    sites = [a_site(1, weeks_since_turn=3), a_site(2, open_cases=9, weeks_since_turn=1)]
    plan = plan_week(sites, [Officer(1, 1, "all")], {"all": [1, 2]}, month=QUIET_MONTH)
    assert [(m.site_id, [r.key for r in m.reasons]) for m in plan.assignments] == [(1, ["turn"])]


def test_the_officer_in_charge_goes_where_the_quota_allows():
    sites = [a_site(n, open_cases=n, officer_in_charge=8 if n < 4 else 7) for n in range(1, 5)]
    staff = [Officer(7, 2, "all"), Officer(8, 2, "all")]
    plan = plan_week(sites, staff, {"all": [1, 2, 3, 4]}, month=QUIET_MONTH)
    by_officer = {n: [m.site_id for m in plan.assignments if m.officer_id == n] for n in (7, 8)}
    assert by_officer == {7: [4, 1], 8: [3, 2]}
    told = {m.site_id for m in plan.assignments if m.reasons[-1].key == "in_charge"}
    assert told == {2, 3, 4}


def test_the_ward_sees_to_its_own_sites_and_the_province_to_the_rest():
    sites = [a_site(n, open_cases=n) for n in range(1, 5)]
    staff = [Officer(1, 1, "ward"), Officer(2, 1, "province")]
    scopes = {"ward": [3, 4], "province": [1, 2, 3, 4]}
    plan = plan_week(sites, staff, scopes, month=QUIET_MONTH)
    assert [(m.officer_id, m.site_id) for m in plan.assignments] == [(1, 4), (2, 3)]


def test_a_second_visit_is_moved_where_overlapping_scopes_left_a_site_waiting():
    # Scope a plans site 2; then scope b, with two visits, can only add a second visit there.
    sites = [a_site(1), a_site(2, open_cases=5), a_site(3)]
    staff = [Officer(1, 1, "a"), Officer(2, 2, "b")]
    plan = plan_week(sites, staff, {"a": [1, 2], "b": [2, 3]}, month=QUIET_MONTH)
    pairs = {(m.officer_id, m.site_id) for m in plan.assignments}
    assert pairs == {(1, 1), (2, 2), (2, 3)}


def test_whoever_has_too_few_sites_is_reported_short():
    plan = plan_week([a_site(1)], [Officer(1, 3, "all")], {"all": [1]}, month=QUIET_MONTH)
    assert (len(plan.assignments), plan.short) == (1, ((1, 2),))


def test_an_officer_on_leave_gets_nothing_and_is_not_short():
    staff = [Officer(1, 1, "all", away=True), Officer(2, 1, "all")]
    plan = plan_week([a_site(1), a_site(2)], staff, {"all": [1, 2]}, month=QUIET_MONTH)
    assert [m.officer_id for m in plan.assignments] == [2]
    assert plan.short == ()


@pytest.mark.parametrize("scopes", [{}, {"all": []}, {"all": [99]}])
def test_a_scope_without_known_sites_leaves_the_officer_short(scopes):
    plan = plan_week([a_site(1)], [Officer(1, 1, "all")], scopes, month=QUIET_MONTH)
    assert plan == AssignmentPlan((), ((1, 1),))


def test_a_directed_visit_counts_toward_the_quota_and_uses_up_the_site():
    sites = [a_site(1), a_site(2, open_cases=5), a_site(3)]
    staff = [Officer(1, 1, "all"), Officer(2, 1, "all")]
    plan = plan_week(sites, staff, {"all": [1, 2, 3]}, [(1, 2)], month=QUIET_MONTH)
    assert [(m.officer_id, m.site_id) for m in plan.assignments] == [(2, 1)]


def test_two_sites_of_one_id_are_refused():
    with pytest.raises(ValueError, match="id 1"):
        plan_week([a_site(1), a_site(1, workers=5)], [], {}, month=QUIET_MONTH)


def test_what_was_put_off_uses_up_its_site_and_leaves_the_quota_as_it_is() -> None:
    sites = [a_site(number, weeks_since_turn=9 - number) for number in (1, 2, 3)]
    officers = [Officer(101, 1, "all"), Officer(102, 1, "all")]
    plan = plan_week(
        sites, officers, {"all": [1, 2, 3]}, [(101, 1)], month=QUIET_MONTH, on_top=[(101, 1)]
    )
    assert sorted((a.officer_id, a.site_id) for a in plan.assignments) == [(101, 2), (102, 3)] or (
        sorted((a.officer_id, a.site_id) for a in plan.assignments) == [(101, 3), (102, 2)]
    )
    assert plan.short == ()
    counted = plan_week(sites, officers, {"all": [1, 2, 3]}, [(101, 1)], month=QUIET_MONTH)
    assert [a.officer_id for a in counted.assignments] == [102]
