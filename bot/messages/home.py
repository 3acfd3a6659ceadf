"""The home card of every role."""

from bot.messages.card import Card
from bot.messages.render import render


def stranger_card() -> Card:
    """Somebody without a role is taken for a worker."""
    return Card(render("home/stranger"))
