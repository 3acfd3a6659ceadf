"""The blind corpus of `data/phrases.tsv`, and how well it is read.

796 sentences written by somebody who had not read the word lists, each with whether it should alarm
and what it is about. Half of them, `tune`, may be read to mend the lists; the others, `unseen`, are
read by the program alone. They are no field data: nobody's words, from nobody's enterprise.
"""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bot.cases.rules.classify import suggest
from bot.cases.rules.early_warning import wording
from storage.enums import Category

FILE = Path(__file__).parent / "data" / "phrases.tsv"
NO_FIELD_DATA = (
    "Written for the purpose by one hand, half of it never looked at: no field data."
    " What workers of a province really write will be read worse."
)


@dataclass(frozen=True)
class Sentence:
    """One line of the corpus; `number`: its line in the file, by which the unseen are cited."""

    number: int
    half: str
    alarm: bool
    category: Category
    register: str
    text: str


@dataclass(frozen=True)
class Score:
    """How many sentences, and the shares that were read right (from 0 to 1)."""

    size: int
    precision: float
    recall: float
    first: float
    first_two: float


@cache
def corpus() -> tuple[Sentence, ...]:
    """Every sentence, in the order of the file."""
    with FILE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return tuple(
        Sentence(
            number=number,
            half=row["half"],
            alarm=row["alarm"] == "1",
            category=Category(row["category"]),
            register=row["register"],
            text=row["sentence"],
        )
        for number, row in enumerate(rows, start=2)
    )


@cache
def alarms(sentence: Sentence) -> bool:
    """Whether its words alone raise an alert, as they would in a case."""
    return bool(wording(sentence.text, suggest(sentence.text).category))


def score(sentences: Iterable[Sentence]) -> Score:
    """Precision and recall of the alert; of the category the first, and one of the first two."""
    every = list(sentences)
    right = sum(1 for s in every if s.alarm and alarms(s))
    ringing = sum(1 for s in every if alarms(s))
    suggestions = [(s.category, suggest(s.text)) for s in every]
    return Score(
        size=len(every),
        precision=right / max(1, ringing),
        recall=right / max(1, sum(1 for s in every if s.alarm)),
        first=sum(1 for c, got in suggestions if c is got.category) / len(every),
        first_two=sum(1 for c, got in suggestions if c in (got.category, got.runner_up))
        / len(every),
    )
