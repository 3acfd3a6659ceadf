"""A committee's meetings in words."""

from bot.core.card import Button, Card
from bot.core.rendering import render, weekday
from bot.visits.facts.meetings import KnownMeetings
from storage.enums import MeetingRule

RULES = {
    MeetingRule.ONCE: "một buổi",
    MeetingRule.MONTHLY_DAY: "hằng tháng",
    MeetingRule.MONTHLY_WEEKDAY: "hằng tháng",
    MeetingRule.QUARTERLY: "hằng quý",
}


def words_of(meetings: KnownMeetings | None) -> str:
    """hằng tháng, buổi tới thứ Sáu 04/12, 14:00; "" where nothing is to come."""
    if meetings is None or meetings.coming is None:
        return ""
    return (
        f"{RULES[meetings.rule]}, buổi tới {weekday(meetings.coming)}, {meetings.starts_at:%H:%M}"
    )


def saved(meetings: KnownMeetings, page: str) -> Card:
    """`page`: where to go back, as a button's data."""
    text = render("site/meetings", m=meetings, words=words_of(meetings))
    return Card(text, ((Button("« Quay lại", page),),))
