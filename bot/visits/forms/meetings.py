"""When a committee meets: which site, the next meeting, its time, how often."""

import re
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from bot.conversation.form import Form, Moment, Option, Step, UserInput
from bot.conversation.kinds import Base, Choice, Day, OneOf
from bot.core.card import Card
from bot.core.context import Context
from bot.core.rules.permissions import Action
from bot.units.forms.own_site import own_sites, site_name
from bot.visits.cards import meetings as meeting_cards
from bot.visits.facts.meetings import NewMeetings
from bot.visits.services import meetings
from storage.enums import MeetingRule
from storage.models import Draft

_TIME = re.compile(r"\s*(\d{1,2})\s*(?:[:hg.]\s*(\d{2})?|giờ\s*(\d{2})?)?\s*")


@dataclass(frozen=True)
class ClockTime(Base):
    """A time of day: 14:00, 14h30, 8 giờ. The value is "HH:MM"."""

    hint: str = "Đề nghị bấm một giờ hoặc gõ giờ, ví dụ 14:30."
    typed: str = "Bấm chọn hoặc gõ giờ."

    def options(self, value: Any, at: Moment) -> list[list[Option]]:
        rows = (("07:30", "08:00", "09:00"), ("13:30", "14:00", "16:00"))
        return [[Option(clock.replace(":", "h"), clock) for clock in row] for row in rows]

    def take(self, user_input: UserInput, value: Any, at: Moment) -> Any:
        written = user_input.option or user_input.words or ""
        match = _TIME.fullmatch(written.casefold())
        if not match:
            raise self.refused()
        hour, minute = int(match[1]), int(match[2] or match[3] or 0)
        if hour > 23 or minute > 59:
            raise self.refused()
        return f"{hour:02}:{minute:02}"


async def _submit(context: Context, draft: Draft) -> Card:
    answers = draft.answers
    new = NewMeetings(
        answers["site"],
        date.fromisoformat(answers["day"]),
        time.fromisoformat(answers["time"]),
        MeetingRule[answers["rule"].upper()],
    )
    facts = await meetings.set_meetings(context, new)
    return meeting_cards.saved(facts, draft.about.get("page", "home"))


MEETINGS = Form(
    "meetings",
    "Lịch họp BCH CĐCS",
    (
        Step("site", "CĐCS", "Lịch họp của CĐCS nào?", OneOf()),
        Step(
            "day",
            "Buổi tới",
            "Buổi họp BCH tới vào ngày nào?",
            Day(ahead=100, hint="Đề nghị bấm một ngày hoặc gõ ngày/tháng trong ba tháng tới"),
        ),
        Step("time", "Giờ", "Họp lúc mấy giờ?", ClockTime()),
        Step(
            "rule",
            "Định kỳ",
            "Sau buổi này, BCH họp thế nào?",
            Choice(
                (
                    (MeetingRule.MONTHLY_DAY, "Hằng tháng, cùng ngày"),
                    (MeetingRule.MONTHLY_WEEKDAY, "Hằng tháng, cùng thứ"),
                    (MeetingRule.QUARTERLY, "Hằng quý, cùng ngày"),
                    (MeetingRule.ONCE, "Chỉ buổi này"),
                )
            ),
        ),
    ),
    _submit,
    review=False,
    choices={"site": own_sites(Action.SET_MEETINGS)},
    names=site_name,
)
