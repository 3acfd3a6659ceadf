"""Early warning: who hears of what, when, and how often."""

import dataclasses
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from bot.cases.cards import worker_messages
from bot.cases.rules.deadlines import settle_by
from bot.cases.services import alerts, concerns
from bot.cases.services.concerns import Concern
from bot.cases.services.creation import NewCase, bear
from bot.config.settings import DutyTurn
from bot.core.access import actor_of
from bot.core.context import Context
from bot.core.errors import Refused
from bot.core.rules.calendar import at
from bot.core.rules.permissions import Actor
from bot.core.work import Work
from storage.enums import CaseKind, Category, Lane, Role, Severity
from storage.models import Alert, Case, Membership, OutboxMessage, Person, Unit
from storage.store import Store
from tests import cast
from tests.cases.help import rows, set_case
from tests.cases.help import told as told_to
from tests.cast import (
    AN,
    BINH,
    DUNG,
    GIANG,
    HA,
    KCN,
    KHOA,
    LAN,
    SEN_VANG,
    SONG_LANH,
    TAN_LUA,
    TINH,
    VAULT,
    WEDNESDAY_1500,
    Character,
    Place,
)
from tests.statements import statements

NOW = WEDNESDAY_1500
NIGHT = NOW + timedelta(hours=9)
STRIKE = "Nâng định mức quá, thứ Hai không sửa là tụi em ngưng máy"
CALM = "cơm trưa nay hơi mặn"


@pytest.fixture
async def work(any_store: Store, settings: Any) -> Work:
    await cast.settle(any_store)
    return Work(any_store, settings, settings.make_calendar(), VAULT)


async def born(
    work: Work,
    text: str = STRIKE,
    site: Place | None = SEN_VANG,
    now: datetime = NOW,
    **more: Any,
) -> Case:
    async with work.write() as session:
        place = await session.get(Unit, site.id) if site else None
        root = await session.get_one(Unit, TINH.id)
        return await bear(session, work, NewCase(text, place, root, **more), now)


async def told(work: Work) -> list[int]:
    return [m.person_id for m in await rows(work, OutboxMessage)]


async def acting(work: Work, who: Character) -> Any:
    return await actor_of(work, who.address)


async def test_words_of_a_stoppage_reach_the_unit_and_the_province_at_night(work: Work) -> None:
    await born(work, now=NIGHT)
    messages = await rows(work, OutboxMessage)
    assert [m.person_id for m in messages] == [DUNG.id, GIANG.id]
    assert {(m.lane, m.not_before) for m in messages} == {(Lane.URGENT, NIGHT)}
    assert "May Sen Vàng" in messages[0].text
    assert "ngưng máy" in messages[0].text
    assert "tụi em" not in messages[0].text, "nothing but the phrase that rang"


async def test_what_rings_an_alarm_is_urgent_as_a_case(work: Work) -> None:
    alarming, calm = await born(work), await born(work, CALM)
    assert (alarming.severity, calm.severity) == ("urgent", "normal")
    assert alarming.settle_by < calm.settle_by


async def test_a_calm_concern_rings_nobody(work: Work) -> None:
    await born(work, CALM)
    assert await rows(work, Alert) == []
    assert await told(work) == []


async def test_an_officers_proposal_rings_as_well(work: Work) -> None:
    await born(work, kind=CaseKind.PROPOSAL, author_id=AN.id)
    assert await told(work) == [DUNG.id, GIANG.id]


async def test_what_was_settled_on_the_spot_does_not(work: Work) -> None:
    await born(work, settled="đã đối thoại, công nhân đã làm lại")
    assert await rows(work, Alert) == []


STRIKING = Concern(
    "Thứ Hai không sửa định mức là tụi em ngưng máy",
    worker_messages.CONSENT_VERSION,
    SEN_VANG.id,
    "",
    Category.LUONG,
)


