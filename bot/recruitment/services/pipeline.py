"""One enterprise on its way to a union: begun, moved, stopped, gone on with, given to somebody.

Plan `doan-vien`, II.3 and II.4: the union above names who is in charge, goes there, helps the
group that recruits, and the congress is held once the conditions are met.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.core import messages
from bot.core.access import require
from bot.core.context import Context
from bot.core.errors import Refused
from bot.core.rules.calendar import Week, local
from bot.core.rules.permissions import Action, Actor, Subject, roles_for
from bot.core.rules.unionless import union_owed_from
from bot.core.work import Work
from bot.recruitment.cards import pipeline as cards
from bot.recruitment.facts.pipeline import (
    RecruitmentLine,
    RecruitmentNews,
    RecruitmentPage,
    VisitHint,
)
from bot.recruitment.rules.steps import (
    LEAST,
    SUGGESTING,
    days_since,
    is_back,
    is_still,
    may_undo,
    suggested,
    wrong,
)
from bot.recruitment.services.access import (
    is_unionless,
    may_lead,
    may_work,
    opened,
    readable,
    workable,
)
from bot.recruitment.services.history import note, owe, today
from storage import people, recruitments, supervision
from storage.enums import RecruitmentState, RecruitmentStep
from storage.folding import person_order
from storage.models import Person, Recruitment, Unit

LATEST = 10  # of the history
HINT_WEEKS = timedelta(weeks=26)  # an older visit speaks for nothing any more


@dataclass(frozen=True)
class Move:
    """From the step that was shown to another."""

    site_id: int
    from_step: RecruitmentStep
    to: RecruitmentStep


async def look(context: Context, site_id: int) -> RecruitmentPage:
    """How far an enterprise has come. Raises Refused: no site of the actor's scope."""
    async with context.work.read() as session:
        site, stored = await readable(session, context, site_id)
        return await page_of(session, context, site, stored)


async def begin(context: Context, site_id: int) -> RecruitmentPage:
    """The first step; who begins is in charge where the site has no officer. Again does nothing.

    Raises Refused: not the actor's to begin, or the site has a union.
    """
    async with context.work.write() as session:
        site, _ = await workable(session, context, site_id)
        stored = await begun(session, context, site)
        return await page_of(session, context, site, stored)


async def begun(session: AsyncSession, context: Context, site: Unit) -> Recruitment:
    """How far the site has come, begun now where nobody had. Whoever calls asked for permission."""
    site_id = site.id or 0
    stored = await recruitments.of_site(session, site_id)
    if stored is None:
        row = Recruitment(
            site_id=site_id,
            step=RecruitmentStep.SURVEY,
            owner_id=site.officer_id or _own(context, site),
            moved_at=context.done_at,
        )
        await recruitments.begin(session, row)
        stored = await recruitments.of_site(session, site_id)
        if stored is None:
            raise Refused(messages.NOT_FOUND)
        event = await note(session, context, stored, "started", today(context))
        if stored.owner_id:
            page = await page_of(session, context, site, stored)
            card = cards.handed_over(page, context.actor.name)
            await owe(session, context, stored.owner_id, card, f"recruitment:event:{event}")
    return stored


def _own(context: Context, site: Unit) -> int | None:
    """Whoever begins, where they go to sites themselves; an administrator does not."""
    goes = context.actor.may(Action.GO_TO_SITES, Subject(site.path))
    return context.actor.person_id if goes else None


async def move(context: Context, to_do: Move, news: RecruitmentNews) -> RecruitmentPage:
    """To another step, forward or back (with a reason). Leaders hear of a held congress.

    Raises Refused: not in charge, moved meanwhile, or numbers that the step does not stand on.
    """
    async with context.work.write() as session:
        site, stored = await opened(session, context, to_do.site_id)
        if stored.step is not to_do.from_step or to_do.to is stored.step:
            raise Refused(messages.RECRUITMENT_MOVED)
        applications = stored.applications if news.applications is None else news.applications
        willing = stored.willing if news.willing is None else news.willing
        back = is_back(stored.step, to_do.to)
        _check(to_do.to, site, willing, applications)
        stored.step = to_do.to
        event = await note(session, context, stored, "back" if back else "moved", news)
        page = await page_of(session, context, site, stored)
        if to_do.to is RecruitmentStep.CONGRESS:
            leaders = await leaders_of(session, site)
            card = cards.congress_held(page, context.actor.name)
            for leader in leaders:
                await owe(session, context, leader, card, f"recruitment:event:{event}")
        return page


async def progress(context: Context, site_id: int, news: RecruitmentNews) -> RecruitmentPage:
    """News that change no step: numbers, the day of the congress, words. Raises Refused as
    `move`."""
    async with context.work.write() as session:
        site, stored = await opened(session, context, site_id)
        applications = stored.applications if news.applications is None else news.applications
        willing = stored.willing if news.willing is None else news.willing
        _check(stored.step, site, willing, applications)
        await note(session, context, stored, "progress", news)
        return await page_of(session, context, site, stored)


async def stop(context: Context, site_id: int, why: str) -> RecruitmentPage:
    """It goes no further for now. Raises Refused as `move`."""
    async with context.work.write() as session:
        site, stored = await opened(session, context, site_id)
        stored.state, stored.stopped_why = RecruitmentState.STOPPED, why
        await note(session, context, stored, "stopped", today(context, why))
        return await page_of(session, context, site, stored)


