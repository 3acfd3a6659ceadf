"""Alerts that no worker raised: what officers report, and who says so by hand."""

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import col, delete, select

from bot.cases.cards import alerts as alert_cards
from bot.cases.services import alerts, false_alarms, quick_reports
from bot.cases.services.creation import NewCase, bear
from bot.cases.services.raised_alerts import ReportWords, consider_report, raise_by_hand
from bot.core.access import actor_of
from bot.core.context import Context
from bot.core.errors import Refused
from bot.core.work import Work
from storage.enums import Category
from storage.models import Alert, Membership, OutboxMessage, Unit
from storage.store import Store
from tests import cast
from tests.cast import (
    AN,
    DUNG,
    GIANG,
    HA,
    MAI,
    SEN_VANG,
    SONG_LANH,
    TINH,
    VAULT,
    WEDNESDAY_1500,
    Character,
)

NOW = WEDNESDAY_1500
PLANNED = "Công nhân bàn nhau sáng mai ngừng việc"


@pytest.fixture
async def work(any_store: Store, settings: Any) -> Work:
    await cast.settle(any_store)
    return Work(any_store, settings, settings.make_calendar(), VAULT)


async def acting(work: Work, who: Character, later: timedelta = timedelta()) -> Context:
    return Context(work, await actor_of(work, who.address), NOW + later)


async def reported(work: Work, text: str, before: str = "", later: timedelta = timedelta()) -> Any:
    context = await acting(work, AN, later)
    async with work.write() as session:
        site = await session.get_one(Unit, SEN_VANG.id)
        # No report of a visit is needed to weigh its words.
        return await consider_report(session, context, ReportWords(None, site, text, before))


async def rows(work: Work, table: Any) -> Any:
    async with work.read() as session:
        return (await session.exec(select(table).order_by(table.id))).all()


async def told(work: Work) -> list[int]:
    return [m.person_id for m in await rows(work, OutboxMessage)]


async def test_a_report_of_a_coming_stoppage_alarms_those_who_lead(work: Work) -> None:
    await reported(work, PLANNED)
    assert await told(work) == [DUNG.id, GIANG.id]
    (message, _) = await rows(work, OutboxMessage)
    assert "May Sen Vàng" in message.text
    assert "bàn nhau" in message.text
    assert "Theo báo cáo đi cơ sở của đồng chí" in message.text
    assert "Mở phản ánh" not in str(message.rows), "there is no case to open"


async def test_a_calm_report_alarms_nobody(work: Work) -> None:
    await reported(work, "Sản xuất ổn định, công nhân phấn khởi, đủ đơn hàng đến Tết")
    assert await rows(work, Alert) == []


async def test_a_correction_rings_for_what_it_adds_only(work: Work) -> None:
    await reported(work, PLANNED)
    two_days = timedelta(days=2)
    assert await reported(work, PLANNED + ", 60 người", before=PLANNED, later=two_days) is None
    added = f"{PLANNED}. Giám đốc bỏ trốn"
    assert await reported(work, added, before=PLANNED, later=two_days) is not None


async def test_the_same_event_at_the_same_site_is_told_once(work: Work) -> None:
    async with work.write() as session:
        site = await session.get_one(Unit, SEN_VANG.id)
        root = await session.get_one(Unit, TINH.id)
        await bear(session, work, NewCase("mai cả xưởng ngừng việc", site, root), NOW)
    assert await reported(work, PLANNED) is None
    await raise_by_hand(await acting(work, AN), SEN_VANG.id, "đang ngừng việc")
    assert await told(work) == [DUNG.id, GIANG.id]


@pytest.mark.parametrize("who", [AN, DUNG, MAI])
async def test_officers_leaders_and_the_committee_of_a_site_can_raise_one(
    work: Work, who: Character
) -> None:
    facts = await raise_by_hand(await acting(work, who), SEN_VANG.id, "60 người đang ngừng việc")
    assert facts.alert.level == "alarm"
    assert facts.meet_by == NOW + timedelta(hours=12)
    assert set(await told(work)) == {DUNG.id, GIANG.id} - {who.id}
    assert "60 người đang ngừng việc" in (await rows(work, OutboxMessage))[0].text


@pytest.mark.parametrize(("who", "site"), [(MAI, SONG_LANH), (HA, SEN_VANG)])
async def test_nobody_raises_one_elsewhere(work: Work, who: Character, site: Any) -> None:
    with pytest.raises(Refused):
        await raise_by_hand(await acting(work, who), site.id, "đang ngừng việc")


