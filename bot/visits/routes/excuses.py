"""A leader answers officers who ask to be excused from a visit."""

from bot.conversation.reply import Reply, show
from bot.conversation.request import Request
from bot.conversation.router import Route, button
from bot.conversation.routes import begin
from bot.visits.cards import excuses as excuse_cards
from bot.visits.cards import supervision as supervision_cards
from bot.visits.facts.supervision import VisitOnCard
from bot.visits.forms.excuses import REFUSE_EXCUSE
from bot.visits.routes.supervision import newest, on_card
from bot.visits.services import excuses, supervision


async def list_requests(request: Request) -> Reply:
    return show(excuse_cards.listed(await excuses.waiting(request.context, request.number())))


async def open_request(request: Request) -> Reply:
    try:
        facts = await excuses.opened(request.context, request.number(), VisitOnCard())
    except supervision.VisitChanged as changed:
        return await newest(request, str(changed))
    return show(excuse_cards.request_card(facts))


async def allow(request: Request) -> Reply:
    try:
        decided = await excuses.allow(request.context, request.number(), on_card(request))
    except supervision.VisitChanged as changed:
        return await newest(request, str(changed))
    return show(supervision_cards.excused(decided))


async def refuse(request: Request) -> Reply:
    """No, with a reason: asked for first."""
    visit_id, subject_on_card = request.number(), on_card(request)
    try:
        facts = await excuses.opened(request.context, visit_id, subject_on_card)
    except supervision.VisitChanged as changed:
        return await newest(request, str(changed))
    d = facts.subject
    about = {
        "visit_id": visit_id,
        "officer_id": subject_on_card.officer,
        "site_id": subject_on_card.site,
        "name": f"{d.site.name} · {d.officer.name}",
    }
    subject = f"visit:{visit_id}"
    return await begin(request, REFUSE_EXCUSE, subject=subject, about=about, anew=True)


_VISIT = r"(\d{1,9}):(\d{1,9}):(\d{1,9})"

ROUTES: tuple[Route, ...] = (
    button(r"exc:list:(\d{1,4})", list_requests),
    button(r"exc:open:(\d{1,9})", open_request),
    button(rf"exc:ok:{_VISIT}", allow),
    button(rf"exc:no:{_VISIT}", refuse),
)
