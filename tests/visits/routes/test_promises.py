"""What was agreed on a visit: kept from the report, reminded of, ticked off, shown again."""

from datetime import date, time, timedelta

import pytest
from sqlmodel import select

from bot.core.rules.calendar import at
from bot.visits.services import promises
from storage.enums import PromiseState, VisitStatus
from storage.models import Membership, Promise, Unit, Visit, VisitEvent, VisitReport
from tests.cast import AN, KCN, NEXT_MONDAY, WEDNESDAY_1500
from tests.client import Person, Town
from tests.visits.routes.test_report import report_minimal, rows, visit_of

UNION = "Công đoàn cấp trên"
ROOF, FAN = "Sửa mái che nhà ăn", "Thay quạt hỏng"
LAST_DAY = date(2026, 11, 25)


@pytest.fixture
def now():
    return WEDNESDAY_1500


@pytest.fixture
async def an(town: Town) -> Person:
    return await town.person("An")


async def agree(an: Person, what: str, who: str, until: str) -> None:
    """One task more, on the list of the report's form."""
    await an.send(what)
    await (an.click(who) if who in ("Doanh nghiệp", "BCH CĐCS", UNION) else an.send(who))
    await (an.click(until) if until == "Chưa hẹn ngày" else an.send(until))


async def report_with(an: Person, *tasks: tuple[str, str, str]) -> None:
    await an.send("/baocao")
    if not an.card.startswith("Báo cáo đi cơ sở"):
        await an.click("📝")
    for label in ("Hôm nay", "Dự họp BCH", "10", "Xong", "Bỏ qua"):
        await an.click(label)
    await an.send("Nhà ăn dột, công nhân ngồi ăn ướt áo, đã trao đổi với giám đốc.")
    await an.click("Bổ sung")
    await an.click("Việc đã thống nhất")
    for task in tasks:
        await agree(an, *task)
    await an.click("Xong")
    await an.click("Xong")
    await an.click("Gửi báo cáo")


TASKS = ((ROOF, "Doanh nghiệp", "25/11"), (FAN, "ông Huy", "Chưa hẹn ngày"))


async def kept(town: Town) -> dict[str, Promise]:
    return {promise.what: promise for promise in await rows(town, Promise)}


async def test_tasks_of_a_report_become_promises_with_who_and_when(town: Town, an: Person) -> None:
    await report_with(an, *TASKS)
    roof, fan = (await kept(town))[ROOF], (await kept(town))[FAN]
    assert (roof.who, roof.until, roof.state) == ("doanh nghiệp", LAST_DAY, PromiseState.OPEN)
    assert (fan.who, fan.until, fan.remind_at) == ("ông Huy", None, None)
    assert roof.remind_at == at(LAST_DAY, time(7, 30))
    (report,) = await rows(town, VisitReport)
    assert [entry["what"] for entry in report.agreements] == [ROOF, FAN]
    await an.send("/start")
    await an.click("🤝 Việc đã thống nhất (2)")
    assert f"{ROOF} · doanh nghiệp · chậm nhất 25/11/2026" in an.card


async def test_the_officer_is_reminded_on_the_day_and_ticks_it_off(town: Town, an: Person) -> None:
    await report_with(an, *TASKS)
    await town.move_to(at(LAST_DAY, time(7, 31)))
    assert "đến hạn thứ Tư 25/11" in an.card
    assert ROOF in an.card
    await an.click("Đã xong")
    assert "✅ Đã xong." in an.card
    roof = (await kept(town))[ROOF]
    assert (roof.state, roof.closed_by, roof.remind_at) == (PromiseState.DONE, AN.id, None)
    assert "promise_done" in {event.what for event in await rows(town, VisitEvent)}
    await an.forge(f"prm:done:{roof.id}")
    assert an.toasts[-1] == "Việc này đã được ghi nhận kết quả rồi."


