"""Cards to a grassroots committee about what it asked for, and to those who hear of it."""

from collections.abc import Sequence
from datetime import date, datetime

from bot.cases.cards.labels import INVITES, category_of, status_of
from bot.cases.facts.site_requests import OwnRequest, OwnStanding, SentRequest, SiteRequest
from bot.core.card import Button, Card, Rows
from bot.core.rendering import brief, capital, day, render
from bot.core.rules.calendar import local
from storage.enums import OPEN_CASES
from storage.models import Case

HOME = Button("🏠 Trang chính", "home")
NEW = Button("🙋 Mời cán bộ, đề nghị hỗ trợ", "ask:new")
LIST = Button("📋 Đề nghị đã gửi", "ask:list")
BEGINNINGS = {
    "visit": INVITES,
    "help": "Đề nghị hỗ trợ",
    "workers": "Ý kiến của người lao động",
}


def text_of(request: SiteRequest) -> str:
    """The words of the case: what it is, for when, and what was written."""
    wish = request.day[:1].lower() + request.day[1:]  # what was pressed begins as a button does
    for_when = f" (mong muốn: {wish})" if wish else ""
    words = request.words or "gửi ảnh, tin thoại kèm theo"
    return f"{BEGINNINGS[request.about]}{for_when}: {words}"


def by_coming(case: Case, officer: str, visited_on: date) -> str:
    """The answer to a request that a visit has settled; "" to one that no visit can settle."""
    if case.text.startswith(BEGINNINGS["visit"]):
        return f"Đồng chí {officer} đã về cơ sở ngày {day(visited_on)}."
    if case.text.startswith(BEGINNINGS["help"]):
        return f"Đồng chí {officer} đã hỗ trợ, hướng dẫn khi về cơ sở ngày {day(visited_on)}."
    return ""


def new(case: Case, site: str, author: str) -> Card:
    """To the officer in charge and the unit's leaders."""
    text = render(
        "site_request/new",
        case=case,
        site=site,
        author=author,
        category=capital(category_of(case)[1]),
    )
    return Card(text, ((Button("📂 Mở kiến nghị", f"case:open:{case.id}"),),))


def answered(case: Case, author: str, words: str) -> Card:
    """To whoever has it: the committee answered or added something."""
    text = render("site_request/answered", case=case, author=author, words=words)
    return Card(text, ((Button("📂 Mở kiến nghị", f"case:open:{case.id}"),),))


def sent(request: SentRequest) -> Card:
    """At once after sending: who hears of it and by when it is settled."""
    by = request.case.settle_by or request.case.created_at
    text = render("site_request/sent", r=request, by=local(by).date())
    return Card(text, ((open_(request.case), HOME),))


def listed(requests: Sequence[OwnStanding]) -> Card:
    """One's own requests, the newest first."""
    lines = [(request.case, _status(request)) for request in requests]
    rows: Rows = tuple(
        (Button(f"{case.code} · {brief(case.text, 24)}", f"ask:open:{case.id}"),)
        for case, _ in lines
    )
    return Card(render("site_request/list", lines=lines), (*rows, (NEW,), (HOME,)))


def detail(request: OwnRequest, now: datetime) -> Card:
    """One of them: where it stands, what was asked and answered."""
    standing = request.standing
    by = standing.settle_by if standing.status in OPEN_CASES else None
    text = render(
        "site_request/one",
        r=request,
        status=_status(request),
        by=local(by).date() if by else None,
        late=by is not None and by <= now,
        happened=request.happened[:-7:-1],
    )
    label = "✍️ Trả lời" if request.question_open else "➕ Bổ sung"
    add: Rows = ((Button(label, f"ask:add:{request.case.id}"),),) if request.open else ()
    return Card(text, (*add, (LIST, HOME)))


def _status(request: OwnStanding) -> str:
    unit = request.unit if request.standing is request.case else ""
    return status_of(request.standing, unit)


def added(case: Case) -> Card:
    """The answer was taken."""
    return Card(render("site_request/added", case=case), ((open_(case), HOME),))


def open_(case: Case) -> Button:
    return Button("📄 Xem đề nghị", f"ask:open:{case.id}")
