"""Cards to those who raised a concern."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from bot.cases.cards import worker_messages
from bot.cases.cards.worker_messages import CATEGORIES, event_of, status_of
from bot.cases.rules.cases import CaseAction
from bot.cases.rules.classify import suggest
from bot.cases.rules.deadlines import CaseClocks
from bot.cases.rules.early_warning import SignKind, wording
from bot.cases.rules.legal_dates import is_information
from bot.core.card import Button, Card, Rows
from bot.core.rendering import render
from bot.core.rules.calendar import local
from bot.core.rules.official_names import official_name
from storage.enums import OPEN_CASES, CaseStatus, Severity
from storage.models import Case

NotificationKind = Literal[
    "taken",
    "asked",
    "escalated",
    "overdue",
    "referred",
    "guided",
    "settled",
    "closed",
    "reopened",
    "nameless",
    "untaken",
]
"""`overdue`: it was not settled in time and so passed up by itself; `untaken`: nor was it at the
top, where nobody has taken it."""


@dataclass(frozen=True)
class CaseNews:
    """What happened to a case, for whoever raised it. `words`: the question, the result, the
    agency, the union above, the one whose leaders were reminded …
    """

    kind: NotificationKind
    words: str = ""


HOME = Button("🏠 Trang chính", "home")
NEW = Button("✍️ Gửi ý kiến tới Công đoàn", "own:new")
LIST = Button("📋 Phản ánh của tôi", "own:list")
MOST_LISTED = 10


@dataclass(frozen=True)
class OwnEvent:
    """Something that happened, as the one who raised the case may know it. `level`: the union that
    it was passed up to."""

    at: datetime
    what: str
    words: str
    by_reporter: bool
    level: str = ""


@dataclass(frozen=True)
class OwnLine:
    """One's own case in a list or a copy; `status` and `level` as in `OwnCase`."""

    case: Case
    status: CaseStatus
    level: str

    @property
    def stands(self) -> str:
        """How far it is, in the words of its card."""
        return status_of(self.status, official_name(self.level))


@dataclass(frozen=True)
class OwnCase:
    """One's own case. `status` and `result` are those of the case it was folded into, if it was;
    `files_given_up`: how many of its files could not be kept. `level`: the union that has it.
    """

    case: Case
    status: CaseStatus
    result: str
    site: str
    files: int
    files_given_up: int
    happened: Sequence[OwnEvent]
    actions: Sequence[CaseAction]
    level: str = ""


def receipt(case: Case, site: str, clocks: CaseClocks, files_given_up: int) -> Card:
    """At once after sending: the code, what happens next and by when, what could not be kept."""
    urgent = case.severity == Severity.URGENT
    text = render(
        "concern/receipt",
        danger=is_dangerous(case),
        stoppage=SignKind.STOPPAGE in wording(case.text, case.category),
        case=case,
        site=site,
        files_given_up=files_given_up,
        information=is_information(case.kind, case.anonymous),
        take_days=clocks.urgent_take_days if urgent else clocks.take_days,
        by=local(case.settle_by or case.created_at).date(),
    )
    return Card(text, (*_own(case), *_name(case), (HOME,)))


def _name(case: Case) -> Rows:
    """A khiếu nại or tố cáo without a name: the way to give one."""
    if not is_information(case.kind, case.anonymous):
        return ()
    return ((Button("🙋 Nêu tên", f"own:name:{case.id}"),),)


def _own(case: Case) -> Rows:
    add = Button("➕ Bổ sung", f"own:add:{case.id}")
    return ((Button("🔎 Xem phản ánh", f"own:open:{case.id}"), add),)


def notification(case: Case, news: CaseNews) -> Card:
    """Something happened to the case."""
    text = render(
        "concern/told",
        kind=news.kind,
        code=case.code,
        words=news.words,
        above=official_name(news.words),
    )
    return Card(text, _under(case, news.kind))


