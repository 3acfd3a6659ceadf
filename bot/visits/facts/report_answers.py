"""The answers of the report form as typed values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from storage.models import VisitReport

Trouble = tuple[bool, str]  # (có vấn đề, in words)


@dataclass(frozen=True)
class ReportAnswers:
    """What an officer reported. `columns`: by the names of `VisitReport`'s, `visited_on` at least.

    `topics`: key -> (trouble, words); topics "chưa nắm" are left out. `files`: ids of StoredFile.
    `reworded`: case -> what it is to say, of the proposals that an earlier version brought;
    `withdrawn`: the cases of those that their author wants to take back.
    """

    columns: Mapping[str, Any]
    topics: Mapping[str, Trouble] = field(default_factory=dict)
    files: tuple[int, ...] = ()
    proposals: tuple[str, ...] = ()
    reworded: Mapping[int, str] = field(default_factory=dict)
    withdrawn: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        # A model takes a name that is none of its columns in silence, and the answer is lost.
        unknown = self.columns.keys() - VisitReport.model_fields.keys()
        assert not unknown, f"no columns of a report: {sorted(unknown)}"

    @property
    def visited_on(self) -> date:
        visited_on: date = self.columns["visited_on"]
        return visited_on

    @property
    def situation(self) -> str:
        return self.columns.get("situation", "")

    @property
    def phone_key(self) -> str:
        """Empty unless it was written on a phone without coverage."""
        return self.columns.get("phone_key") or ""

    @property
    def workers_met(self) -> int | None:
        return self.columns.get("workers_met")


@dataclass(frozen=True)
class NewPlace:
    """Where an officer was, in no list, as they name it."""

    name: str
    address: str
