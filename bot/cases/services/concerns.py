"""A worker brings a concern: one transaction from the form to the case, its owner told.

Whoever raised it is sealed; those who handle it read the words, the place and the category.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.cases.cards import worker_messages
from bot.cases.rules.classify import suggest
from bot.cases.services import flood
from bot.cases.services.access import merged
from bot.cases.services.concern_notices import tell_handlers
from bot.cases.services.creation import NewCase, bear
from bot.core.context import Context
from bot.core.errors import Refused
from bot.core.rules.permissions import Actor
from bot.core.search import best
from bot.core.work import Work
from storage import concerns, files, reporters, units
from storage.enums import Category
from storage.models import Case, Reporter, Unit

_PHONE = re.compile(r"\+?\d[\d .\-]{6,18}\d")


@dataclass(frozen=True)
class Concern:
    """What the form gave. `site_id` 0: not in the list, then `site_words` says where."""

    text: str
    consent: str
    site_id: int = 0
    site_words: str = ""
    category: Category = Category.KHAC
    affected: int | None = None
    affected_group: str = ""
    named: bool = False
    contact: str = ""
    files: Sequence[int] = ()


@dataclass(frozen=True)
class Receipt:
    """`files_given_up`: how many of the files sent along could not be kept."""

    case: Case
    site: str
    files_given_up: int


async def submit(context: Context, concern: Concern) -> Receipt:
    """Make a case of it. Raises Refused: no consent, too many, barred, or handed in before."""
    if concern.consent != worker_messages.CONSENT_VERSION:
        raise Refused(worker_messages.NO_CONSENT)
    async with context.work.write() as session:
        await flood.check_sender(session, context)
        concern = _named_or_not(context, concern)
        reporter = await _reporter(session, context, concern)
        site = await site_of(session, concern.site_id)
        await flood.check_door(session, context, site)
        case = await bear(
            session,
            context.work,
            replace(
                await _new_case(session, concern, reporter, site),
                door=context.actor.address.channel,
            ),
            context.now,
        )
        await tell_handlers(session, context.work, case, site, context.now)
        files_given_up = await files.given_up(session, concern.files)
    return Receipt(case, site.name if site else concern.site_words, files_given_up)


def _named_or_not(context: Context, concern: Concern) -> Concern:
    """Who wanted to be named and gave nothing, where the channel shows no name, is not."""
    if concern.named and not any(identity_of(context, concern.contact).values()):
        return replace(concern, named=False, contact="")
    return concern


async def agreed_before(work: Work, actor: Actor) -> bool:
    """Whether this account has agreed to the present version of the consent."""
    async with work.read() as session:
        account = await reporters.find(session, work.vault, actor.address)
    return (
        account is not None
        and account.withdrawn_at is None
        and account.consent_version == worker_messages.CONSENT_VERSION
    )


async def sites_like(work: Work, query: str) -> list[tuple[int, str]]:
    """(id, name) of all sites whose names fit, whoever asks; nothing before a word was said."""
    if not query.strip():
        return []
    async with work.read() as session:
        names = await units.site_names(session, ["/"])
    labels = {key: name for key, name, _ in names}
    return [(key, labels[key]) for key in best(query, [(k, folded) for k, _, folded in names])]


async def site_of(session: AsyncSession, site_id: int) -> Unit | None:
    """The site, or what it was merged into; None where it is none any more."""
    site = await merged(session, await session.get(Unit, site_id)) if site_id else None
    return None if site is None or site.dissolved_on else site


async def site_name(work: Work, site_id: int) -> str:
    """How a worker reads the site's name; empty for one that is not there."""
    async with work.read() as session:
        site = await site_of(session, site_id)
    return site.name if site else ""


async def _reporter(session: AsyncSession, context: Context, concern: Concern) -> Reporter:
    reporter = await reporters.add(session, context.work.vault, context.actor.address, context.now)
    account = await reporters.find(session, context.work.vault, context.actor.address)
    if account and (account.consent_version != concern.consent or account.withdrawn_at):
        agreed = replace(
            account, consent_version=concern.consent, consent_at=context.now, withdrawn_at=None
        )
        await reporters.save(session, context.work.vault, agreed)
    if concern.named:
        reporters.name(context.work.vault, reporter, **identity_of(context, concern.contact))
    return reporter


def identity_of(context: Context, sealed: str) -> dict[str, str]:
    """Name and phone as they were typed into a form, which sealed them; the name that the channel
    shows where none was."""
    vault, owner = context.work.vault, context.actor.private_owner
    contact, shown_name = (
        vault.open(bytes.fromhex(sealed), owner) if sealed else "",
        context.actor.shown_name,
    )
    phone = _PHONE.search(contact)
    rest = _PHONE.sub(" ", contact).strip(" ,;:-\n")
    name = " ".join(rest.split())[:100] or shown_name
    return {"name": name, "phone": phone.group()[:20] if phone else ""}


async def _new_case(
    session: AsyncSession, concern: Concern, reporter: Reporter, site: Unit | None
) -> NewCase:
    root = await units.root_of(session, site) if site else await concerns.root(session)
    if root is None:
        raise Refused(worker_messages.NO_UNITS)
    suggestion = suggest(concern.text)
    return NewCase(
        text=concern.text,
        site=site,
        root=root,
        kind=suggestion.kind,
        category=concern.category,
        severity=suggestion.severity,
        reporter_id=reporter.id,
        anonymous=not concern.named,
        site_words="" if site else concern.site_words,
        affected=concern.affected,
        affected_group=concern.affected_group,
        files=concern.files,
    )
