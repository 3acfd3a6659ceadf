"""The staff's way into the web pages, at the services."""

import asyncio
from datetime import timedelta

import pytest

from bot.app.upkeep import tidy
from bot.config.settings import Settings
from bot.core.access import actor_of
from bot.core.context import Context
from bot.core.errors import Refused
from bot.core.work import Work
from bot.people.facts.web_sessions import Entered
from bot.people.rules.web_sessions import BY_ONESELF, HANDED_OUT
from bot.people.services import invitations, role_endings, web_sessions
from bot.people.services.invitation_places import NamedPlace
from storage.addresses import WEB
from storage.enums import Device, Role
from storage.invariants import Terms, broken
from storage.models import Membership, OutboxMessage, Person, PersonAddress, WebLink, WebSession
from storage.store import Store
from tests import cast
from tests.cast import AN, CUC, DUNG, GIANG, HA, KCN, KHOA, LAN, MAI, MONDAY
from tests.rows import every

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


@pytest.fixture
async def work(any_store: Store, settings: Settings) -> Work:
    await cast.settle(any_store)
    return Work(any_store, settings, settings.make_calendar(), cast.VAULT)


async def context(work: Work, who: cast.Character, now=MONDAY) -> Context:
    return Context(work, await actor_of(work, who.address), now)


async def link(work: Work, who: cast.Character, now=MONDAY) -> str:
    return (await web_sessions.own_link(await context(work, who, now))).code


async def come_in(work: Work, who: cast.Character, now=MONDAY) -> Entered:
    return await web_sessions.enter(work, await link(work, who, now), Device.PHONE, now)


async def rows(work: Work, table):
    async with work.read() as session:
        return (await session.exec(every(table))).all()


async def test_a_link_opens_the_pages_to_its_person_with_their_roles_and_no_others(
    work: Work,
) -> None:
    entered = await come_in(work, AN)
    visitor = await web_sessions.visitor(work, entered.token, MONDAY + HOUR)
    assert visitor is not None
    there, in_the_chat = await actor_of(work, visitor.address), await actor_of(work, AN.address)
    assert visitor.address.channel == WEB
    assert (there.person_id, there.grants) == (AN.id, in_the_chat.grants)


async def test_the_same_person_is_known_by_the_same_address_at_every_coming(work: Work) -> None:
    for _ in range(2):
        await come_in(work, AN)
    assert len([row for row in await rows(work, PersonAddress) if row.channel == WEB]) == 1


async def test_neither_links_nor_what_a_device_holds_are_kept(work: Work) -> None:
    code = await link(work, AN)
    entered = await web_sessions.enter(work, code, Device.PHONE, MONDAY + 7 * MINUTE)
    everything = str(
        [row.model_dump() for t in (WebLink, WebSession) for row in await rows(work, t)]
    )
    assert code not in everything
    assert entered.token not in everything
    (web_session,) = await rows(work, WebSession)
    for moment in (web_session.began_at, web_session.used_at, web_session.ends_at):
        assert (moment.minute, moment.second) == (0, 0)


async def test_of_many_who_open_a_link_at_once_one_gets_in(work: Work) -> None:
    code = await link(work, AN)
    tries = (web_sessions.enter(work, code, Device.PHONE, MONDAY) for _ in range(6))
    outcomes = await asyncio.gather(*tries, return_exceptions=True)
    assert sum(isinstance(outcome, Entered) for outcome in outcomes) == 1
    assert sum("đã được dùng" in str(outcome) for outcome in outcomes) == 5


async def test_a_link_is_good_for_ten_minutes_and_only_the_newest_one(work: Work) -> None:
    older, newer = await link(work, AN), await link(work, AN)
    with pytest.raises(Refused, match="liên kết mới hơn"):
        await web_sessions.enter(work, older, Device.PHONE, MONDAY)
    with pytest.raises(Refused, match="hết hạn"):
        await web_sessions.enter(work, newer, Device.PHONE, MONDAY + BY_ONESELF.link_lives)
    await web_sessions.enter(work, newer, Device.PHONE, MONDAY + 9 * MINUTE)


@pytest.mark.parametrize("code", ["", "x", "a" * 5_000, "moi-abc", "' OR 1=1 --"])
async def test_what_was_never_a_link_lets_nobody_in(work: Work, code: str) -> None:
    await link(work, AN)
    with pytest.raises(Refused, match="không đúng"):
        await web_sessions.enter(work, code, Device.PHONE, MONDAY)
    assert await web_sessions.visitor(work, code, MONDAY) is None


