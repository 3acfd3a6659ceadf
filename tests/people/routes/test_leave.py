"""Leave, through the real program."""

from datetime import date

import pytest
from sqlmodel import select

from storage.models import Leave, Visit
from tests.cast import AN, BINH, NEXT_MONDAY
from tests.client import Person as Visitor
from tests.client import Town


async def leaves(town: Town) -> list[tuple[int, date, date]]:
    async with town.program.work.read() as session:
        found = (await session.exec(select(Leave).order_by(Leave.first_day))).all()
    return [(one.person_id, one.first_day, one.last_day) for one in found]


async def take(person: Visitor, first: str, last: str) -> None:
    await person.send("/nghiphep")
    if "Bước" not in person.card:
        await person.click("Báo nghỉ phép")
    await person.send(first)
    await person.send(last)
    await person.click("Gửi")


@pytest.fixture
async def an(town: Town) -> Visitor:
    return await town.person("An")


async def test_leave_is_entered_in_five_taps(town: Town, an: Visitor) -> None:
    await an.send("/nghiphep")
    await an.click("Ngày mai")
    await an.click("Thứ Năm 19/11")
    await an.click("Gửi")
    assert await leaves(town) == [(AN.id, date(2026, 11, 17), date(2026, 11, 19))]
    assert "từ thứ Ba 17/11 đến hết thứ Năm 19/11/2026" in an.card


async def test_the_supervisor_is_told(town: Town, an: Visitor) -> None:
    dung = await town.person("Dũng")
    await take(an, "24/11", "25/11")
    await town.settle()
    assert "Nguyễn Thị An báo nghỉ phép từ thứ Ba 24/11" in dung.card
    assert not any("Giao lại" in label for label in dung.buttons)
    assert "Lãnh đạo phụ trách sẽ được báo" in an.card


async def test_a_whole_week_off_hands_its_visits_to_the_supervisor(town: Town, an: Visitor) -> None:
    dung = await town.person("Dũng")
    await take(an, "16/11", "20/11")
    await town.settle()
    async with town.program.work.read() as session:
        mine = await session.exec(select(Visit.id).where(Visit.officer_id == AN.id))
        visit = mine.one()
    assert dung.button("Giao lại")[1] == f"sup:reassign:{visit}"
    assert "đã được báo lãnh đạo để giao lại" in an.card


@pytest.mark.wide
async def test_who_is_off_all_week_gets_no_visit_on_monday(town: Town, an: Visitor) -> None:
    await take(an, "23/11", "27/11")
    await town.move_to(NEXT_MONDAY)
    async with town.program.work.read() as session:
        found = await session.exec(select(Visit.officer_id).where(Visit.week == date(2026, 11, 23)))
        officers = set(found.all())
    assert AN.id not in officers
    assert BINH.id in officers


async def test_leaves_that_touch_become_one(town: Town, an: Visitor) -> None:
    await take(an, "24/11", "25/11")
    await take(an, "26/11", "27/11")
    assert await leaves(town) == [(AN.id, date(2026, 11, 24), date(2026, 11, 27))]
    assert "gộp với lần đã báo trước" in an.card


async def test_a_leave_entered_twice_is_refused_kindly(town: Town, an: Visitor) -> None:
    await take(an, "24/11", "27/11")
    await take(an, "25/11", "26/11")
    assert any("đã báo nghỉ phép 24/11/2026" in said for said in (*an.toasts, *an.cards))
    assert len(await leaves(town)) == 1


async def test_a_day_before_the_first_one_is_refused(town: Town, an: Visitor) -> None:
    await an.send("/nghiphep")
    await an.send("24/11")
    await an.send("23/11/2026")
    assert "trước ngày 24/11/2026" in an.cards[-2]


async def test_a_day_without_its_year_may_lie_in_the_next_one(town: Town, an: Visitor) -> None:
    await take(an, "30/12", "4/1")
    assert await leaves(town) == [(AN.id, date(2026, 12, 30), date(2027, 1, 4))]


async def test_a_leave_is_called_off_in_two_taps(town: Town, an: Visitor) -> None:
    dung = await town.person("Dũng")
    await take(an, "24/11", "25/11")
    await an.send("/nghiphep")
    await an.click("Hủy 24/11")
    assert len(await leaves(town)) == 1
    await an.click("Hủy nghỉ phép")
    await town.settle()
    assert not await leaves(town)
    assert "đã hủy báo nghỉ phép" in dung.card


async def test_nobody_calls_off_the_leave_of_another(town: Town, an: Visitor) -> None:
    await take(an, "24/11", "25/11")
    for name in ("Bình", "Dũng", "Hà", "Mai", "Lan"):
        await (await town.person(name)).forge("leave:sure:1")
    assert len(await leaves(town)) == 1


@pytest.mark.parametrize("name", ["Mai", "Lan", "Hà"])
async def test_who_does_not_go_out_takes_no_leave_here(town: Town, name: str) -> None:
    person = await town.person(name)
    await person.send("/nghiphep")
    assert "chưa được giao quyền" in person.card


async def test_an_end_typed_before_the_first_day_is_no_leave_of_a_year(town: Town) -> None:
    an = await town.person("An")
    await an.send("/nghiphep")
    await an.send("23/11")
    await an.send("22/11")
    assert "trước ngày 23/11/2026" in an.cards[-2]
    assert "Nghỉ đến hết ngày nào" in "".join(an.cards)
