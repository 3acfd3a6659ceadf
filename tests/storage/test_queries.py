"""Named queries that others build on: subtrees, roles spread over clusters, open drafts."""

from datetime import timedelta

import pytest

from storage import drafts, people, units
from storage.enums import Role, UnitKind
from storage.models import Draft, Membership, Unit
from storage.store import Store
from tests import cast


@pytest.fixture
async def shop(any_store: Store) -> Store:
    await cast.settle(any_store)
    return any_store


@pytest.mark.parametrize(
    ("paths", "found"),
    [
        (["/1/"], {site.name for site in cast.SITES}),
        ([cast.HON_SAO.path], {"Khách sạn Biển Ngọc", "Nước mắm Ông Tư", "Resort Cát Trắng"}),
        ([cast.BEN_QUE.path, cast.ONG_TU.path], {"Siêu thị Bến Quê", "Nước mắm Ông Tư"}),
        (["/1/1/"], set()),  # no unit 1/1, although 11 begins so
        (["/_/", "/%"], set()),  # wildcards are letters like any other
        ([], set()),
    ],
)
async def test_a_subtree_holds_its_sites_and_no_others(
    shop: Store, paths: list[str], found: set[str]
) -> None:
    async with shop.read() as session:
        assert {site.name for site in await units.sites(session, paths)} == found


async def test_a_dissolved_site_is_not_visited_any_more(shop: Store) -> None:
    async with shop.write() as session:
        site = await session.get(Unit, cast.ONG_TU.id)
        assert site
        site.dissolved_on = cast.MONDAY.date()
    async with shop.read() as session:
        assert cast.ONG_TU.id not in {s.id for s in await units.sites(session, ["/1/"])}


async def test_the_ancestors_come_root_first(shop: Store) -> None:
    async with shop.read() as session:
        site = await session.get(Unit, cast.SEN_VANG.id)
        assert site
        above = await units.ancestors(session, site)
    assert [unit.kind for unit in above] == [UnitKind.FEDERATION, UnitKind.UPPER]
    assert [unit.id for unit in above] == [cast.TINH.id, cast.KCN.id]


async def test_a_role_over_a_cluster_covers_each_of_its_units(shop: Store) -> None:
    async with shop.read() as session:
        rows = await people.roles_with_paths(session, {cast.KHOA.id, cast.AN.id})
    assert set(rows) == {
        (cast.AN.id, Role.OFFICER, cast.KCN.path),
        *((cast.KHOA.id, Role.SUPERVISOR, site.path) for site in cast.CLUSTER),
    }


async def test_a_role_that_has_ended_is_none(shop: Store) -> None:
    async with shop.write() as session:
        role = await session.get(Membership, cast.AN.id)
        assert role
        role.ended_at = cast.MONDAY
    async with shop.read() as session:
        assert await people.roles_with_paths(session, {cast.AN.id}) == []
        assert cast.AN.id not in {p.id for p in await people.holding(session, [Role.OFFICER])}


async def test_the_first_refusal_counts_until_the_person_can_be_reached_again(shop: Store) -> None:
    later = cast.MONDAY + timedelta(days=1)
    async with shop.write() as session:
        await people.set_blocked(session, cast.AN.id, cast.MONDAY)
        await people.set_blocked(session, cast.AN.id, later)
    async with shop.write() as session:
        an = await people.by_address(session, cast.AN.address)
        assert an
        assert an.blocked_at == cast.MONDAY
        await people.set_blocked(session, cast.AN.id, None)
        await session.refresh(an)
        assert an.blocked_at is None


async def test_words_go_to_the_form_that_was_touched_last(shop: Store) -> None:
    async with shop.write() as session:
        for minute, form in enumerate(("report", "leave", "excuse")):
            at = cast.MONDAY + timedelta(minutes=minute)
            session.add(Draft(form=form, owner="p:1", created_at=at, updated_at=at))
    async with shop.read() as session:
        latest = await drafts.latest(session, ["p:1"], {"report", "leave", "excuse"})
        assert latest
        assert latest.form == "excuse"
        assert [draft.form for draft in await drafts.of_owners(session, ["p:1"])] == [
            "excuse",
            "leave",
            "report",
        ]
        assert await drafts.latest(session, ["p:2"], {"report"}) is None
        older = await drafts.latest(session, ["p:1"], {"report"})
        assert older
        assert older.form == "report"
        assert await drafts.find(session, "p:1", "leave", "visit:9") is None
