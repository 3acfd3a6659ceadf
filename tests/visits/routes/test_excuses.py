"""Who cannot go asks; a leader answers; until then the visit is due."""

from datetime import timedelta

import pytest
from sqlmodel import col, select, update

from bot.visits.cards.supervision import shown_on
from storage.enums import VisitStatus
from storage.models import Draft, Membership, Unit, Visit, VisitEvent
from tests.cast import (
    AN,
    BINH,
    DUNG,
    FRIDAY_1500,
    FRIDAY_1630,
    GIANG,
    NEXT_MONDAY,
    TINH,
    WEDNESDAY_1500,
)
from tests.client import Person, Town
from tests.visits.routes.test_report import report_minimal, rows, visit_of

WAITS = "đã xin phép không đi, chờ lãnh đạo"


@pytest.fixture
async def an(town: Town) -> Person:
    return await town.person("An")


@pytest.fixture
async def dung(town: Town) -> Person:
    return await town.person("Dũng")


async def asks(town: Town, person: Person, why: str = "Ốm đau") -> Visit:
    visit = await visit_of(town)
    await person.forge(f"visit:excuse:{visit.id}:{visit.site_id}")
    await person.send(why)
    return visit


async def test_a_wish_leaves_the_visit_due_until_a_leader_says_yes(
    town: Town, an: Person, dung: Person
) -> None:
    await asks(town, an)
    visit = await visit_of(town)
    assert (visit.status, visit.excuse_asked, visit.excuse) == (VisitStatus.PLANNED, "Ốm đau", "")
    assert f"Tình hình: {WAITS}" in an.card
    assert "hết tuần chưa có trả lời thì tính là chưa đi" in an.card
    assert an.buttons[:2] == ["📝 Báo cáo", "↩️ Tôi đi được"]
    await an.send("/start")
    assert WAITS in an.card
    assert "Chưa có trả lời thì lượt này vẫn phải đi" in dung.card
    assert dung.buttons[:3] == ["✅ Đồng ý", "✖️ Đề nghị vẫn đi", "🔁 Giao người khác"]
    await dung.click("✅ Đồng ý")
    excused = await visit_of(town)
    assert (excused.status, excused.excuse, excused.excuse_asked, excused.excused_by) == (
        VisitStatus.EXCUSED,
        "Ốm đau",
        "",
        DUNG.id,
    )
    assert f"Đồng chí {DUNG.full_name} đồng ý" in an.card
    await an.forge(f"visit:open:{visit.id}")
    assert f"Đồng chí {DUNG.full_name} cho phép không đi: Ốm đau" in an.card


async def test_a_leader_asks_to_go_all_the_same_and_says_why(
    town: Town, an: Person, dung: Person
) -> None:
    await asks(town, an)
    await dung.click("✖️ Đề nghị vẫn đi")
    await dung.send("Cơ sở đang <nóng>")
    assert "Đã trả lời đồng chí Nguyễn Thị An: đề nghị vẫn đi" in dung.card
    assert "vẫn đi" in an.card
    assert "Cơ sở đang <nóng>" in an.card
    visit = await visit_of(town)
    assert (visit.status, visit.excuse_asked, visit.excused_by) == (VisitStatus.PLANNED, "", None)
    assert visit.remind_at is not None
    await an.click("📍")
    assert "🚫 Không đi được" in an.buttons
    assert await rows(town, Draft) == []


async def test_a_leader_gives_it_to_somebody_else(town: Town, an: Person, dung: Person) -> None:
    visit = await asks(town, an)
    await dung.click("🔁 Giao người khác")
    assert "An" not in "".join(b for b in dung.buttons if "đồng chí" in b)
    await dung.click(BINH.full_name)
    await dung.click("Giao")
    async with town.program.work.read() as session:
        given = await session.get_one(Visit, visit.id)
    assert (given.officer_id, given.excuse_asked) == (BINH.id, "")


@pytest.mark.wide
async def test_nobody_is_reminded_of_what_they_asked_to_be_excused_from(
    town: Town, an: Person, dung: Person
) -> None:
    await asks(town, an)
    cards = len(an.cards)
    for moment in (WEDNESDAY_1500, FRIDAY_1500 + timedelta(minutes=5)):
        await town.move_to(moment)
    assert len(an.cards) == cards
    await dung.send("/tongquan")
    await dung.click("🔔 Nhắc")
    assert AN.full_name not in dung.card


