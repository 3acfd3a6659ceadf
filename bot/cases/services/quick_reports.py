"""Báo cáo nhanh on a stoppage: sent up at once, updated until work is taken up again."""

import asyncio
import re
from dataclasses import dataclass
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.cases.cards import alerts as alert_cards
from bot.cases.facts.alerts import AlertSeen, QuickFacts
from bot.cases.services.alerts import alert_for, leaders
from bot.core import messages
from bot.core.context import Context
from bot.core.errors import Refused
from bot.core.notices import notice
from bot.core.rules.calendar import local
from bot.core.rules.permissions import Actor
from bot.core.work import Work
from bot.units.services.letterheads import heads_of
from storage import alerts, outbox
from storage.enums import Lane
from storage.folding import fold
from storage.models import Alert, Person, QuickReport


@dataclass(frozen=True)
class QuickAnswers:
    """What the form asks for. `began_at`: aware, None where nobody stopped; `workers`: of all."""

    enterprise: str
    began_at: datetime | None
    taking_part: int
    workers: int | None
    demands: str
    employer: str
    authorities: str
    next_step: str
    cause: str
    ownership: str
    has_union: bool
    resumed: bool


async def begin(work: Work, actor: Actor, alert_id: int) -> AlertSeen:
    """The alert to report on, with the reports so far. Raises Refused when it is over."""
    async with work.read() as session:
        alert_facts = await alert_for(session, work, actor, alert_id)
    if alert_facts.alert.over_at:
        raise Refused(messages.ALERT_OVER)
    return alert_facts


async def submit(context: Context, alert_id: int, answers: QuickAnswers) -> QuickFacts:
    """Keep the report and send it up; with it the reminder is done, and perhaps the event."""
    async with context.work.write() as session:
        alert_facts = await alert_for(session, context.work, context.actor, alert_id)
        if alert_facts.alert.over_at:
            raise Refused(messages.ALERT_OVER)
        report = QuickReport(
            alert_id=alert_id, author_id=context.actor.person_id, at=context.now, **vars(answers)
        )
        session.add(report)
        await _settle_event(session, alert_facts.alert, context.now if answers.resumed else None)
        await session.flush()
        facts = await _facts(session, context.work, alert_facts, report)
        await _send_up(session, context.work, facts, alert_facts, context.now)
    return facts


async def paper(work: Work, actor: Actor, report_id: int) -> tuple[str, bytes]:
    """(file name, docx) of a report, for whoever leads the unit or a level above."""
    async with work.read() as session:
        report = await session.get(QuickReport, report_id) if report_id < 2**31 else None
        if report is None:
            raise Refused(messages.NOT_FOUND)
        alert_facts = await alert_for(session, work, actor, report.alert_id)
        facts = await _facts(session, work, alert_facts, report)
    place = re.sub(r"[^a-z0-9]+", "-", fold(report.enterprise)).strip("-")[:40]
    name = f"bao-cao-nhanh-{place}-{local(report.at):%Y%m%d-%H%M}.docx"
    return name, await asyncio.to_thread(_document, facts)


def _document(facts: QuickFacts) -> bytes:
    from bot.cases.papers.quick_report import document  # with it comes what writes Word files

    return document(facts)


async def _settle_event(session: AsyncSession, alert: Alert, over_at: datetime | None) -> None:
    """Nobody need be reminded any more of any alert about this event."""
    for event_alert in await alerts.of_event(session, alert):
        event_alert.remind_at, event_alert.over_at = None, over_at
        session.add(event_alert)


async def _facts(
    session: AsyncSession, work: Work, alert_facts: AlertSeen, report: QuickReport
) -> QuickFacts:
    reports = (await alerts.reports_on(session, [alert_facts.alert]))[alert_facts.alert.id or 0]
    earlier = [other for other in reports if other.id != report.id]
    number = 1 + sum(1 for r in earlier if (r.id or 0) < (report.id or 0))
    author = await session.get_one(Person, report.author_id)
    unit = alert_facts.unit
    head = (await heads_of(session, work, [unit]))[unit.id or 0]
    return QuickFacts(report, alert_facts.alert, unit, head, author, number)


async def _send_up(
    session: AsyncSession, work: Work, facts: QuickFacts, alert_facts: AlertSeen, now: datetime
) -> None:
    """To everybody who had the alert: the province above all."""
    card = alert_cards.quick_report(facts)
    for person in await leaders(session, alert_facts.alert, alert_facts.about_id):
        if person != facts.report.author_id:
            key = f"quick:{facts.report.id}:{person}"
            await outbox.add(
                session, notice(work.calendar, person, card, key, now, lane=Lane.URGENT)
            )
