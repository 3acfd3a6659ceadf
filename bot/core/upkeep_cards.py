"""What administrators read about the server and about what is going to be erased."""

from bot.core.card import Card
from bot.core.rendering import render


def wrong_clock() -> Card:
    """The machine's clock is wrong; what runs by itself may wait."""
    return Card(render("upkeep/wrong_clock"))


def erasing(cases: int) -> Card:
    """So many closed cases lose their words next night: more than in any usual night."""
    return Card(render("upkeep/erasing", cases=cases))
