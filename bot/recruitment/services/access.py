"""Which enterprises somebody may see, and what they may do about one."""

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.core import messages
from bot.core.context import Context
from bot.core.errors import Refused
from bot.core.rules.permissions import Action, Subject
from storage import recruitments
from storage.enums import SITE_KINDS, RecruitmentState, UnitKind
from storage.models import Recruitment, Unit

SEEING = (
    *(Action.SEE_RECRUITMENT, Action.WORK_RECRUITMENT),
    *(Action.LEAD_RECRUITMENT, Action.MEND_RECRUITMENT),
)
"""Whoever may do one of these at a site sees how far it has come."""


async def readable(
    session: AsyncSession, context: Context, site_id: int, *, locked: bool = False
) -> tuple[Unit, Recruitment | None]:
    """The site and how far it has come. Raises Refused: no site of the actor's scope."""
    if not context.actor.may_any(*SEEING):
        raise Refused(messages.NOT_ALLOWED)
    if locked:
        site = await recruitments.site_locked(session, site_id)
    else:
        site = await session.get(Unit, site_id) if site_id < recruitments.MAX_ID else None
    if site is None or site.kind not in SITE_KINDS:
        raise Refused(messages.NOT_FOUND)
    if not _sees(context, site):
        raise Refused(messages.NOT_FOUND)
    return site, await recruitments.of_site(session, site_id)


async def workable(
    session: AsyncSession, context: Context, site_id: int
) -> tuple[Unit, Recruitment | None]:
    """The same, locked, where the actor may work on it and it has no union. Raises Refused."""
    site, stored = await readable(session, context, site_id, locked=True)
    if not may_work(context, site, stored):
        raise Refused(messages.NOT_ALLOWED)
    if not is_unionless(site):
        raise Refused(messages.RECRUITMENT_OVER)
    return site, stored


async def opened(session: AsyncSession, context: Context, site_id: int) -> tuple[Unit, Recruitment]:
    """The same where somebody has begun and it goes on. Raises Refused."""
    site, stored = await workable(session, context, site_id)
    if stored is None or stored.state is not RecruitmentState.OPEN:
        raise Refused(messages.RECRUITMENT_OVER)
    return site, stored


def is_unionless(site: Unit) -> bool:
    """Whether the site can still come to a union."""
    return site.kind is UnitKind.ENTERPRISE and site.dissolved_on is None


def may_work(context: Context, site: Unit, stored: Recruitment | None) -> bool:
    """Whether the actor may note what happens there: who is in charge, the leaders, or to mend it
    the administrators. Of what nobody has begun, the officer of the site is in charge; of a site
    without one, whoever begins."""
    owner = stored.owner_id if stored else site.officer_id
    subject = Subject(site.path, owner or context.actor.person_id)
    return _sees(context, site) and any(
        context.actor.may(action, subject)
        for action in (Action.WORK_RECRUITMENT, Action.MEND_RECRUITMENT)
    )


def _sees(context: Context, site: Unit) -> bool:
    """Who was in charge and works elsewhere now does not."""
    return any(context.actor.may(action, Subject(site.path)) for action in SEEING)


def may_lead(context: Context, site: Unit) -> bool:
    """Whether the actor decides who is in charge and that a union is founded."""
    return context.actor.may(Action.LEAD_RECRUITMENT, Subject(site.path))
