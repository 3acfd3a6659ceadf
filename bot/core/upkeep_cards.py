"""What administrators read about the server and about what is going to be erased."""

from datetime import date

from bot.core.card import Card
from bot.core.rendering import render


def wrong_clock() -> Card:
    """The machine's clock is wrong; what runs by itself may wait."""
    return Card(render("upkeep/wrong_clock"))


def erasing(cases: int, before: date, today: date) -> Card:
    """So many cases closed before that day lose their words next night: more than usual."""
    return Card(render("upkeep/erasing", cases=cases, before=before, today=today))


def no_backup(last: date | None) -> Card:
    """Last night's copy could not be made; the last one is of that day."""
    return Card(render("upkeep/no_backup", last=last))
