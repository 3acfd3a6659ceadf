"""Which units a report speaks for: below it, merged into it, and not those that spoke alone."""

import pytest

from bot.summaries.rules.unit_scope import Owned, owned

# The province 1 has the uppers 2, 3 and 4; sites 21 and 22 stand under 2, 31 under 3, 41 under 4.
PATHS = [
    *((1, "/1/"), (2, "/1/2/"), (3, "/1/3/"), (4, "/1/4/")),
    *((21, "/1/2/21/"), (22, "/1/2/22/"), (31, "/1/3/31/"), (41, "/1/4/41/")),
]
CHAIN = {2: [3, 4], 3: [4]}  # 4 was merged into 3, and 3 into 2


@pytest.mark.parametrize(
    ("merged", "alone", "roots", "flow", "inside"),
    [
        ({}, [], {2}, {2, 21, 22}, {2, 21, 22}),
        ({2: [3]}, [], {2, 3}, {2, 21, 22, 3, 31}, {2, 21, 22, 3, 31}),
        ({2: [3]}, [3], {2}, {2, 21, 22}, {2, 21, 22, 3, 31}),
        (CHAIN, [], {2, 3, 4}, {2, 21, 22, 3, 31, 4, 41}, {2, 21, 22, 3, 31, 4, 41}),
        (CHAIN, [4], {2, 3}, {2, 21, 22, 3, 31}, {2, 21, 22, 3, 31, 4, 41}),
        (CHAIN, [3], {2}, {2, 21, 22}, {2, 21, 22, 3, 31, 4, 41}),  # 4 is in what 3 sent
        ({2: [3], 3: [2]}, [3], {2}, {2, 21, 22}, {2, 21, 22, 3, 31}),  # a ring in the data
        ({3: [4]}, [4], {2}, {2, 21, 22}, {2, 21, 22}),  # others' mergers
    ],
)
def test_what_a_report_speaks_for(merged, alone, roots, flow, inside):
    found = owned({9: (2, alone)}, PATHS, merged)
    assert found == {9: Owned(frozenset(roots), frozenset(flow), frozenset(inside))}


def test_what_stands_below_a_predecessor_that_spoke_alone_is_not_counted_twice():
    """The predecessor was dissolved where it stood, below its successor."""
    paths = [(2, "/1/2/"), (3, "/1/2/3/"), (31, "/1/2/3/31/"), (21, "/1/2/21/")]
    found = owned({9: (2, [3])}, paths, {2: [3]})[9]
    assert (found.flow, found.inside) == ({2, 21}, {2, 3, 31, 21})


def test_a_report_of_the_level_above_holds_everything_below():
    found = owned({8: (1, []), 9: (2, [])}, PATHS, {})
    assert (len(found[8].flow), len(found[9].flow)) == (len(PATHS), 3)
