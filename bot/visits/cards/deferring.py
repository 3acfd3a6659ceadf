"""Cards about visits that are put off to the next week."""

from bot.core.card import Button, Card
from bot.core.rendering import on_button, render
from bot.visits.cards.overview import capital
from bot.visits.cards.supervision import shown_on, to_call
from bot.visits.facts.supervision import Deferral

HOME = Button("🏠 Trang chính", "home")


def sure(facts: Deferral) -> Card:
    """Asked once: the officer is told at once."""
    visit = facts.decided.visit
    stay = Button("Thôi", f"ov:v:{visit.id}:0:0:open:{visit.week:%Y%m%d}:0:0")
    go = Button("⏭ Chuyển", f"def:ok:{shown_on(visit)}")
    text = render("deferring/sure", f=facts) + to_call(facts.decided)
    return Card(text, ((go, stay),))


def done(facts: Deferral) -> Card:
    """To the leader."""
    week = Button(
        f"📊 {capital(f'tuần {facts.former.number}')}", f"ov:w:{facts.former.monday:%Y%m%d}:0"
    )
    text = render("deferring/done", f=facts) + to_call(facts.decided)
    return Card(text, ((week, HOME),))


def told_deferred(facts: Deferral, leader: str) -> Card:
    """To the officer, with the way to the visit of the later week."""
    d = facts.decided
    look = Button(on_button(f"📍 {d.site.name}"), f"visit:open:{d.visit.id}")
    return Card(render("deferring/told", f=facts, leader=leader), ((look,),))
