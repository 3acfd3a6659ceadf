"""What a case is, what may be done to it, and by whom: three tables asked by every service.

Sources: the plans ask that concerns be collected, settled, passed up and answered (`sat-co-so`);
the statuses are those that the unions show. Which relation may do what is our own proposal.
"""

from collections.abc import Mapping
from enum import StrEnum

from storage.enums import (
    CONFIDENTIAL_CATEGORIES,
    CONFIDENTIAL_KINDS,
    DONE_CASES,
    OPEN_CASES,
    OVER_CASES,
    CaseKind,
    CaseStatus,
    Category,
)

CONFIDENTIAL = frozenset(CONFIDENTIAL_CATEGORIES)
PAST_OFFICERS = frozenset({Category.CONG_DOAN})
"""About the union's own people, unless a cadre proposes it: begins a level up, and a site's own
officers do not even count these."""


def goes_past_officers(category: str, kind: str) -> bool:
    """Whether its words may be about those who would have it first. "Bổ sung ủy viên BCH" is a
    cadre's own proposal and no conflict of interest."""
    return category in PAST_OFFICERS and kind != CaseKind.PROPOSAL


def is_confidential(category: str, kind: str) -> bool:
    """Whether the unit's queue sees nothing of such a case, and no paper quotes it."""
    return category in CONFIDENTIAL or kind in CONFIDENTIAL_KINDS


class CaseAction(StrEnum):
    SEE = "see"
    TAKE = "take"
    ASK = "ask"
    NOTE = "note"
    CLASSIFY = "classify"  # category, severity or kind
    LAW = "law"  # the days that the law counts from
    LINK = "link"
    MERGE = "merge"
    PASS = "pass"  # noqa: S105 - to a colleague, no password
    ESCALATE = "escalate"
    REFER = "refer"
    GUIDE = "guide"
    SETTLE = "settle"
    CLOSE = "close"
    REOPEN = "reopen"  # officers' and reporters'
    ANSWER = "answer"  # from here on the reporter's
    SATISFIED = "satisfied"
    ADD = "add"


class EscalationReason(StrEnum):
    CAPACITY = "capacity"  # vượt khả năng
    AUTHORITY = "authority"  # vượt thẩm quyền
    OVERDUE = "overdue"  # by itself, by the clock


class Relation(StrEnum):
    """How somebody stands to a case; where several hold, NAMED wins over all others."""

    ASSIGNEE = "assignee"
    UNIT_QUEUE = "unit_queue"  # officer of the owning unit; the case is nobody's or a colleague's
    SUPERVISOR = "supervisor"  # over the owning unit
    ABOVE = "above"  # supervisor of a level that the case was escalated to, or above it
    WATCHER = "watcher"  # over the cluster that the site or the owning unit belongs to
    FORMER = "former"  # handles cases at a level that had it and passed it up
    NAMED = "named"  # the person the case is about
    REPORTER = "reporter"
    NONE = "none"


class IllegalTransition(Exception):  # noqa: N818 - the name says it
    """The action does not fit the status; a stale button, as a rule."""

    def __init__(self, status: CaseStatus, action: CaseAction) -> None:
        super().__init__(f"{action} does not fit a case that is {status}")
        self.status = status
        self.action = action


_S = CaseStatus


def _to(target: CaseStatus, *sources: CaseStatus) -> Mapping[CaseStatus, CaseStatus]:
    return dict.fromkeys(sources, target)


def _stays(*sources: CaseStatus) -> Mapping[CaseStatus, CaseStatus]:
    return {source: source for source in sources}


