"""How the union grows: new members and new unions, the one source for papers, targets, campaigns.

Plan `doan-vien`, I.1: members gained, unions founded. Each member counts once, whoever spoke of
them (bot/units/rules/counts.py); a union counts on the day of its founding.
"""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.units.rules.counts import MemberGain, counted_once
from storage import counts
from storage.counts import SpokenOf
from storage.figures import DaySpan


@dataclass(frozen=True)
class FoundedUnion:
    """An enterprise that got its union on a day. `home_id`: the unit above it at the end of the
    days asked about, itself where there is none; `workers`: as they are known now."""

    site_id: int
    name: str
    home_id: int
    day: date
    workers: int


async def new_members(
    session: AsyncSession, days: DaySpan, homes: Collection[int]
) -> list[MemberGain]:
    """New members within the days at the sites that these units had on the last of them, each
    counted once, by day.

    `homes`: units right above sites, or sites themselves.
    """
    return _new_of(await counts.new_members(session, days, homes), days)


async def members_by_home(
    session: AsyncSession, days: DaySpan, homes: Collection[int]
) -> Counter[int]:
    """What `new_members` adds up to for each `home_id`. Where one source alone speaks of a site
    nothing can be counted twice: the database adds those up."""
    by_home = Counter(await counts.said_by_visits_alone(session, days, homes))
    for gain in _new_of(await counts.new_members(session, days, homes, where_both=True), days):
        by_home[gain.home_id] += gain.members
    return by_home


async def members_by_day(
    session: AsyncSession, days: DaySpan, homes: Collection[int]
) -> Counter[tuple[int, date]]:
    """(`home_id`, day) -> what `new_members` adds up to there, as in `members_by_home`."""
    by_day = Counter(await counts.said_by_visits_alone_by_day(session, days, homes))
    for gain in _new_of(await counts.new_members(session, days, homes, where_both=True), days):
        by_day[gain.home_id, gain.day] += gain.members
    return by_day


async def members_by_site(
    session: AsyncSession, days: DaySpan, homes: Collection[int]
) -> dict[int, tuple[int, date]]:
    """Site -> what `new_members` adds up to there, and the last of their days."""
    by_site = await counts.said_by_visits_alone_by_site(session, days, homes)
    for gain in _new_of(await counts.new_members(session, days, homes, where_both=True), days):
        members, last = by_site.get(gain.site_id, (0, gain.day))
        by_site[gain.site_id] = members + gain.members, max(last, gain.day)
    return by_site


def _new_of(spoken_of: Iterable[SpokenOf], days: DaySpan) -> list[MemberGain]:
    gains = (
        MemberGain(row.site_id, row.home_id, row.day, row.members, bool(row.visit_id), row.visit_id)
        for row in spoken_of
    )
    return [
        gain if new == gain.members else replace(gain, members=new)
        for gain, new in counted_once(gains)
        if new and days.first <= gain.day <= days.last
    ]


async def founded_unions(
    session: AsyncSession, days: DaySpan, homes: Collection[int]
) -> list[FoundedUnion]:
    """Unions founded within the days at enterprises that stood under these units on the last of
    them, by day."""
    return [
        FoundedUnion(site.id or 0, site.name, above or site.id or 0, day, site.workers)
        for site, above in await counts.founded(session, days, homes)
        if (day := site.union_since)
    ]
