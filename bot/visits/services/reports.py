"""Taking a visit's report: in time, late, corrected, or in one message from a place without signal.

Rules: plan `sat-co-so` ("thực chất, tránh qua loa, hình thức"); late reports and corrections are
our own proposal and configurable.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from secrets import token_hex

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.cases.rules.classify import suggest
from bot.cases.services import own_proposals
from bot.cases.services.creation import NewCase, bear
from bot.cases.services.raised_alerts import ReportWords, consider_report
from bot.core import messages
from bot.core.access import require
from bot.core.context import Context
from bot.core.errors import Refused
from bot.core.labels import ARREARS, TopicWords
from bot.core.rendering import capital
from bot.core.rules.calendar import Week, at
from bot.core.rules.permissions import LEADING_VISITS, Action, Actor, Subject, roles_for
from bot.core.work import Work
from bot.units.services import new_sites
from bot.visits.facts.agreements import naming
from bot.visits.facts.report_answers import NewPlace, ReportAnswers
from bot.visits.facts.visits import ReportFacts, Submitted
from bot.visits.rules.quality import flags
from bot.visits.services import asked_for, commendations, promises, suggested_figures, terms
from bot.visits.services.site_visits import ask_to_vouch
from bot.visits.services.visit_facts import can_correct, can_report
from bot.visits.services.visits import PlaceChanged, require_own, subject_of
from storage import files as stored_files
from storage import outbox, people, report_notes, units, visits
from storage.enums import Arrears, CaseKind, VisitOrigin, VisitStatus
from storage.models import Case, ReportFile, ReportTopic, Unit, Visit, VisitEvent, VisitReport

COMPARED_REPORTS = 40
UNNAMED_KIND = "unplanned"  # of a report in one message
QUICK = "quick"  # the flag of a report in one message, until it is completed


async def submit(
    context: Context,
    visit_id: int,
    answers: ReportAnswers,
    place: int = 0,
    corrects: Collection[str] = (),
) -> Submitted:
    """The report of a planned visit, or a correction of one already sent. `place`: the site that
    the officer reports on, 0 where that was not said. What a phone sent before is taken no second
    time, and it corrects only what it sent itself by one of the keys `corrects`: of any other
    report whoever wrote it did not know.

    Raises Refused: not one's own visit, too late, or the form was sent or dropped before.
    """
    async with context.work.write() as session:
        visit, site = await visit_and_site(session, visit_id)
        if sent := await _of_phone(session, context, answers.phone_key):
            return await _submitted(session, context, visit, site, sent)
        await require_own(session, context.actor, Action.WORK_VISIT, visit, site)
        _check_place(site, place)
        before = await visits.latest_report(session, visit_id)
        if before and answers.phone_key and before.phone_key not in corrects:
            raise Refused(messages.REPORTED_ANOTHER_WAY)
        _check_open(context.work, visit, before, context.done_at)
        return await _keep(session, context, visit, site, before, answers)


async def submit_unplanned(
    context: Context,
    site_id: int,
    answers: ReportAnswers,
    assigned_id: int | None = None,
    first_key: str = "",
) -> Submitted:
    """A visit nobody had planned, reported afterwards.

    `assigned_id`: the officer says that it is this assigned visit. It is, unless the visit was
    reported, given away or moved to another site meanwhile. `first_key`: by which a phone sent it
    first, whatever was changed since: the visit bears it, so that there is one, whichever of its
    tries comes first. Raises IntegrityError where another try came at the same moment.
    """
    async with context.work.write() as session:
        if assigned_id and (own := await _still_assigned(session, context, assigned_id, site_id)):
            return await _keep(session, context, *own, None, answers)
        site = await session.get(Unit, site_id)
        if site is None:
            raise Refused(messages.NOT_FOUND)
        if not context.actor.may(Action.REPORT_UNPLANNED, Subject(site.path)):
            raise Refused(messages.SITE_NOT_YOURS)
        return await _unplanned(session, context, site, answers, first_key)


async def submit_at_new_place(
    context: Context, place: NewPlace, answers: ReportAnswers
) -> Submitted:
    """The same at a place in no list: it is kept with the visit, an administrator confirms it."""
    require(context.actor, Action.REPORT_UNPLANNED)
    async with context.work.write() as session:
        site = await new_sites.propose(session, context, place.name, place.address)
        return await _unplanned(session, context, site, answers)


async def _unplanned(
    session: AsyncSession, context: Context, site: Unit, answers: ReportAnswers, first_key: str = ""
) -> Submitted:
    site_id = site.id or 0
    visit = Visit(
        key=_key_of(context.actor, first_key or token_hex(8)),
        week=Week.of(answers.visited_on).monday,
        site_id=site_id,
        unit_id=site.parent_id or site_id,
        officer_id=context.actor.person_id,
        origin=VisitOrigin.UNPLANNED,
        reasons=[["unplanned", None]],
        created_at=context.now,
    )
    session.add(visit)
    await session.flush()
    return await _keep(session, context, visit, site, None, answers)


def _key_of(actor: Actor, first_key: str) -> str:
    """Of a visit nobody had planned."""
    return f"unplanned:{first_key}:{actor.person_id}"


async def sites_of_unplanned(context: Context) -> Sequence[tuple[int, str]]:
    """(id, name) of every site where the actor may report a visit nobody had planned, by name."""
    paths = context.actor.paths_for(Action.REPORT_UNPLANNED)
    async with context.work.read() as session:
        return [(key, name) for key, name, _ in await units.site_names(session, paths)]


async def unplanned_to_be_reported(
    context: Context, place: int, first_key: str, corrects: Collection[str]
) -> tuple[Visit | None, Unit]:
    """The site of a visit nobody had planned, as a phone sends it; with the visit, where an earlier
    try under `first_key` has come through. `corrects` as in `submit`.

    Raises Refused: no site of the actor's, or the report is another one by now.
    """
    async with context.work.read() as session:
        visit = await visits.by_key(session, _key_of(context.actor, first_key))
        site = (await units.by_ids(session, [place])).get(place)
    if visit:
        return await to_be_reported(context, visit.id or 0, place, corrects)
    if site is None or not context.actor.may(Action.REPORT_UNPLANNED, Subject(site.path)):
        raise Refused(messages.SITE_NOT_YOURS)
    return None, site


async def _still_assigned(
    session: AsyncSession, context: Context, visit_id: int, site_id: int
) -> tuple[Visit, Unit] | None:
    visit, site = await visit_and_site(session, visit_id)
    allowed = context.actor.may(Action.WORK_VISIT, subject_of(visit, site))
    waits = visit.site_id == site_id and can_report(context.work, visit, context.done_at)
    return (visit, site) if allowed and waits else None


async def phone_reports(context: Context) -> Sequence[tuple[str, datetime, int]]:
    """(key, when it counts as sent, visit) of what the actor's phones brought of late."""
    since = context.now - timedelta(weeks=context.work.settings.visits.late_weeks + 1)
    async with context.work.read() as session:
        return await visits.phone_keys_of(session, context.actor.person_id, since)


