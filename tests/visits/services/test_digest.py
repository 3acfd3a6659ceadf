"""Friday's digest: to whom it goes, about which week, once."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlmodel import col, delete, select, update

from bot.cases.facts.cases import Pressing
from bot.cases.services import pressing
from bot.channels.telegram.cards import MAX_CAPTION, fit
from bot.core.access import actor_of
from bot.core.context import Context
from bot.core.copies import copy_path
from bot.core.rules.calendar import Week
from bot.core.work import Work
from bot.visits.cards import overview
from bot.visits.facts.overview import Gains, View, WeekFacts
from bot.visits.facts.report_fields import DIGESTS
from bot.visits.rules.overview import Coverage, WeekTally
from bot.visits.services import digest
from bot.visits.services import overview as overview_services
from storage.enums import Category, CommendationKind, Lane, Role
from storage.models import (
    Alert,
    Case,
    Cluster,
    ClusterUnit,
    Commendation,
    Membership,
    OutboxMessage,
    PersonAddress,
    StoredFile,
    Unit,
    WeekPlan,
)
from storage.store import Store
from tests import cast
from tests.cast import (
    BEN_QUE,
    CUC,
    DUNG,
    FRIDAY_1630,
    GIANG,
    HA,
    KCN,
    KHOA,
    LONG_HOA,
    NEXT_MONDAY,
    SEN_VANG,
    TAN_LUA,
    TET_MONDAY,
    VAULT,
    VI_NA_SUN,
)
from tests.visits.services.test_overview import THIS, WEEK, a_visit, keep


@pytest.fixture
async def work(any_store: Store, settings: Any) -> Work:
    await cast.settle(any_store)
    return Work(any_store, settings, settings.make_calendar(), VAULT)


async def owed(work: Work) -> dict[int, OutboxMessage]:
    async with work.read() as session:
        return {m.person_id: m for m in (await session.exec(select(OutboxMessage))).all()}


async def test_each_supervisor_is_told_about_their_own_and_the_province_about_all(
    work: Work,
) -> None:
    await keep(work, a_visit(SEN_VANG, status="reported"), a_visit(BEN_QUE, CUC))
    await digest.ensure_digests(work, FRIDAY_1630)
    told = await owed(work)
    assert set(told) == {DUNG.id, GIANG.id, KHOA.id}
    assert "1/1" in told[DUNG.id].text
    assert "1/2" in told[GIANG.id].text
    assert "0/1" in told[KHOA.id].text
    assert {m.dedupe_key for m in told.values()} == {f"digest:2026-W47:{p}" for p in told}
    assert {m.lane for m in told.values()} == {Lane.NOTICE}
    assert all("ov:l:open:20261116:0:0" in str(told[p].rows) for p in (GIANG.id, KHOA.id))


async def test_twice_is_once(work: Work) -> None:
    await keep(work, a_visit(SEN_VANG))
    await digest.ensure_digests(work, FRIDAY_1630)
    await digest.ensure_digests(work, FRIDAY_1630 + timedelta(hours=5))
    assert len(await owed(work)) == 2


async def test_after_downtime_it_is_made_up_for_the_week_that_was_due_one(work: Work) -> None:
    await keep(work, a_visit(SEN_VANG), a_visit(SEN_VANG, week=THIS + WEEK))
    await digest.ensure_digests(work, NEXT_MONDAY + timedelta(days=2))
    assert {m.dedupe_key.split(":")[1] for m in (await owed(work)).values()} == {"2026-W47"}


async def test_nothing_is_said_where_nothing_was_planned(work: Work) -> None:
    await keep(work, a_visit(SEN_VANG))
    await digest.ensure_digests(work, FRIDAY_1630)
    assert KHOA.id not in await owed(work)
    assert HA.id not in await owed(work)


async def test_nothing_is_said_about_a_skipped_week(work: Work) -> None:
    monday = TET_MONDAY.astimezone().date()
    async with work.write() as session:
        session.add(WeekPlan(week=monday, planned_at=TET_MONDAY, skipped=True))
        session.add(a_visit(SEN_VANG, week=monday))
    await digest.ensure_digests(work, TET_MONDAY + timedelta(days=5))
    assert await owed(work) == {}


async def test_who_never_came_in_or_no_longer_leads_is_left_out(work: Work) -> None:
    await keep(work, a_visit(SEN_VANG))
    async with work.write() as session:
        await session.exec(delete(PersonAddress).where(col(PersonAddress.person_id) == DUNG.id))
        ended = update(Membership).where(col(Membership.person_id) == GIANG.id)
        await session.exec(ended.values(ended_at=cast.MONDAY))
    await digest.ensure_digests(work, FRIDAY_1630)
    assert await owed(work) == {}


async def test_overlapping_scopes_of_one_person_count_each_visit_once(work: Work) -> None:
    await keep(work, a_visit(SEN_VANG, status="reported"))
    async with work.write() as session:
        session.add(Cluster(id=50, name="Khối công nghiệp"))
        await session.flush()
        session.add(ClusterUnit(cluster_id=50, unit_id=SEN_VANG.id))
        session.add(Membership(person_id=DUNG.id, role=Role.SUPERVISOR, cluster_id=50))
    await digest.ensure_digests(work, FRIDAY_1630)
    assert "1/1" in (await owed(work))[DUNG.id].text


async def test_it_waits_for_the_morning_when_made_up_at_night(work: Work) -> None:
    await keep(work, a_visit(SEN_VANG))
    await digest.ensure_digests(work, FRIDAY_1630 + timedelta(hours=6))
    assert {m.not_before for m in (await owed(work)).values()} == {
        FRIDAY_1630 + timedelta(hours=14)
    }


async def pictures_of(work: Work) -> list[StoredFile]:
    async with work.read() as session:
        return list((await session.exec(select(StoredFile))).all())


@pytest.mark.wide
async def test_it_comes_with_a_picture_that_those_who_watch_over_the_same_share(
    work: Work,
) -> None:
    await keep(work, a_visit(SEN_VANG, status="reported"), a_visit(BEN_QUE, CUC))
    await digest.ensure_digests(work, FRIDAY_1630)
    await digest.ensure_digests(work, FRIDAY_1630 + timedelta(hours=1))
    messages, stored = await owed(work), {file.id: file for file in await pictures_of(work)}
    assert len(stored) == 3  # each sees something else
    for message in messages.values():
        file = stored[message.file_id]
        assert file.kind == "photo"
        assert file.sha256 is not None
        copy = copy_path(work.settings.database.files, file.sha256)
        assert copy.read_bytes().startswith(b"\x89PNG")
        assert message.subject == f"picture:{file.id}"


async def test_where_it_cannot_be_drawn_the_words_come_all_the_same(
    work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise OSError("no room")

    monkeypatch.setattr(digest, "write_copy", broken)
    await keep(work, a_visit(SEN_VANG, status="reported"))
    await digest.ensure_digests(work, FRIDAY_1630)
    assert {(m.file_id, "1/1" in m.text) for m in (await owed(work)).values()} == {(None, True)}


async def test_the_weeks_before_and_that_of_the_year_before_stand_beside_it(work: Work) -> None:
    await keep(
        work,
        a_visit(SEN_VANG, status="reported"),
        a_visit(SEN_VANG, week=THIS - WEEK, status="reported"),
        a_visit(TAN_LUA, week=THIS - WEEK, status="missed"),
        a_visit(SEN_VANG, week=THIS - 3 * WEEK, status="missed"),
        a_visit(SEN_VANG, week=THIS - 4 * WEEK, status="reported"),
        a_visit(SEN_VANG, week=date(2025, 11, 17), status="reported"),
    )
    await digest.ensure_digests(work, FRIDAY_1630)
    before = "tuần 46: 50%, tuần 44: 0%, cùng tuần năm trước: 100%."
    line = f"Các tuần trước (tính cả báo cáo trễ): {before}"
    assert line in (await owed(work))[DUNG.id].text


def test_the_words_of_a_full_week_fit_below_a_picture_exceptions_first() -> None:
    name = "Nguyễn Phước Hoàng Bảo Châu"
    facts = WeekFacts(
        view=View(Week(THIS), 0, "Công đoàn các Khu công nghiệp và Khu kinh tế tỉnh"),
        current=Week(THIS),
        tally=WeekTally(in_time=80, late=5, missed=10, no_day=3, unplanned=4),
        coverage=Coverage(800, 100, 500, 600, 700),
        sums=dict.fromkeys(DIGESTS, 1200),
        flagged=3,
        proposals=12,
        troubles=[("wages", ["x"] * 9), ("safety", ["x"] * 4), ("jobs", ["x"]), ("fees", ["x"])],
        praise=[(name, 12)] * 10,
        unreachable=[name] * 4,
        undelivered=[(name, 2)] * 2,
        promises_overdue=5,
        short=[(name, 1)],
        planned=True,
        off=False,
        has_units=True,
        before=[(Week(THIS - n * WEEK), WeekTally(1)) for n in (1, 2, 3)],
        gains=Gains(12, 12, 12),
        pressing=Pressing(120, 12),
        year_before=WeekTally(1),
    )
    text = overview.digest(facts).text
    assert fit(text, MAX_CAPTION) == text
    assert "và 8 đồng chí khác" in text
    assert text.index("⚠️") < text.index("🌟") < text.index("💬")
    assert name in fit(overview.week(facts).text)


def an_overdue_case(code: str, **more: Any) -> Case:
    late = FRIDAY_1630 - timedelta(days=1)
    place = {"site_id": SEN_VANG.id, "home_id": KCN.id, "unit_id": KCN.id}
    given = {**place, "code": code, "text": "x", "created_at": late, "settle_by": late}
    return Case(**{**given, **more})


async def test_what_cannot_wait_is_counted_as_the_lists_that_its_buttons_open_do(
    work: Work,
) -> None:
    alert = Alert(key="k", unit_id=KCN.id, home_id=KCN.id, at=cast.MONDAY, level="alarm")
    await keep(
        work,
        a_visit(SEN_VANG, status="reported"),
        a_visit(BEN_QUE, CUC),
        an_overdue_case("K1"),
        an_overdue_case("K2", category=Category.QUAY_ROI),
        an_overdue_case("K3", about_id=DUNG.id),
        an_overdue_case("K4", settle_by=NEXT_MONDAY),
        alert,
    )
    await digest.ensure_digests(work, FRIDAY_1630)
    messages = await owed(work)
    dung, khoa = messages[DUNG.id], messages[KHOA.id]
    assert "⏰ 2 phản ánh, kiến nghị quá hạn." in dung.text, "none about himself"
    assert "🚨 1 cảnh báo chưa kết thúc." in dung.text
    assert "case:list:over:0" in str(dung.rows)
    assert "alert:list" in str(dung.rows)
    assert "⏰" not in khoa.text
    assert "3 phản ánh" in messages[GIANG.id].text
    cards = await pressing_below(work)
    assert (cards.overdue, cards.alerts) == (1, 1), "a group reads along: nothing confidential"


async def pressing_below(work: Work) -> Pressing:
    async with work.read() as session:
        return await pressing.pressing_below(session, [KCN.path], FRIDAY_1630)


async def test_who_looks_at_a_unit_from_above_sees_its_alerts_and_overdue_cases(
    work: Work,
) -> None:
    alert = Alert(key="k", unit_id=KCN.id, home_id=KCN.id, at=cast.MONDAY, level="alarm")
    await keep(
        work,
        a_visit(SEN_VANG, status="reported"),
        an_overdue_case("K1"),
        an_overdue_case("K2", category=Category.QUAY_ROI),
        an_overdue_case("K3", unit_id=LONG_HOA.id, home_id=LONG_HOA.id),
        alert,
    )
    giang = Context(work, await actor_of(work, cast.GIANG.address), FRIDAY_1630)
    card = overview.week(await overview_services.week(giang, None, KCN.id))
    assert "⏰ 1 phản ánh, kiến nghị quá hạn." in card.text, "its own, nothing confidential"
    assert "🚨 1 cảnh báo chưa kết thúc." in card.text
    lists = {"alert:list", "case:list:over:0"}
    assert not lists & {b.data for row in card.rows for b in row}, "they have those of all units"
    past = overview.week(await overview_services.week(giang, date(2026, 11, 9), KCN.id))
    assert "⏰" not in past.text
    dung = Context(work, await actor_of(work, DUNG.address), FRIDAY_1630)
    own = overview.week(await overview_services.week(dung, None, KCN.id))
    assert "⏰ 2 phản ánh, kiến nghị quá hạn." in own.text
    assert lists <= {b.data for row in own.rows for b in row}


async def test_what_is_good_has_a_line_of_its_own(work: Work) -> None:
    visit = a_visit(SEN_VANG, status="reported")
    await keep(work, visit, a_visit(BEN_QUE, CUC))
    async with work.write() as session:
        (await session.get_one(Unit, VI_NA_SUN.id)).union_since = date(2026, 11, 18)
        session.add(
            Commendation(
                visit_id=visit.id,
                site_id=SEN_VANG.id,
                unit_id=KCN.id,
                kind=CommendationKind.PRACTICE,
                words="Bữa ăn ca",
                proposed_by=cast.AN.id,
                proposed_at=cast.MONDAY,
                released_at=cast.WEDNESDAY_1500,
            )
        )
    await digest.ensure_digests(work, FRIDAY_1630)
    messages = await owed(work)
    line = "🌱 1 CĐCS mới thành lập, 1 đề xuất khen thưởng, 1 cách làm hay được phổ biến."
    assert line in messages[DUNG.id].text
    assert "🌱" not in messages[KHOA.id].text
    for opened in ("ov:l:com:20261116:0:0", "com:good:0", "rec:funnel:0"):
        assert opened in str(messages[DUNG.id].rows)
