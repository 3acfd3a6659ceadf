"""Invitations, at the service: what a link is good for, and for whom."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import select

from bot.app.upkeep import tidy
from bot.channels.telegram.addresses import address_of
from bot.config.settings import Settings
from bot.core import access
from bot.core.context import Context
from bot.core.errors import Refused
from bot.core.rules.permissions import Action
from bot.core.work import Work
from bot.people.services import invitations, role_endings
from bot.people.services.invitation_places import NamedPlace, places
from storage.enums import Role
from storage.models import Invitation, Membership, Person, Unit
from storage.store import Store
from tests import cast
from tests.cast import (
    AN,
    BEN_QUE,
    CLUSTER_NAME,
    CUC,
    HA,
    KCN,
    LONG_HOA,
    MONDAY,
    SEN_VANG,
    TINH,
    VAULT,
)


@pytest.fixture
def empty(any_store: Store, settings: Settings) -> Work:
    """Both databases, without anybody."""
    return Work(any_store, settings, settings.make_calendar(), VAULT)


@pytest.fixture
async def settled(empty: Work) -> Work:
    """Both databases, with the cast."""
    await cast.settle(empty.store)
    return empty


async def count(work: Work, table) -> int:
    async with work.read() as session:
        return len((await session.exec(select(table))).all())


async def test_of_many_people_at_once_exactly_one_gets_in(settled: Work) -> None:
    created = await invitations.create(
        settled, None, Role.OFFICER, NamedPlace(unit_id=KCN.id), MONDAY
    )
    before = await count(settled, Membership)

    tries = [
        invitations.accept(
            settled, created.code, address_of(8_000_000_000 + n), "Đỗ Văn Tú", MONDAY
        )
        for n in range(8)
    ]
    results = await asyncio.gather(*tries, return_exceptions=True)
    assert sum(isinstance(one, invitations.Accepted) for one in results) == 1
    assert sum("đã có người dùng" in str(one) for one in results) == 7
    assert await count(settled, Membership) == before + 1


async def test_the_same_person_at_once_twice_is_in_once(settled: Work) -> None:
    created = await invitations.create(
        settled, None, Role.OFFICER, NamedPlace(unit_id=KCN.id), MONDAY
    )
    tries = [
        invitations.accept(settled, created.code, address_of(8_000_000_001), "Đỗ Văn Tú", MONDAY)
        for _ in range(4)
    ]
    results = await asyncio.gather(*tries, return_exceptions=True)
    assert sum(isinstance(one, invitations.Accepted) for one in results) == 1
    assert all(isinstance(one, Refused | invitations.Accepted) for one in results)


async def test_the_first_administrator_comes_before_any_unit(empty: Work) -> None:
    created = await invitations.create(empty, None, Role.ADMINISTRATOR, NamedPlace(), MONDAY)
    await invitations.accept(empty, created.code, address_of(8_000_000_001), "Đỗ Văn Tú", MONDAY)
    actor = await access.actor_of(empty, address_of(8_000_000_001))
    assert created.place == empty.settings.organisation.name
    assert actor.may(Action.INVITE)
    await invitations.create(
        empty, actor, Role.SUPERVISOR, NamedPlace(), MONDAY
    )  # in scope: the whole tree
    assert await count(empty, Unit) == 1


async def test_the_link_itself_is_kept_nowhere(settled: Work) -> None:
    created = await invitations.create(
        settled, None, Role.OFFICER, NamedPlace(unit_code=KCN.code), MONDAY
    )
    async with settled.read() as session:
        row = await session.get(Invitation, created.invitation_id)
    assert row is not None
    assert created.code not in str(row.model_dump())
    assert set(created.code) <= set(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-"
    )
    assert len(created.code) <= 64


async def test_somebody_who_left_comes_in_again_as_the_same_person(settled: Work) -> None:
    ha = await access.actor_of(settled, HA.address)
    await role_endings.end(Context(settled, ha, MONDAY), AN.id)
    created = await invitations.create(
        settled, ha, Role.OFFICER, NamedPlace(unit_id=LONG_HOA.id), MONDAY
    )
    people = await count(settled, Person)
    accepted = await invitations.accept(settled, created.code, AN.address, "Tên khác", MONDAY)
    assert (accepted.person_id, accepted.name) == (AN.id, AN.full_name)
    assert await count(settled, Person) == people
    actor = await access.actor_of(settled, AN.address)
    assert actor.paths_for(Action.GO_TO_SITES) == (LONG_HOA.path,)


async def test_a_second_role_is_added_to_the_first(settled: Work) -> None:
    created = await invitations.create(
        settled, None, Role.SUPERVISOR, NamedPlace(unit_id=KCN.id), MONDAY
    )
    await invitations.accept(settled, created.code, AN.address, "An", MONDAY)
    actor = await access.actor_of(settled, AN.address)
    assert actor.may(Action.GO_TO_SITES)
    assert actor.may(Action.DIRECT_VISIT)


async def test_a_role_that_is_held_already_leaves_the_link_for_another(settled: Work) -> None:
    created = await invitations.create(
        settled, None, Role.OFFICER, NamedPlace(unit_id=KCN.id), MONDAY
    )
    with pytest.raises(Refused, match="đã có vai trò này"):
        await invitations.accept(settled, created.code, AN.address, "An", MONDAY)
    await invitations.accept(settled, created.code, address_of(8_000_000_001), "Đỗ Văn Tú", MONDAY)


@pytest.mark.parametrize(
    ("days", "revoked", "words"),
    [(14, False, "hết hạn"), (0, True, "thu hồi"), (20, True, "thu hồi")],
)
async def test_a_link_that_is_over_says_why(
    work: Work, days: int, revoked: bool, words: str
) -> None:
    await cast.settle(work.store)
    ha = await access.actor_of(work, HA.address)
    created = await invitations.create(work, ha, Role.OFFICER, NamedPlace(unit_id=KCN.id), MONDAY)
    if revoked:
        await invitations.revoke(Context(work, ha, MONDAY), created.invitation_id)
    with pytest.raises(Refused, match=words):
        await invitations.accept(
            work,
            created.code,
            address_of(8_000_000_001),
            "Đỗ Văn Tú",
            MONDAY + timedelta(days=days),
        )
    assert not await invitations.open_invitations(Context(work, ha, MONDAY + timedelta(days=days)))


async def test_a_used_link_is_not_revoked_any_more(work: Work) -> None:
    await cast.settle(work.store)
    ha = await access.actor_of(work, HA.address)
    created = await invitations.create(work, ha, Role.OFFICER, NamedPlace(unit_id=KCN.id), MONDAY)
    await invitations.accept(work, created.code, address_of(8_000_000_001), "Đỗ Văn Tú", MONDAY)
    with pytest.raises(Refused, match="không thu hồi được nữa"):
        await invitations.revoke(Context(work, ha, MONDAY), created.invitation_id)


async def test_an_administrator_invites_within_their_own_units_only(settled: Work) -> None:
    created = await invitations.create(
        settled, None, Role.ADMINISTRATOR, NamedPlace(unit_id=KCN.id), MONDAY
    )
    await invitations.accept(settled, created.code, CUC.address, "Cúc", MONDAY)
    cuc = await access.actor_of(settled, CUC.address)
    await invitations.create(
        settled, cuc, Role.REPRESENTATIVE, NamedPlace(unit_id=SEN_VANG.id), MONDAY
    )
    for elsewhere in (TINH, LONG_HOA):
        with pytest.raises(Refused):
            await invitations.create(
                settled, cuc, Role.OFFICER, NamedPlace(unit_id=elsewhere.id), MONDAY
            )
    with pytest.raises(Refused):
        await invitations.create(
            settled, cuc, Role.SUPERVISOR, NamedPlace(cluster=CLUSTER_NAME), MONDAY
        )
    assert len(await invitations.open_invitations(Context(settled, cuc, MONDAY))) == 1
    assert await places(settled, cuc, Role.OFFICER, "") == [(str(KCN.id), KCN.name)]


@pytest.mark.parametrize(
    ("role", "place"),
    [
        (Role.OFFICER, {"unit_id": BEN_QUE.id}),
        (Role.REPRESENTATIVE, {"unit_id": KCN.id}),
        (Role.OFFICER, {"cluster": CLUSTER_NAME}),
        (Role.OFFICER, {"unit_id": 12345}),
        (Role.OFFICER, {"unit_code": "KHONG-CO"}),
        (Role.SUPERVISOR, {"cluster": "Không có"}),
    ],
)
async def test_a_role_must_fit_its_place(work: Work, role: Role, place: dict) -> None:
    await cast.settle(work.store)
    with pytest.raises(Refused):
        await invitations.create(work, None, role, NamedPlace(**place), MONDAY)


async def test_long_and_empty_names_of_telegram_are_taken(work: Work) -> None:
    await cast.settle(work.store)
    for number, name in enumerate(("x" * 300, "   ", "<b>Tú</b> & 😀")):
        created = await invitations.create(
            work, None, Role.OFFICER, NamedPlace(unit_id=KCN.id), MONDAY
        )
        accepted = await invitations.accept(
            work, created.code, address_of(8_000_000_000 + number), name, MONDAY
        )
        assert 0 < len(accepted.name) <= 100


async def test_never_another_unit_than_the_one_asked_for(settled: Work) -> None:
    created = await invitations.create(
        settled, None, Role.OFFICER, NamedPlace(unit_code="kcn"), MONDAY
    )
    assert created.place == KCN.name
    settings = settled.settings
    other = settings.organisation.model_copy(update={"code": "OTHER"})
    renamed = Work(
        settled.store,
        settings.model_copy(update={"organisation": other}),
        settled.calendar,
        VAULT,
    )
    with pytest.raises(Refused, match="OTHER"):
        await invitations.create(renamed, None, Role.OFFICER, NamedPlace(unit_code="OTHER"), MONDAY)
    created = await invitations.create(renamed, None, Role.OFFICER, NamedPlace(), MONDAY)
    assert created.place == TINH.name


async def test_who_was_meant_by_a_link_that_nobody_used_is_forgotten_a_month_after(
    store: Store, settings: Settings
) -> None:
    await cast.settle(store)
    work = Work(store, settings, settings.make_calendar(), VAULT)
    day = timedelta(days=1)

    def link(number: int, **more: Any) -> Invitation:
        name, place = f"Người {number}", {"role": Role.OFFICER, "unit_id": KCN.id}
        moments = {"created_at": MONDAY - 60 * day, "expires_at": MONDAY - 20 * day, **more}
        return Invitation(code_hash=f"{number}", name=name, **place, **moments)

    async with work.write() as session:
        session.add_all(
            [
                link(1),
                link(2, expires_at=MONDAY - 40 * day),
                link(3, expires_at=MONDAY + 9 * day, revoked_at=MONDAY - 31 * day),
                link(4, expires_at=MONDAY + 9 * day),
            ]
        )
    for night in range(2):
        await tidy(work, MONDAY + night * day)
    async with work.read() as session:
        names = (await session.exec(select(Invitation.name).order_by(Invitation.code_hash))).all()
    assert names == ["Người 1", "", "", "Người 4"]
