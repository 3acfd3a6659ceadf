"""The list of units in the database: on SQLite and PostgreSQL, all of it or nothing."""

from datetime import date

import pytest
from sqlalchemy import event
from sqlmodel import col, select

from bot.core.errors import Refused
from bot.core.rules.permissions import Actor, Grant
from bot.core.work import Work
from bot.units.cards import importing as import_cards
from bot.units.papers.units_file import read_units
from bot.units.services import importing
from storage.enums import UnitKind
from storage.models import Cluster, ClusterUnit, Unit, UnitRating
from tests import cast
from tests.rows import every
from tests.units.papers.sheets import units

ADMIN = Actor(cast.HA.id, cast.HA.full_name, (Grant("administrator", ("/1/",)),))
NOW = cast.MONDAY
NEW = {
    "code": "KCN-90",
    "name": "Gỗ Minh Thới",
    "kind": "doanh nghiệp chưa có công đoàn",
    "parent": "KCN",
    "workers": 132,
}


@pytest.fixture
async def work(any_store, settings):
    await cast.settle(any_store)
    return Work(any_store, settings, settings.make_calendar(), cast.VAULT)


async def bring(work, *rows, actor=ADMIN):
    """Preview and confirm, as the administrator does."""
    file = read_units(units(*rows))
    seen = await importing.preview(work, actor, file, NOW)
    assert not seen.plan.mistakes, seen.plan.mistakes
    return await importing.confirm(work, actor, file, seen.plan.digest(), NOW)


async def mistakes(work, *rows):
    file = read_units(units(*rows))
    seen = await importing.preview(work, ADMIN, file, NOW)
    return [(m.line, m.column, m.words) for m in seen.plan.mistakes]


async def unit(work, code):
    async with work.read() as session:
        return (await session.exec(select(Unit).where(Unit.code == code))).one()


async def snapshot(work):
    async with work.read() as session:
        found = [
            (await session.exec(every(table))).all()
            for table in (Unit, UnitRating, Cluster, ClusterUnit)
        ]
    return [sorted(row.model_dump_json() for row in rows) for rows in found]


async def clusters_of(work, code):
    async with work.read() as session:
        found = await session.exec(
            select(Cluster.name)
            .join(ClusterUnit, col(ClusterUnit.cluster_id) == col(Cluster.id))
            .join(Unit, col(Unit.id) == col(ClusterUnit.unit_id))
            .where(Unit.code == code)
        )
        return list(found.all())


async def test_a_new_unit_is_there_with_its_path_and_can_be_found(work):
    assert (await bring(work, NEW)).done
    found = await unit(work, "KCN-90")
    assert found.path == f"/1/2/{found.id}/"
    assert (found.folded, found.kind) == ("go minh thoi", UnitKind.ENTERPRISE)
    assert (found.workers, found.known_since) == (132, date(2026, 11, 16))


async def test_a_whole_branch_arrives_in_any_order(work):
    site = {"code": "S1", "name": "Một", "kind": "CĐCS", "parent": "P2"}
    ward = {"code": "P2", "name": "Phường Hai", "kind": "công đoàn cấp trên", "parent": "P1"}
    zone = {"code": "P1", "name": "Khu Một", "kind": "công đoàn cấp trên"}
    await bring(work, site, ward, zone)
    found = [await unit(work, code) for code in ("P1", "P2", "S1")]
    assert [u.path for u in found] == [
        f"/1/{found[0].id}/",
        f"/1/{found[0].id}/{found[1].id}/",
        f"/1/{found[0].id}/{found[1].id}/{found[2].id}/",
    ]


async def test_the_same_list_twice_changes_nothing(work):
    row = {
        **NEW,
        "kind": "CĐCS",
        "rating": "HT",
        "rating_year": 2025,
        "officer": cast.AN.full_name,
        "cluster": "Khối KCN",
        "latitude": 10.3712,
        "longitude": 105.4323,
        "contact_phone": "0912 345 678",
        "sensitive": "có",
    }
    await bring(work, row)
    before = await snapshot(work)
    again = await bring(work, row)
    assert (again.done, again.plan.new, again.plan.changed, again.plan.same) == (False, (), (), 1)
    assert await snapshot(work) == before


