"""A form filled in as a whole, away from the program: its questions as plain data, its answers
taken by the same kinds as if they had come one message at a time.

What the phone sends for a step is plain JSON whose shape `question` names by "sort". A kind that
inherits from one of these is asked like it; an area registers the kinds of its own.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import singledispatch
from typing import Any

from bot.conversation.conditions import Condition
from bot.conversation.form import FileInput, Form, Moment, Step, UserInput, is_always, is_never
from bot.conversation.kinds import (
    GOOD,
    MAX_PIECES,
    TROUBLE,
    Checklist,
    Choice,
    Day,
    Items,
    Location,
    Money,
    Note,
    Number,
    QuickWords,
    Words,
)
from bot.core.errors import Refused
from bot.core.rendering import number as number_text
from bot.core.rules.writing import composed

LONGEST_TEXT = 4000  # characters of one answer; what Telegram takes in one message is hardly more
NOT_ANSWERED = "Câu này chưa trả lời."
NOT_READABLE = "Chưa đọc được câu trả lời này. Đề nghị xem lại."
FORM_CHANGED = "Mẫu báo cáo vừa đổi; phần này nay không còn. Đề nghị xem lại trước khi gửi."


class Unfit(Refused):
    """Answers that the form does not take. `steps`: a sentence for each step that is wrong."""

    def __init__(self, sentence: str, steps: Mapping[str, str]) -> None:
        super().__init__(sentence)
        self.steps = steps


# ---- The questions --------------------------------------------------------------------------


def described(form: Form, at: Moment) -> list[dict[str, Any]]:
    """Every step of a form, in its order, as JSON: what is asked, how, when. `needed`: it cannot be
    left open; `core`: asked of everybody.
    """
    return [
        {
            "key": step.key,
            "label": step.label,
            "ask": step.ask_on_page or step.ask,
            "core": step in form.steps,
            "needed": not step.optional and (step in form.steps or not is_never(step.due)),
            "when": None if is_always(step.when) else _plain(step.when),
            "due": None if is_never(step.due) else _plain(step.due),
            **question(step.kind, at),
        }
        for step in (*form.steps, *form.extras)
    ]


def _plain(condition: Any) -> dict[str, Any]:
    assert isinstance(condition, Condition), f"a condition that no phone could read: {condition}"
    return condition.plain()


@singledispatch
def question(kind: object, at: Moment) -> dict[str, Any]:
    """How a step of this kind is asked where all is on one page."""
    raise NotImplementedError(f"{type(kind).__name__} cannot be asked away from the program")


@singledispatch
def inputs(kind: object, value: Any) -> Iterator[UserInput]:
    """What somebody would have pressed and written, one after the other, to answer this."""
    raise NotImplementedError(f"{type(kind).__name__} cannot be asked away from the program")


@question.register
def _ask_choice(kind: Choice, at: Moment) -> dict[str, Any]:
    return {"sort": "choice", "options": [list(item) for item in kind.items]}


@inputs.register
def _choose(kind: Choice, value: Any) -> Iterator[UserInput]:
    yield UserInput(option=text(value))


@question.register
def _ask_day(kind: Day, at: Moment) -> dict[str, Any]:
    return {"sort": "day", "options": []}


@inputs.register
def _say_day(kind: Day, value: Any) -> Iterator[UserInput]:
    yield UserInput(option=iso_day(value), words=text(value))


@question.register
def _ask_number(kind: Number, at: Moment) -> dict[str, Any]:
    """`digits`: nothing but digits; of sums of money words are taken too ("7,5 triệu")."""
    quick = [number_text(number) for number in kind.quick]
    return {"sort": "number", "quick": quick, "digits": not isinstance(kind, Money)}


@inputs.register
def _say_number(kind: Number, value: Any) -> Iterator[UserInput]:
    yield UserInput(words=text(value))


@question.register
def _ask_words(kind: Words, at: Moment) -> dict[str, Any]:
    quick = list(kind.quick) if isinstance(kind, QuickWords) else []
    return {"sort": "words", "most": kind.most, "quick": quick}


@inputs.register
def _say_words(kind: Words, value: Any) -> Iterator[UserInput]:
    yield UserInput(words=text(value))


@question.register
def _ask_checklist(kind: Checklist, at: Moment) -> dict[str, Any]:
    return {"sort": "checklist", "options": [list(item) for item in kind.items]}


@inputs.register
def _tick(kind: Checklist, value: Any) -> Iterator[UserInput]:
    presses = {TROUBLE: 1, GOOD: 2}
    for item, state in _object(value).items():
        if state not in presses:
            raise Refused(NOT_READABLE)
        for _ in range(presses[state]):
            yield UserInput(option=item)
    yield UserInput(option="=done")


@question.register
def _ask_note(kind: Note, at: Moment) -> dict[str, Any]:
    return {"sort": "note", "most": LONGEST_TEXT, "most_files": MAX_PIECES - 1}


@inputs.register
def _say_note(kind: Note, value: Any) -> Iterator[UserInput]:
    """`files`: a stored file's (id, kind) each."""
    note = _object(value)
    if note.get("text"):
        yield UserInput(words=text(note["text"]), message_id=1)
    for number, (file_id, sort) in enumerate(note.get("files", ()), 2):
        file = FileInput("", "", sort)
        yield UserInput(file=file, file_id=file_id, message_id=number)


