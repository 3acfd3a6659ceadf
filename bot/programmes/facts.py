"""What the cards of the plans show."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.core.labels import TopicWords
from bot.core.rules.programmes import Programme


@dataclass(frozen=True)
class PlanFacts:
    """A plan, whether it is in force today, and the units it names (none: all)."""

    plan: Programme
    in_force: bool
    units: Sequence[str]
    topic_words: TopicWords
    may_raise: bool = False  # what stands in the plan's way