async def test_a_moved_unit_takes_everything_below_it_along(work):
    await bring(work, {"code": "LH", "parent": "KCN"})
    assert (await unit(work, "LH")).path == "/1/2/3/"
    assert (await unit(work, cast.BEN_QUE.code)).path == "/1/2/3/21/"
    assert (await unit(work, cast.BIEN_NGOC.code)).path == "/1/4/31/"


async def test_units_that_the_list_does_not_name_stay_as_they_are(work):
    found = await bring(work, {"code": "KCN-11", "workers": 1900})
    assert found.plan.missing == len(cast.PLACES) - 1
    assert (await unit(work, "LH")).dissolved_on is None


async def test_one_mistake_and_nothing_is_imported(work):
    before = await snapshot(work)
    file = read_units(units(NEW, {"code": "A2", "name": "Hai", "kind": "CĐCS", "parent": "KCX"}))
    seen = await importing.preview(work, ADMIN, file, NOW)
    found = await importing.confirm(work, ADMIN, file, seen.plan.digest(), NOW)
    assert not found.done
    assert await snapshot(work) == before


async def test_an_import_that_breaks_in_the_middle_leaves_nothing(work, monkeypatch):
    from bot.units.services import import_changes

    async def broken(*_):
        raise RuntimeError

    monkeypatch.setattr(import_changes, "_cluster", broken)
    before = await snapshot(work)
    with pytest.raises(RuntimeError):
        await bring(work, NEW)
    assert await snapshot(work) == before


async def test_what_changed_since_the_preview_is_not_imported(work):
    file = read_units(units({"code": "KCN-11", "workers": 2000}))
    seen = await importing.preview(work, ADMIN, file, NOW)
    await bring(work, {"code": "KCN-11", "workers": 1999})
    found = await importing.confirm(work, ADMIN, file, seen.plan.digest(), NOW)
    assert (found.done, found.ready) == (False, True)
    assert (await unit(work, "KCN-11")).workers == 1999


async def test_a_rating_is_added_and_corrected(work):
    await bring(work, {"code": "KCN-11", "rating": "T", "rating_year": 2025})
    await bring(work, {"code": "KCN-11", "rating": "hoàn thành", "rating_year": 2024})
    async with work.read() as session:
        found = await session.exec(select(UnitRating).where(UnitRating.unit_id == 11))
        assert {r.year: str(r.rating) for r in found.all()} == {2025: "T", 2024: "HT"}


@pytest.mark.parametrize("words", ["Nguyễn Thị An", "nguyen thi an", "0912345678", "+84 912345678"])
async def test_an_officer_is_found_by_name_or_phone(work, words):
    async with work.write() as session:
        an = await session.get(cast.Person, cast.AN.id)
        an.phone = "0912.345.678"
    await bring(work, {"code": "KCN-11", "officer": words})
    assert (await unit(work, "KCN-11")).officer_id == cast.AN.id


async def test_two_officers_of_one_name_are_a_mistake_and_an_unknown_name_is_none(work):
    async with work.write() as session:
        binh = await session.get(cast.Person, cast.BINH.id)
        binh.name = cast.AN.full_name
    found = await mistakes(
        work,
        {"code": "KCN-11", "officer": "Ai Đó"},
        {"code": "KCN-12", "officer": cast.AN.full_name},
        {"code": "KCN-13", "officer": cast.GIANG.full_name},  # leads, is no officer
    )
    assert [(line, column) for line, column, _ in found] == [(3, "officer")]
    assert "số điện thoại" in found[0][2]


async def test_an_officer_can_be_taken_off(work):
    await bring(work, {"code": "KCN-11", "officer": cast.AN.full_name})
    await bring(work, {"code": "KCN-11", "officer": "-"})
    assert (await unit(work, "KCN-11")).officer_id is None


async def test_a_cluster_is_made_once_and_found_again_without_accents(work):
    await bring(
        work, {"code": "KCN-11", "cluster": "Khối 1"}, {"code": "KCN-12", "cluster": "khoi 1"}
    )
    await bring(work, {"code": "KCN-13", "cluster": "KHỐI 1"})
    for code in ("KCN-11", "KCN-12", "KCN-13"):
        assert await clusters_of(work, code) == ["Khối 1"]


async def test_a_unit_changes_its_cluster(work):
    await bring(work, {"code": cast.BEN_QUE.code, "cluster": "Khối phường"})
    assert await clusters_of(work, cast.BEN_QUE.code) == ["Khối phường"]
    assert await clusters_of(work, cast.BIEN_NGOC.code) == [cast.CLUSTER_NAME]
    await bring(work, {"code": cast.BEN_QUE.code, "cluster": "-"})
    assert await clusters_of(work, cast.BEN_QUE.code) == []