async def submitted(work: Work, now: datetime, concern: Concern = STRIKING) -> Case:
    worker = Actor(address=LAN.address, look=VAULT.look(LAN.address))
    return (await concerns.submit(Context(work, worker, now), concern)).case


async def test_who_hears_the_alarm_of_a_concern_has_its_case_in_the_same_message(
    work: Work,
) -> None:
    case = await submitted(work, NOW)
    [alarm] = await told_to(work, DUNG)
    assert "Báo động" in alarm
    assert f"Mới nhất: <b>{case.code}</b> về lương" in alarm
    assert "hạn giải quyết" in alarm
    (message,) = [m for m in await rows(work, OutboxMessage) if m.person_id == DUNG.id]
    assert message.lane == Lane.URGENT
    assert ["📂 Mở phản ánh, kiến nghị", f"case:open:{case.id}"] in [
        list(button) for row in message.rows for button in row
    ]
    for officer in (AN, BINH):  # whom no alarm is for
        [new] = await told_to(work, officer)
        assert f"Phản ánh mới {case.code}" in new


async def test_a_confidential_concern_of_which_the_alarm_says_nothing_is_told_besides(
    work: Work,
) -> None:
    case = await submitted(work, NOW, dataclasses.replace(STRIKING, category=Category.QUAY_ROI))
    alarms = [text for text in await told_to(work, DUNG) if "Báo động" in text]
    notices = [text for text in await told_to(work, DUNG) if f"Phản ánh mới {case.code}" in text]
    assert [len(alarms), len(notices)] == [1, 1]
    assert case.code not in alarms[0]


async def test_the_last_day_of_what_rings_is_that_of_its_clock_which_knows_the_hour_only(
    work: Work,
) -> None:
    """Else the reminder that it is overdue would come before it is."""
    case = await submitted(work, NOW + timedelta(minutes=31))
    clocks = work.settings.cases.clocks
    assert case.settle_by == settle_by(NOW, Severity.URGENT, clocks, work.calendar)


async def test_a_concern_whose_event_has_rung_already_reaches_who_leads_as_any_other(
    work: Work,
) -> None:
    await submitted(work, NOW)
    later = dataclasses.replace(STRIKING, text="Chuyền 5 bàn nhau ngưng máy")
    second = await submitted(work, NOW + timedelta(hours=1), later)
    assert len(await rows(work, Alert)) == 1
    assert any(f"Phản ánh mới {second.code}" in text for text in await told_to(work, DUNG))


async def test_nobody_of_the_unit_and_above_is_without_a_message_and_nobody_has_two(
    work: Work,
) -> None:
    await submitted(work, NOW)
    counts = {one.name: len(await told_to(work, one)) for one in (AN, BINH, DUNG, GIANG)}
    assert counts == {"An": 1, "Bình": 1, "Dũng": 1, "Giang": 1}


async def test_thirty_people_in_ten_minutes_make_a_handful_of_alerts(work: Work) -> None:
    for n in range(30):
        await born(work, now=NOW + timedelta(seconds=20 * n))
    assert [a.size for a in await rows(work, Alert)] == [1, 3, 6, 12, 24]


async def test_people_who_write_at_the_same_instant_are_all_heard(work: Work) -> None:
    for _ in range(6):
        await born(work)
    assert [a.size for a in await rows(work, Alert)] == [1, 3, 6]


async def test_the_same_cluster_is_told_again_a_day_later(work: Work) -> None:
    await born(work)
    await born(work, now=NOW + timedelta(hours=23))
    await born(work, now=NOW + timedelta(hours=24))
    assert [a.at for a in await rows(work, Alert)] == [NOW, NOW + timedelta(hours=24)]


async def test_three_of_a_kind_at_one_site_make_a_warning(work: Work) -> None:
    for _ in range(3):
        await born(work, CALM, category=Category.BUA_AN)
    (only,) = await rows(work, Alert)
    assert (await alerts.see(work, await acting(work, DUNG), only.id)).report_by is None
    assert (only.level, only.size, only.remind_at) == ("warning", 3, None)
    assert only.signs == ["cluster"]


