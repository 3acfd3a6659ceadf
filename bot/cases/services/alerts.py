"""Early warning: a new case or report is weighed, and who leads hears of it at once, also by night.

Once an event and not again within a day unless it grows. What goes out names no worker and quotes
nothing but the phrases that rang; of a confidential category not even those.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

import structlog
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.cases.cards import alerts as alert_cards
from bot.cases.facts.alerts import AlertSeen
from bot.cases.rules import early_warning
from bot.cases.rules.deadlines import settle_by
from bot.cases.rules.early_warning import (
    AlertFacts,
    CaseText,
    EarlyWarning,
    Season,
    Sign,
    SignKind,
)
from bot.cases.services import on_duty
from bot.cases.services.sight import is_quiet, readable
from bot.core import messages as says
from bot.core.context import Context
from bot.core.errors import Refused
from bot.core.notices import notice
from bot.core.rules.calendar import local
from bot.core.rules.permissions import Action, Actor, Subject, roles_for
from bot.core.rules.public_holidays import next_tet
from bot.core.streams import Stream
from bot.core.work import Work
from storage import alerts, cases, outbox, people, supervision, units
from storage.enums import AlertLevel, CaseStatus, Lane, Severity
from storage.folding import fold
from storage.models import Alert, Case, QuickReport, Unit

LOOK_BACK = timedelta(days=7)

AlertFollower = Callable[[AsyncSession, Work, Alert, datetime], Awaitable[None]]
FOLLOWERS: list[AlertFollower] = []
"""What other areas do when an alert goes out, in its transaction; the wiring fills it."""

log = structlog.get_logger()


@dataclass(frozen=True)
class Source:
    """What an alert comes from: a case, or a report or a person at a site (`raised_by`)."""

    unit_id: int
    home_id: int
    site_id: int | None
    case: Case | None = None
    report_id: int | None = None
    raised_by: int | None = None
    words: str = ""

    @property
    def where(self) -> tuple[int, str]:
        """The place; by its name where it is not in the list."""
        return _where(self.case) if self.case else (self.site_id or 0, "")

    def key(self, kind: SignKind) -> str:
        """Where and what: alerts with one key are about one thing."""
        if kind is SignKind.ZONE:
            return f"zone:{self.home_id}:{kind}"
        site, words = self.where
        return f"site:{site}:{kind}" if site else f"words:{self.home_id}:{words[:40]}:{kind}"


async def consider(session: AsyncSession, work: Work, case: Case, now: datetime) -> Alert | None:
    """Weigh a case that was just born, in its own transaction; owe the alert if there is one."""
    if case.status == CaseStatus.SETTLED:
        return None
    source = Source(case.unit_id, case.home_id, case.site_id, case)
    weighed = await weigh(session, work, source, _text(case))
    if weighed is None:
        return None
    if weighed.level is AlertLevel.ALARM:
        _make_urgent(work, case)
    return await raise_once(session, Context(work, Actor(), now), source, weighed)


async def raise_once(
    session: AsyncSession, context: Context, source: Source, weighed: EarlyWarning
) -> Alert | None:
    """Owe the alert to those who lead, unless they have had it; None then."""
    key = source.key(weighed.kind)
    await alerts.one_at_a_time(session, source.home_id)
    before = await alerts.last_open(session, key)
    previous = AlertFacts(before.at, before.size) if before else None
    if not early_warning.should_alert(previous, context.now, weighed.size):
        return None
    raised = await _raise(session, context, source, weighed)
    await _tell(session, context.work, raised, context.now)
    return raised


def _make_urgent(work: Work, case: Case) -> None:
    """What rings an alarm does not wait like any other case. Its clock began when it was brought:
    to the hour where a worker did."""
    case.severity = Severity.URGENT
    clocks = work.settings.cases.clocks
    started = case.clock_from or case.created_at
    case.settle_by = settle_by(started, Severity.URGENT, clocks, work.calendar)


async def open_alerts(work: Work, actor: Actor) -> list[AlertSeen]:
    """The newest alert of each event that is not over: where the actor leads, or their own."""
    if not actor.may_any(Action.SEE_ALERTS, Action.RAISE_ALERT, Action.SEE_FALSE_ALARMS):
        raise Refused(says.NOT_ALLOWED)
    async with work.read() as session:
        return await not_over(session, work, actor)


async def not_over(
    session: AsyncSession, work: Work, actor: Actor, site_id: int | None = None
) -> list[AlertSeen]:
    """The same within a transaction, for whoever may look; of a site alone where one is named."""
    if not (every_open := await alerts.all_open(session, site_id)):
        return []
    every = await _facts(session, work, every_open, actor)
    newest = {facts.alert.key: facts for facts in every if facts.leads or _own(actor, facts)}
    return sorted(newest.values(), key=lambda facts: facts.alert.at, reverse=True)


async def see(work: Work, actor: Actor, alert_id: int) -> AlertSeen:
    """An alert as it stands now."""
    async with work.read() as session:
        return await alert_for(session, work, actor, alert_id)


async def know(work: Work, actor: Actor, alert_id: int) -> AlertSeen:
    """ "Đã nắm": the others see who has taken note."""
    async with work.write() as session:
        facts = await alert_for(session, work, actor, alert_id)
        if not facts.leads:
            raise Refused(says.NOT_ALLOWED)
        if actor.person_id in facts.alert.seen_by:
            return facts
        facts.alert.seen_by = [*facts.alert.seen_by, actor.person_id]
        session.add(facts.alert)
        return replace(facts, known_to=[*facts.known_to, actor.name])


async def alert_for(session: AsyncSession, work: Work, actor: Actor, alert_id: int) -> AlertSeen:
    """The alert, locked, if the actor leads its unit or one above, or raised it. Raises Refused."""
    alert = await alerts.get_locked(session, alert_id)
    if alert is None:
        raise Refused(says.NOT_FOUND)
    facts = await facts_of(session, work, alert, actor)
    if not facts.leads and not _own(actor, facts):
        raise Refused(says.NOT_FOUND)
    return facts


async def facts_of(
    session: AsyncSession, work: Work, alert: Alert, actor: Actor | None = None
) -> AlertSeen:
    """An alert with what hangs on it, for the actor; None: for those told of it as it is raised."""
    facts = (await _facts(session, work, [alert], actor))[0]
    about = facts.case.about_id if facts.case else None
    duty = await on_duty.named(session, work, alert.unit_id, alert.at, but_not=about)
    return replace(facts, duty=duty)


async def _facts(
    session: AsyncSession, work: Work, wanted: Sequence[Alert], actor: Actor | None
) -> list[AlertSeen]:
    """The same of many; how many queries it takes does not depend on how many there are."""
    by_id = await cases.by_ids(session, {alert.case_id for alert in wanted if alert.case_id})
    open_words = {key for key, case in by_id.items() if not is_quiet(case)}
    if actor is not None:
        open_words &= set(await readable(session, actor, open_words))
    places = await units.by_ids(session, {i for a in wanted for i in (a.unit_id, a.site_id) if i})
    about = {p for alert in wanted for p in (*alert.seen_by, alert.raised_by) if p}
    names = await people.named(session, about)
    reports = await alerts.reports_on(session, wanted)
    return [
        _with_rights(
            AlertSeen(
                alert=alert,
                case=by_id.get(alert.case_id or 0),
                unit=places[alert.unit_id],
                site=places.get(alert.site_id or 0),
                known_to=[names[person].name for person in alert.seen_by if person in names],
                reports=reports[alert.id or 0],
                report_by=_report_by(work, alert),
                quotes=alert.case_id is None or alert.case_id in open_words,
                by=names[alert.raised_by].name if alert.raised_by in names else "",
                meet_by=_meet_by(alert, reports[alert.id or 0]),
            ),
            actor,
        )
        for alert in wanted
    ]


def _with_rights(facts: AlertSeen, actor: Actor | None) -> AlertSeen:
    """Those told of it as it is raised are the ones who lead."""
    if actor is None:
        return replace(facts, may_judge=True, site_opens=facts.site is not None)
    judges = actor.may(Action.JUDGE_ALERT, Subject(facts.unit.path)) and not _accused(actor, facts)
    opens = facts.site is not None and actor.may(Action.READ_SITE, Subject(facts.site.path))
    return replace(facts, leads=_leads(actor, facts), may_judge=judges, site_opens=opens)


def _meet_by(alert: Alert, reports: Sequence[QuickReport]) -> datetime | None:
    """Until when both sides are to be met: from the beginning as reported, else from the alert."""
    rang = {sign.partition(":")[0] for sign in alert.signs}
    if SignKind.STOPPAGE not in rang or alert.over_at:
        return None
    began = reports[-1].began_at if reports else None
    return (began or alert.at) + early_warning.strike_law().span


def _report_by(work: Work, alert: Alert) -> datetime | None:
    """When the short report is expected; None where none is."""
    expected = alert.level == AlertLevel.ALARM and alert.over_at is None
    return alert.at + timedelta(hours=work.settings.alerts.report_hours) if expected else None


async def leaders(session: AsyncSession, alert: Alert, about_id: int | None) -> list[int]:
    """The supervisors of the unit that has the case and of every level up to the province, and who
    watches over the site's cluster, but the one whom the case is about."""
    path = (await session.get_one(Unit, alert.unit_id)).path
    over = await supervision.holding_over(session, path, roles_for(Action.SEE_ALERTS))
    site = await session.get(Unit, alert.site_id) if alert.site_id else None
    roles = roles_for(Action.WATCH_CASES)
    watchers = await supervision.watching(session, site.path, roles) if site else []
    receivers = dict.fromkeys([*(person for person, _ in over), *watchers])
    return [person for person in receivers if person != about_id]