async def test_a_worker_gets_no_link(work: Work) -> None:
    with pytest.raises(Refused):
        await link(work, LAN)


async def test_silence_and_time_close_the_pages(work: Work) -> None:
    token = (await come_in(work, AN)).token
    now = MONDAY
    for _ in range(16):  # somebody who looks in every eleven hours
        now += 11 * HOUR
        seen = await web_sessions.visitor(work, token, now)
        assert (seen is not None) == (now < MONDAY + BY_ONESELF.longest)
    other = (await come_in(work, AN)).token
    assert await web_sessions.visitor(work, other, MONDAY + 12 * HOUR) is None


async def test_one_s_own_pages_are_listed_and_closed_one_by_one_or_all(work: Work) -> None:
    tokens = [(await come_in(work, AN)).token for _ in range(3)]
    an = await context(work, AN)
    first = (await web_sessions.own_pages(an)).pages[-1]
    await web_sessions.end_own(an, first.web_session_id)
    assert await web_sessions.visitor(work, tokens[0], MONDAY) is None
    assert await web_sessions.visitor(work, tokens[1], MONDAY) is not None
    code = await link(work, AN)
    assert await web_sessions.end_all_own(an) == 2
    assert (await web_sessions.own_pages(an)).pages == []
    for token in tokens:
        assert await web_sessions.visitor(work, token, MONDAY) is None
    with pytest.raises(Refused):  # also what lay ready
        await web_sessions.enter(work, code, Device.PHONE, MONDAY)


async def test_nobody_closes_or_sees_a_stranger_s_pages_as_their_own(work: Work) -> None:
    await come_in(work, AN)
    (web_session,) = await rows(work, WebSession)
    with pytest.raises(Refused):
        await web_sessions.end_own(await context(work, CUC), web_session.id or 0)
    assert (await web_sessions.own_pages(await context(work, CUC))).pages == []


@pytest.mark.parametrize(
    ("who", "whose", "may"),
    [
        (HA, AN, True),
        (DUNG, AN, True),
        (GIANG, KHOA, True),
        (DUNG, CUC, False),
        (DUNG, GIANG, False),
        (KHOA, CUC, False),  # a cluster is watched over, not led
        (AN, DUNG, False),
        (MAI, AN, False),
        (LAN, AN, False),
    ],
)
async def test_pages_of_others_are_closed_by_whoever_leads_them(
    work: Work, who: cast.Character, whose: cast.Character, may: bool
) -> None:
    token = (await come_in(work, whose)).token
    acting = await context(work, who)
    if may:
        assert len((await web_sessions.pages_of(acting, whose.id)).pages) == 1
        assert await web_sessions.end_all_of(acting, whose.id) == 1
    else:
        with pytest.raises(Refused):
            await web_sessions.pages_of(acting, whose.id)
        with pytest.raises(Refused):
            await web_sessions.end_all_of(acting, whose.id)
    assert (await web_sessions.visitor(work, token, MONDAY) is None) == may


async def test_the_end_of_a_role_closes_the_pages_and_takes_back_the_link(work: Work) -> None:
    token, code = (await come_in(work, AN)).token, await link(work, AN)
    await role_endings.end(await context(work, HA), AN.id)
    assert await web_sessions.visitor(work, token, MONDAY) is None
    with pytest.raises(Refused):
        await web_sessions.enter(work, code, Device.PHONE, MONDAY)


async def test_a_link_is_handed_out_by_an_administrator_alone_and_openly(work: Work) -> None:
    for who in (DUNG, GIANG, AN, MAI, LAN):
        with pytest.raises(Refused):
            await web_sessions.link_for(await context(work, who), CUC.id)
    made = await web_sessions.link_for(await context(work, HA), CUC.id)
    assert made.expires_at == MONDAY + HANDED_OUT.link_lives
    await web_sessions.enter(work, made.code, Device.COMPUTER, MONDAY + 20 * HOUR)
    (message,) = await rows(work, OutboxMessage)
    assert message.person_id == CUC.id
    assert "Đặng Thu Hà" in message.text
    cuc = await web_sessions.own_pages(await context(work, CUC, MONDAY + 21 * HOUR))
    assert [page.link_by for page in cuc.pages] == ["Đặng Thu Hà"]


