"""Cards about somebody who moves or leaves, and who takes over what they have in hand."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.core.card import Button, Card, Rows
from bot.core.labels import ROLES
from bot.core.rendering import number, on_button, render
from bot.people.cards.leave import hand_over_rows
from storage.enums import Role
from storage.models import Unit, Visit

HOME = Button("🏠 Trang chính", "home")
MOST = 20


@dataclass(frozen=True)
class HandoverFacts:
    """What somebody has in hand in a role: (what, how many); `others`: who could take it."""

    membership_id: int
    person_id: int
    name: str
    role: Role
    place: str
    counts: Sequence[tuple[str, int]]
    others: Sequence[tuple[int, str]]


@dataclass(frozen=True)
class HandedOver:
    """`taker` "": nobody took anything over; `new_place` "": the person has left for good."""

    person_id: int
    name: str
    taker: str
    place: str
    new_place: str
    handed: Sequence[tuple[str, int]]
    taker_id: int = 0


def offer(facts: HandoverFacts) -> Card:
    """To whom it goes: one of the colleagues."""
    rows: Rows = tuple(
        (Button(on_button(f"🤝 {name}"), f"p:handto:{facts.membership_id}:{key}"),)
        for key, name in facts.others[:MOST]
    )
    back = Button("« Quay lại", f"p:open:{facts.person_id}")
    return Card(render("people/hand_over", f=facts, role=ROLES[facts.role]), (*rows, (back,)))


def in_hand(facts: HandoverFacts) -> str:
    """What somebody has in hand, in one sentence: before it is said who takes it."""
    counts = ", ".join(f"{number(count)} {words}" for words, count in facts.counts if count)
    return f"Việc đang làm ở {facts.place}: {counts or 'không có'}."


def sure(facts: HandoverFacts, taker_id: int) -> Card:
    """The second of two taps."""
    taker = dict(facts.others).get(taker_id, "")
    text = render("people/hand_over_sure", f=facts, role=ROLES[facts.role], taker=taker)
    go = Button("🤝 Bàn giao", f"p:handok:{facts.membership_id}:{taker_id}")
    return Card(text, ((go, Button("« Không", f"p:hand:{facts.membership_id}")),))


def done(after: HandedOver) -> Card:
    """To whoever did it."""
    person = Button("Xem thông tin cán bộ", f"p:open:{after.person_id}")
    rows: Rows = ((person,), (HOME,)) if after.new_place else ((HOME,),)
    return Card(render("people/handed_over", f=after), rows)


def told_taker(role: Role, after: HandedOver, left: Sequence[tuple[Visit, Unit]]) -> Card:
    """To the colleague who takes it over, who may lead them: `left` waits to be given out."""
    sites = [site.name for _, site in left]
    text = render("people/taken_over", role=ROLES[role], f=after, sites=sites)
    return Card(text, hand_over_rows(left) if left else ((HOME,),))


def told_moved(role: Role, after: HandedOver) -> Card:
    """To the person: the same role at another unit, and who has what was in hand."""
    return Card(render("people/moved", role=ROLES[role], f=after), ((HOME,),))


def told_leader(role: Role, after: HandedOver, left: Sequence[tuple[Visit, Unit]]) -> Card:
    """To the leaders of the unit that somebody leaves, and of the one they come to; `left`: visits
    that nobody has now, for them to give out.
    """
    sites = [site.name for _, site in left]
    text = render("people/staff_changed", role=ROLES[role], f=after, sites=sites)
    return Card(text, hand_over_rows(left) if left else ((HOME,),))
