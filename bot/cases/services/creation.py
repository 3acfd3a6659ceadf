"""How a case comes into the world: its code, its owner, its clock, its first event.

Used by the worker's concern and by the proposals of a visit's report alike.
"""

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.cases.rules.codes import new_code
from bot.cases.rules.deadlines import settle_by
from bot.cases.rules.escalation import OfficerInCharge, Routing, chain, route
from bot.cases.services import alerts
from bot.cases.services.clocks import plan_next
from bot.core.rules.calendar import local
from bot.core.rules.permissions import Action, roles_for
from bot.core.work import Work
from storage import people
from storage.coarse import hour_of
from storage.enums import CaseKind, CaseStatus, Category, EventAuthor, Severity
from storage.folding import fold
from storage.models import Case, CaseEvent, CaseFile, Unit
from storage.paths import ids_of


@dataclass(frozen=True)
class NewCase:
    """What somebody brought. `site`: None where it is not in the list, then `root` is the owner's.

    `door`: the channel that a worker's concern came by. `settled`: a proposal settled on the spot,
    in words. `about_id`: the person it complains about. `weighed` False: no early warning: official
    writing with its words ("đình công"), or words that were weighed before.
    """

    text: str
    site: Unit | None
    root: Unit
    kind: CaseKind = CaseKind.CONCERN
    category: Category = Category.KHAC
    severity: Severity = Severity.NORMAL
    reporter_id: str | None = None
    anonymous: bool = True
    author_id: int | None = None
    report_id: int | None = None
    site_words: str = ""
    affected: int | None = None
    affected_group: str = ""
    about_id: int | None = None
    settled: str = ""
    files: Collection[int] = ()
    door: str = ""
    weighed: bool = True


async def bear(session: AsyncSession, work: Work, new: NewCase, now: datetime) -> Case:
    """Give the case a code, a level, an assignee if there is one, and start its clock.

    What a worker brings is kept to the hour; its clock runs from there.
    """
    brought = hour_of(now) if new.reporter_id else now
    levels = chain(_units_above(new))
    officer = await _in_charge(session, new.site, local(now).date())
    routing = route(new.category, new.kind, new.about_id is not None, levels, officer)
    case = _case(new, levels[0], routing, work, brought)
    session.add(case)
    await session.flush()
    assert case.id is not None
    session.add_all(CaseFile(case_id=case.id, file_id=file) for file in new.files)
    session.add(_first_event(case, new, brought))
    if new.weighed:
        await alerts.consider(session, work, case, now)
    plan_next(work, case, now, top=levels[-1])
    return case


def _units_above(new: NewCase) -> list[int]:
    """The ids from the province down to the upper union over the site (the unit above it)."""
    place = new.site or new.root
    ids = ids_of(place.path)
    return ids[:-1] if new.site and len(ids) > 1 else ids


def _case(new: NewCase, home_id: int, routing: Routing, work: Work, now: datetime) -> Case:
    status = CaseStatus.SETTLED if new.settled else CaseStatus.RECEIVED
    calendar, clocks = work.calendar, work.settings.cases.clocks
    return Case(
        code=new_code(secrets.randbelow),
        kind=new.kind,
        category=new.category,
        severity=new.severity,
        status=status,
        site_id=new.site.id if new.site else None,
        site_words=new.site_words[:200],
        unit_id=routing.unit_level,
        home_id=home_id,
        assignee_id=routing.assignee,
        about_id=new.about_id,
        report_id=new.report_id,
        author_id=new.author_id,
        reporter_id=new.reporter_id,
        anonymous=new.anonymous,
        door=new.door,
        affected=new.affected,
        affected_group=new.affected_group,
        text=new.text,
        folded=fold(f"{new.text} {new.site_words}"),
        result=new.settled,
        created_at=now,
        clock_from=now,
        settle_by=settle_by(now, new.severity, clocks, calendar),
        settled_at=now if new.settled else None,
    )


def _first_event(case: Case, new: NewCase, now: datetime) -> CaseEvent:
    return CaseEvent(
        case_id=case.id or 0,
        at=now,
        by=EventAuthor.PERSON if new.author_id else EventAuthor.REPORTER,
        actor_id=new.author_id,
        what="born_settled" if new.settled else "received",
        words=new.settled,
    )


async def _in_charge(
    session: AsyncSession, site: Unit | None, today: date
) -> OfficerInCharge | None:
    if site is None or site.officer_id is None:
        return None
    going = roles_for(Action.GO_TO_SITES)
    if site.officer_id not in await people.holding_among(session, [site.officer_id], going):
        return OfficerInCharge(site.officer_id, "departed")
    away = await people.leaves_between(session, today, today, [site.officer_id])
    return OfficerInCharge(site.officer_id, "on_leave" if away else "present")
