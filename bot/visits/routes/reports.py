"""Reporting a visit: beginning the form, correcting, reading, going on with a draft."""

from typing import Any

from bot.conversation import engine
from bot.conversation.registry import FORMS
from bot.conversation.reply import Reply, show
from bot.conversation.request import Request
from bot.conversation.router import Route, button, command
from bot.conversation.routes import begin, form_card
from bot.core import messages
from bot.core.access import require
from bot.core.rules.permissions import Action
from bot.programmes import services
from bot.visits.cards import reports as report_cards
from bot.visits.cards import visits as visit_cards
from bot.visits.forms.report import REPORT, UNPLANNED, answers_from, lines_kept
from bot.visits.services import reports, visits
from storage.enums import VisitStatus


async def choose(request: Request) -> Reply:
    """/baocao: the visit to report, without asking where there is only one."""
    home = await visits.my_week(request.context)
    waiting = home.to_report
    require(request.actor, Action.WORK_VISIT)
    if len(waiting) == 1:
        return await _begin_report(request, waiting[0][0].id or 0)
    return show(report_cards.to_report(waiting, home.week))


async def begin_report(request: Request) -> Reply:
    return await _begin_report(request, request.number(), request.number(1))


async def _begin_report(request: Request, visit_id: int, place: int = 0) -> Reply:
    """`place`: the site that the pressed card showed, 0 where the button does not say; then the
    form's own card says it before anything is answered.
    """
    try:
        visit, site, before = await reports.answers_of(request.context, visit_id, place)
    except visits.PlaceChanged as changed:
        facts = await visits.open_visit(request.context, visit_id)
        return show(visit_cards.detail(facts), str(changed))
    about: dict[str, Any] = {
        "visit_id": visit.id,
        "name": site.name,
        "week": visit.week.isoformat(),
    }
    answers, reported_topics = None, set()
    if before:
        topics, files = await reports.topics_and_files(request.work, before)
        kinds = await reports.kinds_of(request.work, files)
        answers = answers_from(before, topics, files)
        reported_topics = {topic.topic for topic in topics}
        about |= lines_kept(kinds, *await reports.proposals_of(request.context, visit_id))
    about["topics"] = await services.topics_at(request.work, site, reported_topics, request.now)
    return await begin(request, REPORT, subject=f"visit:{visit.id}", about=about, answers=answers)


async def begin_unplanned(request: Request) -> Reply:
    """A visit nobody had planned."""
    require(request.actor, Action.REPORT_UNPLANNED)
    topics = await services.topics_of_officer(request.context)
    home = await visits.my_week(request.context)
    assigned = [
        [site.id, visit.id, visit.week.isoformat()]
        for visit, site in (*home.unreported, *home.visits)
        if visit.status is not VisitStatus.REPORTED
    ]
    return await begin(request, UNPLANNED, about={"topics": topics, "assigned": assigned})


async def read(request: Request) -> Reply:
    facts = await reports.read(request.context, request.number())
    return show(report_cards.detail(facts))


async def make_case(request: Request) -> Reply:
    """A trouble of the report becomes a case."""
    submitted = await reports.make_case(request.context, request.number(), request.arguments[1])
    return show(report_cards.receipt(submitted))


async def answer_committee(request: Request) -> Reply:
    """What the committee asked for was done in this visit."""
    visit_id, case_id = request.number(), request.number(1)
    submitted = await reports.answer_committee(request.context, visit_id, case_id)
    return show(report_cards.receipt(submitted), messages.COMMITTEE_ANSWERED)


async def resume(request: Request) -> Reply:
    """Go on with a form left lying."""
    draft_id = request.number()
    return form_card(request, await engine.resume(request.context, draft_id))


async def list_lying(request: Request) -> Reply:
    """All that one has left lying."""
    forms = await visits.left_lying(request.context)
    titles = {name: form.title for name, form in FORMS.items()}
    return show(visit_cards.left_lying(forms, titles, request.number()))


ROUTES: tuple[Route, ...] = (
    command("baocao", choose),
    command("dotxuat", begin_unplanned),
    button(r"report:(?:start|fix):(\d{1,9})(?::(\d{1,9}))?", begin_report),
    button(r"report:unplanned", begin_unplanned),
    button(r"report:case:(\d{1,9}):([\w.-]{1,32})", make_case),
    button(r"report:did:(\d{1,9}):(\d{1,9})", answer_committee),
    button(r"report:show:(\d{1,9})", read),
    button(r"draft:(\d{1,9})", resume),
    button(r"lying:(\d{1,3})", list_lying),
)
