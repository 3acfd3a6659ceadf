"""What a form is, and the pure part of walking through one.

There is no state number: the current step is the first applicable step without a complete
answer, so a restart or a new version of the program changes nothing.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Protocol

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.config.settings import Settings
from bot.core.card import Card
from bot.core.context import Context
from bot.core.rules.calendar import Calendar
from bot.core.rules.permissions import Actor
from bot.core.work import Work
from storage.models import Draft

Answers = Mapping[str, Any]


@dataclass(frozen=True)
class FileInput:
    """A file as the channel names it: `reference` to fetch it by, `unique_id` to know it again.
    `size` in bytes. `copy`: the name of our copy, where it was kept before anything else.
    """

    reference: str
    unique_id: str
    kind: str  # photo, voice, document, video, video_note, audio
    name: str = ""
    size: int | None = None
    copy: str = ""


@dataclass(frozen=True)
class UserInput:
    """One thing a person gave: a pressed option, words, a file (with its caption) or a place."""

    option: str | None = None
    words: str | None = None
    file: FileInput | None = None
    file_id: int | None = None  # the stored file, once it has a row
    place: tuple[float, float] | None = None
    message_id: int | None = None


@dataclass(frozen=True)
class Option:
    """`menu`: pressing it is no answer but one of the buttons under every card ("drop")."""

    key: str
    label: str
    menu: bool = False


@dataclass(frozen=True)
class Wants:
    """What a question takes beside its buttons, for a door that has to draw the place for it.

    `long`: words of several lines. `files`: how many at once.
    """

    words: bool = False
    long: bool = False
    files: int = 0


NOTHING_WANTED = Wants()
FILES_AT_ONCE = 10  # of a form that is looked over before it is sent; of others one, which sends it

EVERY_WEEKDAY = Calendar()


@dataclass(frozen=True)
class Moment:
    """What a step may need to know besides the answers."""

    now: datetime
    about: Mapping[str, Any]
    answers: Answers
    calendar: Calendar = EVERY_WEEKDAY


class Kind(Protocol):
    """How a step is asked and what it accepts. Values are plain JSON."""

    @property
    def hint(self) -> str:
        """What to do when the answer did not fit."""
        ...

    @property
    def takes_files(self) -> bool:
        """Whether a file can be the answer."""
        ...

    @property
    def several_lines(self) -> bool:
        """Whether an answer may be too long for a field of one line."""
        ...

    @property
    def taps_only(self) -> bool:
        """Whether words never are the answer."""
        ...

    @property
    def words_help(self) -> bool:
        """Whether a place for words helps: not where they would only repeat what can be tapped."""
        ...

    @property
    def typed(self) -> str:
        """Said after the question where what can be pressed is not all that is taken."""
        ...

    def passes_on(self, words: str) -> bool:
        """Whether these words are no answer to this step but belong to the form's `words_to`."""
        ...

    def asks(self, value: Any) -> str:
        """The question where it depends on what was answered; empty: the step's own."""
        ...

    def earlier(self, value: Any) -> Any:
        """The value as it was a question earlier within this step; None: it was the first one."""
        ...

    def options(self, value: Any, at: Moment) -> list[list[Option]]:
        """Rows of options to press; may be empty."""
        ...

    def take(self, user_input: UserInput, value: Any, at: Moment) -> Any:
        """The new value. Raises Refused, saying what this step accepts."""
        ...

    def complete(self, value: Any) -> bool:
        """Whether the step has its answer."""
        ...

    def show(self, value: Any) -> str:
        """The answer in words, for the review. Not escaped: templates do that."""
        ...


def _always(_answers: Answers) -> bool:
    return True


def _never(_answers: Answers) -> bool:
    return False


def is_always(condition: Callable[[Answers], bool]) -> bool:
    """Whether a step applies whatever was answered."""
    return condition is _always


def is_never(condition: Callable[[Answers], bool]) -> bool:
    """Whether one of the extras is asked only where somebody opens it."""
    return condition is _never