async def told_of(session: AsyncSession, case: Case) -> set[int]:
    """Whom an alert that this very case has just raised tells of it; nobody where it raised none,
    or where the alert says nothing of the case."""
    if is_quiet(case):
        return set()
    alert = await alerts.raised_by_case(session, case.id or 0)
    return set(await leaders(session, alert, case.about_id)) if alert else set()


async def weigh(
    session: AsyncSession, work: Work, source: Source, text: CaseText
) -> EarlyWarning | None:
    """What a text says together with the cases of the last days; `text.at` is now."""
    recent = await alerts.cases_since(session, source.home_id, source.site_id, text.at - LOOK_BACK)
    others = [other for other in recent if other.id != text.id]
    here = [_text(other) for other in others if _where(other) == source.where]
    zone = [_text(other) for other in others if other.site_id and _where(other) != source.where]
    today = local(text.at).date()
    signs = early_warning.signs(
        text,
        here,
        zone_recent=zone,
        today=today,
        season=season(work, today),
        own=work.settings.alerts.own_words,
    )
    return early_warning.alert(signs)


async def _raise(
    session: AsyncSession, context: Context, source: Source, weighed: EarlyWarning
) -> Alert:
    hours = timedelta(hours=context.work.settings.alerts.report_hours)
    raised = Alert(
        key=source.key(weighed.kind),
        unit_id=source.unit_id,
        home_id=source.home_id,
        site_id=source.site_id,
        case_id=source.case.id if source.case else None,
        report_id=source.report_id,
        raised_by=source.raised_by,
        words=source.words,
        at=context.now,
        size=weighed.size,
        level=weighed.level,
        signs=[_sign_and_quotes(sign, source.case) for sign in weighed.signs],
    )
    reported = any((await alerts.reports_on(session, [raised])).values())
    if weighed.level is AlertLevel.ALARM and not reported:
        raised.remind_at = context.now + hours
    session.add(raised)
    await session.flush()
    return raised


