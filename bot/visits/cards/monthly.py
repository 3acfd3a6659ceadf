"""The month in sentences."""

from bot.core.card import Button, Card
from bot.core.rendering import render
from bot.visits.facts.monthly import MonthFacts
from bot.visits.rules.monthly import sentences

NAMED = 5


def month(facts: MonthFacts) -> Card:
    """What is to be said, and where to look further."""
    text = render(
        "overview/month",
        f=facts,
        m=facts.figures,
        sentences=[str(sentence) for sentence in sentences(facts.figures)],
        before=facts.month.previous().short(),
        named=NAMED,
    )
    key, monday = facts.month.key, facts.month.last.monday
    look = Button("📅 Xem số liệu", f"ov:z:{key}:0")
    return Card(text, ((look, Button("🖼 Biểu đồ", f"ov:g:{monday:%Y%m%d}:0")),))
