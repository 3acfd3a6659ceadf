"""Changes of the organisation: from a day on, for everybody concerned, taken back in a day."""

from datetime import date, timedelta

import pytest
from sqlmodel import col, select

from bot.core.context import Context
from bot.core.errors import Refused
from bot.core.rules.permissions import Actor, Grant
from bot.core.work import Work
from bot.units.papers.units_file import read_units
from bot.units.services import changes, importing
from bot.units.services.changes import NewChange
from storage.enums import OrgChangeKind, OrgChangeState, Role
from storage.models import (
    Membership,
    OrgChange,
    OutboxMessage,
    metadata,
)
from tests import cast, soundness
from tests.cases.help import a_case, set_case
from tests.units.papers.sheets import units
from tests.units.services.test_importing import ADMIN, bring, unit
from tests.units.services.test_merging import a_visit

NOW = cast.MONDAY
TODAY = date(2026, 11, 16)
DECEMBER = date(2026, 12, 1)
LOGS = {"visit_event", "case_event", "outbox_message", "org_change"}


@pytest.fixture
async def work(any_store, settings):
    await cast.settle(any_store)
    work = Work(any_store, settings, settings.make_calendar(), cast.VAULT)
    await a_visit(work, cast.SEN_VANG, remind_at=NOW + timedelta(days=1))
    await a_visit(work, cast.BEN_QUE, cast.CUC)
    case = await a_case(work, NOW)
    await set_case(work, case, assignee_id=cast.AN.id, status="in_progress")
    return work


async def propose(work, kind, place, day=TODAY, actor=ADMIN, **more):
    context = Context(work, actor, NOW)
    return await changes.propose(context, NewChange(kind, place.id, day, **more))


async def done(work, kind, place, day=TODAY, **more):
    facts = await propose(work, kind, place, day, **more)
    assert not facts.problems
    return await changes.confirm(Context(work, ADMIN, NOW), facts.change_id, facts.digest)


async def everything(work):
    """Every row of every table but those that only tell of what happened."""
    async with work.read() as session:
        return {
            table.name: sorted(map(repr, (await session.exec(table.select())).all()))
            for table in metadata.sorted_tables
            if table.name not in LOGS
        }


async def told(work, what):
    async with work.read() as session:
        rows = await session.exec(
            select(OutboxMessage).where(col(OutboxMessage.dedupe_key).contains(f":{what}:"))
        )
        return {row.person_id: row.text for row in rows.all()}


KINDS = [
    (OrgChangeKind.RENAME, cast.LONG_HOA, {"name": "CĐ phường Long Hòa Đông"}),
    (OrgChangeKind.MOVE, cast.SEN_VANG, {"into_id": 3, "along": "KCN-12\nGiày Tân Lúa"}),
    (OrgChangeKind.MERGE, cast.KCN, {"into_id": 4}),
    (OrgChangeKind.MERGE, cast.SEN_VANG, {"into_id": 12}),
    (
        OrgChangeKind.SPLIT,
        cast.KCN,
        {"name": "CĐ KCN Bắc", "code": "KCNB", "along": "KCN-11, KCN-12"},
    ),
    (OrgChangeKind.DISSOLVE, cast.KCN, {"into_id": 1}),
    (OrgChangeKind.DISSOLVE, cast.BEN_QUE, {}),
]


async def misplaced(work) -> list[str]:
    """What a checker would say of units of earlier days and of changes."""
    found = await soundness.broken(work.store, NOW)
    return [one.name for one in found if one.name.startswith(("unit_past", "org_change"))]


@pytest.mark.parametrize(("kind", "place", "more"), KINDS)
async def test_a_change_is_taken_back_to_the_last_row(work, kind, place, more):
    before = await everything(work)
    facts = await done(work, kind, place, **more)
    assert facts.state is OrgChangeState.DONE
    assert await everything(work) != before
    assert await misplaced(work) == []
    later = Context(work, ADMIN, NOW + timedelta(hours=23))
    facts = await changes.undo(later, facts.change_id)
    assert (facts.state, facts.problems) == (OrgChangeState.UNDONE, ())
    assert await everything(work) == before
    assert await misplaced(work) == []