async def test_three_tense_sites_of_one_union_make_an_alarm_of_the_zone(work: Work) -> None:
    for site in (SEN_VANG, SONG_LANH, TAN_LUA):
        await born(work, "công ty nợ lương 2 tháng rồi", site, category=Category.LUONG)
    last = (await rows(work, Alert))[-1]
    assert (last.key, last.level) == ("zone:2:zone", "alarm")


async def test_harassment_is_never_quoted(work: Work) -> None:
    await born(work, STRIKE, category=Category.QUAY_ROI)
    (alert,) = await rows(work, Alert)
    assert alert.signs == ["stoppage", "sudden_change"]
    assert "ngưng máy" not in (await rows(work, OutboxMessage))[0].text


async def test_whom_a_case_is_about_hears_nothing_and_sees_nothing(work: Work) -> None:
    await born(work, about_id=GIANG.id)
    assert GIANG.id not in await told(work)
    (alert,) = await rows(work, Alert)
    with pytest.raises(Refused):
        await alerts.see(work, await acting(work, GIANG), alert.id)


async def test_a_place_not_in_the_list_rings_at_the_province(work: Work) -> None:
    await born(work, site=None, site_words="Xưởng mộc Tư Đời")
    assert await told(work) == [GIANG.id]
    assert "Xưởng mộc Tư Đời" in (await rows(work, OutboxMessage))[0].text


async def test_before_tet_one_case_fewer_makes_a_cluster(work: Work) -> None:
    january = NOW + timedelta(days=60)  # 17 January 2027; Tết is on 6 February
    for _ in range(2):
        await born(work, CALM, now=january, category=Category.BUA_AN)
    (only,) = await rows(work, Alert)
    assert only.signs == ["cluster", "season"]


async def test_who_took_note_is_seen_by_the_others(work: Work) -> None:
    await born(work)
    (alert,) = await rows(work, Alert)
    for _ in range(2):
        await alerts.know(work, await acting(work, DUNG), alert.id)
    seen = await alerts.see(work, await acting(work, GIANG), alert.id)
    assert seen.known_to == [DUNG.full_name]
    assert seen.report_by == NOW + timedelta(hours=2)


@pytest.mark.parametrize("who", [AN, HA, KHOA, cast.LAN, cast.MAI])
async def test_only_who_leads_sees_an_alert(work: Work, who: Character) -> None:
    await born(work)
    (alert,) = await rows(work, Alert)
    with pytest.raises(Refused):
        await alerts.see(work, await acting(work, who), alert.id)
    with pytest.raises(Refused):
        await alerts.know(work, await acting(work, who), 2**31)
    if (await acting(work, who)).grants:  # leads elsewhere, or may raise one
        assert await alerts.open_alerts(work, await acting(work, who)) == []
    else:
        with pytest.raises(Refused):
            await alerts.open_alerts(work, await acting(work, who))


async def test_a_missing_report_is_reminded_of_once_to_the_nearest_leader(work: Work) -> None:
    await born(work)
    late = NOW + timedelta(hours=2)
    assert await alerts.STREAM.next_due(work) == late
    await alerts.STREAM.ensure(work, late - timedelta(minutes=1))
    assert len(await told(work)) == 2
    for minute in range(3):
        await alerts.STREAM.ensure(work, late + timedelta(minutes=minute))
    assert (await told(work))[2:] == [DUNG.id]
    assert await alerts.STREAM.next_due(work) is None


async def reminded_of_a_case_about(work: Work, person: Character) -> list[int]:
    """Whom the late reminder goes to, where the case turns out to be about somebody."""
    case = await born(work)
    await set_case(work, case, about_id=person.id)
    before = len(await told(work))
    await alerts.STREAM.ensure(work, NOW + timedelta(hours=2))
    return (await told(work))[before:]