@pytest.mark.wide
async def test_one_that_was_not_done_says_why_and_one_put_off_is_reminded_of_again(
    town: Town, an: Person
) -> None:
    await report_with(an, *TASKS)
    roof, fan = (await kept(town))[ROOF], (await kept(town))[FAN]
    await an.forge(f"prm:not:{fan.id}")
    await an.send("Hết kinh phí năm nay")
    assert "❌ Không làm được: Hết kinh phí năm nay" in an.card
    await town.move_to(at(LAST_DAY, time(7, 31)))
    await an.click("Dời ngày")
    await an.send("25/11")
    assert (await kept(town))[ROOF].until == LAST_DAY, "today is no later day"
    await an.send("2/12")
    assert "Đã dời ngày" in an.card
    said = len(an.cards)
    await town.move_to(at(date(2026, 12, 2), time(7, 31)))
    assert any("đến hạn thứ Tư 02/12" in card for card in an.cards[said:])
    roof = (await kept(town))[ROOF]
    assert roof.state is PromiseState.OPEN
    assert (await kept(town))[FAN].state is PromiseState.NOT_DONE


@pytest.mark.wide
async def test_it_stands_before_the_next_visit_there_on_monday_and_on_the_visits_card(
    town: Town, an: Person
) -> None:
    await report_with(an, *TASKS)
    site_id = (await kept(town))[ROOF].site_id
    async with town.program.work.write() as session:
        site = await session.get_one(Unit, site_id)
        site.sensitive, site.officer_id = True, AN.id  # so that An goes there again
    await town.move_to(NEXT_MONDAY + timedelta(weeks=1))
    monday = next(c for c in reversed(an.cards) if "được phân công đi cơ sở tại" in c)
    coming = [v for v in await rows(town, Visit) if v.status is VisitStatus.PLANNED]
    again = next((v for v in coming if v.site_id == site_id), None)
    if again is None:  # the rotation sent An elsewhere: the card of any visit there says it
        async with town.program.work.write() as session:
            again = await session.get_one(
                Visit, next(v.id for v in coming if v.officer_id == AN.id)
            )
            again.site_id = site_id
    else:
        assert f"• {ROOF} · doanh nghiệp · chậm nhất 25/11/2026 · quá hạn" in monday
    await an.forge(f"visit:open:{again.id}")
    assert "Việc đã thống nhất:" in an.card
    assert f"• {ROOF} · doanh nghiệp · chậm nhất 25/11/2026 · quá hạn" in an.card
    await an.click("🤝 Việc đã thống nhất (2)")
    await an.click("1")
    assert "quá hạn" in an.card


@pytest.mark.wide
async def test_a_correction_keeps_promises_in_step(town: Town, an: Person) -> None:
    await report_with(an, *TASKS, ("Họp lại", "BCH CĐCS", "1/12"))
    again = (await kept(town))["Họp lại"]
    await an.forge(f"prm:done:{again.id}")
    await an.forge(f"report:fix:{again.visit_id}")
    await an.click("Sửa")
    await an.click("✓ Việc đã thống nhất")
    await an.click("Bỏ việc 2")  # the fan
    await an.click("Bỏ việc 1")  # the roof, to be agreed anew
    await agree(an, ROOF, "BCH CĐCS", "30/11")
    await agree(an, "Niêm yết thang lương", "Doanh nghiệp", "5/12")
    await an.click("Xong")
    await an.click("Xong")
    await an.click("Gửi báo cáo")
    states = {what: (p.who, p.until, p.state) for what, p in (await kept(town)).items()}
    assert states == {
        ROOF: ("BCH CĐCS", date(2026, 11, 30), PromiseState.OPEN),
        FAN: ("ông Huy", None, PromiseState.WITHDRAWN),
        "Họp lại": ("BCH CĐCS", date(2026, 12, 1), PromiseState.DONE),
        "Niêm yết thang lương": ("doanh nghiệp", date(2026, 12, 5), PromiseState.OPEN),
    }