async def sent_from_phone(context: Context, phone_key: str) -> Submitted | None:
    """The actor's report that a phone sent under this key; None: it has not arrived.

    Raises Refused: it is somebody else's.
    """
    async with context.work.read() as session:
        report = await _of_phone(session, context, phone_key)
        if report is None:
            return None
        visit, site = await visit_and_site(session, report.visit_id)
        return await _submitted(session, context, visit, site, report)


async def _of_phone(session: AsyncSession, context: Context, phone_key: str) -> VisitReport | None:
    report = await visits.report_of_phone(session, phone_key) if phone_key else None
    if report and report.author_id != context.actor.person_id:
        raise Refused(messages.NOT_ALLOWED)
    return report


def _check_place(site: Unit, place: int) -> None:
    if place and place != site.id:
        raise PlaceChanged(messages.PLACE_CHANGED)


async def answers_of(
    context: Context, visit_id: int, place: int = 0
) -> tuple[Visit, Unit, VisitReport | None]:
    """The visit to report on, with its report when it is to be corrected. `place` as in `submit`.

    Raises Refused: not one's own, or neither reportable nor correctable any more.
    """
    async with context.work.read() as session:
        visit, site = await visit_and_site(session, visit_id)
        await require_own(session, context.actor, Action.WORK_VISIT, visit, site)
        _check_place(site, place)
        before = await visits.latest_report(session, visit_id)
        _check_open(context.work, visit, before, context.now)
    return visit, site, before


