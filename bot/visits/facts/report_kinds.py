"""Kinds of answers that only the report of a visit has: its day, bounded figures, topics."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from bot.conversation.conditions import Answered, MarkedTrouble, States
from bot.conversation.form import Moment, Option, Step, UserInput
from bot.conversation.kinds import Checklist, Choice, Day, Number, Words
from bot.core.errors import Refused
from bot.core.labels import TopicWords
from bot.core.rendering import on_button
from bot.core.rules.calendar import Week, local
from bot.visits.rules.statements import ARREARS_TOPICS, NOTHING_STATED, arrears_of
from storage.enums import Arrears

LONGEST_BACK = 62  # days; whether the visit may still be reported is the service's to say


def _troubled(*topics: str) -> MarkedTrouble:
    """Whether the checklist says "có vấn đề" for one of these topics."""
    return MarkedTrouble("topics", topics)


@dataclass(frozen=True)
class VisitDay(Day):
    """The day of a visit: not before the week it was planned for (`about`: its Monday)."""

    back: int = LONGEST_BACK
    too_far: str = "Chỉ ghi được ngày đi trong {} ngày gần đây."

    def options(self, value: Any, at: Moment) -> list[list[Option]]:
        today = local(at.now).date()
        if (week := week_of(at.about)) is None:
            return super().options(value, at)
        days = [day for day in reversed(week.days) if day <= today]
        options = [Option(day.isoformat(), self._label(day, today, at.calendar)) for day in days]
        return [options[i : i + 2] for i in range(0, len(options), 2)]

    def take(self, user_input: UserInput, value: Any, at: Moment) -> Any:
        answer = super().take(user_input, value, at)
        week, day = week_of(at.about), date.fromisoformat(answer)
        if week and day < week.monday:
            raise Refused(
                f"Ngày {day:%d/%m} không nằm trong {week.label()}. "
                "Nếu đồng chí đi trước tuần này, đề nghị dùng /dotxuat; "
                "nếu không, xin chọn lại ngày."
            )
        return answer


def week_of(about: Mapping[str, Any]) -> Week | None:
    """The week of the visit that is reported; None: outside of the plan, or an older draft."""
    return Week(date.fromisoformat(about["week"])) if "week" in about else None


@dataclass(frozen=True)
class BoundedNumber(Number):
    """A number that another answer bounds: part of `whole`, or the whole of `part`."""

    whole: str = ""
    part: str = ""
    sentence: str = "Số lao động nữ lớn hơn tổng số lao động, đề nghị xem lại."

    def take(self, user_input: UserInput, value: Any, at: Moment) -> Any:
        number = super().take(user_input, value, at)
        most, least = at.answers.get(self.whole), at.answers.get(self.part)
        if (most is not None and number > most) or (least is not None and number < least):
            raise Refused(self.sentence)
        return number


arrears_due = _troubled(*ARREARS_TOPICS)
"""The checklist marks trouble where arrears would be: then it is asked outright."""

has_arrears = Answered("arrears_state", but_not=(Arrears.NONE.value,))
"""There are arrears to be described."""

proposes_commendation = States("commendation", nothing=NOTHING_STATED)
"""The report names somebody or something to commend."""


@dataclass(frozen=True)
class ArrearsChoice(Choice):
    """One tap; what the checklist's words name is marked, and the officer confirms it.

    Words sent meanwhile go on with the situation: it is asked right after that.
    """

    taps_only: bool = True

    def options(self, value: Any, at: Moment) -> list[list[Option]]:
        named = arrears_of(None, "", _checklist_words(at))
        return [
            [Option(key, f"👉 {label}" if key == named else label)] for key, label in self.items
        ]


@dataclass(frozen=True)
class ArrearsWords(Words):
    """Since when and how much; what the checklist says already is taken over by a tap."""

    def options(self, value: Any, at: Moment) -> list[list[Option]]:
        words = "; ".join(_checklist_words(at))
        return [[Option("same", on_button(f"Như đã ghi: {words}"))]] if words else []

    def take(self, user_input: UserInput, value: Any, at: Moment) -> Any:
        if user_input.option == "same" and (words := "; ".join(_checklist_words(at))):
            return words[: self.most]
        return super().take(user_input, value, at)


def _checklist_words(at: Moment) -> list[str]:
    """What is written under the topics where arrears would be."""
    troubled = [topic for topic in ARREARS_TOPICS if _troubled(topic)(at.answers)]
    return [words for topic in troubled if (words := at.answers.get(f"t.{topic}"))]


def items_of(topics: TopicWords) -> tuple[tuple[str, str], ...]:
    """(key, words on its button) of each topic."""
    return tuple((key, short) for key, (short, _) in topics.items())


def checklist(step: Step, topics: TopicWords) -> tuple[Step, ...]:
    """The step with these topics, and for each the question that "có vấn đề" brings."""
    return (
        replace(step, kind=Checklist(items_of(topics))),
        *(
            Step(
                f"t.{key}",
                f"⚠️ {short}",
                f"Vấn đề về {words}: cụ thể thế nào?",
                Words(most=1500),
                when=_troubled(key),
            )
            for key, (short, words) in topics.items()
        ),
    )
