"""How often somebody goes to the grassroots: so many visits a week, or one every second week.

Whoever does union work beside another job (chủ tịch kiêm nhiệm) may be asked for less than a visit
a week. The plan `sat-co-so` asks it of officers; how much of others is the office's to say.
"""

from bot.core.rules.calendar import Week

EVERY_SECOND_WEEK = -2
"""Kept where else a number of visits a week is."""


def in_week(quota: int, week: Week, person_id: int) -> int:
    """How many visits a quota asks for in a week. Of those who go every second week, the ones with
    even ids go in one and the others in the other, so that no week has all of them.
    """
    if quota != EVERY_SECOND_WEEK:
        return quota
    return (week.monday.toordinal() // 7 + person_id) % 2


def in_words(quota: int) -> str:
    """3 lượt mỗi tuần; hai tuần một lượt"""
    return "hai tuần một lượt" if quota == EVERY_SECOND_WEEK else f"{quota} lượt mỗi tuần"