async def test_a_list_of_units_is_taken_back_too(work):
    before = await everything(work)
    outcome = await bring(
        work,
        {"code": "PM", "name": "CĐ phường Mới", "kind": "công đoàn cấp trên"},
        *({"code": s.code, "parent": "PM"} for s in cast.SITES if s.id not in (12, 13)),
        {"code": "LH", "dissolved_on": "16/11/2026", "successor": "PM"},
        {"code": "HS", "name": "CĐ Hòn Sao", "cluster": "Khối mới"},
        {"code": "KCN-12", "workers": 1300, "rating": "XS", "rating_year": 2025},
        {"code": "KCN-13", "rating": "HT", "rating_year": 2024},
    )
    facts = await changes.undo(Context(work, ADMIN, NOW), outcome.change_id)
    assert facts.problems == ()
    after = await everything(work)
    after["cluster"] = before["cluster"]  # a name of a cluster harms nobody
    assert after == before


async def test_what_changed_since_is_named_and_nothing_is_taken_back(work):
    facts = await done(work, OrgChangeKind.MERGE, cast.KCN, into_id=4)
    await bring(work, {"code": "KCN-11", "parent": "LH"})
    before = await everything(work)
    facts = await changes.undo(Context(work, ADMIN, NOW), facts.change_id)
    assert [line for line in facts.problems if cast.SEN_VANG.name in line]
    assert await everything(work) == before


async def test_a_new_unit_with_work_of_its_own_is_not_taken_away(work):
    facts = await done(work, OrgChangeKind.SPLIT, cast.KCN, name="CĐ Bắc", code="B")
    new = await unit(work, "B")
    async with work.write() as session:
        session.add(Membership(person_id=cast.AN.id, role=Role.OFFICER, unit_id=new.id))
    facts = await changes.undo(Context(work, ADMIN, NOW), facts.change_id)
    assert "CĐ Bắc" in "".join(facts.problems)


async def test_after_a_day_nothing_is_taken_back_and_what_was_before_is_forgotten(work):
    facts = await done(work, OrgChangeKind.RENAME, cast.LONG_HOA, name="Tên mới")
    later = Context(work, ADMIN, NOW + timedelta(days=1))
    with pytest.raises(Refused):
        await changes.undo(later, facts.change_id)
    await changes.STREAM.ensure(work, later.now)
    async with work.read() as session:
        row = await session.get(OrgChange, facts.change_id)
    assert (row.before, row.rows, row.remind_at) == (None, [], None)


async def test_a_planned_change_is_told_before_done_on_its_day_and_told_again(work):
    facts = await done(work, OrgChangeKind.MOVE, cast.BEN_QUE, DECEMBER, into_id=2)
    assert facts.state is OrgChangeState.PLANNED
    assert (await unit(work, "LH-21")).path == "/1/3/21/"
    there = {cast.CUC.id, cast.DUNG.id, cast.AN.id, cast.BINH.id, cast.GIANG.id}
    assert set(await told(work, "planned")) == there
    assert "Từ ngày 01/12/2026" in (await told(work, "planned"))[cast.CUC.id]
    await changes.STREAM.ensure(work, NOW + timedelta(days=14))
    assert (await unit(work, "LH-21")).path == "/1/3/21/"
    await changes.STREAM.ensure(work, NOW + timedelta(days=15))
    assert (await unit(work, "LH-21")).path == "/1/2/21/"
    assert set(await told(work, "done")) == set(await told(work, "planned"))