async def test_whoever_is_to_go_after_all_hears_no_reminder_of_what_was_due_meanwhile(
    town: Town, an: Person, dung: Person
) -> None:
    await asks(town, an)
    await town.move_to(WEDNESDAY_1500 + timedelta(minutes=30))
    await dung.click("✖️ Đề nghị vẫn đi")
    await dung.click("Đi buổi ngắn cũng được")
    assert (await visit_of(town)).remind_at == FRIDAY_1500


@pytest.mark.wide
async def test_without_an_answer_the_week_ends_and_it_counts_as_not_made(
    town: Town, an: Person, dung: Person
) -> None:
    await asks(town, an)
    await town.move_to(NEXT_MONDAY + timedelta(minutes=5))
    visit = await visit_of(town)
    assert (visit.status, visit.excuse_asked) == (VisitStatus.MISSED, "Ốm đau")
    assert any("lãnh đạo chưa trả lời nên lượt này đang tính là chưa đi" in c for c in an.cards)
    await dung.send("/start")
    await dung.click("🙋 Xin phép (1)")
    assert "tuần 47 (16–22/11) (đang tính là chưa đi)" in dung.card
    assert "“Ốm đau”" in dung.card
    await dung.click("1.")
    assert "đang tính là chưa đi" in dung.card
    assert dung.buttons[:2] == ["✅ Đồng ý", "✖️ Không đồng ý"]
    await dung.click("✅ Đồng ý")
    assert (await visit_of(town)).status is VisitStatus.EXCUSED
    await dung.send("/start")
    assert not any("Xin phép" in label for label in dung.buttons)


@pytest.mark.wide
async def test_afterwards_a_leader_may_still_say_no(town: Town, an: Person, dung: Person) -> None:
    await asks(town, an)
    await town.move_to(NEXT_MONDAY + timedelta(minutes=5))
    await dung.send("/start")
    for label in ("🙋 Xin phép (1)", "1.", "✖️ Không đồng ý"):
        await dung.click(label)
    await dung.send("Không báo trước")
    assert "không đồng ý" in an.card
    assert "Không báo trước" in an.card
    visit = await visit_of(town)
    assert (visit.status, visit.excuse_asked) == (VisitStatus.MISSED, "")


async def test_the_week_at_a_glance_counts_the_wishes_and_lists_them(
    town: Town, an: Person, dung: Person
) -> None:
    await asks(town, an)
    await dung.send("/tongquan")
    assert "1 lượt xin phép không đi" in dung.card
    await dung.click("🙋 Xin phép (1)")
    assert "chưa hẹn ngày; xin phép không đi: Ốm đau" in dung.card
    await dung.click("1.")
    await dung.click("🙋 Xem xét đề nghị không đi")
    await dung.click("✅ Đồng ý")
    await dung.send("/tongquan")
    assert "(1 lượt được đồng ý vắng)" in dung.card
    assert "xin phép" not in dung.card


async def test_a_wish_can_be_withdrawn_and_the_leader_hears_it(
    town: Town, an: Person, dung: Person
) -> None:
    visit = await asks(town, an)
    message_id, data = dung.button("✅ Đồng ý")
    await an.click("↩️ Tôi đi được")
    again = await visit_of(town)
    assert (again.status, again.excuse_asked) == (VisitStatus.PLANNED, "")
    assert "Nguyễn Thị An đi được" in dung.card
    await dung.forge(data, message_id)
    assert "đã rút đề nghị không đi" in dung.toasts[-1]
    assert (await visit_of(town)).status is VisitStatus.PLANNED
    assert visit.site_id == again.site_id


async def test_only_the_first_leader_answers(town: Town, an: Person, dung: Person) -> None:
    visit = await asks(town, an)
    giang = await town.person("Giang")
    await dung.click("✅ Đồng ý")
    for what in ("ok", "no"):
        await giang.forge(f"exc:{what}:{shown_on(visit)}")
        assert f"{DUNG.full_name} cho phép không đi" in giang.toasts[-1]


async def test_a_report_answers_the_wish_by_itself(town: Town, an: Person, dung: Person) -> None:
    visit = await asks(town, an)
    await an.forge(f"report:start:{visit.id}:{visit.site_id}")
    await report_minimal(an)
    reported = await visit_of(town)
    assert (reported.status, reported.excuse_asked) == (VisitStatus.REPORTED, "")
    await dung.click("✅ Đồng ý")
    assert "đã báo cáo" in dung.toasts[-1]
    assert (await visit_of(town)).status is VisitStatus.REPORTED


