"""What the cards of the plans' tasks show."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.core.rules.programmes import Programme, Task
from storage.enums import TaskState
from storage.models import PlanTask, Unit


@dataclass(frozen=True)
class TaskRow:
    """A plan's task at a unit. `position`: its place in the plan's file. `stored` None: nobody took
    it yet. `task` None: the plan does not name it any more."""

    plan: Programme
    task: Task | None
    position: int
    stored: PlanTask | None
    owner: str = ""
    overdue: bool = False

    @property
    def text(self) -> str:
        return self.task.text if self.task else "(kế hoạch không còn nhiệm vụ này)"


@dataclass(frozen=True)
class TaskCount:
    """How many of the tasks nobody took, are in hand, late (of those in hand), done, dropped."""

    untaken: int = 0
    open: int = 0
    late: int = 0
    done: int = 0
    dropped: int = 0


@dataclass(frozen=True)
class UnitTasks:
    """A unit's tasks of one plan in one year, a page of them, the late ones first."""

    plan: Programme
    unit: Unit
    year: int
    this_year: int
    rows: Sequence[TaskRow]
    count: TaskCount
    page: int
    pages: int
    may_lead: bool
    other_units: bool
    in_force: bool


@dataclass(frozen=True)
class Happening:
    """A line of a task's history."""

    at: datetime
    who: str
    what: str
    words: str
    files: int


@dataclass(frozen=True)
class TaskPage:
    """One task at one unit. `events`: the newest first. `year` where nobody took it yet."""

    row: TaskRow
    unit: Unit
    year: int
    taken_by: str
    events: Sequence[Happening]
    may_lead: bool
    may_work: bool
    now: datetime


@dataclass(frozen=True)
class OwnTasks:
    """Tasks across plans and units: one's own, or the overdue ones of those one leads."""

    rows: Sequence[tuple[TaskRow, Unit]]
    page: int
    more: bool


@dataclass(frozen=True)
class PlanCounts:
    """Each plan in force that gives the unit tasks, with how they stand."""

    unit: Unit
    year: int
    counts: Sequence[tuple[Programme, TaskCount]]
    own_open: int
    own_late: int
    late_below: int  # -1: the actor leads nobody


@dataclass(frozen=True)
class UnitCounts:
    """How the units below stand with one plan, those with overdue tasks first."""

    plan: Programme
    year: int
    rows: Sequence[tuple[Unit, TaskCount]]
    page: int
    pages: int


@dataclass(frozen=True)
class TaskUpdate:
    """What somebody did about a task, in words: progress, done, dropped as a form hands it in;
    taken, given, moved, reopened."""

    what: str
    words: str
    files: tuple[int, ...] = ()


STATE_OF = {"done": TaskState.DONE, "dropped": TaskState.DROPPED}


@dataclass(frozen=True)
class Taking:
    """Which task is taken: the plan's key, the task's place in its file, the unit, the year."""

    plan: str
    position: int
    unit_id: int
    year: int
