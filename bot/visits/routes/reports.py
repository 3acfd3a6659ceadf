"""Reporting a visit: beginning the form, correcting, reading, going on with a draft."""

from typing import Any

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler

from bot.channels.telegram.context import Context
from bot.conversation import engine
from bot.conversation.routes import show
from bot.core import messages
from bot.core.access import require
from bot.core.errors import Refused
from bot.core.rules.permissions import Action
from bot.programmes import services
from bot.visits.cards import reports as report_cards
from bot.visits.forms.report import REPORT, UNPLANNED, answers_from, kept
from bot.visits.services import reports, visits
from storage.models import OPEN_STATUSES


async def choose(update: Update, context: Context) -> None:
    """/baocao: the visit to report, without asking where there is only one."""
    home = await visits.my_week(context.work, context.actor, context.now)
    waiting = [(v, s) for v, s in home.visits if v.status in OPEN_STATUSES] + list(home.owed)
    if not context.actor.has("officer"):
        raise Refused(messages.NOT_ALLOWED)
    if len(waiting) == 1:
        await _begin(context, waiting[0][0].id or 0)
    else:
        await context.show(report_cards.to_report(waiting))


async def begin(update: Update, context: Context) -> None:
    assert context.match is not None
    await _begin(context, int(context.match.group(1)))


async def _begin(context: Context, visit_id: int) -> None:
    visit, site, before = await reports.answers_of(
        context.work, context.actor, visit_id, context.now
    )
    about: dict[str, Any] = {
        "visit_id": visit.id,
        "name": site.name,
        "week": visit.week.isoformat(),
    }
    answers, said = None, set()
    if before:
        topics, files = await reports.topics_and_files(context.work, before)
        answers = answers_from(before, topics, files)
        said = {topic.topic for topic in topics}
        about |= kept(files, await reports.proposals_of(context.work, visit_id))
    about["topics"] = await services.topics_at(context.work, site, said, context.now)
    shown = await engine.start(
        context.work,
        context.actor,
        REPORT,
        context.now,
        subject=f"visit:{visit.id}",
        about=about,
        answers=answers,
    )
    await show(context, shown)


async def unplanned(update: Update, context: Context) -> None:
    """A visit nobody had planned."""
    require(context.actor, Action.REPORT_UNPLANNED)
    about = {"topics": await services.topics_of_officer(context.work, context.actor, context.now)}
    shown = await engine.start(context.work, context.actor, UNPLANNED, context.now, about=about)
    await show(context, shown)


async def read(update: Update, context: Context) -> None:
    assert context.match is not None
    facts = await reports.read(context.work, context.actor, int(context.match.group(1)))
    await context.show(report_cards.one(facts))


async def resume(update: Update, context: Context) -> None:
    """Go on with a form left lying."""
    assert context.match is not None
    draft_id = int(context.match.group(1))
    await show(context, await engine.resume(context.work, context.actor, draft_id, context.now))


HANDLERS = (
    CommandHandler("baocao", choose),
    CommandHandler("dotxuat", unplanned),
    CallbackQueryHandler(begin, pattern=r"^report:(?:start|fix):(\d{1,9})$"),
    CallbackQueryHandler(unplanned, pattern=r"^report:unplanned$"),
    CallbackQueryHandler(read, pattern=r"^report:show:(\d{1,9})$"),
    CallbackQueryHandler(resume, pattern=r"^draft:(\d{1,9})$"),
)
