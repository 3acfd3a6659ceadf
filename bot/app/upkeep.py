"""Nightly tidying: what is no longer needed goes."""

from datetime import datetime, timedelta

from bot.cases.services import duty, retention
from bot.core.rules.calendar import local
from bot.core.work import Work
from bot.people.rules.web_sessions import FORGOTTEN_AFTER
from bot.people.services import web_sessions
from storage import conversations, drafts, inbox, invitations, own_doors

KEEP_UPDATE_IDS = timedelta(days=3)  # Telegram repeats an update for 24 hours at most
KEEP_INVITED = timedelta(days=30)  # a link that was not used: to be sent once more
KEEP_RECEIPTS = timedelta(days=3)  # of forms handed in, for a second tap on "Gửi"


async def tidy(work: Work, now: datetime) -> None:
    """Forget the ids of old updates and forms handed in, and whatever had been kept long enough a
    night ago; plan what has no moment of its own.
    """
    await duty.plan_forgotten(work, now)
    if earlier := await retention.seen_before(work, now):
        async with work.write() as session:
            await inbox.forget_before(session, earlier - KEEP_UPDATE_IDS)
            unused = timedelta(days=work.settings.privacy.messages_days)
            await conversations.forget_before(session, local(earlier - unused).date())
            await own_doors.forget_codes(session, earlier)
            await invitations.forget_names(session, earlier - KEEP_INVITED)
            await drafts.forget_sent(session, local(earlier - KEEP_RECEIPTS).date())
        await web_sessions.forget_old(work, earlier - FORGOTTEN_AFTER)
        await retention.ensure_forgotten(work, earlier)
        await work.store.settle_log()
    await retention.look(work, now)
