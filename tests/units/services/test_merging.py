"""Units that are dissolved or merged by an import: what is open follows, what is over stays."""

from datetime import date, timedelta

import pytest
from sqlmodel import select

from bot.cases.services.access import place_of
from bot.core.rules.calendar import Week
from bot.core.work import Work
from bot.units.cards import importing as import_cards
from bot.units.papers.units_file import read_units
from bot.units.services import importing
from bot.visits.services.supervision import visit_key
from storage import cases
from storage.enums import PromiseState, Role, UnitKind, VisitStatus
from storage.models import Invitation, Membership, Promise, Visit, VisitEvent
from tests import cast
from tests.cases.help import a_case, case_now, set_case, told
from tests.units.papers.sheets import units
from tests.units.services.test_importing import ADMIN, bring, unit

NOW = cast.MONDAY
DAY = "10/11/2026"
KCN_INTO_HS = {"code": "KCN", "dissolved_on": DAY, "successor": "HS"}


@pytest.fixture
async def work(any_store, settings):
    await cast.settle(any_store)
    return Work(any_store, settings, settings.make_calendar(), cast.VAULT)


async def a_visit(work, site, officer=cast.AN, week=NOW, **columns):
    async with work.write() as session:
        visit = Visit(
            key=visit_key(Week.containing(week), officer.id, site.id),
            week=Week.containing(week).monday,
            site_id=site.id,
            unit_id=site.parent,
            officer_id=officer.id,
            created_at=NOW,
            **columns,
        )
        session.add(visit)
        await session.flush()
        return visit.id


async def read(work, table, key):
    async with work.read() as session:
        return await session.get(table, key)


async def test_a_merged_upper_union_keeps_its_row_and_its_sites_lie_under_the_successor(work):
    assert (await bring(work, KCN_INTO_HS)).done
    gone, site = await unit(work, "KCN"), await unit(work, cast.SEN_VANG.code)
    assert (gone.dissolved_on, gone.successor_id) == (date(2026, 11, 10), cast.HON_SAO.id)
    assert (site.parent_id, site.path) == (cast.HON_SAO.id, "/1/4/11/")


async def test_open_cases_go_to_the_successor_with_the_hand_that_has_them(work):
    case = await a_case(work, NOW)
    await set_case(work, case, assignee_id=cast.AN.id, status="in_progress")
    closed = await a_case(work, NOW)
    await set_case(work, closed, status="answered")
    await bring(work, KCN_INTO_HS)
    now, old = await case_now(work, case), await case_now(work, closed)
    assert (now.home_id, now.unit_id, now.assignee_id) == (4, 4, cast.AN.id)
    assert (now.status, now.site_id) == ("in_progress", cast.SEN_VANG.id)
    assert (old.home_id, old.unit_id) == (cast.KCN.id, cast.KCN.id)
    async with work.read() as session:  # reopened, it is handled where the site is today
        assert (await place_of(session, old)).levels == (4, 1)


async def test_a_case_without_a_site_follows_its_home(work):
    case = await a_case(work, NOW, site=None, site_words="Xưởng may gần cầu")
    await set_case(work, case, home_id=cast.KCN.id, unit_id=cast.KCN.id)
    await bring(work, KCN_INTO_HS)
    assert (await case_now(work, case)).unit_id == cast.HON_SAO.id


async def test_a_site_that_is_placed_elsewhere_takes_its_cases_there_in_nobodys_hand(work):
    case = await a_case(work, NOW)
    await set_case(work, case, assignee_id=cast.AN.id, status="in_progress")
    await bring(work, KCN_INTO_HS, {"code": cast.SEN_VANG.code, "parent": "LH"})
    now = await case_now(work, case)
    assert (now.home_id, now.unit_id) == (cast.LONG_HOA.id, cast.LONG_HOA.id)
    assert (now.assignee_id, now.status) == (None, "received")


async def test_a_case_that_escalated_stays_where_it_escalated_to(work):
    case = await a_case(work, NOW)
    await set_case(work, case, unit_id=cast.TINH.id)
    await bring(work, KCN_INTO_HS)
    now = await case_now(work, case)
    assert (now.home_id, now.unit_id) == (cast.HON_SAO.id, cast.TINH.id)


