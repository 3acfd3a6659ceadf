"""New members are counted once, whoever speaks of them."""

from datetime import date, timedelta

import pytest

from bot.units.rules.counts import Figures, MemberGain, counted_once, gained
from storage.enums import CountSource

DAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("before", "after", "source", "founded", "new"),
    [
        (Figures(60, 0, 0), Figures(60, 0, 40), CountSource.FOUNDING, True, 40),
        (Figures(60, 0, 40), Figures(60, 0, 52), CountSource.LIST, False, 12),
        (Figures(60, 0, 40), Figures(60, 0, 30), CountSource.LIST, False, 0),
        (Figures(60, 0, 40), Figures(60, 0, 52), CountSource.MENDED, False, 0),
        (Figures(60, 0, 0), Figures(60, 0, 40), CountSource.LIST, False, 0),
        (Figures(60, 0, 0), Figures(60, 0, 40), CountSource.LIST, True, 40),
        (None, Figures(60, 0, 40), CountSource.LIST, False, 0),
    ],
)
def test_members_are_gained_where_more_are_known_of_a_union_that_was_counted(
    before: Figures | None, after: Figures, source: CountSource, founded: bool, new: int
) -> None:
    assert gained(before, after, source, founded=founded) == new


def visit(members: int, after: int = 0, site: int = 7) -> MemberGain:
    return MemberGain(site, 2, DAY + timedelta(days=after), members, by_visit=True, visit_id=1)


def figures(members: int, after: int = 0, site: int = 7) -> MemberGain:
    return MemberGain(site, 2, DAY + timedelta(days=after), members, by_visit=False)


@pytest.mark.parametrize(
    ("gains", "new"),
    [
        ([visit(12)], [12]),
        ([figures(12)], [12]),
        ([visit(12), figures(12, 5)], [12, 0]),
        ([visit(12), visit(5, 30), figures(30, 90)], [12, 5, 13]),
        ([figures(12), visit(12, 20)], [12, 0]),
        ([figures(12), visit(12, 60)], [12, 12]),
        ([visit(12), figures(12, 400)], [12, 12]),
        ([visit(12), figures(12, site=8)], [12, 12]),
        ([visit(12), figures(12, 5), figures(9, 9)], [12, 0, 9]),
        ([visit(12), figures(12)], [12, 0]),
    ],
)
def test_what_a_visit_and_the_figures_both_say_counts_once(
    gains: list[MemberGain], new: list[int]
) -> None:
    assert [members for _, members in counted_once(reversed(gains))] == new
