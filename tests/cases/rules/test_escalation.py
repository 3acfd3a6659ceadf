"""Where a case begins and how it escalates. Units: 1 the province, 4 an upper union, 9 below it."""

import pytest

from bot.cases.rules.escalation import HeldCase, OfficerInCharge, chain, next_level, orphaned, route
from storage.enums import CaseKind, Category

LEVELS = chain((1, 4, 9))
HANH = OfficerInCharge(77)


def test_the_chain_runs_from_the_owner_to_the_province() -> None:
    assert LEVELS == (9, 4, 1)
    with pytest.raises(ValueError, match="path"):
        chain(())


def test_it_escalates_one_level_at_a_time_and_stops_at_the_top() -> None:
    seen, here = [9], next_level(LEVELS, 9)
    while here is not None:
        seen.append(here)
        here = next_level(LEVELS, here)
    assert seen == [9, 4, 1]


def test_from_a_unit_that_is_gone_it_goes_to_the_sites_new_owner() -> None:
    assert next_level(LEVELS, 55) == 9


@pytest.mark.parametrize(
    ("category", "named", "levels", "officer", "expected"),
    [
        (Category.LUONG, False, LEVELS, HANH, (9, 77, "in_charge")),
        (Category.LUONG, False, LEVELS, None, (9, None, "queue")),
        (Category.LUONG, False, LEVELS, OfficerInCharge(77, "on_leave"), (9, None, "on_leave")),
        (Category.LUONG, False, LEVELS, OfficerInCharge(77, "departed"), (9, None, "departed")),
        (Category.CONG_DOAN, False, LEVELS, HANH, (4, None, "past_officer")),
        (Category.QUAY_ROI, False, LEVELS, HANH, (9, 77, "in_charge")),
        (Category.LUONG, True, LEVELS, HANH, (4, None, "past_officer")),
        (
            Category.CONG_DOAN,
            True,
            LEVELS,
            OfficerInCharge(77, "departed"),
            (4, None, "past_officer"),
        ),
        # Nobody is above: the top keeps it, but not in the hands of whom it is about.
        (Category.CONG_DOAN, False, (1,), HANH, (1, None, "past_officer")),
        (Category.LUONG, False, (1,), HANH, (1, 77, "in_charge")),
    ],
)
def test_where_a_case_begins(
    category: Category,
    named: bool,
    levels: tuple[int, ...],
    officer: OfficerInCharge | None,
    expected: tuple[int, int | None, str],
) -> None:
    routing = route(category, CaseKind.CONCERN, named, levels, officer)
    assert (routing.unit_level, routing.assignee, routing.reason) == expected
    assert routing.offer is (expected[2] not in ("in_charge", "queue"))


def test_cases_of_those_who_left_or_are_away_are_offered_in_one_list() -> None:
    held = [HeldCase(1, 77), HeldCase(2, 78), HeldCase(3, None), HeldCase(4, 79), HeldCase(5, 80)]
    away = orphaned(held, {77: "present", 78: "on_leave", 79: "departed"})
    assert [one.case for one in away] == [2, 4, 5]  # 80 is not known any more
