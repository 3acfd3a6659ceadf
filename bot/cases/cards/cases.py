"""Cards of cases, for cadres: one case with everything that may be done to it, and notices."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.cases.cards import labels, legal
from bot.cases.cards.labels import (
    ACTIONS,
    CATEGORIES,
    KINDS,
    SEVERITIES,
    category_of,
    kind_of,
    status_of,
)
from bot.cases.facts.cases import CaseFacts, Colleague, Happened, Named
from bot.cases.rules.cases import CaseAction, Relation, is_only_guided, may_act
from bot.cases.rules.legal_dates import Opponent, from_stored, is_information
from bot.core.card import Button, Card, Rows, grid
from bot.core.rendering import brief, capital, day, moment, on_button, render
from storage.enums import Severity
from storage.models import Case

LIST = Button("« Danh sách", "case:list:unit:0")
SHOWN_EVENTS = 6
EVENTS_A_PAGE = 12
SHOWN_ALIKE = 5
BY_TAP = {
    CaseAction.TAKE: "take",
    CaseAction.CLASSIFY: "classify",
    CaseAction.LAW: "law",
    CaseAction.PASS: "pass",
    CaseAction.CLOSE: "close",
}
BY_WORDS = {
    CaseAction.ASK: "ask",
    CaseAction.NOTE: "note",
    CaseAction.ESCALATE: "escalate",
    CaseAction.REFER: "refer",
    CaseAction.GUIDE: "guide",
    CaseAction.SETTLE: "settle",
    CaseAction.REOPEN: "reopen",
}


def detail(facts: CaseFacts) -> Card:
    """The case, what happened last, and what this person may do."""
    may_note = CaseAction.LAW in facts.actions and bool(facts.procedures)
    brief = legal.in_brief(facts.legal, may_note=may_note)
    text = render(
        "case/one",
        f=facts,
        kind=kind_of(facts.case),
        information=is_information(facts.case.kind, facts.nameless),
        only_guided=_first_to(facts),
        category=category_of(facts.case)[1],
        status=status_of(facts.case, facts.unit),
        urgent=facts.case.severity == Severity.URGENT,
        late=late_words(facts.days_late, facts.case.severity),
        nobody=labels.NOBODY,
        legal=[] if brief else legal.blocks(facts.legal),
        legal_brief="" if facts.case.settled_at or facts.case.closed_at else brief,
        legal_notes=legal.notes(facts.legal, from_stored(facts.case.law)),
        happened=list(reversed(facts.happened))[:SHOWN_EVENTS],
        earlier=max(0, len(facts.happened) - SHOWN_EVENTS),
        alike=[case.code for case in facts.alike[:SHOWN_ALIKE]],
        more_alike=max(0, len(facts.alike) - SHOWN_ALIKE),
    )
    return Card(text, (*_actions(facts), *_looks(facts), (LIST,)))


def _first_to(facts: CaseFacts) -> str:
    """Where a khiếu nại goes first (Nghị định 24/2018 Điều 15); empty for what is none."""
    if not facts.legal or not is_only_guided(facts.case.kind, nameless=facts.nameless):
        return ""
    office = from_stored(facts.case.law).opponent is Opponent.OFFICE
    return "cơ quan đã ra quyết định" if office else "người sử dụng lao động"


def _actions(facts: CaseFacts) -> Rows:
    key = facts.case.id
    doable = {**BY_TAP, **BY_WORDS}
    nobody_to_ask = facts.case.reporter_id is None and facts.case.author_id is None
    pointless = {CaseAction.ASK} if nobody_to_ask else set()
    pointless |= set() if facts.procedures else {CaseAction.LAW}
    pointless |= {CaseAction.ESCALATE} if facts.at_top else set()
    buttons = [
        Button(ACTIONS[action], f"case:{doable[action]}:{key}")
        for action in facts.actions
        if action in doable and action not in pointless
    ]
    return grid(buttons, 2)


def _looks(facts: CaseFacts) -> Rows:
    """What else there is to look at."""
    key, buttons = facts.case.id, []
    if facts.site_opens:
        buttons.append(
            Button("📍 Trang cơ sở", f"site:open:{facts.case.site_id}:case:open:{facts.case.id}")
        )
    if facts.files:
        buttons.append(Button(f"🖼 Ảnh, tệp ({facts.files})", f"case:files:{key}"))
    if facts.named:
        buttons.append(Button("🪪 Xem người phản ánh", f"case:who:{key}"))
    if facts.alike and CaseAction.LINK in facts.actions:
        buttons.append(Button(f"🔗 Có thể trùng ({len(facts.alike)})", f"case:alike:{key}"))
    if facts.lead:
        buttons.append(Button(f"➡️ {facts.lead.code}", f"case:open:{facts.lead.id}"))
    if len(facts.happened) > SHOWN_EVENTS:
        buttons.append(Button("🕘 Toàn bộ diễn biến", f"case:log:{key}:0"))
    if facts.sheet:
        buttons.append(Button("🖨 Phiếu chuyển", f"case:sheet:{key}"))
    return grid(buttons, 2)


def log(facts: CaseFacts, page: int) -> Card:
    """Everything that happened, the newest first."""
    newest = list(reversed(facts.happened))
    part = newest[page * EVENTS_A_PAGE : (page + 1) * EVENTS_A_PAGE]
    turn = []
    if page:
        turn.append(Button("‹ Mới hơn", f"case:log:{facts.case.id}:{page - 1}"))
    if len(newest) > (page + 1) * EVENTS_A_PAGE:
        turn.append(Button("Cũ hơn ›", f"case:log:{facts.case.id}:{page + 1}"))
    rows: Rows = ((tuple(turn),) if turn else ()) + ((back(facts.case),),)
    return Card(render("case/log", code=facts.case.code, happened=part), rows)


def alike(facts: CaseFacts) -> Card:
    """The likely duplicates, each to open, link or fold into; or all of them into this one."""
    key = facts.case.id
    rows: list[tuple[Button, ...]] = []
    may_merge = CaseAction.MERGE in facts.actions
    for other in facts.alike[:SHOWN_ALIKE]:
        row = [
            Button(f"🔎 {other.code}", f"case:open:{other.id}"),
            Button("Liên kết", f"case:link:{key}:{other.id}"),
        ]
        if may_merge:
            row.append(Button("Gộp vào đó", f"case:merge:{key}:{other.id}"))
        rows.append(tuple(row))
    if may_merge:
        label = f"Gộp cả {len(facts.alike)} mã vào {facts.case.code}"
        rows.append((Button(label, f"case:gather:{key}"),))
    text = render("case/alike", f=facts, shown=facts.alike[:SHOWN_ALIKE])
    return Card(text, (*rows, (back(facts.case),)))


def classify(facts: CaseFacts) -> Card:
    """Category, severity and kind, each by one tap."""
    case = facts.case

    def choice(letter: str, value: str, label: str, now: str) -> Button:
        return Button(
            f"{'✓ ' if value == now else ''}{label}", f"case:set:{case.id}:{letter}:{value}"
        )

    kinds = [choice("k", k, label, case.kind) for k, label in KINDS.items()]
    severities = [choice("s", s, label, case.severity) for s, label in SEVERITIES.items()]
    categories = [choice("c", c, names[0], case.category) for c, names in CATEGORIES.items()]
    rows = (*grid(severities, 2), *grid(kinds, 2), *grid(categories, 2), (back(case),))
    return Card(render("case/classify", f=facts), rows)


def colleagues(facts: CaseFacts, candidates: Sequence[Colleague]) -> Card:
    """Who could take it over."""
    rows = tuple(
        (
            Button(
                on_button(_colleague(candidate)), f"case:give:{facts.case.id}:{candidate.person_id}"
            ),
        )
        for candidate in candidates
    )
    return Card(render("case/pass", f=facts, some=bool(candidates)), (*rows, (back(facts.case),)))


def _colleague(colleague: Colleague) -> str:
    marks = ["lãnh đạo"] if colleague.leads else []
    marks += [f"đang xử lý {colleague.open}"] if colleague.open else []
    marks += ["đang nghỉ"] if colleague.away else []
    return f"👤 {colleague.name}" + (f" ({', '.join(marks)})" if marks else "")


def named(identity: Named) -> Card:
    """Who raised it, for this one look."""
    return Card(render("case/who", n=identity), ((back(identity.case),),))


def below_files(case: Case, count: int) -> Card:
    """Under the pictures: the way back."""
    return Card(render("case/files", code=case.code, count=count), ((back(case),),))


def refused(sentence: str, case_id: int) -> Card:
    """A form that came too late."""
    return Card(render("case/refused", sentence=sentence), ((_open(case_id),),))


def back(case: Case) -> Button:
    return Button(f"« {case.code}", f"case:open:{case.id}")


def _open(case_id: int | None) -> Button:
    return Button("🔎 Mở xem", f"case:open:{case_id}")


def late_words(days: int | None, severity: Severity) -> str:
    """Empty when in time."""
    if not days:
        return "" if days is None else "quá hạn"
    return f"quá hạn {days} ngày" + ("" if severity is Severity.URGENT else " làm việc")


# ---- Notices to colleagues ----------------------------------------------------------------


def told_given(case: Case, by: str, site: str) -> Card:
    return _notice(case, "given", by=by, site=site)


def told_given_away(case: Case, by: str, to: str) -> Card:
    return _notice(case, "given_away", by=by, to=to, may_open=False)


def told_taken_over(case: Case, by: str) -> Card:
    return _notice(case, "taken_over", by=by, may_open=False)


def told_withdrawal(case: Case, by: str) -> Card:
    """To who handles it: its author wants it back, and they decide."""
    return _notice(case, "withdraw_asked", by=by)


def told_reopened(case: Case, by: str, words: str) -> Card:
    return _notice(case, "reopened", by=by, words=words)


@dataclass(frozen=True)
class Climb:
    """One level up. `by`: who did it, "" where it came of itself; `words`: what they ask for; `to`:
    the unit that has it now.
    """

    by: str
    reason: str
    words: str
    to: str
    site: str


def told_escalated(case: Case, climb: Climb) -> Card:
    """To those who lead where it came to."""
    reason = labels.REASONS[climb.reason]
    return _notice(
        case, "escalated", by=climb.by, reason=reason, words=climb.words, site=climb.site
    )


def told_escalated_away(case: Case, climb: Climb) -> Card:
    """To those who had it, and to who leads there."""
    may_open = may_act(Relation.FORMER, CaseAction.SEE, case.category, case.kind)
    return _notice(
        case,
        "escalated_away",
        by=climb.by,
        reason=labels.REASONS[climb.reason],
        to=climb.to,
        site=climb.site,
        may_open=may_open and case.about_id is None,
    )


def told_passed_up(case: Case, kind: str, words: str) -> Card:
    """To those who had it before it was passed up: what came of it."""
    return _notice(case, "passed_up", event=kind, words=words)


def told_author(case: Case, kind: str, words: str) -> Card:
    """To whoever wrote it: the officer whose visit brought it, the committee that asked."""
    card = _notice(case, "author", event=kind, words=words, may_open=False)
    reply = ((Button("✍️ Trả lời", f"ask:add:{case.id}"),),) if kind == "asked" else ()
    return Card(card.text, (*reply, (Button("📄 Xem kiến nghị", f"ask:open:{case.id}"),)))


NOBODY_YET = "chưa có người nhận xử lý. Đề nghị đồng chí nhận"


def reminder(case: Case, kind: str, site: str, late: str) -> Card:
    """One reminder of the clocks; `move_on` and `weekly` offer it to whoever leads the unit."""
    rows: Rows = ((_open(case.id),),)
    if kind in ("move_on", "weekly"):
        rows = ((Button("👤 Giao việc", f"case:pass:{case.id}"), _open(case.id)),)
    nobody = "." if case.assignee_id else f", {NOBODY_YET}."
    text = render(
        "case/remind", case=case, kind=kind, site=site, late=late, nobody=nobody, **_plain(case)
    )
    return Card(text, rows)


def orphans(cases: Sequence[tuple[Case, str, str, str]]) -> Card:
    """Cases of those who are away or have left: (case, site, who has it, why)."""
    rows = tuple(
        (Button(f"👤 Giao {case.code}", f"case:pass:{case.id}"),) for case, *_ in cases[:20]
    )
    return Card(render("case/orphans", cases=cases[:20], more=max(0, len(cases) - 20)), rows)


_DETAILS = dict.fromkeys(("by", "to", "words", "reason", "event", "site"), "")
"""What the notice of a case may tell besides the case, and does not unless it is said."""


def _notice(case: Case, what: str, *, may_open: bool = True, **details: str) -> Card:
    """`details`: of _DETAILS, as the template case/notice has them."""
    assert details.keys() <= _DETAILS.keys()
    text = render("case/notice", case=case, what=what, **{**_DETAILS, **details, **_plain(case)})
    return Card(text, ((_open(case.id),),) if may_open else ())


def _plain(case: Case) -> dict[str, str]:
    return {"name": kind_of(case), "category": category_of(case)[1]}


def happened_line(event: Happened) -> str:
    """For documents: one event in one line."""
    words = f": {event.words}" if event.words else ""
    at = moment(event.at) if event.exact else day(event.at)
    return f"{at} – {capital(brief(event.what, 200))} ({event.who}){words}"


def gone_up(to: str) -> Card:
    """It is no longer theirs to see. `to`: the unit that they passed it up to; "" where it went out
    of their sight otherwise.
    """
    return Card(render("case/gone_up", to=to), ((LIST,),))