@pytest.mark.parametrize(
    "actor",
    [
        Actor(),
        Actor(5, "Giang", (Grant("supervisor", ("/1/",)),)),
        Actor(9, "Quản trị phường", (Grant("administrator", ("/1/3/",)),)),
    ],
    ids=["stranger", "supervisor of all", "administrator of one branch"],
)
async def test_only_who_administers_the_whole_tree_may_look_or_import(work, actor):
    file = read_units(units(NEW))
    with pytest.raises(Refused):
        await importing.preview(work, actor, file, NOW)
    with pytest.raises(Refused):
        await importing.confirm(work, actor, file, "", NOW)
    assert not await importing.may_import(work, actor)


async def test_the_operator_may_import_without_being_anybody(work):
    assert (await bring(work, NEW, actor=None)).done


async def test_more_units_take_no_more_reading_queries(work):
    rows = [{**NEW, "code": f"DN{n}", "name": f"Đơn vị {n}"} for n in range(300)]
    few, many = read_units(units(*rows[:3])), read_units(units(*rows))
    assert await _statements(work, few) == await _statements(work, many)


async def _statements(work, file):
    """How many statements a preview takes."""
    seen = []

    def note(conn, cursor, statement, *_):
        seen.append(statement)

    engine = work.store.engine.sync_engine
    event.listen(engine, "before_cursor_execute", note)
    await importing.preview(work, ADMIN, file, NOW)
    event.remove(engine, "before_cursor_execute", note)
    return len(seen)


async def test_a_tree_begins_with_the_organisation_even_if_the_list_does_not(any_store, settings):
    empty = Work(any_store, settings, settings.make_calendar(), cast.VAULT)
    zone = {"code": "KCN", "name": "CĐ các KCN", "kind": "công đoàn cấp trên"}
    other = {"code": "LD", "name": "LĐLĐ khác", "kind": "LĐLĐ tỉnh/ban"}
    file = read_units(units(zone, other))
    seen = await importing.preview(empty, None, file, NOW)
    assert seen.plan.top.code == "TINH"
    assert "Đơn vị cao nhất: LĐLĐ tỉnh (TINH)" in import_cards.preview(seen).text
    assert (await bring(empty, zone, other, actor=None)).done
    top = await unit(empty, "TINH")
    assert (top.path, top.parent_id, top.kind) == (f"/{top.id}/", None, UnitKind.FEDERATION)
    assert (await unit(empty, "KCN")).parent_id == (await unit(empty, "LD")).parent_id == top.id
    again = await importing.preview(empty, None, file, NOW)
    assert not again.ready


async def test_a_list_that_names_the_organisation_decides_what_it_is(any_store, settings):
    empty = Work(any_store, settings, settings.make_calendar(), cast.VAULT)
    top = {"code": "tinh", "name": "CĐ ngành", "kind": "công đoàn cấp trên"}
    found = await bring(empty, top, actor=None)
    assert (found.plan.top, len(found.plan.new)) == (None, 1)


@pytest.mark.parametrize("typed", ["КСN-11", "KCN–11", "ＫＣＮ-11", "kcn‑11", "KCN\u200b-11"])
async def test_a_known_unit_is_meant_by_a_code_that_only_looks_the_same(work, typed):
    assert (await bring(work, {"code": typed, "workers": 1900})).done
    assert (await unit(work, "KCN-11")).workers == 1900


async def test_a_parent_typed_in_another_alphabet_is_found_and_a_new_code_is_kept_plain(work):
    await bring(work, {**NEW, "code": "КСN–90", "parent": "КСN"})
    assert (await unit(work, "KCN-90")).path.startswith("/1/2/")


async def test_what_only_follows_from_an_unread_cell_is_not_said(work):
    row = {**NEW, "code": "A1", "kind": "hợp tác xã", "workers": "nhiều", "women": 12}
    found = await mistakes(work, row, {"code": "A2", "name": "Hai", "kind": "CĐCS", "parent": "QQ"})
    assert [(line, column) for line, column, _ in found] == [
        (2, "kind"),
        (2, "workers"),
        (3, "parent"),
    ]
