"""Seeing, taking along, withdrawing and erasing what is stored about oneself, all at once.

Luật 91/2025/QH15 gives days for each; nobody has to be asked, so it takes a moment. Figures stay:
category, dates, status.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.cases.cards import concern_notices, worker_messages
from bot.cases.cards.concerns import OwnLine
from bot.cases.cards.own_data import DRAFTS
from bot.cases.rules.legal_dates import from_stored
from bot.cases.services.concern_notices import owe, those_to_tell
from bot.cases.services.notifications import CaseNotice
from bot.cases.services.own_cases import levels_of, lines_of
from bot.core import speech
from bot.core.context import Context
from bot.core.errors import Refused
from bot.core.rendering import day, moment
from bot.core.rules.official_names import official_name
from bot.core.rules.permissions import Actor
from bot.core.work import Work
from storage import cases, concerns, conversations, drafts, own_data, reporters
from storage.coarse import day_of
from storage.enums import OPEN_CASES, CaseStatus, EventAuthor
from storage.models import Case, CaseEvent
from storage.reporters import Account

TOLD_WITHIN = 24 * 60  # minutes


@dataclass(frozen=True)
class OwnData:
    """What there is about somebody, in figures; who answers for it and how long it is kept."""

    has_data: bool
    controller: str
    keep_months: int
    name: str = ""
    phone: str = ""
    consent_at: datetime | None = None
    withdrawn: bool = False
    cases: int = 0
    open_cases: int = 0
    drafts: int = 0
    channel: str = ""
    of_staff: bool = False  # of whom more is stored as one of the staff, elsewhere


async def see(work: Work, actor: Actor) -> OwnData:
    """What is stored about the one who asks."""
    controller, keep_months = _keeper(work)
    async with work.read() as session:
        draft_count = len(await drafts.of_owners(session, [actor.private_owner]))
        account = await reporters.find(session, work.vault, actor.address)
        if account is None:
            return OwnData(
                draft_count > 0,
                controller,
                keep_months,
                drafts=draft_count,
                of_staff=not actor.is_stranger,
            )
        identity = await _identity(session, work, account)
        own = await concerns.of_reporters(session, account.reporters)
    return OwnData(
        has_data=True,
        controller=controller,
        keep_months=keep_months,
        name=identity.get("name", ""),
        phone=identity.get("phone", ""),
        consent_at=account.consent_at,
        withdrawn=account.withdrawn_at is not None,
        cases=len(own),
        open_cases=sum(case.status in OPEN_CASES for case in own),
        drafts=draft_count,
        channel=actor.address.channel,
        of_staff=not actor.is_stranger,
    )


async def export(work: Work, actor: Actor) -> dict[str, Any]:
    """Everything about oneself, by what it is called: plain values, to be read or taken along."""
    async with work.read() as session:
        account = await reporters.find(session, work.vault, actor.address)
        own = await concerns.of_reporters(session, account.reporters) if account else []
        identity = await _identity(session, work, account) if account else {}
        exported_cases = [await _case(session, line) for line in await lines_of(session, own)]
        own_drafts = await drafts.of_owners(session, [actor.private_owner])
    controller, keep_months = _keeper(work)
    account_id = account.address.id if account else None
    return {
        "bên chịu trách nhiệm": controller,
        "thời gian lưu": worker_messages.keeping_time(keep_months),
        worker_messages.account_label(actor.address.channel): account_id,
        "họ tên": identity.get("name", ""),
        "điện thoại": identity.get("phone", ""),
        "đồng ý": _consent(account),
        "phản ánh": exported_cases,
        DRAFTS: [draft.answers for draft in own_drafts],
    }


async def withdraw(context: Context) -> None:
    """Consent is taken back: name and phone go, whoever handles the cases is told of it."""
    async with context.work.write() as session:
        account = await _account(session, context.work, context.actor)
        taken_back = replace(account, consent_version="", consent_at=None, withdrawn_at=context.now)
        await reporters.save(session, context.work.vault, taken_back)
        for reporter in await reporters.of_account(session, account):
            reporters.unname(context.work.vault, reporter)
        for case in await concerns.of_reporters(session, account.reporters):
            if not case.anonymous:
                case.anonymous = True
                session.add(_event(case, "unnamed", context.now))
        await own_data.drop_drafts(session, context.actor.private_owner)


async def erase(context: Context) -> None:
    """Who they are, what they wrote and sent is gone; open cases end, and their handlers know."""
    async with context.work.write() as session:
        held = await own_data.drop_drafts(session, context.actor.private_owner)
        account = await reporters.find(session, context.work.vault, context.actor.address)
        own = await concerns.of_reporters(session, account.reporters) if account else []
        ids = [case.id or 0 for case in own]
        hashes = await own_data.drop_files(session, ids, held)
        if account:
            await own_data.drop_messages(session, account.reporters, ids)
            await _end(session, context.work, own, context.now)
            await session.flush()
            await own_data.drop_words(session, ids)
            await reporters.forget(session, context.work.vault, account)
        await conversations.forget(session, context.work.vault, context.actor.address)
    _unlink(context.work.settings.database.files, hashes)


async def _end(session: AsyncSession, work: Work, own: Sequence[Case], now: datetime) -> None:
    """No step of the table: there is nothing left to handle and nobody left to answer.

    Handlers hear of several cases at different times, in any order: they ended by one tap.
    """
    today, told_at = day_of(now), now
    for case in secrets.SystemRandom().sample(own, len(own)):
        case.emptied_at = today
        session.add(_event(case, "withdrawn", now))
        if case.status not in OPEN_CASES:
            continue
        case.status, case.remind_at = CaseStatus.ANSWERED, None
        case.closed_at = max(case.created_at, today)
        card = concern_notices.from_reporter(case, "withdrawn", "")
        receivers = await those_to_tell(session, case)
        await owe(session, work, CaseNotice(case, card, f"withdrawn:{case.id}"), receivers, told_at)
        told_at = now + timedelta(minutes=secrets.randbelow(TOLD_WITHIN))


def _event(case: Case, what: str, now: datetime) -> CaseEvent:
    return CaseEvent(
        case_id=case.id or 0, at=day_of(now), by=EventAuthor.REPORTER, what=what, internal=True
    )


async def _account(session: AsyncSession, work: Work, actor: Actor) -> Account:
    account = await reporters.find(session, work.vault, actor.address)
    if account is None:
        raise Refused(worker_messages.NOTHING_STORED)
    return account


async def _identity(session: AsyncSession, work: Work, account: Account) -> dict[str, Any]:
    """Name and phone as they were given last; empty where no case names its reporter."""
    identities = [
        reporters.opened(work.vault, reporter)
        for reporter in await reporters.of_account(session, account)
    ]
    named = [identity for identity in identities if identity.get("name")]
    return named[-1] if named else {}


async def _case(session: AsyncSession, line: OwnLine) -> dict[str, Any]:
    case = line.case
    events = [e for e in await cases.events_of(session, case.id or 0) if not e.internal]
    passed_to = {k: official_name(v) for k, v in (await levels_of(session, events)).items()}
    return {
        "mã": case.code,
        "ngày gửi": moment(case.created_at),
        "về việc": worker_messages.CATEGORIES[case.category],
        "nội dung": case.text,
        "tình trạng": line.stands,
        "kết quả": case.result,
        "mốc thời hạn theo luật": _law(case),
        "diễn biến": [
            {
                "lúc": moment(e.at),
                "việc": worker_messages.event_of(e.what, passed_to.get(e.id or 0, "")),
                "lời": e.words,
            }
            for e in events
            if e.what in worker_messages.EVENTS
        ],
    }


def _keeper(work: Work) -> tuple[str, int]:
    """Who answers for what is kept, and how many months after its case was closed."""
    settings = work.settings
    return speech.controller(settings.organisation), settings.privacy.keep_months


def _law(case: Case) -> dict[str, str]:
    """The days of the worker's own that a handler wrote down."""
    facts = from_stored(case.law)
    days = {
        "ngày biết quyết định, phát hiện vi phạm": facts.since,
        "ngày nhận đơn": facts.filed,
        "ngày thụ lý": facts.accepted,
    }
    return {name: day(value) for name, value in days.items() if value}


def _consent(account: Account | None) -> dict[str, str]:
    if account is None or account.consent_at is None:
        return {}
    return {"phiên bản": account.consent_version, "lúc": moment(account.consent_at)}


def _unlink(folder: Path, hashes: Sequence[str]) -> None:
    for sha256 in hashes:
        (folder / sha256[:2] / sha256).unlink(missing_ok=True)