async def test_what_is_promised_at_a_site_goes_along_and_what_is_over_stays(work):
    visit_id = await a_visit(work, cast.SEN_VANG)
    states = (PromiseState.OPEN, PromiseState.DONE)
    async with work.write() as session:
        session.add_all(
            Promise(
                visit_id=visit_id,
                site_id=cast.SEN_VANG.id,
                officer_id=cast.AN.id,
                what=state.value,
                state=state,
                created_at=NOW,
                day_set_at=NOW,
            )
            for state in states
        )
    into = {"dissolved_on": DAY, "successor": cast.SONG_LANH.code}
    assert (await bring(work, {"code": cast.SEN_VANG.code, **into})).done
    async with work.read() as session:
        promised = (await session.exec(select(Promise).order_by(Promise.id))).all()
    assert [p.site_id for p in promised] == [cast.SONG_LANH.id, cast.SEN_VANG.id]


async def test_roles_go_to_the_successor_and_their_holders_are_told(work):
    await bring(work, KCN_INTO_HS)
    for one in (cast.AN, cast.DUNG):
        assert (await read(work, Membership, one.id)).unit_id == cast.HON_SAO.id
        assert "đã nhập vào <b>CĐ đặc khu Hòn Sao</b>" in (await told(work, one))[-1]
    assert (await read(work, Membership, cast.MAI.id)).unit_id == cast.SEN_VANG.id


async def test_a_role_held_at_both_units_is_held_once(work):
    async with work.write() as session:
        session.add(Membership(id=50, person_id=cast.AN.id, role=Role.OFFICER, unit_id=4))
    await bring(work, KCN_INTO_HS)
    assert (await read(work, Membership, cast.AN.id)).ended_at == NOW
    assert (await read(work, Membership, 50)).ended_at is None


async def test_an_open_invitation_leads_into_the_successor(work):
    async with work.write() as session:
        session.add(
            Invitation(
                id=7,
                code_hash="x",
                role=Role.OFFICER,
                unit_id=cast.KCN.id,
                created_at=NOW,
                expires_at=NOW + timedelta(days=3),
            )
        )
    await bring(work, KCN_INTO_HS)
    assert (await read(work, Invitation, 7)).unit_id == cast.HON_SAO.id


async def test_visits_to_come_stand_under_the_new_unit_and_old_ones_keep_theirs(work):
    coming = await a_visit(work, cast.SEN_VANG)
    done = await a_visit(work, cast.SONG_LANH, status=VisitStatus.REPORTED)
    past = await a_visit(work, cast.SEN_VANG, week=NOW - timedelta(days=7))
    await bring(work, KCN_INTO_HS)
    found = [(await read(work, Visit, key)).unit_id for key in (coming, done, past)]
    assert found == [cast.HON_SAO.id, cast.KCN.id, cast.KCN.id]


async def test_a_visit_to_a_merged_site_leads_to_its_successor(work):
    key = await a_visit(work, cast.BA_NHIP)
    await bring(
        work,
        {"code": cast.BA_NHIP.code, "dissolved_on": DAY, "successor": cast.BEN_QUE.code},
    )
    visit = await read(work, Visit, key)
    assert (visit.site_id, visit.unit_id) == (cast.BEN_QUE.id, cast.LONG_HOA.id)
    assert visit.key == visit_key(Week.containing(NOW), cast.AN.id, cast.BEN_QUE.id)
    assert "chuyển sang" in (await told(work, cast.AN))[-1]


@pytest.mark.parametrize("successor", ["", cast.SEN_VANG.code], ids=["none", "taken"])
async def test_a_visit_that_has_nowhere_to_lead_need_not_take_place(work, successor):
    await a_visit(work, cast.SEN_VANG)
    key = await a_visit(work, cast.BA_NHIP)
    row = {"code": cast.BA_NHIP.code, "dissolved_on": DAY, "successor": successor}
    await bring(work, row)
    visit = await read(work, Visit, key)
    assert (visit.status, visit.remind_at) == (VisitStatus.EXCUSED, None)
    assert "không phải đi <b>Cơ khí Ba Nhịp</b>" in (await told(work, cast.AN))[-1]
    async with work.read() as session:
        event = (await session.exec(select(VisitEvent))).one()
    assert (event.what, event.actor_id) == ("excused", None)


async def test_cases_of_a_merged_site_are_the_successors(work):
    case = await a_case(work, NOW, site=cast.BA_NHIP)
    await bring(
        work,
        {"code": cast.BA_NHIP.code, "dissolved_on": DAY, "successor": cast.BEN_QUE.code},
    )
    now = await case_now(work, case)
    assert (now.site_id, now.home_id, now.unit_id) == (cast.BEN_QUE.id, 3, 3)


