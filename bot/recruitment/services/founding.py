"""An enterprise becomes a CĐCS: one transaction, its history kept, its first members counted once.

Whoever leads the union above decides (plan `doan-vien`, II.3). It can be taken back for a day, by
an administrator at any time, as long as nothing stands on it yet.
"""

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.core import messages
from bot.core.access import require
from bot.core.context import Context
from bot.core.errors import Refused
from bot.core.rules.permissions import Action, Subject, roles_for
from bot.recruitment.cards import pipeline as cards
from bot.recruitment.facts.pipeline import Founding, RecruitmentNews, RecruitmentPage
from bot.recruitment.rules.steps import LEAST, may_found, may_undo
from bot.recruitment.services.access import is_unionless, readable
from bot.recruitment.services.history import note, owe, today
from bot.recruitment.services.pipeline import leaders_of, page_of
from bot.units.rules.counts import Figures
from bot.units.services import counts
from bot.units.services.counts import Origin
from storage import cases, invitations, supervision
from storage.enums import CountSource, RecruitmentState, RecruitmentStep, UnitKind
from storage.models import Recruitment, Unit


async def note_founding(context: Context, site_id: int, founding: Founding) -> RecruitmentPage:
    """The union counts from the day of its congress on. Who is in charge, the other leaders and
    the administrators are told; these invite its committee.

    Raises Refused: not the actor's to decide, the conditions were not met, numbers that cannot be.
    """
    _check(founding)
    async with context.work.write() as session:
        site, stored = await _led(session, context, site_id)
        if not is_unionless(site) or stored.state is not RecruitmentState.OPEN:
            raise Refused(messages.RECRUITMENT_OVER)
        if not may_found(stored.step):
            raise Refused(messages.RECRUITMENT_MOVED)
        site.kind, site.union_since = UnitKind.SITE_UNION, founding.day
        women = min(site.women, founding.workers)
        figures = Figures(founding.workers, women, founding.members)
        actor_id = context.actor.person_id
        origin = Origin(CountSource.FOUNDING, context.now, actor_id, day=founding.day)
        counts.record(session, site, figures, origin)
        stored.state, stored.step = RecruitmentState.FOUNDED, RecruitmentStep.CONGRESS
        stored.founded_on, stored.founded_at = founding.day, context.now
        stored.founded_by = actor_id
        stored.decision_number, stored.decided_on = founding.decision_number, founding.decided_on
        news = RecruitmentNews(founding.day)
        event = await note(session, context, stored, "founded", news)
        page = await page_of(session, context, site, stored)
        await _tell(session, context, page, event)
        return page


async def unfound(context: Context, site_id: int) -> RecruitmentPage:
    """It was noted wrongly: an enterprise on its way again, as before. Raises Refused: too late for
    the actor, or its committee has joined or figures have come since."""
    async with context.work.write() as session:
        site, stored = await readable(session, context, site_id, locked=True)
        if stored is None or stored.state is not RecruitmentState.FOUNDED:
            raise Refused(messages.RECRUITMENT_MOVED)
        mends = context.actor.may(Action.MEND_RECRUITMENT, Subject(site.path))
        if not mends:
            require(context.actor, Action.LEAD_RECRUITMENT, Subject(site.path))
        fresh = stored.founded_at is not None and may_undo(stored.founded_at, context.now)
        if not mends and not fresh:
            raise Refused(messages.FOUNDED_NOT_UNDONE)
        joined = bool(await cases.staff_at(session, [site_id], roles_for(Action.SEE_OWN_SITES)))
        if joined or not await counts.take_back_founding(session, site):
            raise Refused(messages.FOUNDED_KEPT if mends else messages.FOUNDED_NOT_UNDONE)
        await invitations.revoke_at(session, site_id, context.now)
        site.kind, site.union_since = UnitKind.ENTERPRISE, None
        stored.state = RecruitmentState.OPEN
        stored.founded_on = stored.founded_at = stored.founded_by = stored.decided_on = None
        stored.decision_number = ""
        event = await note(session, context, stored, "unfounded", today(context))
        page = await page_of(session, context, site, stored)
        card = cards.unfounded(page, context.actor.name)
        for person in await _concerned(session, page):
            await owe(session, context, person, card, f"recruitment:event:{event}")
        return page


async def to_found(context: Context, site_id: int) -> RecruitmentPage:
    """The enterprise whose founding is about to be noted. Raises Refused as `note_founding`."""
    async with context.work.read() as session:
        site, stored = await readable(session, context, site_id)
        require(context.actor, Action.LEAD_RECRUITMENT, Subject(site.path))
        if stored is None or not is_unionless(site) or not may_found(stored.step):
            raise Refused(messages.RECRUITMENT_MOVED)
        return await page_of(session, context, site, stored)


def _check(founding: Founding) -> None:
    if founding.members > founding.workers:
        raise Refused(messages.MORE_THAN_WORKERS)
    if founding.members < LEAST:
        raise Refused(messages.TOO_FEW_MEMBERS.format(least=LEAST))


async def _led(session: AsyncSession, context: Context, site_id: int) -> tuple[Unit, Recruitment]:
    site, stored = await readable(session, context, site_id, locked=True)
    require(context.actor, Action.LEAD_RECRUITMENT, Subject(site.path))
    if stored is None:
        raise Refused(messages.RECRUITMENT_MOVED)
    return site, stored


async def _tell(session: AsyncSession, context: Context, page: RecruitmentPage, event: int) -> None:
    inviting = await supervision.nearest_over(session, page.site.path, roles_for(Action.INVITE))
    key = f"recruitment:event:{event}"
    for person in dict.fromkeys([*await _concerned(session, page), *inviting]):
        card = cards.founded(page, context.actor.name, invite=person in inviting)
        await owe(session, context, person, card, key)


async def _concerned(session: AsyncSession, page: RecruitmentPage) -> list[int]:
    """Who is in charge, of the site and of its way, and the nearest leaders."""
    site, stored = page.site, page.stored
    in_charge = (site.officer_id, stored.owner_id if stored else None)
    leaders = await leaders_of(session, site)
    return list(dict.fromkeys([*(person for person in in_charge if person), *leaders]))
