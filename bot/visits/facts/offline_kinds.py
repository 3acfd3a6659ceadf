"""The kinds that only the report of a visit has, asked where all is on one page."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from bot.conversation.form import Moment, UserInput
from bot.conversation.whole_form import NOT_READABLE, inputs, iso_day, listed, question, text
from bot.core.errors import Refused
from bot.core.rendering import capital, day_button
from bot.visits.facts.agreements import MOST, MOST_NAME, MOST_WORDS, WHO, AgreedTasks
from bot.visits.facts.report_kinds import VisitDay, week_of
from bot.visits.facts.results import ADD, DONE, NOT_SAID, Results
from bot.visits.facts.results import MOST as MOST_RESULTS
from bot.visits.rules.results import IN_USE, AnswerSort, Measure


@question.register
def _ask_visit_day(kind: VisitDay, at: Moment) -> dict[str, Any]:
    """Every day of the visit's week: which of them is today is known only where it is answered."""
    week = week_of(at.about)
    days = week.days if week else ()
    options = [[day.isoformat(), day_button(day, at.calendar)] for day in days]
    return {"sort": "day", "options": options}


# ---- What both sides agreed ------------------------------------------------------------------


@question.register
def _ask_agreed(kind: AgreedTasks, at: Moment) -> dict[str, Any]:
    fields = [
        _field("what", "Việc gì?", "words", most=MOST_WORDS),
        _field("who", "Ai thực hiện?", "words", most=MOST_NAME, quick=list(map(capital, WHO))),
        _field("until", "Chậm nhất đến ngày nào?", "day", needed=False),
    ]
    task = {"key": "task", "label": "Thêm việc", "fields": fields}
    return {"sort": "records", "most_items": MOST, "kinds": [task]}


@inputs.register
def _say_agreed(kind: AgreedTasks, value: Any) -> Iterator[UserInput]:
    for _, values in _records(value):
        who = text(values.get("who") or "")
        by_tap = [
            str(number) for number, name in enumerate(WHO) if name.casefold() == who.casefold()
        ]
        until = values.get("until")
        yield UserInput(words=text(values.get("what") or ""))
        yield UserInput(option=by_tap[0] if by_tap else None, words=who)
        yield UserInput(option=iso_day(until), words=until) if until else UserInput(option="none")
    yield UserInput(option="done")


# ---- Results ---------------------------------------------------------------------------------


@question.register
def _ask_results(kind: Results, at: Moment) -> dict[str, Any]:
    kinds = [
        {
            "key": result.key,
            "label": result.label,
            "fields": [_measure_field(measure) for measure in result.measures],
        }
        for result in IN_USE.all()
    ]
    return {"sort": "records", "most_items": MOST_RESULTS, "kinds": kinds}


def _measure_field(measure: Measure) -> dict[str, Any]:
    sorts = {AnswerSort.DAY: "day", AnswerSort.CHOICE: "choice"}
    sort = sorts.get(measure.kind, "number")
    return _field(
        measure.key,
        measure.ask,
        sort,
        needed=not measure.optional,
        options=[list(choice) for choice in measure.choices],
        digits=measure.kind is AnswerSort.NUMBER,
    )


@inputs.register
def _say_results(kind: Results, value: Any) -> Iterator[UserInput]:
    for key, values in _records(value):
        yield UserInput(option=f"{ADD}.{key}")
        result = next((result for result in IN_USE.all() if result.key == key), None)
        for measure in result.measures if result else ():
            yield _measured(measure, values.get(measure.key))
    yield UserInput(option=DONE)


def _measured(measure: Measure, value: Any) -> UserInput:
    if not value:
        return UserInput(option=NOT_SAID, words="")
    if measure.kind is AnswerSort.CHOICE:
        return UserInput(option=f"is.{text(value)}")
    if measure.kind is AnswerSort.DAY:
        return UserInput(words=f"{date.fromisoformat(iso_day(value)):%d/%m/%Y}")
    return UserInput(words=text(value))


def _records(value: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """(kind, what its fields say) of each."""
    for record in listed(value):
        values = record.get("values") if isinstance(record, dict) else None
        if not isinstance(values, dict):
            raise Refused(NOT_READABLE)
        yield text(record.get("kind")), values


def _field(key: str, ask: str, sort: str, *, needed: bool = True, **more: Any) -> dict[str, Any]:
    return {"key": key, "ask": ask, "sort": sort, "needed": needed, **more}
