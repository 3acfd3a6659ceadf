"""What the pictures of a consolidated report are drawn from, besides its own figures."""

from dataclasses import dataclass

from bot.summaries.facts.targets import Course
from bot.visits.facts.pictures import WaitsFacts


@dataclass(frozen=True)
class ReportDrawings:
    """`waits`: how long settled cases took, by month. `members`: against the straight line; None:
    no number was set."""

    waits: WaitsFacts
    members: Course | None