async def test_an_administrator_of_a_part_makes_no_link_for_whoever_also_acts_outside_of_it(
    work: Work,
) -> None:
    made = await invitations.create(
        work, None, Role.ADMINISTRATOR, NamedPlace(unit_id=KCN.id), MONDAY
    )
    await invitations.accept(work, made.code, LAN.address, "Hồ Thị Lan", MONDAY)
    lan = await context(work, LAN)
    await web_sessions.link_for(lan, AN.id)
    for beyond in (GIANG, KHOA, CUC):
        with pytest.raises(Refused):
            await web_sessions.link_for(lan, beyond.id)
    second = await invitations.create(work, None, Role.SUPERVISOR, NamedPlace(unit_id=1), MONDAY)
    await invitations.accept(work, second.code, AN.address, "", MONDAY)
    with pytest.raises(Refused):
        await web_sessions.link_for(lan, AN.id)


async def test_the_operator_makes_a_link_for_exactly_one_person(work: Work) -> None:
    by_name = await web_sessions.link_by_operator(work, "bui ngoc mai", MONDAY)
    assert by_name.name == "Bùi Ngọc Mai"
    by_number = await web_sessions.link_by_operator(work, str(MAI.id), MONDAY)
    entered = await web_sessions.enter(work, by_number.code, Device.PHONE, MONDAY)
    assert entered.person_id == MAI.id
    assert "người vận hành" in (await rows(work, OutboxMessage))[0].text
    for nobody in ("Nguyễn Văn Không", "999", ""):
        with pytest.raises(Refused, match="cần đúng một người"):
            await web_sessions.link_by_operator(work, nobody, MONDAY)


async def test_what_telegram_states_opens_the_pages_once(work: Work) -> None:
    who = (AN.address, "the mark of it", Device.PHONE, MONDAY)
    assert (await web_sessions.enter_by_statement(work, *who)).person_id == AN.id
    with pytest.raises(Refused, match="đã được dùng"):
        await web_sessions.enter_by_statement(work, *who)
    with pytest.raises(Refused, match="dành cho cán bộ"):
        await web_sessions.enter_by_statement(work, LAN.address, "b", Device.PHONE, MONDAY)


async def test_an_invitation_on_the_web_makes_a_person_whose_only_address_is_there(
    work: Work,
) -> None:
    made = await invitations.create(work, None, Role.OFFICER, NamedPlace(unit_id=KCN.id), MONDAY)
    leads_to, asks_name = await invitations.look_at(work, made.code, MONDAY)
    assert (leads_to.place, asks_name) == (KCN.name, True)
    with pytest.raises(Refused):
        await invitations.accept_on_web(work, made.code, "Tú", Device.PHONE, MONDAY)
    accepted, entered = await invitations.accept_on_web(
        work, made.code, " Đỗ  Văn Tú ", Device.PHONE, MONDAY
    )
    assert accepted.name == "Đỗ Văn Tú"
    own = [row for row in await rows(work, PersonAddress) if row.person_id == accepted.person_id]
    assert [row.channel for row in own] == [WEB]
    visitor = await web_sessions.visitor(work, entered.token, MONDAY + 20 * HOUR)
    assert visitor is not None
    assert (await actor_of(work, visitor.address)).grants
    with pytest.raises(Refused, match="đã có người dùng"):
        await invitations.accept_on_web(work, made.code, "Đỗ Văn Tú", Device.PHONE, MONDAY)
    assert len([p for p in await rows(work, Person) if p.name == "Đỗ Văn Tú"]) == 1


async def test_what_is_over_goes_after_days_and_what_is_open_stays(work: Work) -> None:
    await come_in(work, AN)
    await web_sessions.end_all_own(await context(work, AN))
    await come_in(work, CUC)
    later = MONDAY + timedelta(days=9)
    await tidy(work, later - timedelta(days=1))
    kept = (await come_in(work, DUNG, later)).token
    await tidy(work, later)
    assert {row.person_id for row in await rows(work, WebSession)} == {CUC.id, DUNG.id}
    await tidy(work, later + timedelta(days=1))
    assert await web_sessions.visitor(work, kept, later + HOUR) is not None
    for day in (10, 20, 30):
        await tidy(work, later + timedelta(days=day + 1))
    assert await rows(work, WebSession) == []
    assert await rows(work, WebLink) == []


async def test_a_check_of_the_database_finds_pages_of_somebody_without_a_role(work: Work) -> None:
    await come_in(work, AN)

    async def wrong() -> list[str]:
        async with work.read() as session:
            terms = Terms(MONDAY + HOUR, handling=(), leading=())
            return [b.name for b in await broken(session, terms) if "web_session" in b.name]

    assert await wrong() == []
    async with work.write() as session:
        held = await session.get_one(Membership, AN.id)
        held.ended_at = MONDAY
    assert await wrong() == ["web_session.of_staff"]