@pytest.mark.parametrize("name", ["An", "Bình", "Hà", "Khoa", "Mai"])
async def test_a_forged_answer_changes_nothing(town: Town, an: Person, name: str) -> None:
    visit = await asks(town, an)
    person = await town.person(name)
    for data in (
        f"exc:open:{visit.id}",
        f"exc:ok:{shown_on(visit)}",
        f"exc:no:{shown_on(visit)}",
    ):
        await person.forge(data)
        assert "chưa được giao quyền" in person.toasts[-1]
    async with town.program.work.read() as session:
        same = await session.get_one(Visit, visit.id)
    assert (same.status, same.excuse_asked) == (VisitStatus.PLANNED, "Ốm đau")


async def visit_of_leader(town: Town, leader_id: int) -> Visit:
    """One that a leader of the unit, or of the province, is to make."""
    visit = await visit_of(town)
    async with town.program.work.write() as session:
        moved = await session.get_one(Visit, visit.id)
        moved.officer_id, moved.key = leader_id, f"2026-W47:{leader_id}:{moved.site_id}"
    return moved


async def test_a_leaders_wish_goes_to_the_level_above_and_never_to_themselves(
    town: Town, dung: Person
) -> None:
    visit = await visit_of_leader(town, DUNG.id)
    giang = await town.person("Giang")
    before = len(dung.cards)
    await dung.forge(f"visit:excuse:{visit.id}:{visit.site_id}")
    await dung.click("Ốm đau")
    assert f"Đã gửi đề nghị đến đồng chí {GIANG.full_name}" in dung.card
    assert not any(card.startswith("🙋") for card in dung.cards[before:])
    for data in (f"exc:ok:{shown_on(visit)}", f"sup:excuse:{shown_on(visit)}"):
        await dung.forge(data)
        assert "của chính đồng chí" in dung.toasts[-1]
    await dung.send("/start")
    assert not any("Xin phép" in label for label in dung.buttons)
    await giang.click("✅ Đồng ý")
    async with town.program.work.read() as session:
        excused = await session.get_one(Visit, visit.id)
    assert excused.excused_by == GIANG.id


@pytest.mark.wide
async def test_with_nobody_above_it_is_allowed_at_once_and_said_so(town: Town) -> None:
    visit, giang = await visit_of_leader(town, GIANG.id), await town.person("Giang")
    async with town.program.work.write() as session:
        site = await session.get_one(Unit, visit.site_id)
        site.parent_id, site.path = 1, f"/1/{site.id}/"  # directly under the province
        moved = await session.get_one(Visit, visit.id)
        moved.unit_id = 1
    await giang.forge(f"visit:excuse:{visit.id}:{visit.site_id}")
    await giang.click("Việc đột xuất")
    assert "được phép không đi ngay" in giang.card
    assert "Tình hình: được phép không đi" in giang.card
    async with town.program.work.read() as session:
        excused = await session.get_one(Visit, visit.id)
        events = (await session.exec(select(VisitEvent.what))).all()
    assert (excused.status, excused.excused_by) == (VisitStatus.EXCUSED, 0)
    assert "excused" in events
    await town.move_to(FRIDAY_1630)
    await giang.send("/tongquan")
    assert "(1 lượt được đồng ý vắng)" in giang.card


async def test_an_officer_of_the_province_asks_the_province_wherever_the_site_lies(
    town: Town, an: Person, dung: Person
) -> None:
    giang = await town.person("Giang")
    async with town.program.work.write() as session:
        of_an = update(Membership).where(col(Membership.person_id) == AN.id)
        await session.exec(of_an.values(unit_id=TINH.id))
    await asks(town, an)
    await town.settle()
    assert "Ốm đau" in giang.card
    assert not any("Ốm đau" in card for card in dung.cards)
    await giang.click("✅ Đồng ý")
    assert (await visit_of(town)).excused_by == GIANG.id


@pytest.mark.wide
async def test_a_wish_that_was_answered_shows_the_second_leader_how_it_stands(
    town: Town, an: Person, dung: Person
) -> None:
    """Buttons that still lie there decide nothing: the visit takes their place."""
    giang = await town.person("Giang")
    visit = await asks(town, an)
    await giang.send("/start")
    await giang.click("🙋 Xin phép (1)")
    await giang.click("1")
    await dung.click("✅ Đồng ý")
    await giang.click("✅ Đồng ý")
    assert "Phạm Tiến Dũng" in giang.toasts[-1]
    assert "cho phép không đi" in giang.card
    assert "✅ Đồng ý" not in giang.buttons
    await giang.forge(f"exc:open:{visit.id}")
    assert "cho phép không đi" in giang.card