@dataclass(frozen=True)
class Step:
    """`label` names it on the review, `ask` is the question, `when` whether it applies.

    `due`: whether one of the extras is asked although nobody opened it, for what was answered.
    `sealed`: the answer is kept under the vault's key. `hidden`: not shown on the review.
    `ask_on_page`: the question where all are on one page, if `ask` speaks of messages.
    """

    key: str
    label: str
    ask: str
    kind: Kind
    when: Callable[[Answers], bool] = _always
    due: Callable[[Answers], bool] = _never
    optional: bool = False
    sealed: bool = False
    hidden: bool = False
    ask_on_page: str = ""


Admit = Callable[[AsyncSession, Work, str, datetime], Awaitable[None]]
Submit = Callable[[Context, Draft], Awaitable[Card]]
Choices = Callable[[Work, Actor, Draft], Awaitable[Sequence[Option]]]
Fit = Callable[["Form", Mapping[str, Any]], "Form"]
Asks = Callable[[Settings, str], Mapping[str, str]]
Names = Callable[[Work, Actor, Draft], Awaitable[Mapping[str, str]]]


@dataclass(frozen=True)
class Form:
    """A conversation. `extras` wait behind a button on the review. Without `review` the form is
    handed in as soon as its last step is answered.

    `words_to` and `files_to` name the steps that take what comes when nothing fitting is asked:
    a second message of words after the last step, a picture while a number is asked.
    `private`: the draft is kept under a keyed hash, never under the person. `admit` is asked, with
    the draft's owner, before each message is taken, and raises Refused. `who` is how the form
    speaks to people. `names` says answers that are only an id in words, by step, and what heads
    the cards ("name"). `asks` gives the questions, by step, that name what the operator set or are
    others in this channel.
    """

    name: str
    title: str
    steps: tuple[Step, ...]
    submit: Submit
    extras: tuple[Step, ...] = ()
    words_to: str = ""
    files_to: str = ""
    review: bool = True
    private: bool = False
    admit: Admit | None = None
    send_label: str = "✅ Gửi"
    choices: Mapping[str, Choices] | None = None
    names: Names | None = None
    asks: Asks | None = None
    fit: Fit | None = None  # the form as it is for one draft, by the draft's `about`
    who: str = "đồng chí"
    numbered: bool = True  # whether the cards say "Bước 2/5"

    def step(self, key: str) -> Step | None:
        return next((s for s in (*self.steps, *self.extras) if s.key == key), None)

    def worded(self, settings: Settings, channel: str) -> "Form":
        """The form as it is shown under these settings, in this channel."""
        if self.asks is None:
            return self
        asks = self.asks(settings, channel)
        return replace(
            self, steps=tuple(replace(s, ask=asks.get(s.key, s.ask)) for s in self.steps)
        )

    def wants(self, step: Step) -> Wants:
        """What can be typed or sent while this step is asked."""
        kind = step.kind
        files = 0 if not kind.takes_files else FILES_AT_ONCE if self.review else 1
        words = kind.words_help and not kind.taps_only
        return Wants(words=words, long=kind.several_lines, files=files)

    def current(self, draft: Draft) -> Step | None:
        """The step to ask now; None: everything is answered, show the review."""
        extras = (s for s in self.extras if s.key in draft.opened or s.due(draft.answers))
        steps = (*self.steps, *extras)
        return next((s for s in steps if _open(s, draft.answers)), None)

    def step_for(self, draft: Draft, user_input: UserInput) -> Step | None:
        """The step that this is an answer to."""
        step = self.current(draft)
        if user_input.option is not None:
            return step
        if user_input.file and not (step and step.kind.takes_files):
            return self.step(self.files_to) or step
        if step is None or (user_input.words and step.kind.passes_on(user_input.words)):
            return self.step(self.words_to) or step
        return step

    def answered(self, draft: Draft) -> list[Step]:
        """The applicable steps that have an answer, in the form's order."""
        return [
            s
            for s in (*self.steps, *self.extras)
            if not s.hidden
            and s.when(draft.answers)
            and draft.answers.get(s.key) is not None
            and s.kind.complete(draft.answers[s.key])
        ]


def _open(step: Step, answers: Answers) -> bool:
    if not step.when(answers):
        return False
    if step.key in answers and answers[step.key] is None:
        return not step.optional  # skipped
    return not step.kind.complete(answers.get(step.key))