async def test_a_planned_change_that_cannot_be_done_any_more_is_told_to_who_planned_it(work):
    facts = await done(work, OrgChangeKind.MERGE, cast.KCN, DECEMBER, into_id=4)
    await bring(work, {"code": "HS", "dissolved_on": "16/11/2026", "successor": "LH"})
    await changes.STREAM.ensure(work, NOW + timedelta(days=15))
    assert (await unit(work, "KCN")).dissolved_on is None
    (words,) = (await told(work, "failed")).values()
    assert "đã giải thể trước đó" in words
    looked = await changes.look(Context(work, ADMIN, NOW), facts.change_id)
    assert looked.state is OrgChangeState.FAILED


async def test_a_planned_change_is_called_off_and_who_was_told_hears_of_it(work):
    facts = await done(work, OrgChangeKind.MOVE, cast.BEN_QUE, DECEMBER, into_id=2)
    await changes.drop(Context(work, ADMIN, NOW), facts.change_id)
    assert set(await told(work, "off")) == set(await told(work, "planned"))
    await changes.STREAM.ensure(work, NOW + timedelta(days=20))
    assert (await unit(work, "LH-21")).path == "/1/3/21/"


async def test_the_preview_counts_what_is_open_at_the_units_and_below(work):
    facts = await propose(work, OrgChangeKind.MERGE, cast.KCN, into_id=4)
    there = facts.concerned
    assert (there.units, there.visits, there.cases, there.people) == (6, 1, 1, 4)


@pytest.mark.parametrize(
    ("kind", "place", "more", "words"),
    [
        (OrgChangeKind.MOVE, cast.BEN_QUE, {"into_id": 2, "along": "XX\nLH-22"}, "mã hoặc tên XX"),
        (OrgChangeKind.MERGE, cast.KCN, {"into_id": 11}, "khác loại"),
        (OrgChangeKind.DISSOLVE, cast.KCN, {}, "còn 5 đơn vị trực thuộc"),
        (OrgChangeKind.SPLIT, cast.KCN, {"name": "B", "code": "lh"}, "đã có đơn vị khác dùng"),
        (OrgChangeKind.RENAME, cast.KCN, {"name": cast.KCN.name}, "Không có gì khác"),
    ],
)
async def test_what_cannot_be_is_said_before_anything_is_kept(work, kind, place, more, words):
    with pytest.raises(Refused, match=words):
        await propose(work, kind, place, **more)
    async with work.read() as session:
        assert not (await session.exec(select(OrgChange))).all()


async def test_an_administrator_of_a_part_changes_that_part_only(work):
    part = Actor(cast.HA.id, cast.HA.full_name, (Grant("administrator", ("/1/3/",)),))
    more = {"kind": OrgChangeKind.RENAME, "actor": part, "name": "Tên mới"}
    assert await propose(work, place=cast.BEN_QUE, **more)
    with pytest.raises(Refused):
        await propose(work, place=cast.SEN_VANG, **more)
    with pytest.raises(Refused):
        await propose(work, OrgChangeKind.MOVE, cast.BEN_QUE, actor=part, into_id=2)


async def test_a_list_can_be_planned_for_a_day(work):
    file = read_units(units({"code": "LH-21", "parent": "KCN"}))
    rows, mistakes = await importing.resolved_rows(work, ADMIN, file)
    context = Context(work, ADMIN, NOW)
    facts = await changes.propose_list(context, rows, DECEMBER, "Danh sách đơn vị")
    assert (mistakes, facts.later) == ([], True)
    await changes.confirm(context, facts.change_id, facts.digest)
    await changes.STREAM.ensure(work, NOW + timedelta(days=15))
    assert (await unit(work, "LH-21")).path == "/1/2/21/"


async def test_what_another_changed_meanwhile_is_looked_at_again(work):
    facts = await propose(work, OrgChangeKind.MOVE, cast.BEN_QUE, into_id=2)
    await bring(work, {"code": "LH-21", "name": "Bến Quê Hai"})
    again = await changes.confirm(Context(work, ADMIN, NOW), facts.change_id, facts.digest)
    assert again.outdated
    assert again.state is OrgChangeState.PROPOSED