_A = CaseAction
TRANSITIONS: Mapping[CaseAction, Mapping[CaseStatus, CaseStatus]] = {
    _A.SEE: _stays(*_S),
    _A.TAKE: _to(_S.IN_PROGRESS, *OPEN_CASES),  # in progress: taken over from a colleague
    _A.ASK: _stays(*OPEN_CASES, *DONE_CASES),
    _A.NOTE: _stays(*_S),
    _A.CLASSIFY: _stays(*OPEN_CASES, *DONE_CASES),
    _A.LAW: _stays(*OPEN_CASES, *DONE_CASES),
    _A.LINK: _stays(*_S),
    _A.MERGE: _to(_S.MERGED, *OPEN_CASES),
    _A.PASS: _stays(*OPEN_CASES),
    _A.ESCALATE: _to(_S.ESCALATED, *OPEN_CASES),  # from ESCALATED: one more level
    _A.REFER: _to(_S.REFERRED, *OPEN_CASES),
    _A.GUIDE: _to(_S.GUIDED, *OPEN_CASES),
    _A.SETTLE: _to(_S.SETTLED, *OPEN_CASES, _S.GUIDED),
    _A.CLOSE: _to(_S.ANSWERED, *DONE_CASES),
    _A.REOPEN: _to(_S.IN_PROGRESS, *DONE_CASES, *OVER_CASES),  # from MERGED: on its own again
    _A.ANSWER: _stays(*OPEN_CASES, *DONE_CASES, _S.MERGED),
    _A.SATISFIED: {**_to(_S.ANSWERED, *DONE_CASES, _S.ANSWERED), **_stays(_S.MERGED)},
    _A.ADD: _stays(*OPEN_CASES, *DONE_CASES, _S.MERGED),  # to a closed case: REOPEN
}

_HANDLING = frozenset(_A) - {_A.ANSWER, _A.SATISFIED, _A.ADD}

RELATION_ACTIONS: Mapping[Relation, frozenset[CaseAction]] = {
    Relation.ASSIGNEE: _HANDLING,
    Relation.UNIT_QUEUE: frozenset({_A.SEE, _A.TAKE, _A.NOTE, _A.LINK}),
    Relation.SUPERVISOR: _HANDLING,
    Relation.ABOVE: _HANDLING,
    Relation.WATCHER: frozenset({_A.SEE, _A.NOTE}),
    Relation.FORMER: frozenset({_A.SEE}),
    Relation.NAMED: frozenset(),
    Relation.REPORTER: frozenset({_A.SEE, _A.ANSWER, _A.SATISFIED, _A.REOPEN, _A.ADD}),
    Relation.NONE: frozenset(),
}


def next_status(status: CaseStatus, action: CaseAction) -> CaseStatus:
    """The status after the action, which may be the same; raises IllegalTransition."""
    try:
        return TRANSITIONS[action][status]
    except KeyError:
        raise IllegalTransition(status, action) from None


def allowed_actions(status: CaseStatus) -> tuple[CaseAction, ...]:
    """What fits a case of this status, whoever does it, in the order of CaseAction."""
    return tuple(action for action in CaseAction if status in TRANSITIONS[action])


def may_act(
    relation: Relation,
    action: CaseAction,
    category: str = "",
    kind: str = "",
) -> bool:
    """Whether the relation allows the action. Of a confidential case (QUAY_ROI, tố cáo) the unit's
    other officers see nothing; the supervisor hands it out. Nor does who watches over a cluster;
    and what may be about a unit's own people is not followed from there once it is a level up."""
    confidential = is_confidential(category, kind)
    if relation in (Relation.UNIT_QUEUE, Relation.WATCHER) and confidential:
        return False
    if relation is Relation.FORMER and (confidential or goes_past_officers(category, kind)):
        return False
    return action in RELATION_ACTIONS[relation]


def is_only_guided(kind: str, *, nameless: bool) -> bool:
    """Whether it is a khiếu nại: outside of one's competence it is never passed to another body;
    whoever complains is shown where to bring it (Luật Khiếu nại 2011). Without a name it is
    information, which may be passed on."""
    return kind == CaseKind.COMPLAINT and not nameless


def actions_for(
    status: CaseStatus,
    relation: Relation,
    category: str = "",
    kind: str = "",
    *,
    nameless: bool = False,
) -> tuple[CaseAction, ...]:
    """What to offer on the card: what fits the status and is allowed, without SEE itself.

    An assignee is not offered to take what they already have in hand, nobody to refer what is
    only guided.
    """
    pointless = {CaseAction.SEE}
    if is_only_guided(kind, nameless=nameless):
        pointless.add(CaseAction.REFER)
    if relation is Relation.ASSIGNEE and status is CaseStatus.IN_PROGRESS:
        pointless.add(CaseAction.TAKE)
    return tuple(
        action
        for action in allowed_actions(status)
        if action not in pointless and may_act(relation, action, category, kind)
    )
