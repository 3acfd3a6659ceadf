"""Cards about what reports propose to commend, and good practices."""

from bot.core.card import Button, Card, grid
from bot.core.labels import COMMENDATION_KINDS
from bot.core.rendering import number, on_button, render
from bot.visits.cards.overview import pages
from bot.visits.cards.site_page import to_page
from bot.visits.facts.commendations import CommendationFacts, Practices, WaitingCommendations
from storage.enums import CommendationKind, CommendationState
from storage.models import Commendation, Unit

HOME = Button("🏠 Trang chính", "home")
LIST = Button("« Danh sách", "com:list:0")


def home(waiting: int) -> Card:
    """On the home card of whoever decides."""
    text = render("commendation/home", waiting=waiting)
    return Card(text, ((Button(f"🏅 Khen thưởng ({number(waiting)})", "com:list:0"),),))


def listed(facts: WaitingCommendations) -> Card:
    """What waits, each opening; the paper of what was accepted."""
    first = facts.page.number * 5 + 1
    unsorted = [row for row, *_ in facts.accepted if row.kind is None]
    text = render(
        "commendation/list",
        rows=[(row, site, person, _kind(row)) for row, site, person in facts.rows],
        first=first,
        total=facts.total,
        accepted=len(facts.accepted),
        since=facts.since,
        unsorted=len(unsorted),
    )
    opened = [Button(str(n), f"com:open:{row.id}") for n, (row, *_) in enumerate(facts.rows, first)]
    agreed = [
        Button(on_button(f"💡 {row.words}"), f"com:open:{row.id}")
        for row, *_ in facts.accepted
        if row.kind is CommendationKind.PRACTICE and row.released_at is None
    ][:5]
    open_kinds = [
        Button(on_button(f"❓ {row.words}"), f"com:open:{row.id}") for row in unsorted[:5]
    ]
    printable = len(facts.accepted) > len(unsorted)
    paper = [Button("📄 Tờ trình (docx)", "com:paper")] if printable else []
    read = Button("💡 Cách làm hay", "com:good:0")
    turn = pages("com:list", facts.page)
    return Card(
        text,
        (
            *grid(opened, 5),
            *turn,
            *grid([*open_kinds, *agreed], 1),
            *grid([*paper, read], 2),
            (HOME,),
        ),
    )


def detail(facts: CommendationFacts) -> Card:
    """One proposal, with what may be done about it now."""
    row = facts.row
    text = render("commendation/one", f=facts, kind=_kind(row))
    return Card(
        text,
        (
            *grid(_kinds(row), 3),
            *grid(_decisions(facts), 1),
            *grid(_releases(facts), 1),
            (Button("📄 Báo cáo", _report(row)), to_page(facts.site.id, f"com:open:{row.id}")),
            (LIST,),
        ),
    )


def _kind(row: Commendation) -> str:
    return COMMENDATION_KINDS[row.kind] if row.kind else "Chưa phân loại"


def _kinds(row: Commendation) -> list[Button]:
    """Nobody chose one, and the paper lists what it asks for by kind."""
    if row.kind or row.state is CommendationState.DECLINED:
        return []
    return [
        Button(words, f"com:kind:{row.id}:{kind.value}")
        for kind, words in COMMENDATION_KINDS.items()
    ]


def _report(row: Commendation) -> str:
    return f"ov:v:{row.visit_id}:0:0:com:open:{row.id}"


def _decisions(facts: CommendationFacts) -> list[Button]:
    key = facts.row.id
    if facts.row.state is not CommendationState.WAITING:
        return []
    up = [Button("⬆️ Chuyển cấp trên", f"com:up:{key}")] if facts.above else []
    return [
        Button("✅ Đồng ý khen", f"com:yes:{key}"),
        *up,
        Button("✖️ Chưa khen lần này", f"com:no:{key}"),
    ]


def _releases(facts: CommendationFacts) -> list[Button]:
    if not facts.may_release:
        return []
    key = facts.row.id
    if facts.row.released_at:
        return [Button("↩️ Thôi phổ biến", f"com:hide:{key}")]
    return [Button("💡 Phổ biến cách làm hay", f"com:tell:{key}")]


def told_decision(facts: CommendationFacts, leader: str) -> Card:
    """To whoever proposed it: what was decided."""
    return Card(render("commendation/told", f=facts, leader=leader), ((HOME,),))


def told_passed_up(facts: CommendationFacts, unit: Unit, leader: str) -> Card:
    """To whoever proposed it: another level decides."""
    return Card(render("commendation/passed", f=facts, unit=unit, leader=leader), ((HOME,),))


def practices(facts: Practices) -> Card:
    """Good practices of any unit, each opening."""
    first = facts.page.number * 5 + 1
    text = render("commendation/practices", rows=facts.rows, first=first)
    opened = [Button(str(n), f"com:read:{row.id}") for n, (row, _) in enumerate(facts.rows, first)]
    return Card(text, (*grid(opened, 5), *pages("com:good", facts.page), (HOME,)))


def practice(row: Commendation, site: str) -> Card:
    """One of them, whole."""
    back = Button("« Cách làm hay", "com:good:0")
    return Card(render("commendation/practice", row=row, site=site), ((back, HOME),))