async def to_be_reported(
    context: Context, visit_id: int, place: int, corrects: Collection[str] = ()
) -> tuple[Visit, Unit]:
    """One's own visit that waits for its first report, or for a better one than by the keys
    `corrects`, with its site. `place` as in `submit`.

    Raises Refused, saying why it does not.
    """
    async with context.work.read() as session:
        visit, site = await visit_and_site(session, visit_id)
        await require_own(session, context.actor, Action.WORK_VISIT, visit, site)
        _check_place(site, place)
        before = await visits.latest_report(session, visit_id)
        if before and before.phone_key not in corrects:
            raise Refused(messages.REPORTED_ANOTHER_WAY)
        _check_open(context.work, visit, before, context.done_at)
    return visit, site


async def topics_and_files(work: Work, report: VisitReport) -> tuple[list[ReportTopic], list[int]]:
    """What hangs on a report besides its columns."""
    async with work.read() as session:
        topics = (await visits.topics_of(session, [report.id or 0])).get(report.id or 0, [])
        return topics, await visits.file_ids(session, report.id or 0)


async def kinds_of(work: Work, file_ids: Sequence[int]) -> dict[int, str]:
    """Kept file -> what kind it is, in this order."""
    async with work.read() as session:
        by_id = {file.id: file for file in await stored_files.by_ids(session, file_ids)}
    return {key: by_id[key].kind for key in file_ids if key in by_id}


async def proposals_of(context: Context, visit_id: int) -> tuple[int, Sequence[Case]]:
    """How many proposals the versions of this visit's report brought, and which of them the actor
    may still put into other words.
    """
    async with context.work.read() as session:
        count = len(await visits.case_texts(session, visit_id))
        return count, await own_proposals.rewordable(session, context, visit_id)


async def site_name(work: Work, actor: Actor, site_id: int) -> str:
    """The name of a site that the officer may report on; empty for any other."""
    async with work.read() as session:
        site = await session.get(Unit, site_id)
    return site.name if site and actor.may(Action.REPORT_UNPLANNED, Subject(site.path)) else ""


async def read(context: Context, visit_id: int) -> ReportFacts:
    """The report that counts, for whoever may see the visit."""
    work, actor = context.work, context.actor
    async with work.read() as session:
        visit, site = await visit_and_site(session, visit_id)
        require(actor, Action.SEE_VISIT, subject_of(visit, site))
        report = await visits.latest_report(session, visit_id)
        if report is None or report.id is None:
            raise Refused(messages.NOT_FOUND)
        topics = (await visits.topics_of(session, [report.id])).get(report.id, [])
        files = len(await visits.file_ids(session, report.id))
        texts = await visits.case_texts(session, visit_id)
        notes = await report_notes.of_visit(session, visit_id)
        requests = await asked_for.of_visit(session, context, visit, site, report)
    is_officer = actor.may(Action.WORK_VISIT, subject_of(visit, site))
    own = is_officer and can_correct(work, visit, context.now)
    troubles = _caseless(work.topics, topics, texts) if own else []
    return ReportFacts(
        report, site, topics, files, work.topics, troubles, notes, is_officer, requests
    )


async def answer_committee(context: Context, visit_id: int, case_id: int) -> Submitted:
    """What the site's committee asked for was done in one's own visit; the report as it stands.

    Raises Refused as `asked_for.answer`.
    """
    await asked_for.answer(context, visit_id, case_id)
    async with context.work.read() as session:
        visit, site = await visit_and_site(session, visit_id)
        report = await visits.latest_report(session, visit_id)
        if report is None:
            raise Refused(messages.NOT_FOUND)
        return await _submitted(session, context, visit, site, report)


async def visit_and_site(session: AsyncSession, visit_id: int) -> tuple[Visit, Unit]:
    visit = await visits.get_locked(session, visit_id)
    site = (await units.by_ids(session, [visit.site_id])).get(visit.site_id) if visit else None
    if visit is None or site is None:
        raise Refused(messages.NOT_FOUND)
    return visit, site


def _check_open(work: Work, visit: Visit, before: VisitReport | None, now: datetime) -> None:
    if before is None and not can_report(work, visit, now):
        raise Refused(messages.VISIT_NOT_REPORTABLE)
    if before is not None and not can_correct(work, visit, now):
        raise Refused(messages.REPORT_NOT_CORRECTABLE)


