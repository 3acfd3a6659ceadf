"""Supervisors: the week at a glance, down to the single report."""

from datetime import date, datetime

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler

from bot.channels.telegram.context import Context
from bot.core import messages
from bot.core.card import Card
from bot.core.errors import Refused
from bot.core.rules.permissions import Action, Actor
from bot.core.work import Work
from bot.visits.cards import overview as overview_cards
from bot.visits.cards import overview_visit as overview_visit_cards
from bot.visits.routes.overview_files import send_files
from bot.visits.services import overview, overview_lists, overview_visit


async def home_part(work: Work, actor: Actor, now: datetime) -> Card | None:
    """This week in one line."""
    if not actor.may(Action.SEE_OVERVIEW):
        return None
    view, tally = await overview.brief(work, actor, now)
    return overview_cards.brief(view, tally, may_direct=actor.may(Action.DIRECT_VISIT))


async def this_week(update: Update, context: Context) -> None:
    """/tongquan"""
    facts = await overview.week(context.work, context.actor, None, 0, context.now)
    await context.show(overview_cards.week(facts))


async def week(update: Update, context: Context) -> None:
    monday, unit = _groups(context)
    facts = await overview.week(context.work, context.actor, _day(monday), int(unit), context.now)
    await context.show(overview_cards.week(facts))


async def visits(update: Update, context: Context) -> None:
    kind, monday, unit, page = _groups(context)
    facts = await overview_lists.visits(
        context.work, context.actor, kind, _day(monday), int(unit), int(page), context.now
    )
    await context.show(overview_cards.visits(facts))


async def staff(update: Update, context: Context) -> None:
    monday, unit, page = _groups(context)
    facts = await overview_lists.staff(
        context.work, context.actor, _day(monday), int(unit), int(page), context.now
    )
    await context.show(overview_cards.staff(facts))


async def units(update: Update, context: Context) -> None:
    monday, unit, page = _groups(context)
    facts = await overview_lists.units(
        context.work, context.actor, _day(monday), int(unit), int(page), context.now
    )
    await context.show(overview_cards.units(facts))


async def coverage(update: Update, context: Context) -> None:
    monday, unit, page = _groups(context)
    facts = await overview_lists.coverage(
        context.work, context.actor, _day(monday), int(unit), int(page), context.now
    )
    await context.show(overview_cards.coverage(facts))


async def troubles(update: Update, context: Context) -> None:
    monday, unit = _groups(context)
    facts = await overview_lists.troubles(
        context.work, context.actor, _day(monday), int(unit), context.now
    )
    await context.show(overview_cards.troubles(facts))


async def visit(update: Update, context: Context) -> None:
    """A single visit; the last group is the list to go back to."""
    visit_id, version, page, where = _groups(context)
    found = await overview_visit.visit_page(
        context.work, context.actor, int(visit_id), int(version), context.now
    )
    await context.show(overview_visit_cards.visit(found, int(page), where))


async def files(update: Update, context: Context) -> None:
    """Pictures, voice and papers of a report, and below them the way back."""
    visit_id, version, where = _groups(context)
    found = await overview_visit.report_files(
        context.work, context.actor, int(visit_id), int(version), context.now
    )
    await send_files(context, found.files)
    await context.send(overview_visit_cards.below_files(found, where))


def _groups(context: Context) -> tuple[str, ...]:
    assert context.match is not None
    return context.match.groups()


def _day(written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise Refused(messages.NOT_FOUND) from None


_VIEW = r"(20\d{6}):(\d{1,9})"
_PAGE = r"(\d{1,3})"
_LIST = r"[a-z]+(?:\.\w+)?:20\d{6}:\d{1,9}:\d{1,3}|fig:\d{1,9}:[a-z_]+:\d{1,3}"

HANDLERS = (
    CommandHandler("tongquan", this_week),
    CallbackQueryHandler(week, pattern=rf"^ov:w:{_VIEW}$"),
    CallbackQueryHandler(visits, pattern=rf"^ov:l:([a-z]+(?:\.\w+)?):{_VIEW}:{_PAGE}$"),
    CallbackQueryHandler(staff, pattern=rf"^ov:s:{_VIEW}:{_PAGE}$"),
    CallbackQueryHandler(units, pattern=rf"^ov:u:{_VIEW}:{_PAGE}$"),
    CallbackQueryHandler(coverage, pattern=rf"^ov:c:{_VIEW}:{_PAGE}$"),
    CallbackQueryHandler(troubles, pattern=rf"^ov:t:{_VIEW}$"),
    CallbackQueryHandler(visit, pattern=rf"^ov:v:(\d{{1,9}}):(\d{{1,4}}):(\d{{1,3}}):({_LIST})$"),
    CallbackQueryHandler(files, pattern=rf"^ov:f:(\d{{1,9}}):(\d{{1,4}}):({_LIST})$"),
)
