"""Cards about officers who ask to be excused from a visit."""

from collections.abc import Sequence

from bot.core.card import Button, Card, Rows, grid
from bot.core.rendering import on_button, render
from bot.visits.cards.overview import capital, pages
from bot.visits.cards.site_page import to_page
from bot.visits.cards.supervision import shown_on
from bot.visits.facts.excuses import ExcuseRequest, ExcuseRequests
from bot.visits.facts.supervision import Decided

HOME = Button("🏠 Trang chính", "home")


def told_request(d: Decided, *, week_is_over: bool) -> Card:
    """To the leader, who answers right there."""
    facts = ExcuseRequest(d, week_is_over)
    return Card(_words(facts), (*_answers(facts), (to_page(d.site.id),)))


def request_card(facts: ExcuseRequest) -> Card:
    """The same, opened from a list."""
    d = facts.subject
    week = Button(f"📊 {capital(f'tuần {d.week.number}')}", f"ov:w:{d.week.monday:%Y%m%d}:0")
    back = Button("« Các đề nghị", "exc:list:0")
    return Card(_words(facts), (*_answers(facts), (to_page(d.site.id), week), (back,)))


def _words(facts: ExcuseRequest) -> str:
    return render("excuse/request", d=facts.subject, is_over=facts.week_is_over)


def _answers(facts: ExcuseRequest) -> Rows:
    d = facts.subject
    allow = Button("✅ Đồng ý", f"exc:ok:{shown_on(d.visit)}")
    if facts.week_is_over:
        return ((allow, Button("✖️ Không đồng ý", f"exc:no:{shown_on(d.visit)}")),)
    return (
        (allow,),
        (Button("✖️ Đề nghị vẫn đi", f"exc:no:{shown_on(d.visit)}"),),
        (Button("🔁 Giao người khác", f"sup:reassign:{d.visit.id}"),),
        (Button("⏭ Sang tuần sau", f"def:ask:{shown_on(d.visit)}"),),
    )


def listed(facts: ExcuseRequests) -> Card:
    """Who waits for an answer, each opening."""
    first = facts.page.number * 10 + 1
    text = render("excuse/list", rows=facts.rows, first=first)
    opened = [
        Button(on_button(f"{n}. {row.subject.officer.name}"), f"exc:open:{row.subject.visit.id}")
        for n, row in enumerate(facts.rows, first)
    ]
    return Card(text, (*grid(opened, 1), *pages("exc:list", facts.page), (HOME,)))


def told_allowed(d: Decided, leader: str) -> Card:
    """To the officer: yes."""
    return Card(render("excuse/allowed", d=d, leader=leader), ((HOME,),))


def told_refused(facts: ExcuseRequest, leader: str, why: str) -> Card:
    """To the officer: please go, or: it stays as not made."""
    d = facts.subject
    text = render("excuse/refused", d=d, leader=leader, why=why, is_over=facts.week_is_over)
    look = Button(on_button(f"📍 {d.site.name}"), f"visit:open:{d.visit.id}")
    return Card(text, ((look,),))


def refusal_sent(facts: ExcuseRequest) -> Card:
    """To the leader: the officer will read it."""
    text = render("excuse/refusal_sent", d=facts.subject, is_over=facts.week_is_over)
    return Card(text, ((Button("« Các đề nghị", "exc:list:0"), HOME),))


def sent_words(names: Sequence[str]) -> str:
    """To the officer who asked: who answers, and how the visit stands until then."""
    if not names:
        return (
            "✅ Không còn lãnh đạo nào khác phụ trách cơ sở này nên đồng chí được phép không đi "
            "ngay, không phải chờ."
        )
    to = ", ".join(f"đồng chí {name}" for name in names)
    return (
        f"✅ Đã gửi đề nghị đến {to}. Trong khi chờ trả lời, lượt này vẫn phải đi; "
        "hết tuần chưa có trả lời thì tính là chưa đi."
    )
