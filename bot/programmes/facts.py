"""What the cards of the plans show."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.core.labels import TopicWords
from bot.core.rules.programmes import Programme


@dataclass(frozen=True)
class PlanProgress:
    """How a unit stands with a plan's targets, as of the end of a day: target key -> in words."""

    unit: str
    day: date
    lines: Mapping[str, str]


@dataclass(frozen=True)
class PlanFacts:
    """A plan, whether it is in force today, and the units it names (none: all)."""

    plan: Programme
    in_force: bool
    units: Sequence[str]
    topic_words: TopicWords
    may_raise: bool = False  # what stands in the plan's way
    progress: PlanProgress | None = None  # with its targets, of the reader's unit