async def _keep(
    session: AsyncSession,
    context: Context,
    visit: Visit,
    site: Unit,
    before: VisitReport | None,
    answers: ReportAnswers,
) -> Submitted:
    report = _report(visit, context.actor, before, answers, context.done_at)
    report.flags = await _flags(session, context.work, context.actor, before, answers)
    above = await session.get_one(Unit, visit.unit_id)
    report.agreements = naming(report.agreements, above.name)
    if before:
        before.latest = False
    session.add(report)
    await session.flush()
    _keep_parts(session, report, answers)
    await promises.keep(session, context, visit, report, before)
    await terms.keep(session, context, visit, report)
    await suggested_figures.keep(session, context, visit, site, report)
    await commendations.keep(session, context, visit, site, report)
    await own_proposals.reword(session, context, report.visit_id, answers.reworded)
    await own_proposals.ask_to_withdraw(session, context, report.visit_id, answers.withdrawn)
    await _keep_cases(session, context, site, report, answers.proposals)
    words = await _words_of(session, site, report, before, answers)
    alert = await consider_report(session, context, words)
    if before is None:
        await _sign(session, context.actor, visit, site)
    _close(session, visit, context.actor, before, context.done_at)
    await outbox.cancel(session, f"visit:{visit.id}", outbox.REMINDERS)
    if before is None:
        day = report.visited_on
        await ask_to_vouch(session, context, visit, site, day)
    submitted = await _submitted(session, context, visit, site, report)
    return replace(submitted, alert_id=alert.id if alert else None)


async def _submitted(
    session: AsyncSession, context: Context, visit: Visit, site: Unit, report: VisitReport
) -> Submitted:
    brought = await visits.cases_of(session, report.visit_id)
    topics = (await visits.topics_of(session, [report.id or 0])).get(report.id or 0, [])
    words = context.work.topics
    return Submitted(
        visit=visit,
        site=site,
        report=report,
        cases=brought,
        troubles=_caseless(words, topics, [case.text for case in brought]),
        files=len(await visits.file_ids(session, report.id or 0)),
        topic_words=words,
        requests=await asked_for.of_visit(session, context, visit, site, report),
    )


def _caseless(
    words: TopicWords, topics: Sequence[ReportTopic], texts: Collection[str]
) -> list[str]:
    """The topics in trouble, described in words, that no case was made of."""
    return [
        topic.topic
        for topic in topics
        if topic.trouble
        and topic.words
        and not any(text.startswith(_heading(words, topic.topic)) for text in texts)
    ]


def _heading(words: TopicWords, topic: str) -> str:
    """How a case begins that was made of a topic in trouble; by this it is known again."""
    return f"{capital(words[topic][1] if topic in words else topic)}: "


async def make_case(context: Context, visit_id: int, topic: str) -> Submitted:
    """A trouble of one's own report becomes a case; a second time changes nothing.

    Raises Refused: not one's own, too late to correct the report, or it has no such trouble.
    """
    async with context.work.write() as session:
        visit, site = await visit_and_site(session, visit_id)
        await require_own(session, context.actor, Action.WORK_VISIT, visit, site)
        report = await visits.latest_report(session, visit_id)
        if report is None:
            raise Refused(messages.NOT_FOUND)
        _check_open(context.work, visit, report, context.now)
        topics = (await visits.topics_of(session, [report.id or 0])).get(report.id or 0, [])
        trouble = next((t for t in topics if t.topic == topic and t.trouble and t.words), None)
        if trouble is None:
            raise Refused(messages.NOT_FOUND)
        texts = await visits.case_texts(session, visit_id)
        if topic in _caseless(context.work.topics, topics, texts):
            text = _heading(context.work.topics, topic) + trouble.words
            root = await units.root_of(session, site)
            new = _new_case(context, text, site, root, report)
            # as words of the report they have been weighed
            await bear(session, context.work, replace(new, weighed=False), context.now)
        return await _submitted(session, context, visit, site, report)


async def _words_of(
    session: AsyncSession,
    site: Unit,
    report: VisitReport,
    before: VisitReport | None,
    answers: ReportAnswers,
) -> ReportWords:
    """What early warning reads; proposals are read as they become cases."""
    troubles = [words for trouble, words in answers.topics.values() if trouble]
    troubles += answers.reworded.values()
    earlier = ""
    if before and before.id:
        topics = (await visits.topics_of(session, [before.id])).get(before.id, [])
        earlier = _written(before, [topic.words for topic in topics if topic.trouble])
    return ReportWords(report.id, site, _written(report, troubles), earlier)


