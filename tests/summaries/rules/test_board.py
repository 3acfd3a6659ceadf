"""Where a unit stands, and sums that nobody can doubt."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.rules.letterhead import Head
from bot.summaries.rules.board import ObligationState, Standing, before_of, standing, total_of
from bot.summaries.rules.figures import (
    FIGURES,
    GO_WITH_SITES,
    CategoryCount,
    Numbers,
    Sort,
    TopicCount,
)
from bot.summaries.rules.papers import Corrected, Paper, UnitRow
from storage.enums import SummaryState

DUE = date(2026, 12, 15)
IN_TIME, LATE = date(2026, 12, 14), DUE
HEAD = Head("", "", "", "", (), "", "", "")
PLAIN = tuple(f.key for f in FIGURES if f.sort is not Sort.SHARE)


@pytest.mark.parametrize(
    ("owed", "today", "expected"),
    [
        (ObligationState(DUE), IN_TIME, Standing.NOT_BEGUN),
        (ObligationState(DUE, writing_begun=True), IN_TIME, Standing.WRITING),
        (ObligationState(DUE), LATE, Standing.LATE),
        (ObligationState(DUE, writing_begun=True), LATE, Standing.LATE),
        (ObligationState(DUE, excused=True), LATE, Standing.EXCUSED),
        (ObligationState(DUE, SummaryState.SENT, sent=True), LATE, Standing.SENT),
        (ObligationState(DUE, SummaryState.RETURNED, sent=True), LATE, Standing.RETURNED),
        (ObligationState(DUE, SummaryState.ACCEPTED, sent=True), LATE, Standing.ACCEPTED),
        (ObligationState(DUE, SummaryState.SENT, sent=True, excused=True), LATE, Standing.SENT),
    ],
)
def test_before_the_fifteenth_ends_with_the_fourteenth(
    owed: ObligationState, today: date, expected: Standing
) -> None:
    assert standing(owed, today) == expected


counts = st.dictionaries(st.sampled_from(PLAIN), st.integers(0, 10**6))
numbers = st.builds(
    Numbers,
    values=counts,
    topics=st.dictionaries(
        st.sampled_from(["wages", "safety"]), st.builds(TopicCount, guided=st.integers(0, 99))
    ),
    categories=st.dictionaries(
        st.sampled_from(["LUONG", "BHXH"]), st.builds(CategoryCount, received=st.integers(0, 99))
    ),
    ratings=st.dictionaries(st.sampled_from(["HT>T", ">T"]), st.integers(0, 99)),
)
papers = st.builds(
    Paper,
    unit=st.just("CĐ"),
    subject=st.just(""),
    outline=st.just("full"),
    first_day=st.just(date(2026, 1, 1)),
    last_day=st.just(date(2026, 12, 31)),
    until=st.just(IN_TIME),
    head=st.just(HEAD),
    numbers=numbers,
    before=st.none() | numbers,
    corrections=st.dictionaries(
        st.sampled_from(PLAIN),
        st.builds(
            Corrected,
            computed=st.none(),
            value=st.integers(0, 10**6),
            reason=st.just("sót"),
            author=st.just("An"),
        ),
    ),
)
rows = st.lists(
    st.builds(
        UnitRow,
        unit=st.just("CĐ"),
        state=st.just("sent"),
        sent_on=st.none(),
        paper=papers,
        counts=st.booleans(),
    ),
    max_size=5,
)


@given(rows)
def test_every_total_is_the_sum_of_the_rows_that_count(found: list[UnitRow]) -> None:
    added = total_of(found)
    for key in PLAIN:
        counting = [row for row in found if row.counts or key not in GO_WITH_SITES]
        parts = [row.paper.values[key] for row in counting if key in row.paper.values]
        assert added.values.get(key) == (sum(parts) if parts else None)
    for transition in ("HT>T", ">T"):
        here = (row for row in found if row.counts)
        expected = sum(row.paper.numbers.ratings.get(transition, 0) for row in here)
        assert added.ratings.get(transition, 0) == expected
    for category in ("LUONG", "BHXH"):
        received = [row.paper.numbers.categories.get(category) for row in found]
        whole = added.categories.get(category, CategoryCount())
        assert whole.received == sum(one.received for one in received if one)


@given(rows)
def test_last_year_adds_up_the_same_way_where_anything_is_known(found: list[UnitRow]) -> None:
    known = [row for row in found if row.paper.before is not None]
    added = before_of(found)
    if not known:
        assert added is None
        return
    as_papers = [replace(row, paper=_of(row.paper.before), counts=True) for row in known]
    assert added == total_of(as_papers)


def _of(before: Numbers | None) -> Paper:
    assert before is not None
    first, last = date(2025, 1, 1), date(2025, 12, 31)
    return Paper("CĐ", "", "full", first, last, last, HEAD, numbers=before)


def test_what_a_merged_unit_did_counts_and_what_it_had_does_not() -> None:
    done = Numbers(values={"visits": 3, "members": 100})
    here = UnitRow("Phường A", "sent", None, _of(Numbers(values={"visits": 2, "members": 150})))
    gone = UnitRow("Phường B", "sent", None, _of(done), counts=False)
    assert total_of([here, gone]).values == {"visits": 5, "members": 150}