async def test_the_reminder_about_a_leader_goes_to_the_level_above_and_never_to_them(
    work: Work,
) -> None:
    assert await reminded_of_a_case_about(work, DUNG) == [GIANG.id]
    assert await alerts.open_alerts(work, await acting(work, DUNG)) == []
    assert len(await alerts.open_alerts(work, await acting(work, GIANG))) == 1


async def test_of_two_who_lead_a_unit_only_the_one_the_case_is_not_about_is_reminded(
    work: Work,
) -> None:
    async with work.write() as session:
        session.add(Membership(person_id=BINH.id, role=Role.SUPERVISOR, unit_id=KCN.id))
    assert await reminded_of_a_case_about(work, DUNG) == [BINH.id]


async def test_the_list_asks_as_often_for_many_alerts_as_for_one(work: Work) -> None:
    dung = await acting(work, DUNG)
    counts = []
    for minute, site in enumerate((SEN_VANG, SONG_LANH, TAN_LUA)):
        await born(work, site=site, now=NOW + timedelta(minutes=minute))
        with statements(work.store) as sent:
            open_now = await alerts.open_alerts(work, dung)
        counts.append((len(open_now), len(sent)))
    assert [number for number, _ in counts] == [1, 2, 3]
    assert [one.place for one in open_now] == [TAN_LUA.name, SONG_LANH.name, SEN_VANG.name]
    assert len({asked for _, asked in counts}) == 1
    assert counts[0][1] <= 6


async def test_taking_note_asks_no_more_than_looking(work: Work) -> None:
    await born(work)
    (alert,) = await rows(work, Alert)
    dung = await acting(work, DUNG)
    with statements(work.store) as looking:
        await alerts.see(work, dung, alert.id)
    with statements(work.store) as noting:
        await alerts.know(work, dung, alert.id)
    assert len(noting) <= len(looking) + 1


TET_EVENING = at(date(2027, 2, 6), time(19, 0))


async def test_over_tet_an_alert_names_who_leads_where_nobody_is_on_duty(work: Work) -> None:
    async with work.write() as session:
        (await session.get_one(Person, DUNG.id)).phone = "0912 000 004"
    await born(work, now=TET_EVENING)
    messages = await rows(work, OutboxMessage)
    alarms = [m for m in messages if m.dedupe_key.startswith("alert:")]
    leader = "Chưa có phân công trực; lãnh đạo phụ trách: đồng chí Phạm Tiến Dũng, 0912 000 004."
    assert alarms
    assert all(leader in m.text for m in alarms)


async def test_over_tet_an_alert_names_who_is_on_duty_for_the_nearest_unit(work: Work) -> None:
    turn = {"first": date(2027, 2, 4), "last": date(2027, 2, 10)}
    duty = (
        DutyTurn(unit="tinh", name="Trực Tỉnh", phone="1", **turn),
        DutyTurn(unit="KCN", name="Trực Khu", phone="2", **turn),
        DutyTurn(unit="LH", name="Trực Phường", phone="3", **turn),
    )
    calendar = work.settings.calendar.model_copy(update={"duty": duty})
    settings = work.settings.model_copy(update={"calendar": calendar})
    work = dataclasses.replace(work, settings=settings)
    await born(work, now=TET_EVENING)
    (first, *_) = [m for m in await rows(work, OutboxMessage) if m.dedupe_key.startswith("alert:")]
    assert "Trực ngày nghỉ: đồng chí Trực Khu, 2." in first.text
    (alert,) = await rows(work, Alert)
    seen = await alerts.see(work, await acting(work, DUNG), alert.id)
    assert [(d.name, d.by_list) for d in seen.duty] == [("Trực Khu", True)]


async def test_on_a_working_day_nobody_is_named(work: Work) -> None:
    await born(work)
    assert not any("📞" in m.text for m in await rows(work, OutboxMessage))
