"""A leader reminds officers of visits without a report, through the real program."""

from datetime import date, timedelta

import pytest
from sqlmodel import col, delete, update

from bot.channels.telegram.cards import fit
from bot.core.rules.calendar import Calendar, Week
from bot.visits.cards import nudges as nudge_cards
from bot.visits.facts.nudges import LateVisits, Nudge, Nudges
from bot.visits.facts.supervision import Decided
from storage.enums import Role, VisitStatus
from storage.models import Leave, Membership, PersonAddress, Unit, Visit, VisitEvent
from storage.models import Person as Officer
from tests.cast import AN, BINH, CUC, DUNG, FRIDAY_1630, WEDNESDAY_1500
from tests.client import Person, Town
from tests.visits.routes.test_report import begin, finish, rows, visit_of


@pytest.fixture
async def an(town: Town) -> Person:
    return await town.person("An")


@pytest.fixture
async def binh(town: Town) -> Person:
    return await town.person("Bình")


@pytest.fixture
async def dung(town: Town) -> Person:
    """On Wednesday afternoon; An and Bình have a visit each and have reported nothing."""
    await town.move_to(WEDNESDAY_1500)
    return await town.person("Dũng")


async def late_list(leader: Person) -> None:
    await leader.send("/tongquan")
    await leader.click("Chưa báo cáo")


async def preview_all(leader: Person) -> None:
    await late_list(leader)
    await leader.click("Nhắc tất cả")


async def change(town: Town, *statements: object) -> None:
    async with town.program.work.write() as session:
        for statement in statements:
            await session.exec(statement)  # type: ignore[call-overload]


def reminders(person: Person) -> list[str]:
    return [card for card in person.cards if "nhắc đồng chí" in card]


async def nudged(town: Town) -> list[VisitEvent]:
    return [event for event in await rows(town, VisitEvent) if event.what == "nudged"]


@pytest.mark.wide
async def test_the_way_back_leads_to_where_one_came_from(town: Town, dung: Person) -> None:
    await dung.send("/tongquan")
    week = dung.card
    await dung.click("Nhắc cán bộ")
    await dung.click("Quay lại")
    assert dung.card == week
    await dung.click("Nhắc cán bộ")
    await dung.click("Gửi")
    await dung.click("Quay lại")
    assert dung.card.startswith(week.splitlines()[0])
    visit = await visit_of(town)
    for where in (f"off:open:{AN.id}:0", "late:20261116:2:1"):
        await dung.forge(f"ov:v:{visit.id}:0:0:{where}")
        way_back = dung.button("« Quay lại")[1]
        await dung.click("Nhắc cán bộ")
        await dung.click("Quay lại")
        assert dung.button("« Quay lại")[1] == way_back


async def test_all_who_are_late_are_reminded_after_a_preview(
    town: Town, dung: Person, an: Person, binh: Person
) -> None:
    await late_list(dung)
    assert "🔔 Nhắc tất cả (2)" in dung.buttons
    await dung.click("Nhắc tất cả")
    for name in (AN.full_name, BINH.full_name):
        assert name in dung.card
    assert reminders(an) + reminders(binh) == []  # nothing goes out before "Gửi"
    await dung.click("Gửi")
    assert "Đã nhắc 2 đồng chí" in dung.card
    (words,) = reminders(an)
    assert f"{DUNG.full_name} nhắc đồng chí {AN.full_name}" in words
    async with town.program.work.read() as session:
        site = await session.get_one(Unit, (await visit_of(town)).site_id)
    assert site.name in words
    assert len(reminders(binh)) == 1
    log = [(event.actor_id, event.visit_id) for event in await nudged(town)]
    visits = [(await visit_of(town, officer)).id for officer in (AN, BINH)]
    assert sorted(log) == sorted((DUNG.id, visit) for visit in visits)


async def test_the_preview_shows_the_very_words_that_arrive(dung: Person, an: Person) -> None:
    await preview_all(dung)
    preview = dung.card
    await dung.click("Gửi")
    (words,) = reminders(an)
    assert words in preview


async def test_the_reminder_leads_to_the_report(dung: Person, an: Person) -> None:
    await preview_all(dung)
    await dung.click("Gửi")
    await an.click("Báo cáo")
    assert "ngày" in an.card.lower()
    await finish(an)
    await late_list(dung)
    assert "🔔 Nhắc tất cả (1)" not in dung.buttons  # Bình was reminded just now
    assert AN.full_name not in dung.card