def _written(report: VisitReport, troubles: Sequence[str]) -> str:
    """What the officer wrote of the workers and the enterprise, a line each; arrears that were
    chosen by a tap are as good as written, and quoted as a whole: whoever chose "chậm đóng, trốn
    đóng" does not say that an enterprise evades."""
    owing = (Arrears.WAGES, Arrears.INSURANCE, Arrears.BOTH)
    chosen = ARREARS[report.arrears_state] if report.arrears_state in owing else ""
    chosen = chosen.replace(", ", " hoặc ")
    return "\n".join((report.situation, report.aspirations, chosen, report.arrears, *troubles))


def _report(
    visit: Visit, actor: Actor, before: VisitReport | None, answers: ReportAnswers, now: datetime
) -> VisitReport:
    return VisitReport(
        visit_id=visit.id or 0,
        version=before.version + 1 if before else 1,
        author_id=actor.person_id,
        submitted_at=now,
        **{"kind": UNNAMED_KIND, **answers.columns},
    )


async def _flags(
    session: AsyncSession,
    work: Work,
    actor: Actor,
    before: VisitReport | None,
    answers: ReportAnswers,
) -> list[str]:
    """Kinds of what looks too thin; the supervisor sees them as questions."""
    earlier = await visits.recent_words(
        session, actor.person_id, COMPARED_REPORTS, but_not=before.visit_id if before else None
    )
    least = work.settings.visits.min_words
    content_flags = flags(
        answers.situation, earlier, has_media=bool(answers.files), min_words=least
    )
    quick = [QUICK] if answers.workers_met is None else []
    return [*quick, *(flag.kind for flag in content_flags)]


def _keep_parts(session: AsyncSession, report: VisitReport, answers: ReportAnswers) -> None:
    assert report.id is not None
    session.add_all(
        ReportTopic(report_id=report.id, topic=topic, trouble=trouble, words=words)
        for topic, (trouble, words) in answers.topics.items()
    )
    session.add_all(ReportFile(report_id=report.id, file_id=file) for file in answers.files)


async def _keep_cases(
    session: AsyncSession,
    context: Context,
    site: Unit,
    report: VisitReport,
    proposals: tuple[str, ...],
) -> None:
    """Each proposal is a case; one that an earlier version already brought is not brought again."""
    earlier_texts = await visits.case_texts(session, report.visit_id)
    new = [text for text in dict.fromkeys(proposals) if text not in earlier_texts]
    root = await units.root_of(session, site)
    for text in new:
        new_case = _new_case(context, text, site, root, report)
        await bear(session, context.work, new_case, context.now)


def _new_case(context: Context, text: str, site: Unit, root: Unit, report: VisitReport) -> NewCase:
    suggested = suggest(text)
    return NewCase(
        text=text,
        site=site,
        root=root,
        kind=CaseKind.PROPOSAL,
        category=suggested.category,
        severity=suggested.severity,
        author_id=context.actor.person_id,
        report_id=report.id,
    )


async def _sign(session: AsyncSession, actor: Actor, visit: Visit, site: Unit) -> None:
    """Whose visit it was: of a unit's own people or of those above it, of a leader or not.

    The nearest role over the site decides; one over a cluster is held for the province.
    """
    roles = [
        (unit, cluster)
        for membership, unit, cluster in await people.roles_held(session, [actor.person_id])
        if membership.role in roles_for(Action.GO_TO_SITES)
    ]
    over = [unit for unit, _ in roles if unit and site.path.startswith(unit.path)]
    nearest = max(over, key=lambda unit: len(unit.path), default=None)
    if nearest is None and any(cluster for _, cluster in roles):
        nearest = await units.root_of(session, site)
    if nearest is not None and nearest.id not in (visit.unit_id, site.id):
        visit.made_by_id = nearest.id
    visit.by_leader = actor.may(LEADING_VISITS, Subject(site.path))


def _close(
    session: AsyncSession, visit: Visit, actor: Actor, before: VisitReport | None, now: datetime
) -> None:
    if before is None:
        visit.reported_at = now
        visit.late = visit.origin is not VisitOrigin.UNPLANNED and now >= _week_end(visit.week)
    visit.status, visit.remind_at = VisitStatus.REPORTED, None
    visit.swap_asked = visit.excuse_asked = ""
    what = "corrected" if before else "reported"
    session.add(VisitEvent(visit_id=visit.id or 0, at=now, actor_id=actor.person_id, what=what))


def _week_end(monday: date) -> datetime:
    """The first moment after the week."""
    return at(Week.of(monday).next().monday, datetime.min.time())