def _under(case: Case, kind: NotificationKind) -> Rows:
    see = Button("🔎 Xem phản ánh", f"own:open:{case.id}")
    if kind == "asked":
        return ((Button("✍️ Trả lời", f"own:add:{case.id}"),), (see,))
    if kind in ("settled", "guided"):
        return (*verdict(case), (see,))
    if kind == "nameless":
        return (*_name(case), (see,))
    return ((see,),)


def verdict(case: Case) -> Rows:
    """What a reporter says of a result."""
    return (
        (Button("👍 Đã hài lòng", f"own:happy:{case.id}"),),
        (Button("↩️ Chưa hài lòng, đề nghị xem lại", f"own:again:{case.id}"),),
    )


def line(case: Case) -> str:
    """A case on a button."""
    return f"{case.code} · {CATEGORIES[case.category]}"


def own_list(own: Sequence[OwnLine]) -> Card:
    """One's own concerns, the newest first."""
    newest = own[:MOST_LISTED]
    lines = [(listed.case, listed.stands) for listed in newest]
    rows: Rows = tuple((Button(line(case), f"own:open:{case.id}"),) for case, _ in lines)
    return Card(render("concern/own_list", lines=lines, total=len(own)), (*rows, (NEW,), (HOME,)))


def own_case(own: OwnCase, now: datetime) -> Card:
    """One of them: where it stands, what happened, what can be done."""
    events = [
        replace(event, what=event_of(event.what, official_name(event.level)))
        for event in own.happened[-12:]
    ]
    by = own.case.settle_by if own.status in OPEN_CASES else None
    text = render(
        "concern/own_case",
        own=own,
        category=CATEGORIES[own.case.category],
        information=is_information(own.case.kind, own.case.anonymous),
        status=status_of(own.status, official_name(own.level)),
        by=local(by).date() if by else None,
        late=by is not None and by <= now,
        happened=events,
    )
    return Card(text, (*_actions(own), (LIST, HOME)))


def added(case: Case) -> Card:
    return Card(
        f"Công đoàn đã nhận. Cảm ơn anh/chị. (Phản ánh {case.code})", (*_own(case), (HOME,))
    )


def named(case: Case) -> Card:
    return Card(worker_messages.NAMED.format(code=case.code), (*_own(case), (HOME,)))


def reopened(case: Case) -> Card:
    return Card(render("concern/reopened", case=case), (*_own(case), (HOME,)))


def thanked(case: Case) -> Card:
    return Card(worker_messages.THANKED.format(code=case.code), ((LIST, HOME),))


def below_own_files(case_id: int) -> Card:
    """Below the files of one's own case: the way back."""
    back = Button("« Phản ánh", f"own:open:{case_id}")
    return Card("Ảnh, tin thoại, tệp anh/chị đã gửi.", ((back, HOME),))


def _actions(own: OwnCase) -> Rows:
    case = own.case
    rows: list[tuple[Button, ...]] = []
    if own.files > own.files_given_up:
        rows.append((Button("📎 Xem ảnh, tin thoại đã gửi", f"own:files:{case.id}"),))
    open_question = [e.what for e in own.happened if e.what in ("ask", "answer")][-1:] == ["ask"]
    if open_question and CaseAction.ANSWER in own.actions:
        rows.append((Button("✍️ Trả lời", f"own:add:{case.id}"),))
    elif CaseAction.ADD in own.actions:
        rows.append((Button("➕ Bổ sung", f"own:add:{case.id}"),))
    if CaseAction.ADD in own.actions:
        rows += _name(case)
    if CaseAction.REOPEN in own.actions and case.satisfied is None:
        return (*rows, *verdict(case))
    if CaseAction.REOPEN in own.actions:
        rows.append((Button("↩️ Mở lại", f"own:again:{case.id}"),))
    return tuple(rows)


def is_dangerous(case: Case) -> bool:
    """Whether somebody may be hurt: words that cannot wait, not whatever else is urgent."""
    return suggest(case.text).severity is Severity.URGENT