async def test_cases_of_a_unit_without_a_successor_go_to_the_level_above(work):
    case = await a_case(work, NOW)
    moved = [{"code": s.code, "parent": "TINH"} for s in cast.SITES if s.parent == cast.KCN.id]
    await bring(work, {"code": "KCN", "dissolved_on": DAY}, *moved)
    assert (await case_now(work, case)).unit_id == cast.TINH.id


async def test_a_case_of_a_dissolved_site_follows_its_union_and_is_not_moved_for_ever(work):
    case = await a_case(work, NOW, site=cast.BA_NHIP)
    await bring(work, {"code": cast.BA_NHIP.code, "dissolved_on": DAY})
    await bring(work, KCN_INTO_HS)
    now = await case_now(work, case)
    assert (now.site_id, now.home_id, now.unit_id) == (cast.BA_NHIP.id, 4, 4)
    async with work.read() as session:
        assert (await place_of(session, now)).levels == (4, 1)
    async with work.write() as session:
        assert await cases.moved(session, [case.id]) == []


async def test_the_preview_says_who_and_what_goes_along(work):
    await a_case(work, NOW)
    await a_visit(work, cast.SEN_VANG)
    seen = await importing.preview(work, ADMIN, read_units(units(KCN_INTO_HS)), NOW)
    card = import_cards.preview(seen, file_id=3)
    assert "Giải thể, sáp nhập: 1" in card.text
    assert "giải thể ngày 10/11/2026, nhập vào HS" in card.text
    said = "5 đơn vị trực thuộc, 1 việc đang mở, 1 lượt đi sắp tới, 3 người giữ vai trò"
    assert said in card.text
    assert "Thay đổi" not in card.text
    assert card.rows
    done = import_cards.done(seen.plan).text
    for line in ("Thay đổi: 0", "Giải thể, sáp nhập: 1", "Chuyển theo: 5 đơn vị trực thuộc"):
        assert line in done


async def test_the_preview_counts_no_case_that_is_to_be_kept_quiet(work):
    """Whoever changes the list reads no cases: not even that there is one at a unit."""
    await a_case(work, NOW)
    before = await importing.preview(work, ADMIN, read_units(units(KCN_INTO_HS)), NOW)
    for hidden in ({"category": "QUAY_ROI"}, {"kind": "denunciation"}, {"about_id": cast.AN.id}):
        await set_case(work, await a_case(work, NOW), **hidden)
    after = await importing.preview(work, ADMIN, read_units(units(KCN_INTO_HS)), NOW)
    assert after.following == before.following
    assert after.concerned == before.concerned
    words = import_cards.preview(after, file_id=3).text
    assert words == import_cards.preview(before, file_id=3).text
    assert "Việc cần giữ kín, nếu có, cũng chuyển theo" in words


async def test_a_dash_brings_a_unit_back(work):
    await bring(work, KCN_INTO_HS)
    await bring(work, {"code": "KCN", "dissolved_on": "-"})
    found = await unit(work, "KCN")
    assert (found.dissolved_on, found.successor_id) == (None, None)


async def test_an_import_that_breaks_while_things_follow_leaves_nothing(work, monkeypatch):
    from bot.units.services import dissolutions

    async def broken(*_):
        raise RuntimeError

    monkeypatch.setattr(dissolutions, "_roles", broken)
    case = await a_case(work, NOW)
    with pytest.raises(RuntimeError):
        await bring(work, KCN_INTO_HS)
    assert (await unit(work, "KCN")).dissolved_on is None
    assert (await case_now(work, case)).unit_id == cast.KCN.id


async def test_an_enterprise_that_got_its_union_says_since_when(work):
    await bring(work, {"code": cast.VI_NA_SUN.code, "kind": "CĐCS", "members": 40})
    found = await unit(work, cast.VI_NA_SUN.code)
    assert (found.kind, found.union_since) == (UnitKind.SITE_UNION, date(2026, 11, 16))
    await bring(work, {"code": cast.SEN_VANG.code, "workers": 1900})
    assert (await unit(work, cast.SEN_VANG.code)).union_since is None
    await bring(work, {"code": cast.VI_NA_SUN.code, "kind": "doanh nghiệp"})
    assert (await unit(work, cast.VI_NA_SUN.code)).union_since is None


async def test_a_new_unit_may_come_in_as_one_that_was_merged(work):
    old = {
        "code": "OLD",
        "name": "LĐLĐ huyện cũ",
        "kind": "công đoàn cấp trên",
        "dissolved_on": "01/07/2025",
        "successor": "LH",
    }
    await bring(work, old)
    found = await unit(work, "OLD")
    assert (found.dissolved_on, found.successor_id) == (date(2025, 7, 1), cast.LONG_HOA.id)