async def test_whoever_raised_it_reports_on_it_and_no_more(work: Work) -> None:
    facts = await raise_by_hand(await acting(work, AN), SEN_VANG.id, "đang ngừng việc")
    an, mai = await acting(work, AN), await acting(work, MAI)
    number = facts.alert.id or 0
    assert [seen.alert.id for seen in await alerts.open_alerts(work, an.actor)] == [number]
    assert (await quick_reports.begin(work, an.actor, number)).alert.id == number
    with pytest.raises(Refused):
        await alerts.know(work, an.actor, number)
    with pytest.raises(Refused):
        await false_alarms.judge(an, number, wrong=True)
    with pytest.raises(Refused):
        await alerts.see(work, mai.actor, number)


async def test_who_joins_a_known_event_reports_on_it_but_sees_no_words_of_workers(
    work: Work,
) -> None:
    async with work.write() as session:
        site = await session.get_one(Unit, SEN_VANG.id)
        root = await session.get_one(Unit, TINH.id)
        await bear(session, work, NewCase("mai cả xưởng ngừng việc", site, root), NOW)
    facts = await raise_by_hand(await acting(work, MAI), SEN_VANG.id, "đang ngừng việc")
    assert facts.case is None
    assert facts.alert.signs == ["stoppage"]
    assert not facts.leads


async def test_a_false_alarm_is_over_and_its_words_go_to_the_list(work: Work) -> None:
    raised = await reported(work, PLANNED)
    dung = await acting(work, DUNG)
    facts = await false_alarms.judge(dung, raised.id, wrong=True)
    assert facts.alert.over_at == NOW
    assert await alerts.open_alerts(work, dung.actor) == []
    (row,) = await false_alarms.words(work, dung.actor)
    assert "bàn nhau" in row.words
    name, data = await false_alarms.table(dung)
    assert name.endswith(".xlsx")
    assert data.startswith(b"PK")
    again = await false_alarms.judge(dung, raised.id, wrong=False)
    assert again.alert.over_at is None
    assert await false_alarms.words(work, dung.actor) == []


async def test_a_new_sign_rings_again_after_a_false_alarm(work: Work) -> None:
    raised = await reported(work, PLANNED)
    await false_alarms.judge(await acting(work, DUNG), raised.id, wrong=True)
    assert await reported(work, PLANNED, later=timedelta(minutes=5)) is not None


async def test_words_of_what_has_become_confidential_are_not_in_the_list(work: Work) -> None:
    async with work.write() as session:
        site = await session.get_one(Unit, SEN_VANG.id)
        root = await session.get_one(Unit, TINH.id)
        case = await bear(session, work, NewCase("mai cả xưởng ngừng việc", site, root), NOW)
    (alert,) = await rows(work, Alert)
    dung = await acting(work, DUNG)
    await false_alarms.judge(dung, alert.id, wrong=True)
    assert await false_alarms.words(work, dung.actor)
    async with work.write() as session:
        kept = await session.get_one(type(case), case.id)
        kept.category = Category.QUAY_ROI
    assert await false_alarms.words(work, dung.actor) == []


async def test_the_administrator_sees_the_words_and_the_officer_does_not(work: Work) -> None:
    raised = await reported(work, PLANNED)
    await false_alarms.judge(await acting(work, DUNG), raised.id, wrong=True)
    assert await false_alarms.words(work, (await acting(work, HA)).actor)
    with pytest.raises(Refused):
        await false_alarms.words(work, (await acting(work, AN)).actor)


async def test_whoever_raised_one_reads_who_was_told(work: Work) -> None:
    facts = await raise_by_hand(await acting(work, DUNG), SEN_VANG.id, "đang ngừng việc")
    assert await told(work) == [GIANG.id]
    text = alert_cards.raised(facts).text
    assert f"Đã báo: đồng chí {GIANG.full_name}." in text


async def test_where_nobody_could_be_told_nobody_is_said_to_be(work: Work) -> None:
    async with work.write() as session:
        for leading in (DUNG, GIANG):
            await session.exec(delete(Membership).where(col(Membership.person_id) == leading.id))
    facts = await raise_by_hand(await acting(work, MAI), SEN_VANG.id, "đang ngừng việc")
    assert await told(work) == []
    text = alert_cards.raised(facts).text
    assert "Đã báo: đồng chí" not in text
    assert "Chưa có lãnh đạo nào trong hệ thống nhận được" in text