async def test_one_officer_is_reminded_from_the_page_of_the_visit(
    town: Town, dung: Person, an: Person, binh: Person
) -> None:
    await late_list(dung)
    visit = await visit_of(town)
    await dung.forge(f"ov:v:{visit.id}:0:0:open:20261116:0:0")
    await dung.click("Nhắc cán bộ")
    assert AN.full_name in dung.card
    assert BINH.full_name not in dung.card
    await dung.click("Gửi")
    assert f"Đã nhắc đồng chí {AN.full_name}" in dung.card
    assert (len(reminders(an)), len(reminders(binh))) == (1, 0)
    await dung.click("« Quay lại")
    assert f"Đã nhắc lúc 15:00 18/11/2026, đồng chí {DUNG.full_name}" in dung.card


async def test_nobody_is_reminded_twice_within_an_hour_whoever_reminds(
    town: Town, dung: Person, an: Person
) -> None:
    await preview_all(dung)
    _, send = dung.button("Gửi")
    await dung.click("Gửi")
    await dung.forge(send)  # a second tap
    assert any("vừa được nhắc" in toast for toast in dung.toasts)
    giang = await town.person("Giang")
    await preview_all(giang)  # of three, Cúc alone is left
    assert CUC.full_name in giang.card
    assert (
        f"Vừa được nhắc trong vòng 1 giờ: {AN.full_name} (15:00), {BINH.full_name} (15:00)"
        in giang.card
    )
    await giang.click("Gửi")
    assert f"Đã nhắc đồng chí {CUC.full_name}" in giang.card
    assert len(reminders(an)) == 1
    await town.move_to(WEDNESDAY_1500 + timedelta(minutes=61))
    await preview_all(dung)
    assert "hôm nay đã nhắc lúc 15:00" in dung.card
    await dung.click("Gửi")
    assert len(reminders(an)) == 2


@pytest.mark.wide
async def test_a_visit_handed_over_does_not_count_as_its_new_officers_reminder(
    town: Town, dung: Person, an: Person, binh: Person
) -> None:
    visit = await visit_of(town)
    await dung.forge(f"nud:one:{visit.id}")
    await dung.click("Gửi")
    await dung.forge(f"sup:reassign:{visit.id}")
    await dung.click(BINH.full_name)
    await dung.click("Giao")
    await preview_all(dung)
    assert BINH.full_name in dung.card
    assert "Vừa được nhắc" not in dung.card


async def test_who_is_on_leave_or_gone_or_excused_is_not_reminded(
    town: Town, dung: Person, an: Person, binh: Person
) -> None:
    giang = await town.person("Giang")
    today = date(2026, 11, 18)
    async with town.program.work.write() as session:
        session.add(
            Leave(person_id=AN.id, first_day=today, last_day=today, created_at=WEDNESDAY_1500)
        )
    ended = update(Membership).where(col(Membership.person_id) == BINH.id)
    excused = update(Visit).where(col(Visit.officer_id) == CUC.id)
    await change(
        town,
        ended.values(ended_at=WEDNESDAY_1500),
        excused.values(status=VisitStatus.EXCUSED, excuse="ốm"),
    )
    await late_list(giang)
    assert not any("Nhắc tất cả" in label for label in giang.buttons)
    await giang.click("Nhắc cán bộ")
    assert f"Đang nghỉ phép: {AN.full_name}" in giang.card
    assert f"Đã thôi nhiệm vụ: {BINH.full_name}" in giang.card
    assert CUC.full_name not in giang.card
    assert "Gửi" not in " ".join(giang.buttons)
    await giang.forge("nud:send:all:20261116:0")
    assert reminders(an) + reminders(binh) == []
    assert await nudged(town) == []


async def test_the_result_says_who_could_not_be_reached(
    town: Town, dung: Person, an: Person, binh: Person
) -> None:
    giang = await town.person("Giang")
    await an.block()
    await town.move_to(WEDNESDAY_1500 + timedelta(days=1))  # a reminder does not reach An
    gone = delete(PersonAddress).where(col(PersonAddress.person_id) == CUC.id)
    await change(town, gone)
    await preview_all(giang)
    blocked = f"{AN.full_name} (đã chặn tin hoặc bỏ tài khoản)"
    unreached = f"Không nhắn được: {blocked}, {CUC.full_name} (chưa vào hệ thống)"
    assert unreached in giang.card
    await giang.click("Gửi")
    assert f"Đã nhắc đồng chí {BINH.full_name}" in giang.card
    assert unreached in giang.card
    assert {event.visit_id for event in await nudged(town)} == {(await visit_of(town, BINH)).id}


