"""The choice of one pool, against every possible choice of small ones."""

from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.visits.rules.rotation import choose, longest_wait


def keeps_everybody_in_time(
    chosen: set[int], waited: dict[int, int], capacity: int, last: int
) -> bool:
    """Whether the sites left out can all still get their turn by their deadlines."""
    left = [last + 1 - weeks for site, weeks in waited.items() if site not in chosen]
    return all(sum(r <= k for r in left) <= (k - 1) * capacity for k in range(1, last + 1))


@st.composite
def pools(draw: st.DrawFn) -> tuple[list[int], dict[int, int], int, int]:
    home = draw(st.integers(1, 8))
    capacity = draw(st.integers(1, 4))
    last = longest_wait(home, capacity)
    waited = {site: draw(st.integers(0, last)) for site in range(home)}
    extra = list(range(home, home + draw(st.integers(0, 2))))
    ranked = draw(st.permutations([*waited, *extra]))
    return list(ranked), waited, capacity, home


@settings(max_examples=400, deadline=None)
@given(pools())
def test_the_choice_is_the_best_of_all_those_that_keep_everybody_in_time(pool):
    ranked, waited, capacity, home = pool
    last = longest_wait(home, capacity)
    size = min(capacity, len(ranked))
    fair = [
        chosen
        for chosen in combinations(ranked, size)  # best first, for `ranked` is in order
        if keeps_everybody_in_time(set(chosen), waited, capacity, last)
    ]
    chosen, _ = choose(ranked, waited, capacity, capacity, home)
    if fair:
        assert tuple(chosen) == fair[0]
    else:
        wait = sorted((waited[site] for site in chosen if site in waited), reverse=True)
        assert wait == sorted(waited.values(), reverse=True)[:size]


def test_a_pool_goes_round_in_its_sites_by_its_visits_and_one_week_more():
    assert [longest_wait(7, 3), longest_wait(6, 3), longest_wait(1, 5)] == [4, 3, 2]


def test_without_a_visit_left_nothing_is_chosen():
    assert choose([1, 2], {1: 9, 2: 9}, 1, 0, 2) == ([], frozenset())


def test_in_a_backlog_the_longest_wait_goes_first_and_priority_breaks_ties():
    waited = {1: 5, 2: 9, 3: 9, 4: 9}
    chosen, by_turn = choose([1, 4, 3, 2], waited, 1, 2, 4)
    assert (chosen, by_turn) == ([4, 3], {3, 4})


def test_sites_of_other_pools_take_only_the_visits_that_home_can_spare():
    # 9 is no home site: it may wait for ever, yet goes first while nobody at home is pressed.
    assert choose([9, 1, 2], {1: 1, 2: 1}, 1, 1, 2)[0] == [9]
    assert choose([9, 1, 2], {1: 2, 2: 2}, 1, 1, 2)[0] == [1]