@question.register
def _ask_items(kind: Items, at: Moment) -> dict[str, Any]:
    return {"sort": "items", "most": LONGEST_TEXT, "most_items": MAX_PIECES}


@inputs.register
def _say_items(kind: Items, value: Any) -> Iterator[UserInput]:
    for number, words in enumerate(listed(value), 1):
        yield UserInput(words=text(words), message_id=number)
    yield UserInput(option="done")


@question.register
def _ask_place(kind: Location, at: Moment) -> dict[str, Any]:
    return {"sort": "place"}


@inputs.register
def _say_place(kind: Location, value: Any) -> Iterator[UserInput]:
    latitude, longitude = (*listed(value), None, None)[:2]
    for degrees, most in ((latitude, 90), (longitude, 180)):
        if not isinstance(degrees, int | float) or not -most <= degrees <= most:
            raise Refused(NOT_READABLE)
    yield UserInput(place=(float(latitude), float(longitude)))


# ---- The answers ----------------------------------------------------------------------------


def filled(form: Form, values: Mapping[str, Any], at: Moment) -> dict[str, Any]:
    """The answers of a draft that was filled in like this. What does not apply is left out.

    Raises Unfit with what each step says about its answer.
    """
    answers: dict[str, Any] = {}
    wrong: dict[str, str] = {
        key: FORM_CHANGED
        for key, value in values.items()
        if form.step(key) is None and not is_blank(value)
    }
    for step in (*form.steps, *form.extras):
        value = values.get(step.key)
        if not step.when(answers):
            continue
        if is_blank(value):
            if step in form.steps or step.due(answers):
                answers[step.key] = None
                wrong |= {} if step.optional else {step.key: NOT_ANSWERED}
            continue
        try:
            answers[step.key] = _replayed(step, value, replace(at, answers=answers))
        except Refused as refusal:
            wrong[step.key] = str(refusal)
    if wrong:
        raise Unfit("Báo cáo còn chỗ cần xem lại.", wrong)
    return answers


def _replayed(step: Step, value: Any, at: Moment) -> Any:
    answer = None
    for user_input in inputs(step.kind, value):
        answer = step.kind.take(user_input, answer, at)
    if not step.kind.complete(answer):
        raise Refused(NOT_ANSWERED)
    return answer


def is_blank(value: Any) -> bool:
    """Whether nothing was answered; 0 and False are something."""
    if isinstance(value, dict):
        return all(is_blank(part) for part in value.values())
    if isinstance(value, str):
        return not composed(value).strip()
    return value is None or value == []


def text(value: Any) -> str:
    """What somebody wrote, in composed letters. Raises Refused: no text, or too long."""
    if not isinstance(value, str):
        raise Refused(NOT_READABLE)
    words = composed(value)
    if len(words) > LONGEST_TEXT:
        raise Refused(f"Mỗi câu nhận nhiều nhất {LONGEST_TEXT} ký tự. Đề nghị rút gọn.")
    return words


def iso_day(value: Any) -> str:
    """A day as a date field gives it. Raises Refused: no such day."""
    try:
        return date.fromisoformat(text(value)).isoformat()
    except ValueError:
        raise Refused(NOT_READABLE) from None


def listed(value: Any) -> list[Any]:
    """A list that is not endless. Raises Refused."""
    if not isinstance(value, list) or len(value) > MAX_PIECES:
        raise Refused(NOT_READABLE)
    return value


def _object(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise Refused(NOT_READABLE)
    return value