async def test_the_union_above_is_kept_by_its_name_and_what_it_did_stays_done(
    town: Town, an: Person
) -> None:
    await report_with(an, (ROOF, UNION, "25/11"))
    roof = (await kept(town))[ROOF]
    assert roof.who == KCN.name
    await an.send("/start")
    await an.click("🤝 Việc đã thống nhất (1)")
    assert f"{ROOF} · {KCN.name} · chậm nhất 25/11/2026" in an.card
    async with town.program.work.write() as session:  # as reports of earlier versions say it
        (report,) = await rows(town, VisitReport)
        stored = await session.get_one(VisitReport, report.id)
        stored.agreements = [{**entry, "who": "công đoàn cấp trên"} for entry in report.agreements]
    await an.forge(f"prm:done:{roof.id}")
    await an.forge(f"report:fix:{roof.visit_id}")
    await an.click("Gửi báo cáo")
    roof = (await kept(town))[ROOF]
    assert (roof.who, roof.state) == (KCN.name, PromiseState.DONE)
    latest = next(report for report in await rows(town, VisitReport) if report.latest)
    assert [entry["who"] for entry in latest.agreements] == [KCN.name]


async def test_a_correction_of_something_else_leaves_a_day_that_was_put_off(
    town: Town, an: Person
) -> None:
    await report_with(an, *TASKS)
    roof = (await kept(town))[ROOF]
    await an.forge(f"prm:later:{roof.id}")
    await an.send("2/12")
    await an.forge(f"report:fix:{roof.visit_id}")
    await an.click("Gửi báo cáo")
    assert (await kept(town))[ROOF].until == date(2026, 12, 2)
    assert len(await kept(town)) == 2


@pytest.mark.wide
async def test_leaders_see_what_is_overdue_with_its_list(town: Town, an: Person) -> None:
    dung, ha, binh = [await town.person(name) for name in ("Dũng", "Hà", "Bình")]
    await report_with(an, *TASKS)
    await dung.send("/tongquan")
    assert "quá hạn" not in dung.card
    await town.move_to(at(LAST_DAY + timedelta(days=1), time(9, 0)))
    for leader in (dung, ha):
        await leader.send("/tongquan")
        assert "🤝 1 việc đã thống nhất với cơ sở quá hạn" in leader.card
        await leader.click("🤝 Việc quá hạn (1)")
        assert ROOF in leader.card
        await leader.click("1")
        assert "Chậm nhất: thứ Tư 25/11 · quá hạn" in leader.card
    assert "✅ Đã xong" not in ha.buttons, "an administrator looks on"
    roof = (await kept(town))[ROOF]
    await ha.forge(f"prm:done:{roof.id}")
    assert (await kept(town))[ROOF].state is PromiseState.OPEN
    await binh.forge(f"prm:open:{roof.id}")
    assert ROOF in binh.card, "whoever goes to that site may tick it off as well"
    await dung.click("Đã xong")
    assert (await kept(town))[ROOF].state is PromiseState.DONE


@pytest.mark.parametrize("name", ["Cúc", "Mai", "Lan", "Khoa"])
async def test_nobody_else_reads_or_ticks(town: Town, an: Person, name: str) -> None:
    await report_with(an, *TASKS)
    roof, other = (await kept(town))[ROOF], await town.person(name)
    for data in ("prm:open", "prm:done", "prm:not", "prm:later"):
        await other.forge(f"{data}:{roof.id}")
    await other.forge(f"prm:site:{roof.site_id}:0")
    await other.forge("prm:mine:0")
    assert ROOF not in "\n".join(other.cards)
    assert (await kept(town))[ROOF].state is PromiseState.OPEN


@pytest.mark.wide
async def test_whose_role_has_ended_is_not_reminded(town: Town, an: Person) -> None:
    await report_with(an, *TASKS)
    async with town.program.work.write() as session:
        (await session.get_one(Membership, AN.id)).ended_at = WEDNESDAY_1500
    said = len(an.cards)
    await town.move_to(at(LAST_DAY, time(8, 0)))
    assert not any(ROOF in card for card in an.cards[said:])
    async with town.program.work.read() as session:
        (site_id,) = (await session.exec(select(Promise.site_id).distinct())).all()
        open_there = await promises.promises_of_sites(session, [site_id])
    assert [promise.what for promise in open_there[site_id]] == [ROOF, FAN]


async def test_a_report_without_agreements_promises_nothing(town: Town, an: Person) -> None:
    await an.click("Báo cáo")
    await report_minimal(an)
    assert await rows(town, Promise) == []
    assert (await visit_of(town)).status is VisitStatus.REPORTED
