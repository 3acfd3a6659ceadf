"""The answers of the report form as typed values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from storage.enums import Rating, VisitKind

Trouble = tuple[bool, str]  # (có vấn đề, in words)


@dataclass(frozen=True)
class ReportAnswers:
    """What an officer reported; the names are those of `VisitReport`'s columns.

    `topics`: key -> (trouble, words); topics "chưa nắm" are left out. `files`: ids of StoredFile.
    """

    visited_on: date
    kind: VisitKind = VisitKind.UNPLANNED
    workers_met: int | None = None
    situation: str = ""
    topics: Mapping[str, Trouble] = field(default_factory=dict)
    files: tuple[int, ...] = ()
    proposals: tuple[str, ...] = ()
    met_union: str = ""
    met_management: str = ""
    aspirations: str = ""
    help_given: str = ""
    headcount: int | None = None
    women: int | None = None
    members: int | None = None
    new_members: int | None = None
    average_income: int | None = None
    arrears: str = ""
    suggested_rating: Rating | None = None
    commendation: str = ""
    training_needs: str = ""
    agreements: list[str] = field(default_factory=list)
    latitude: float | None = None
    longitude: float | None = None
