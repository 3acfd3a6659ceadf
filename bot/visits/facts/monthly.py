"""Plain values of the month in sentences."""

from dataclasses import dataclass

from bot.visits.facts.overview import View
from bot.visits.rules.monthly import MonthFigures
from bot.visits.rules.periods import Period


@dataclass(frozen=True)
class MonthFacts:
    """A month as whoever watches over a scope is told of it."""

    view: View
    month: Period
    figures: MonthFigures
