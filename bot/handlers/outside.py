"""Messages outside of any form: perhaps a report sent from a place without signal."""

from bot.context import Context
from bot.forms import engine
from bot.forms.engine import Shown
from bot.forms.form import Given
from bot.forms.loose import LOOSE
from bot.handlers.home import home_card
from bot.services import visits
from storage.models import OPEN_STATUSES

LONG_ENOUGH = 25  # characters: shorter words are rather a question or a greeting


async def outside_any_form(context: Context, given: Given) -> Shown | None:
    """Offer it as a report where a visit waits for one; else None, and home is shown."""
    if await _could_be_a_report(context, given):
        shown = await engine.start(context.work, context.actor, LOOSE, context.now)
        assert shown.draft_id is not None
        return await engine.take(context.work, context.actor, shown.draft_id, given, context.now)
    await context.show(await home_card(context.work, context.actor, context.now))
    return None


async def _could_be_a_report(context: Context, given: Given) -> bool:
    if not context.actor.has("officer"):
        return False
    if given.file is None and len(given.words or "") < LONG_ENOUGH:
        return False
    home = await visits.my_week(context.work, context.actor, context.now)
    return bool(home.owed) or any(visit.status in OPEN_STATUSES for visit, _ in home.visits)