async def _tell(session: AsyncSession, work: Work, alert: Alert, now: datetime) -> None:
    facts = await facts_of(session, work, alert)
    receivers = await leaders(session, alert, facts.about_id)
    receivers = [person for person in receivers if person != alert.raised_by]
    # Erased with the case's words.
    card, about = alert_cards.alert(facts, now), f"case:{alert.case_id}" if alert.case_id else ""
    messages = [
        notice(
            work.calendar, p, card, f"alert:{alert.id}:{p}", now, lane=Lane.URGENT, subject=about
        )
        for p in receivers
    ]
    await outbox.add_all(session, messages)
    if facts.about_id is None:  # else whom it is about would hear of it
        for follow in FOLLOWERS:
            await follow(session, work, alert, now)
    log.info("alert.raised", alert=alert.id, level=alert.level, told=len(receivers))


async def _remind_all(
    session: AsyncSession, work: Work, due: Sequence[Alert], now: datetime
) -> None:
    """The leaders of short reports that are late; once an alert."""
    for alert in due:
        alert.remind_at = None
        await _remind(session, work, alert, now)


async def _remind(session: AsyncSession, work: Work, alert: Alert, now: datetime) -> None:
    """Those next to the place, never whom the case is about; where there are none, those above."""
    facts = await facts_of(session, work, alert)
    if facts.reports:
        return
    path, about = facts.unit.path, facts.about_id
    roles = roles_for(Action.SEE_ALERTS)
    card = alert_cards.reminder(facts)
    for person in await supervision.to_tell(session, path, roles, but_not=about):
        key = f"alert:{alert.id}:late:{person}"
        await outbox.add(session, notice(work.calendar, person, card, key, now, lane=Lane.URGENT))


def season(work: Work, today: date) -> Season:
    """The next Tết, and the last change of the minimum wage that the operator knows of."""
    changes = [day for day in work.settings.alerts.wage_changes if day <= today]
    return Season(tet=next_tet(today), wage_change=max(changes, default=None))


def _leads(actor: Actor, facts: AlertSeen) -> bool:
    """A supervisor over the unit or the site's cluster, who is not the one the case is about."""
    watches = facts.site is not None and actor.may(Action.WATCH_CASES, Subject(facts.site.path))
    may = watches or actor.may(Action.SEE_ALERTS, Subject(facts.unit.path))
    return may and not _accused(actor, facts)


def _accused(actor: Actor, facts: AlertSeen) -> bool:
    return facts.about_id is not None and facts.about_id == actor.person_id


def _own(actor: Actor, facts: AlertSeen) -> bool:
    """Whoever raised it, and may still do so there, may report on it."""
    if actor.is_stranger or facts.alert.raised_by != actor.person_id:
        return False
    return actor.may(Action.RAISE_ALERT, Subject((facts.site or facts.unit).path))


def _where(case: Case) -> tuple[int, str]:
    """The place of a case; by its name where it is not in the list."""
    return (case.site_id, "") if case.site_id else (0, fold(case.site_words))


def _text(case: Case) -> CaseText:
    category = case.category
    return CaseText(case.id or 0, case.site_id or 0, category, case.text, case.created_at)


def _sign_and_quotes(sign: Sign, case: Case | None) -> str:
    quotes = [] if case and is_quiet(case) else list(dict.fromkeys(sign.words))
    return f"{sign.kind}:{', '.join(quotes)}" if quotes else str(sign.kind)


STREAM = Stream("alerts", Alert, alerts.NOT_OVER, _remind_all, size=50)