async def resume(context: Context, site_id: int) -> RecruitmentPage:
    """It goes on where it was stopped. Raises Refused: not in charge, or the site has a union."""
    async with context.work.write() as session:
        site, stored = await workable(session, context, site_id)
        if stored and stored.state is not RecruitmentState.OPEN:
            stored.state, stored.stopped_why = RecruitmentState.OPEN, ""
            await note(session, context, stored, "resumed", today(context))
        return await page_of(session, context, site, stored)


async def owners(work: Work, actor: Actor, site_id: int) -> Sequence[tuple[int, str]]:
    """Whom an enterprise can be given to: those who go to sites there, by name. Raises Refused: not
    the actor's to give."""
    async with work.read() as session:
        site = await session.get(Unit, site_id)
        if site is None:
            raise Refused(messages.NOT_FOUND)
        require(actor, Action.LEAD_RECRUITMENT, Subject(site.path))
        staff = await _staff(session, site)
    return sorted(staff.items(), key=lambda pair: person_order(pair[1]))


async def give(context: Context, site_id: int, owner_id: int) -> RecruitmentPage:
    """Somebody else is in charge, who is told. Begins where nobody had. Raises Refused."""
    async with context.work.write() as session:
        site, stored = await readable(session, context, site_id, locked=True)
        require(context.actor, Action.LEAD_RECRUITMENT, Subject(site.path))
        if not is_unionless(site):
            raise Refused(messages.RECRUITMENT_OVER)
        staff = await _staff(session, site)
        if owner_id not in staff:
            raise Refused(messages.TASK_NOT_THEIRS)
        stored = stored or await begun(session, context, site)
        if stored.owner_id != owner_id:
            before, stored.owner_id = stored.owner_id, owner_id
            event = await note(session, context, stored, "given", today(context, staff[owner_id]))
            page = await page_of(session, context, site, stored)
            card = cards.handed_over(page, context.actor.name)
            await owe(session, context, owner_id, card, f"recruitment:event:{event}")
            if before:
                card = cards.handed_on(page, context.actor.name)
                await owe(session, context, before, card, f"recruitment:event:{event}")
        return await page_of(session, context, site, stored)


async def leaders_of(session: AsyncSession, site: Unit) -> list[int]:
    """The nearest who decide about the site."""
    return await supervision.nearest_over(session, site.path, roles_for(Action.LEAD_RECRUITMENT))


async def _staff(session: AsyncSession, site: Unit) -> dict[int, str]:
    rows = await supervision.holding_over(session, site.path, roles_for(Action.GO_TO_SITES))
    named = await people.named(session, {person for person, _ in rows})
    return {key: person.name for key, person in named.items()}


def _check(
    step: RecruitmentStep, site: Unit, willing: int | None, applications: int | None
) -> None:
    match wrong(step, site.workers, willing, applications):
        case "more_than_workers":
            raise Refused(messages.MORE_THAN_ITS_WORKERS.format(workers=site.workers))
        case "too_few":
            raise Refused(messages.TOO_FEW_APPLICATIONS.format(least=LEAST))


async def page_of(
    session: AsyncSession, context: Context, site: Unit, stored: Recruitment | None
) -> RecruitmentPage:
    """What the card of one enterprise shows, for whoever may see it."""
    above = await session.get(Unit, site.parent_id) if site.parent_id else None
    owner = await session.get(Person, stored.owner_id) if stored and stored.owner_id else None
    rows = await recruitments.events_of(session, stored.id or 0, LATEST) if stored else ()
    events = [
        RecruitmentLine(e.at, e.day, name or "", e.what, e.step, e.willing, e.applications, e.words)
        for e, name in rows
    ]
    unionless = is_unionless(site)
    days = context.work.settings.recruitment.days
    lies = bool(
        stored
        and unionless
        and stored.state is RecruitmentState.OPEN
        and is_still(stored.step, stored.moved_at, days, context.now)
    )
    today_ = local(context.now).date()
    founded = stored is not None and stored.state is RecruitmentState.FOUNDED
    fresh = bool(stored and stored.founded_at and may_undo(stored.founded_at, context.now))
    mends = context.actor.may(Action.MEND_RECRUITMENT, Subject(site.path))
    configured = context.work.settings.assignment.weights.no_union_from
    return RecruitmentPage(
        site=site,
        above=above.name if above else "",
        stored=stored,
        owner=owner.name if owner else "",
        events=events,
        survey=await recruitments.survey_at(session, site.id or 0),
        hint=await _hint(session, context, site, stored) if unionless else None,
        still_days=days_since(stored.moved_at, context.now) if lies and stored else 0,
        union_from=union_owed_from(today_.year, configured),
        may_work=unionless and may_work(context, site, stored),
        may_lead=unionless and may_lead(context, site),
        may_undo=founded and (mends or (fresh and may_lead(context, site))),
        may_invite=founded and context.actor.may(Action.INVITE, Subject(site.path)),
    )


async def _hint(
    session: AsyncSession, context: Context, site: Unit, stored: Recruitment | None
) -> VisitHint | None:
    if stored and stored.state is not RecruitmentState.OPEN:
        return None
    first = (Week.containing(context.now).monday) - HINT_WEEKS
    rows = await recruitments.visits_since(
        session, recruitments.at_site(site.id or 0), SUGGESTING, first
    )
    for _, _, visit, report, officer in rows:
        if step := suggested(stored.step if stored else None, report.kind):
            return VisitHint(visit.id or 0, report.visited_on, officer, report.kind, step)
    return None
