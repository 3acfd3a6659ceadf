"""Plain values about changes of the organisation, between services and cards."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.core.rendering import number
from storage.enums import OrgChangeKind, OrgChangeState


@dataclass(frozen=True)
class Concerned:
    """What is open at the units that a change touches, and below them."""

    units: int = 0
    visits: int = 0
    cases: int = 0
    people: int = 0
    obligations: int = 0


@dataclass(frozen=True)
class ChangeFacts:
    """One change. `digest`: of what it would do now; `problems`: why it cannot be done, or taken
    back; `may_undo`: it was done less than a day ago.
    """

    change_id: int
    kind: OrgChangeKind
    state: OrgChangeState
    title: str
    lines: Sequence[str]
    more: int  # lines that are not named
    day: date
    by: str
    done_at: datetime | None = None
    concerned: Concerned | None = None
    digest: str = ""
    problems: Sequence[str] = ()
    outdated: bool = False
    may_undo: bool = False
    undo_until: datetime | None = None
    later: bool = False  # its day is yet to come


def concerned_words(there: Concerned | None) -> str:
    """116 đơn vị, 25 lượt đi sắp tới, …; nothing where no unit is touched."""
    if there is None:
        return ""
    parts = (
        (there.units, "đơn vị"),
        (there.visits, "lượt đi sắp tới"),
        (there.cases, "việc đang mở"),
        (there.people, "người giữ vai trò"),
        (there.obligations, "báo cáo chưa nộp"),
    )
    return ", ".join(f"{number(count)} {words}" for count, words in parts if count)
