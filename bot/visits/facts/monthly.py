"""Plain values of the month in sentences."""

from dataclasses import dataclass, field

from bot.cases.facts.cases import Pressing
from bot.visits.facts.overview import Gains, View
from bot.visits.rules.monthly import MonthFigures
from bot.visits.rules.periods import Period


@dataclass(frozen=True)
class MonthFacts:
    """A month as whoever watches over a scope is told of it."""

    view: View
    month: Period
    figures: MonthFigures
    gains: Gains
    pressing: Pressing = field(default_factory=Pressing)  # of whoever is told, as it is now
