"""Plain values about what a grassroots committee asks for, and what it may know of its site."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.cases.facts.cases import Happened
from storage.models import Case

FEW = 3
"""Fewer concerns than this are not counted for a committee: it might guess whose they are."""


@dataclass(frozen=True)
class SiteRequest:
    """What the form gave. `about`: visit, help or workers; `day`: when a visit is wished for."""

    site_id: int
    about: str
    words: str
    day: str = ""
    affected: int | None = None
    files: Sequence[int] = ()


@dataclass(frozen=True)
class SentRequest:
    """A request that was sent. `notified`: who hears of it, by name."""

    case: Case
    site: str
    unit: str
    notified: Sequence[str]
    files_given_up: int = 0


@dataclass(frozen=True)
class AskedFor:
    """What a committee asked for that a visit to its site may have been the answer to."""

    case: Case
    author: str


@dataclass(frozen=True)
class OwnStanding:
    """One's own request and how far it is. `standing`: the case that it was folded into, if it was;
    `unit`: which has it."""

    case: Case
    standing: Case
    unit: str


@dataclass(frozen=True)
class OwnRequest(OwnStanding):
    """The same with all that happened to it."""

    site: str
    assignee: str
    happened: Sequence[Happened]
    question_open: bool  # the union's last word was a question
    open: bool


@dataclass(frozen=True)
class WorkersVoice:
    """How many concerns workers of a site brought this year, and how many are done; no more."""

    brought: int = 0
    done: int = 0

    @property
    def few(self) -> bool:
        return self.brought < FEW
