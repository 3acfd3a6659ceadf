"""Cards about groups, and the cards that groups get: no names of people, no words of workers."""

from bot.cases.cards.alerts import SIGNS
from bot.cases.rules.early_warning import SignKind
from bot.core.card import Button, Card
from bot.core.rendering import on_button, render
from bot.groups.facts.groups import GroupCode, Groups
from bot.visits.cards.overview import beside_done, brought, capital, exceptions, gained
from bot.visits.facts.overview import WeekFacts
from storage.models import GroupChat, Unit

HOME = Button("🏠 Trang chính", "home")
LIST = Button("👥 Các nhóm", "grp:list")
SHOWN_TROUBLES = 3


def listed(groups: Groups) -> Card:
    """The groups, each with its end; a new one for each of the reader's own units."""
    text = render("group/list", g=groups)
    ends = tuple(
        (Button(on_button(f"✖️ Ngừng gửi: {row.title}"), f"grp:end:{row.id}"),)
        for row, _ in groups.linked
    )
    several = len(groups.own_units) > 1
    codes = tuple(
        (
            Button(
                on_button(f"➕ Liên kết nhóm: {unit.name}" if several else "➕ Liên kết nhóm"),
                f"grp:new:{unit.id}",
            ),
        )
        for unit in groups.own_units
    )
    return Card(text, (*codes, *ends, (HOME,)))


def code(group_code: GroupCode, link: str) -> Card:
    """How to link a group: to be done on the same phone, or sent on to who keeps the group."""
    return Card(render("group/code", g=group_code, link=link), ((LIST, HOME),))


def asked_to_end(row: GroupChat, unit: Unit) -> Card:
    """Once more, before a group is written to no longer."""
    yes = Button("✖️ Ngừng gửi tin", f"grp:end:{row.id}:yes")
    return Card(render("group/end", row=row, unit=unit), ((yes,), (LIST, HOME)))


def linked(row: GroupChat, unit: Unit) -> Card:
    """To whoever made the code: which group has used it."""
    return Card(
        render("group/linked", row=row, unit=unit),
        ((Button("✖️ Không phải, ngừng gửi", f"grp:end:{row.id}"),), (LIST,)),
    )


def lost(row: GroupChat, unit: Unit) -> Card:
    """To whoever made the code: the group is reached no longer."""
    return Card(render("group/lost", row=row, unit=unit), ((LIST,),))


def week(facts: WeekFacts, unit: Unit) -> Card:
    """The week in figures."""
    words = facts.view.topic_words
    return Card(
        render(
            "group/week",
            f=facts,
            unit=unit,
            title=capital(facts.view.week.label()),
            beside=beside_done(facts.tally),
            exceptions=exceptions(facts.tally),
            troubles=[(words[t][1], len(s)) for t, s in facts.troubles if t in words],
            shown=SHOWN_TROUBLES,
            gains=capital(", ".join(gained(facts.gains))),
            brought=capital(", ".join(brought(facts.sums, facts.proposals))),
        )
    )


def alert(kind: SignKind, unit: Unit) -> Card:
    """That there is one, and where those who may can read it."""
    return Card(render("group/alert", words=SIGNS[kind], unit=unit))
