"""What `satcoso doctor` says of one thing: how it is and what to do about it, in Vietnamese."""

from dataclasses import dataclass
from enum import Enum


class Grade(Enum):
    """How a finding stands; its sign at the head of the line."""

    FINE = "✓"
    LOOK = "!"
    MEND = "✗"


@dataclass(frozen=True)
class Finding:
    """What was looked at and how it is; `todo`: what to do about it."""

    grade: Grade
    words: str
    todo: str = ""

    def lines(self) -> list[str]:
        return [f"{self.grade.value} {self.words}", *([f"   → {self.todo}"] if self.todo else [])]


def fine(words: str) -> Finding:
    return Finding(Grade.FINE, words)


def look(words: str, todo: str) -> Finding:
    return Finding(Grade.LOOK, words, todo)


def mend(words: str, todo: str) -> Finding:
    return Finding(Grade.MEND, words, todo)