async def test_of_a_single_officer_it_is_said_once_why_they_are_not_reminded(
    town: Town, dung: Person, an: Person
) -> None:
    visit = await visit_of(town)
    await an.block()
    await town.move_to(WEDNESDAY_1500 + timedelta(days=1))  # a reminder does not reach An
    await dung.forge(f"nud:one:{visit.id}")
    assert dung.card.strip() == (
        f"🔔 Chưa nhắc được đồng chí {AN.full_name}: đã chặn tin hoặc bỏ tài khoản. "
        "Đề nghị gọi điện."
    )
    await change(
        town,
        update(Membership)
        .where(col(Membership.person_id) == AN.id)
        .values(ended_at=WEDNESDAY_1500),
    )
    await dung.forge(f"nud:one:{visit.id}")
    assert dung.card.strip() == (f"🔔 Chưa nhắc được đồng chí {AN.full_name}: đã thôi nhiệm vụ.")


@pytest.mark.wide
async def test_a_reminder_at_night_is_heard_in_the_morning(
    town: Town, dung: Person, an: Person
) -> None:
    await town.move_to(WEDNESDAY_1500 + timedelta(hours=8))
    await preview_all(dung)
    await dung.click("Gửi")
    assert "nhận được lúc 06:30 19/11/2026" in dung.card
    assert reminders(an) == []
    await town.move_to(WEDNESDAY_1500 + timedelta(hours=16))
    assert len(reminders(an)) == 1


@pytest.mark.wide
async def test_a_reminder_that_waits_is_dropped_when_the_report_comes_first(
    town: Town, dung: Person, an: Person
) -> None:
    await town.move_to(WEDNESDAY_1500 + timedelta(hours=8))
    await preview_all(dung)
    await dung.click("Gửi")
    await begin(town, an)
    await finish(an)
    await town.move_to(WEDNESDAY_1500 + timedelta(hours=16))
    assert reminders(an) == []


async def test_several_visits_of_one_officer_come_as_one_message(
    town: Town, dung: Person, an: Person
) -> None:
    handed = update(Visit).where(col(Visit.officer_id) == BINH.id)
    await change(town, handed.values(officer_id=AN.id))
    await late_list(dung)
    assert "🔔 Nhắc tất cả (1)" in dung.buttons
    await dung.click("Nhắc tất cả")
    await dung.click("Gửi")
    assert len(reminders(an)) == 1
    assert sum(label.startswith("📝") for label in an.buttons) == 2
    assert len(await nudged(town)) == 2


@pytest.mark.wide
async def test_fridays_digest_leads_to_it(town: Town, dung: Person, an: Person) -> None:
    await town.move_to(FRIDAY_1630)
    assert "🔔 Nhắc cán bộ" in dung.buttons
    await dung.click("Nhắc cán bộ")
    await dung.click("Gửi")
    assert len(reminders(an)) == 1


async def test_a_week_to_come_has_nobody_late(town: Town, dung: Person) -> None:
    ahead = update(Visit).values(week=date(2026, 11, 23))
    await change(town, ahead)
    await dung.forge("nud:all:20261123:0")
    assert any("Không còn" in toast for toast in dung.toasts)


async def test_only_who_leads_the_officer_reminds(town: Town, dung: Person, an: Person) -> None:
    visit = await visit_of(town)
    for name in ("Hà", "Cúc", "Mai", "Khoa", "Lan", "An"):
        person = await town.person(name)
        for data in (f"nud:one:{visit.id}", f"nud:send:one:{visit.id}"):
            await person.forge(data)
        for data in ("nud:all:20261116:2", "nud:send:all:20261116:2"):
            await person.forge(data)
    assert await nudged(town) == []
    assert reminders(an) == []


async def test_who_leads_a_part_of_what_they_see_reminds_within_it(
    town: Town, dung: Person, an: Person, binh: Person
) -> None:
    """Dũng also administers the province: he sees Cúc's visit and leads her not."""
    async with town.program.work.write() as session:
        session.add(Membership(person_id=DUNG.id, role=Role.ADMINISTRATOR, unit_id=1))
    await preview_all(dung)
    assert CUC.full_name not in dung.card
    await dung.click("Gửi")
    assert (len(reminders(an)), len(reminders(binh))) == (1, 1)
    cuc = await town.person("Cúc")
    assert reminders(cuc) == []


def test_a_whole_province_still_fits_into_a_message() -> None:
    week = Week.of(date(2026, 11, 16))
    name = "<" * 100
    visits = [
        Decided(
            Visit(id=n, week=week.monday, site_id=n, unit_id=1, officer_id=n, status="planned"),
            Unit(id=n, name="&" * 150),
            Officer(id=n, name=name),
        )
        for n in range(150)
    ]
    everybody = [Nudge(late.officer, [late] * 9, why="đã chặn tin") for late in visits]
    for groups in ({"to_remind": everybody}, {"to_remind": everybody, "just_reminded": everybody}):
        facts = Nudges(LateVisits(week.monday), week, name, Calendar(), WEDNESDAY_1500, **groups)
        for card in (nudge_cards.preview(facts), nudge_cards.outcome(facts)):
            assert "đồng chí khác" in card.text
            assert fit(card.text) == card.text
