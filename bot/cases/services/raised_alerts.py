"""Alerts that no worker's concern raised: an officer's report, or somebody who says so."""

from dataclasses import dataclass, replace

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.cases.facts.alerts import AlertSeen
from bot.cases.rules import early_warning
from bot.cases.rules.early_warning import CaseText, EarlyWarning, Sign, SignKind
from bot.cases.services.alerts import Source, facts_of, leaders, raise_once, weigh
from bot.core import messages
from bot.core.context import Context
from bot.core.errors import Refused
from bot.core.rules.permissions import Action, Subject
from storage import alerts, people
from storage.enums import AlertLevel, Category
from storage.models import Alert, Unit

LONGEST_WORDS = 1000


@dataclass(frozen=True)
class ReportWords:
    """What an officer wrote in a report; `before`: in the version that this one corrects."""

    report_id: int | None
    site: Unit
    text: str
    before: str = ""


async def consider_report(
    session: AsyncSession, context: Context, written: ReportWords
) -> Alert | None:
    """Weigh a report by the same rule as a concern, in its own transaction.

    A correction rings for what it adds: its first version has rung for the rest.
    """
    own = context.work.settings.alerts.own_words
    before = early_warning.wording(written.before, own=own)
    fresh = early_warning.wording(written.text, own=own).keys() - before.keys()
    if not fresh:
        return None
    source = Source(
        unit_id=_over(written.site),
        home_id=_over(written.site),
        site_id=written.site.id,
        report_id=written.report_id,
        raised_by=context.actor.person_id,
    )
    text = CaseText(0, written.site.id or 0, Category.KHAC, written.text, context.now)
    weighed = await weigh(session, context.work, source, text)
    if weighed is None:
        return None
    return await raise_once(session, context, source, weighed)


async def raise_by_hand(context: Context, site_id: int, words: str) -> AlertSeen:
    """Somebody who knows of a stoppage says so: those who lead hear of it at once.

    Where the same event is known already nobody is told again; its alert is given back, with what
    was said now. Raises Refused: not a site of theirs.
    """
    async with context.work.write() as session:
        site = await session.get(Unit, site_id)
        if site is None or site.dissolved_on:
            raise Refused(messages.NOT_FOUND)
        if not context.actor.may(Action.RAISE_ALERT, Subject(site.path)):
            raise Refused(messages.SITE_NOT_YOURS)
        source = Source(
            unit_id=_over(site),
            home_id=_over(site),
            site_id=site.id,
            raised_by=context.actor.person_id,
            words=" ".join(words.split())[:LONGEST_WORDS],
        )
        sign = Sign(SignKind.STOPPAGE, early_warning.WEIGHTS[SignKind.STOPPAGE])
        weighed = EarlyWarning(AlertLevel.ALARM, SignKind.STOPPAGE, (sign,), 1)
        raised = await raise_once(session, context, source, weighed)
        if raised is None:
            raised = await _join(session, source)
        facts = await facts_of(session, context.work, raised, context.actor)
        return replace(facts, notified=await _notified(session, raised))


async def _notified(session: AsyncSession, alert: Alert) -> list[str]:
    """Names of those who lead there, but whoever raised it, the nearest first."""
    receivers = [p for p in await leaders(session, alert, None) if p != alert.raised_by]
    names = await people.named(session, set(receivers))
    return [names[person].name for person in receivers if person in names]


async def _join(session: AsyncSession, source: Source) -> Alert:
    """A row of one's own about an event that is known, so that one may report on it too."""
    existing = await alerts.last_open(session, source.key(SignKind.STOPPAGE))
    assert existing is not None, "else it would have been raised"
    if existing.raised_by == source.raised_by:
        return existing
    own = Alert(
        key=existing.key,
        unit_id=source.unit_id,
        home_id=source.home_id,
        site_id=source.site_id,
        raised_by=source.raised_by,
        words=source.words,
        at=existing.at,
        size=existing.size,
        level=existing.level,
        signs=[SignKind.STOPPAGE],
    )
    session.add(own)
    await session.flush()
    return own


def _over(site: Unit) -> int:
    """The unit above the site: there the alert begins, as a case does."""
    return site.parent_id or site.id or 0
