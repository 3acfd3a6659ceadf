"""Báo nghỉ phép: first day, last day, review."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from bot.conversation.form import Form, Moment, Option, Step, UserInput
from bot.conversation.kinds import Day
from bot.core.card import Card
from bot.core.context import Context
from bot.core.errors import Refused
from bot.core.rendering import day as day_text
from bot.core.rendering import weekday
from bot.core.rules.calendar import local
from bot.people.cards import leave as leave_cards
from bot.people.services import leave
from storage.models import Draft

AHEAD = 180
DAYS_OFFERED = 8
AROUND_NEW_YEAR = 100  # days
_YEAR = re.compile(r"\d{4}")


@dataclass(frozen=True)
class LeaveDay(Day):
    """A day from today on, or from the day of the step `after` on."""

    after: str = ""
    hint: str = "Đề nghị bấm một ngày hoặc gõ ngày/tháng, ví dụ 14/12."

    def options(self, value: Any, at: Moment) -> list[list[Option]]:
        first = self._first(at)
        days = [first + timedelta(days=n) for n in range(DAYS_OFFERED)]
        options = [Option(day.isoformat(), self._name(day, at)) for day in days]
        return [options[i : i + 2] for i in range(0, len(options), 2)]

    def take(self, user_input: UserInput, value: Any, at: Moment) -> Any:
        first, today = self._first(at), local(at.now).date()
        day = self._read(user_input, today)
        if day < first and not _YEAR.search(user_input.words or user_input.option or ""):
            day = self._next_year(day, first)
        if day < first:
            raise Refused(f"Ngày {day_text(day)} trước ngày {day_text(first)}. {self.hint}")
        if day > first + timedelta(days=self.ahead):
            raise Refused(f"Ngày {day_text(day)} còn xa quá. {self.hint}")
        return day.isoformat()

    def show(self, value: Any) -> str:
        day = date.fromisoformat(value)
        return f"{weekday(day)}/{day.year}"

    def _first(self, at: Moment) -> date:
        earlier = at.answers.get(self.after)
        return date.fromisoformat(earlier) if earlier else local(at.now).date()

    def _name(self, day: date, at: Moment) -> str:
        if self.after and day == self._first(at):
            return f"Chỉ {weekday(day)}"
        return self._label(day, local(at.now).date(), at.calendar)

    def _next_year(self, day: date, first: date) -> date:
        """In December a day of January, typed without its year, is one of the coming year; any
        other day before the first is a slip of the thumb and no leave of a year.
        """
        try:
            coming = day.replace(year=day.year + 1)
        except ValueError:  # 29/2
            return day
        return coming if (coming - first).days <= AROUND_NEW_YEAR else day


async def _submit(context: Context, draft: Draft) -> Card:
    first, last = (date.fromisoformat(draft.answers[key]) for key in ("first", "last"))
    return leave_cards.leave_entered(await leave.take(context, first, last))


LEAVE = Form(
    name="leave",
    title="Báo nghỉ phép",
    steps=(
        Step("first", "Nghỉ từ", "Đồng chí nghỉ từ ngày nào?", LeaveDay(ahead=AHEAD)),
        Step(
            "last",
            "Đến hết",
            "Nghỉ đến hết ngày nào?",
            LeaveDay(ahead=leave.LONGEST.days, after="first"),
        ),
    ),
    submit=_submit,
)
