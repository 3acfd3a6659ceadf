"""When a committee meets is said by it, an officer or a leader, and the week's plan meets it."""

from dataclasses import replace
from datetime import date, time

import pytest
from sqlmodel import select

from bot.core.access import actor_of
from bot.core.context import Context
from bot.core.errors import Refused
from bot.core.rules.calendar import at
from bot.visits.facts.meetings import NewMeetings
from bot.visits.services import meetings
from storage.enums import MeetingRule
from storage.models import Draft, SiteMeeting, Unit, Visit
from tests.cast import KCN, LONG_HOA, MAI, SEN_VANG, SITES
from tests.client import Town


@pytest.fixture
def settings(settings):
    """A meeting outweighs what else there is."""
    weights = replace(settings.assignment.weights, meeting_week=1_000)
    chosen = settings.assignment.model_copy(update={"weights": weights})
    return settings.model_copy(update={"assignment": chosen})


@pytest.mark.wide
async def test_a_committee_says_when_it_meets_and_the_officer_is_sent_there_then(
    town: Town,
) -> None:
    mai, dung = await town.person("Mai"), await town.person("Dũng")
    await mai.send("/start")
    await mai.click("📅 Lịch họp BCH")
    assert "Buổi họp BCH tới vào ngày nào?" in mai.card, "which site is known: she has one"
    await mai.send("17/12")
    await mai.send("14h30")
    await mai.click("Hằng tháng, cùng ngày")
    assert "hằng tháng, buổi tới thứ Năm 17/12, 14:30" in mai.card
    await dung.forge(f"site:open:{SEN_VANG.id}")
    assert "📅 BCH họp hằng tháng, buổi tới thứ Năm 17/12, 14:30." in dung.card
    await town.move_to(at(date(2026, 12, 14), time(8, 0)))
    async with town.program.work.read() as session:
        query = select(Visit).where(Visit.week == date(2026, 12, 14))
        reasons = {v.site_id: v.reasons for v in (await session.exec(query)).all()}
    assert ["meeting", "thứ Năm 17/12, 14:30"] in reasons[SEN_VANG.id]
    monday = [
        card
        for name in ("An", "Bình")
        for card in (await town.person(name)).cards
        if SEN_VANG.name in card
    ]
    assert any("BCH CĐCS họp thứ Năm 17/12, 14:30" in card for card in monday)


async def test_an_officer_sets_it_from_the_sites_page_and_a_new_one_takes_its_place(
    town: Town,
) -> None:
    an = await town.person("An")
    for day, words in (("20/11", "20/11"), ("25/11", "25/11")):
        await an.forge(f"site:open:{SEN_VANG.id}")
        await an.click("📅 Lịch họp BCH")
        await an.send(day)
        await an.click("14:00")
        await an.click("Chỉ buổi này")
        assert words in an.card
    await an.click("« Quay lại")
    assert "📅 BCH họp một buổi, buổi tới thứ Tư 25/11, 14:00." in an.card
    await town.move_to(at(date(2026, 11, 26), time(8, 0)))
    await an.forge(f"site:open:{SEN_VANG.id}")
    assert "BCH họp" not in an.card, "it is over"


@pytest.mark.parametrize("who", ["An", "Dũng", "Mai", "Lan"])
async def test_nobody_sets_another_units_meetings_or_those_of_a_place_without_a_union(
    town: Town, who: str
) -> None:
    person = await town.person(who)
    strange = next(site for site in SITES if site.path.startswith(LONG_HOA.path))
    enterprise = next(s for s in SITES if s.path.startswith(KCN.path) and not s.rating)
    work = town.program.work
    context = Context(work, await actor_of(work, person.address), town.clock.now())
    for site in (strange, enterprise):
        await person.forge(f"meet:site:{site.id}")
        new = NewMeetings(site.id, date(2026, 11, 20), time(14), MeetingRule.ONCE)
        with pytest.raises(Refused):
            await meetings.set_meetings(context, new)
    async with work.read() as session:
        assert (await session.exec(select(SiteMeeting))).all() == []
        assert (await session.exec(select(Draft))).all() == []


@pytest.mark.parametrize("words", ["25:00", "8:75", "chiều", "-1"])
async def test_a_time_that_is_none_is_asked_for_again(town: Town, words: str) -> None:
    an = await town.person("An")
    await an.forge(f"meet:site:{SEN_VANG.id}")
    await an.send("20/11")
    await an.send(words)
    assert "mấy giờ" in an.card or "14:30" in " ".join(an.cards)
    await an.send("8 giờ")
    await an.click("Chỉ buổi này")
    assert "08:00" in an.card


@pytest.mark.parametrize(
    ("hour", "coming"), [(7, date(2026, 11, 18)), (15, date(2026, 12, 18))], ids=["before", "after"]
)
async def test_a_meeting_that_has_begun_is_no_longer_the_next_one(
    town: Town, hour: int, coming: date
) -> None:
    work, day = town.program.work, date(2026, 11, 18)
    row = SiteMeeting(
        site_id=SEN_VANG.id, first_day=day, rule=MeetingRule.MONTHLY_DAY, starts_at=time(7, 30)
    )
    context = Context(work, await actor_of(work, MAI.address), at(day, time(hour)))
    async with work.read() as session:
        site = await session.get_one(Unit, SEN_VANG.id)
        assert meetings.described(site, row, context).coming == coming
