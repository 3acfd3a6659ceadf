"""The month in sentences."""

from dataclasses import replace

from bot.core.card import Button, Card, grid
from bot.core.rendering import render
from bot.visits.cards.overview import capital, gained, pressing_buttons
from bot.visits.facts.monthly import MonthFacts
from bot.visits.rules.monthly import sentences

NAMED = 5


def month(facts: MonthFacts) -> Card:
    """What is to be said, and where to look further."""
    gains, pressing = facts.gains, facts.pressing
    figures = replace(
        facts.figures,
        cases_overdue=pressing.overdue,
        alerts=pressing.alerts,
        gained=gains.unions + gains.commendations + gains.practices,
    )
    text = render(
        "overview/month",
        f=facts,
        m=figures,
        gains=capital(", ".join(gained(gains))),
        sentences=[str(sentence) for sentence in sentences(figures)],
        before=facts.month.previous().short(),
        named=NAMED,
    )
    key, monday = facts.month.key, facts.month.last.monday
    look = Button("📅 Xem số liệu", f"ov:z:{key}:0")
    pictures = Button("🖼 Biểu đồ", f"ov:g:{monday:%Y%m%d}:0")
    return Card(text, grid([*pressing_buttons(pressing), look, pictures], 2))
