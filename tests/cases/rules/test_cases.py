"""The tables of a case, walked in full: which action fits which status, and who may do it."""

from itertools import product

import pytest

from bot.cases.rules.cases import (
    RELATION_ACTIONS,
    TRANSITIONS,
    CaseAction,
    IllegalTransition,
    Relation,
    actions_for,
    allowed_actions,
    may_act,
    next_status,
)
from storage.enums import DONE_CASES, OPEN_CASES, OVER_CASES, CaseKind, CaseStatus, Category

A, S, R = CaseAction, CaseStatus, Relation

# A letter a status: R received, P in progress, E escalated, F referred, G guided, S settled,
# A answered, M merged. A row an action: what becomes of each; a dot refuses.
LETTERS = dict(zip("RPEFGSAM", S, strict=True))
WHAT_BECOMES = """
            R P E F G S A M
see         R P E F G S A M
take        P P P P . . . .
ask         R P E F G S . .
note        R P E F G S A M
classify    R P E F G S . .
law         R P E F G S . .
link        R P E F G S A M
merge       M M M M . . . .
pass        R P E F . . . .
escalate    E E E E . . . .
refer       F F F F . . . .
guide       G G G G . . . .
settle      S S S S S . . .
close       . . . . A A . .
reopen      . . . . P P P P
answer      R P E F G S . M
satisfied   . . . . A A A M
add         R P E F G S . M
"""


def rows() -> list[tuple[CaseAction, CaseStatus, CaseStatus | None]]:
    heads, *lines = (line.split() for line in WHAT_BECOMES.strip().splitlines())
    return [
        (A(action), LETTERS[head], LETTERS.get(letter))
        for action, *letters in lines
        for head, letter in zip(heads, letters, strict=True)
    ]


def test_the_table_names_every_action_and_status() -> None:
    assert len(rows()) == len(A) * len(S)
    assert set(TRANSITIONS) == set(A)
    assert {*OPEN_CASES, *DONE_CASES, *OVER_CASES} == set(S)


@pytest.mark.parametrize(("action", "status", "after"), rows())
def test_every_action_in_every_status(
    action: CaseAction, status: CaseStatus, after: CaseStatus | None
) -> None:
    assert (action in allowed_actions(status)) is (after is not None)
    if after is not None:
        assert next_status(status, action) is after
        return
    with pytest.raises(IllegalTransition) as refused:
        next_status(status, action)
    assert (refused.value.status, refused.value.action) == (status, action)


def test_nothing_is_a_dead_end() -> None:
    for status in S:
        reached, now = set(), {status}
        while now - reached:
            reached |= now
            now = {next_status(one, action) for one in now for action in allowed_actions(one)}
        assert reached == {*S} - ({S.RECEIVED} if status is not S.RECEIVED else set())


HANDLING = {A(name) for name in WHAT_BECOMES.split() if name.islower()} - {
    A.ANSWER,
    A.SATISFIED,
    A.ADD,
}
MAY = {
    R.ASSIGNEE: HANDLING,
    R.UNIT_QUEUE: {A.SEE, A.TAKE, A.NOTE, A.LINK},
    R.SUPERVISOR: HANDLING,
    R.ABOVE: HANDLING,
    R.WATCHER: {A.SEE, A.NOTE},
    R.FORMER: {A.SEE},
    R.NAMED: set(),
    R.REPORTER: {A.SEE, A.ANSWER, A.SATISFIED, A.REOPEN, A.ADD},
    R.NONE: set(),
}


@pytest.mark.parametrize(("relation", "action"), list(product(R, A)))
def test_every_relation_with_every_action(relation: Relation, action: CaseAction) -> None:
    assert may_act(relation, action) is (action in MAY[relation])
    assert set(RELATION_ACTIONS) == set(R)


@pytest.mark.parametrize(("relation", "action"), list(product(R, A)))
def test_harassment_is_not_for_the_whole_unit(relation: Relation, action: CaseAction) -> None:
    expected = may_act(relation, action) and relation not in (R.UNIT_QUEUE, R.WATCHER, R.FORMER)
    assert may_act(relation, action, Category.QUAY_ROI) is expected


@pytest.mark.parametrize(
    ("kind", "nameless", "referred"),
    [
        (CaseKind.COMPLAINT, False, False),
        (CaseKind.COMPLAINT, True, True),  # information
        (CaseKind.DENUNCIATION, False, True),
        (CaseKind.CONCERN, False, True),
    ],
)
def test_a_khieu_nai_is_guided_and_not_passed_to_another_body(
    kind: CaseKind, nameless: bool, referred: bool
) -> None:
    offered = actions_for(S.IN_PROGRESS, R.ASSIGNEE, "KHAC", kind, nameless=nameless)
    assert (A.REFER in offered) is referred
    assert A.GUIDE in offered


def test_the_card_offers_what_fits_and_is_allowed() -> None:
    for status, relation in product(S, R):
        offered = actions_for(status, relation)
        assert A.SEE not in offered
        assert set(offered) <= set(allowed_actions(status)) & MAY[relation]
    assert A.TAKE in actions_for(S.RECEIVED, R.ASSIGNEE)
    assert A.TAKE not in actions_for(S.IN_PROGRESS, R.ASSIGNEE)
    assert A.TAKE in actions_for(S.IN_PROGRESS, R.UNIT_QUEUE)
    assert actions_for(S.RECEIVED, R.NAMED) == ()
    assert actions_for(S.RECEIVED, R.UNIT_QUEUE, Category.QUAY_ROI) == ()
    assert actions_for(S.SETTLED, R.REPORTER) == (A.REOPEN, A.ANSWER, A.SATISFIED, A.ADD)


@pytest.mark.parametrize("kind", CaseKind)
def test_what_may_be_about_a_units_own_people_is_not_followed_from_there(kind: CaseKind) -> None:
    follows = may_act(R.FORMER, A.SEE, Category.CONG_DOAN, kind)
    assert follows is (kind is CaseKind.PROPOSAL)
    assert may_act(R.FORMER, A.SEE, Category.LUONG, kind) is (kind is not CaseKind.DENUNCIATION)
