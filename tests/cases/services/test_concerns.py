"""Start links of sites, and what becomes of a concern in the database; on both databases."""

import secrets
from dataclasses import replace
from datetime import date, time

import pytest
from sqlmodel import select

from bot.cases.cards import worker_messages
from bot.cases.services import concerns, own_data, site_links
from bot.cases.services.concerns import Concern
from bot.config.settings import Settings
from bot.core.context import Context
from bot.core.drafts import DraftGone, HandedIn
from bot.core.errors import Refused
from bot.core.rules.calendar import at
from bot.core.rules.permissions import Actor
from bot.core.work import Work
from storage import reporters
from storage.enums import Category, Severity
from storage.models import Case, Draft, OutboxMessage, Reporter, Unit
from storage.store import Store
from storage.vault import Vault
from tests import cast
from tests.cast import LAN, MONDAY, SEN_VANG, VAULT

WORKER = Actor(address=LAN.address, look=VAULT.look(LAN.address))
TOLD = Concern(
    "tre luong 2 thang", worker_messages.CONSENT_VERSION, SEN_VANG.id, "", Category.LUONG
)


@pytest.fixture
async def desk(any_store: Store, settings: Settings) -> Work:
    await cast.settle(any_store)
    return Work(any_store, settings, settings.make_calendar(), VAULT)


async def draft_of(work: Work) -> Work:
    """Bound to a form that is handed in."""
    async with work.write() as session:
        draft = Draft(
            form="concern", owner=WORKER.private_owner, created_at=MONDAY, updated_at=MONDAY
        )
        session.add(draft)
        await session.flush()
        return work.for_draft(HandedIn(draft.id or 0, WORKER.owners))


async def test_a_link_opens_its_own_site_and_no_other(desk: Work) -> None:
    start = site_links.parameter(VAULT, SEN_VANG.id)
    site = await site_links.opened(desk, start)
    assert site is not None
    assert site.id == SEN_VANG.id
    _, _, check = start.rpartition("-")
    assert await site_links.opened(desk, f"cs-c-{check}") is None


async def test_a_poster_printed_under_an_old_key_still_leads_here(desk: Work) -> None:
    rotated = Work(
        desk.store, desk.settings, desk.calendar, Vault([secrets.token_bytes(32), cast.KEY])
    )
    assert await site_links.opened(rotated, site_links.parameter(VAULT, SEN_VANG.id))


async def test_the_link_of_a_site_that_was_merged_leads_to_the_new_one(desk: Work) -> None:
    async with desk.write() as session:
        old = await session.get(Unit, SEN_VANG.id)
        assert old
        old.dissolved_on, old.successor_id = MONDAY.date(), cast.SONG_LANH.id
    site = await site_links.opened(desk, site_links.parameter(VAULT, SEN_VANG.id))
    assert site is not None
    assert site.id == cast.SONG_LANH.id


async def test_a_form_sent_twice_is_one_case(desk: Work) -> None:
    first = await draft_of(desk)
    assert first.handed_in
    second = first.for_draft(replace(first.handed_in))  # as another process has it
    await concerns.submit(Context(first, WORKER, MONDAY), TOLD)
    with pytest.raises(DraftGone):
        await concerns.submit(Context(second, WORKER, MONDAY), TOLD)
    async with desk.read() as session:
        assert len((await session.exec(select(Case))).all()) == 1


async def test_without_consent_nothing_is_kept(desk: Work) -> None:
    with pytest.raises(Refused, match="đồng ý"):
        await concerns.submit(
            Context(await draft_of(desk), WORKER, MONDAY), Concern("x", "old", SEN_VANG.id)
        )


async def test_erasing_works_with_what_refers_to_the_reporter(desk: Work) -> None:
    await concerns.submit(Context(await draft_of(desk), WORKER, MONDAY), TOLD)
    await own_data.erase(Context(desk, WORKER, MONDAY))
    async with desk.read() as session:
        assert (await session.exec(select(Reporter))).all() == []
        (case,) = (await session.exec(select(Case))).all()
    assert (case.text, case.category, case.emptied_at) == ("", "LUONG", MONDAY)


async def test_who_agreed_to_an_older_text_is_asked_again(desk: Work) -> None:
    await concerns.submit(Context(await draft_of(desk), WORKER, MONDAY), TOLD)
    assert await concerns.agreed_before(desk, WORKER)
    async with desk.write() as session:
        account = await reporters.find(session, desk.vault, WORKER.address)
        assert account
        await reporters.save(session, desk.vault, replace(account, consent_version="2026-1"))
    assert not await concerns.agreed_before(desk, WORKER)


async def test_something_urgent_over_tet_is_heard_of_at_once_and_names_whom_to_call(
    desk: Work,
) -> None:
    tet = at(date(2027, 2, 5), time(10, 0))
    danger = replace(
        TOLD, text="Máy dập hư cảm biến, hôm qua xém đứt tay", category=Category.ATVSLD
    )
    case = (await concerns.submit(Context(await draft_of(desk), WORKER, tet), danger)).case
    calm = (await concerns.submit(Context(await draft_of(desk), WORKER, tet), TOLD)).case
    assert (case.severity, calm.severity) == (Severity.URGENT, Severity.NORMAL)
    async with desk.read() as session:
        messages = (await session.exec(select(OutboxMessage))).all()
    notices = [m for m in messages if not m.dedupe_key.startswith("alert:")]  # in whatever order
    told = {m.subject: m for m in notices if m.person_id == cast.AN.id}
    assert told[f"case:{case.id}"].not_before == tet
    assert "lãnh đạo phụ trách: đồng chí Phạm Tiến Dũng." in told[f"case:{case.id}"].text
    assert told[f"case:{calm.id}"].not_before == at(date(2027, 2, 11), time(6, 30))
    assert "Trực" not in told[f"case:{calm.id}"].text
    assert case.remind_at == at(date(2027, 2, 6), time(10, 0))
