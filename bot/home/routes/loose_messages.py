"""Messages outside of any form: perhaps a report sent from a place without signal, perhaps a
worker who begins to tell, or adds a picture after sending.
"""

from bot.cases.forms.concern import CONCERN
from bot.cases.forms.reply import ADD_LOOSE, takes_more
from bot.cases.services import concerns, own_cases
from bot.channels.telegram.context import Context
from bot.conversation import engine
from bot.conversation.engine import Shown
from bot.conversation.form import Form, Given
from bot.core.worker_messages import CONSENT_VERSION
from bot.home.home_card import home_card
from bot.visits.forms.loose_message import LOOSE
from bot.visits.services import visits
from storage.models import OPEN_STATUSES

LONG_ENOUGH = 25  # characters: shorter words are rather a question or a greeting


async def outside_any_form(context: Context, given: Given) -> Shown | None:
    """Offer to make something of it; None: there is nothing to make of it, and home is shown."""
    if given.file is not None or len(given.words or "") >= LONG_ENOUGH:
        if await _waits_for_a_report(context):
            return await _begun_with(context, LOOSE, given)
        if context.actor.is_stranger:
            return await _begun_with(context, await _workers_form(context), given)
    await context.show(await home_card(context.work, context.actor, context.now))
    return None


async def _begun_with(context: Context, form: Form, given: Given) -> Shown:
    """The form with the message as its first answer."""
    work, actor, now = context.work, context.actor, context.now
    known = {}
    if form is CONCERN and await concerns.agreed_before(work, actor):
        known["consent"] = CONSENT_VERSION
    shown = await engine.start(work, actor, form, now, answers=known)
    assert shown.draft_id is not None
    return await engine.take(work, actor, shown.draft_id, given, now)


async def _workers_form(context: Context) -> Form:
    """Whoever has a case open adds to it; anybody else begins to tell."""
    own = await own_cases.mine(context.work, context.actor)
    return ADD_LOOSE if any(takes_more(case) for case in own) else CONCERN


async def _waits_for_a_report(context: Context) -> bool:
    if not context.actor.has("officer"):
        return False
    home = await visits.my_week(context.work, context.actor, context.now)
    return bool(home.owed) or any(visit.status in OPEN_STATUSES for visit, _ in home.visits)