MANY = tuple(f"N-{n:02}" for n in range(1, 13))


async def move_many(work):
    """Twelve sites from Long Hòa and May Sen Vàng from KCN, all to Hòn Sao, by a list."""
    sites = [{"code": c, "name": f"Xưởng số {c[2:]}", "kind": "CĐCS", "parent": "LH"} for c in MANY]
    await bring(work, *sites)
    return await bring(work, *({"code": code, "parent": "HS"} for code in (*MANY, "KCN-11")))


async def test_of_many_moves_each_reads_their_own_first_and_the_rest_in_a_few_lines(work):
    await move_many(work)
    texts = await told(work, "done")
    own, everything_else = texts[cast.MAI.id].split("Tất cả thay đổi:")
    assert "Sen Vàng: từ CĐ các KCN tỉnh chuyển sang CĐ đặc khu Hòn Sao" in own
    assert "Xưởng" not in own
    assert "12 đơn vị (Xưởng số 01, Xưởng số 02, …): từ CĐ phường Long Hòa" in everything_else
    assert "Sen Vàng" in everything_else
    assert "đơn vị nữa" not in everything_else
    assert "Liên quan đến đồng chí" not in texts[cast.DUNG.id]


async def test_own_units_are_named_where_one_line_says_the_same_of_all(work):
    sites = [
        {"code": c, "name": f"Xưởng số {c[2:]}", "kind": "CĐCS", "parent": "KCN"} for c in MANY
    ]
    await bring(work, *sites)
    await bring(work, *({"code": code, "parent": "HS"} for code in (*MANY, "KCN-11")))
    text = (await told(work, "done"))[cast.MAI.id]
    assert "13 đơn vị" in text
    assert "Liên quan đến đồng chí:\n• " in text
    assert "Sen Vàng: từ CĐ các KCN tỉnh chuyển sang CĐ đặc khu Hòn Sao" in text


async def test_a_leader_above_both_places_hears_of_a_move_and_not_of_a_new_name(work):
    await done(work, OrgChangeKind.MOVE, cast.BEN_QUE, into_id=2)
    assert cast.GIANG.id in await told(work, "done")
    async with work.write() as session:
        for row in (await session.exec(select(OutboxMessage))).all():
            await session.delete(row)
    await done(work, OrgChangeKind.RENAME, cast.LONG_HOA, name="Tên mới")
    assert cast.GIANG.id not in await told(work, "done")


async def test_what_is_taken_back_is_said_of_the_readers_own_units(work):
    outcome = await move_many(work)
    facts = await changes.undo(Context(work, ADMIN, NOW), outcome.change_id)
    assert facts.problems == ()
    texts = await told(work, "undone")
    assert "Sen Vàng: trở lại CĐ các KCN tỉnh" in texts[cast.MAI.id]
    assert "Sen Vàng" not in texts[cast.CUC.id]


async def test_what_was_planned_and_called_off_is_said_of_the_readers_own_units(work):
    await bring(
        work,
        *({"code": c, "name": f"Xưởng {c}", "kind": "CĐCS", "parent": "LH"} for c in MANY),
    )
    rows, _ = await importing.resolved_rows(
        work,
        ADMIN,
        read_units(units(*({"code": code, "parent": "HS"} for code in (*MANY, "KCN-11")))),
    )
    context = Context(work, ADMIN, NOW)
    facts = await changes.propose_list(context, rows, DECEMBER, "Danh sách đơn vị")
    await changes.confirm(context, facts.change_id, facts.digest)
    assert "Liên quan đến đồng chí" in (await told(work, "planned"))[cast.MAI.id]
    await changes.drop(context, facts.change_id)
    assert "Sen Vàng" in (await told(work, "off"))[cast.MAI.id]
