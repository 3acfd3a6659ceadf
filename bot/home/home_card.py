"""The home card: one per person, put together from what their roles may do."""

from collections.abc import Awaitable, Callable

from bot.cases.cards import lists as case_list_cards
from bot.cases.services import lists as case_lists
from bot.cases.services import own_cases
from bot.conversation.registry import FORMS
from bot.core.card import Card, Rows
from bot.core.context import Context
from bot.core.rules.permissions import SEEING_CASES, Action, only_leads
from bot.home import services
from bot.home.cards import (
    administrator,
    mailbox_part,
    raise_row,
    representative,
    stranger_card,
    waiting_part,
)
from bot.plans.routes import tasks
from bot.recruitment.routes import pipeline
from bot.summaries.cards import summaries
from bot.summaries.routes import board
from bot.summaries.services import pages
from bot.visits.cards import visits as visit_cards
from bot.visits.routes import commendations, overview, suggested_figures
from bot.visits.services import visits
from storage.addresses import WEB

Part = Callable[[Context], Awaitable[Card | None]]


async def home_card(context: Context) -> Card:
    """The parts of every role together; somebody without a role gets the workers' page."""
    parts = [part for make in PARTS if (part := await make(context))]
    raised, waits = await own_cases.waiting(context.work, context.actor)
    if not parts:
        parts = [stranger_card(raised, context.actor.address.channel != WEB)]
        raising: Rows = ()
    else:
        raising = raise_row(raised)
    if waits:
        parts.insert(0, waiting_part(waits))
    if unread := await services.unread_notices(context):
        parts.insert(0, mailbox_part(unread))
    text = "\n\n".join(part.text for part in parts if part.text)
    rows = tuple(row for part in parts for row in part.rows)
    return Card(text, (*rows, *raising))


async def officer_part(context: Context) -> Card | None:
    if not context.actor.may(Action.SEE_OWN_WEEK):
        return None
    titles = {name: form.title for name, form in FORMS.items()}
    home = await visits.my_week(context)
    if only_leads(grant.role for grant in context.actor.grants) and not (
        home.visits or home.unreported
    ):
        return visit_cards.lying(home, titles)  # leaders go when asked or choose to: /dotxuat
    return visit_cards.officer_home(home, titles, reads_sites=context.actor.may(Action.READ_SITE))


async def owed_part(context: Context) -> Card | None:
    """Reports that the person's own unit has to send soon."""
    if not context.actor.may(Action.FOLLOW_OWN_OBLIGATIONS):
        return None
    return summaries.home(await pages.owed(context))


async def cases_part(context: Context) -> Card | None:
    """Concerns and proposals that wait, for those who handle or watch over them."""
    if not context.actor.may_any(*SEEING_CASES):
        return None
    return case_list_cards.brief(await case_lists.counts(context))


async def representative_part(context: Context) -> Card | None:
    if not context.actor.may(Action.SEE_OWN_SITES):
        return None
    sites = await services.own_sites(context)
    waiting = await services.own_requests(context)
    return representative(sites, context.actor, waiting) if sites else None


async def administrator_part(context: Context) -> Card | None:
    if not context.actor.may(Action.INVITE):
        return None
    return administrator(await services.totals(context), context.actor)


PARTS: tuple[Part, ...] = (
    officer_part,
    overview.home_part,
    suggested_figures.figures_part,
    commendations.commendations_part,
    tasks.tasks_part,
    pipeline.recruitment_part,
    board.home_part,
    owed_part,
    cases_part,
    representative_part,
    administrator_part,
)
