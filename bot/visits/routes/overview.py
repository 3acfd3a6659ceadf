"""Supervisors: the week at a glance, down to the single report."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import date, datetime

from bot.conversation.reply import Reply, document, send, show
from bot.conversation.request import Request
from bot.conversation.router import Route, button, command
from bot.conversation.stored_files import attachments
from bot.core import messages
from bot.core.card import Card
from bot.core.context import Context
from bot.core.errors import Refused
from bot.core.rules.permissions import Action
from bot.visits.cards import overview as overview_cards
from bot.visits.cards import overview_visit as overview_visit_cards
from bot.visits.facts.overview import AnyList
from bot.visits.services import minutes, overview, overview_lists, overview_visit


async def home_part(context: Context) -> Card | None:
    """This week in one line."""
    if not context.actor.may(Action.SEE_OVERVIEW):
        return None
    view, tally, requests = await overview.brief(context)
    may_direct = context.actor.may(Action.DIRECT_VISIT)
    return overview_cards.brief(view, tally, requests, may_direct=may_direct)


async def show_this_week(request: Request) -> Reply:
    """/tongquan"""
    facts = await overview.week(request.context, None, 0)
    return show(overview_cards.week(facts))


async def show_week(request: Request) -> Reply:
    monday, unit_id = _day(request.arguments[0]), request.number(1)
    facts = await overview.week(request.context, monday, unit_id)
    return show(overview_cards.week(facts))


async def list_visits(request: Request) -> Reply:
    kind, monday = request.arguments[0], _day(request.arguments[1])
    unit_id, page = request.number(2), request.number(3)
    facts = await overview_lists.visits(request.context, kind, monday, unit_id, page)
    return show(overview_cards.visits(facts))


async def list_staff(request: Request) -> Reply:
    facts = await overview_lists.staff(request.context, *_page_of_week(request))
    return show(overview_cards.staff(facts))


async def list_named(request: Request) -> Reply:
    kind, monday, unit_id = request.arguments[0], _day(request.arguments[1]), request.number(2)
    return show(
        overview_cards.named(await overview_lists.named(request.context, kind, monday, unit_id))
    )


async def list_units(request: Request) -> Reply:
    facts = await overview_lists.units(request.context, *_page_of_week(request))
    return show(overview_cards.units(facts))


async def list_promises(request: Request) -> Reply:
    facts = await overview_lists.promises_overdue(request.context, *_page_of_week(request))
    return show(overview_cards.promises(facts))


async def list_coverage(request: Request) -> Reply:
    facts = await overview_lists.coverage(request.context, *_page_of_week(request))
    return show(overview_cards.coverage(facts))


async def download(request: Request) -> Reply:
    """A whole list as xlsx."""
    kind, monday, unit_id = request.arguments[0], _day(request.arguments[1]), request.number(2)
    facts: AnyList
    if kind in _WHOLE:
        facts = await _WHOLE[kind](request.context, monday, unit_id, None)
    elif kind in overview_cards.NAMED:
        facts = await overview_lists.named(request.context, kind, monday, unit_id)
    else:
        facts = await overview_lists.visits(request.context, kind, monday, unit_id, None)
    data = await asyncio.to_thread(_workbook, facts, request.now)
    return document(data, f"danh-sach-{monday:%Y%m%d}.xlsx")


def _workbook(facts: AnyList, now: datetime) -> bytes:
    from bot.visits.papers.list_tables import as_xlsx  # with it comes what writes workbooks

    return as_xlsx(facts, now)


_WHOLE: dict[str, Callable[[Context, date, int, None], Awaitable[AnyList]]] = {
    "s": overview_lists.staff,
    "u": overview_lists.units,
    "p": overview_lists.promises_overdue,
    "c": overview_lists.coverage,
}


async def list_troubles(request: Request) -> Reply:
    monday, unit_id = _day(request.arguments[0]), request.number(1)
    facts = await overview_lists.troubles(request.context, monday, unit_id)
    return show(overview_cards.troubles(facts))


async def open_visit(request: Request) -> Reply:
    """A single visit; the last argument is the list to go back to."""
    visit_id, version, page = (request.number(position) for position in range(3))
    facts = await overview_visit.visit_page(request.context, visit_id, version)
    return show(overview_visit_cards.visit(facts, page, request.arguments[3]))


async def send_report_files(request: Request) -> Reply:
    """Pictures, voice and papers of a report, and below them the way back."""
    visit_id, version, where = request.number(0), request.number(1), request.arguments[2]
    facts = await overview_visit.report_files(request.context, visit_id, version)
    card = overview_visit_cards.below_files(facts, where)
    return send(*attachments(request.work, facts.files), then=card)


async def download_minutes(request: Request) -> Reply:
    """The minutes of a visit."""
    file = await minutes.minutes_file(request.work, request.actor, request.number())
    return document(file.data, file.name)


def _page_of_week(request: Request) -> tuple[date, int, int]:
    """Monday, unit and page of a list."""
    return _day(request.arguments[0]), request.number(1), request.number(2)


def _day(written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise Refused(messages.NOT_FOUND) from None


_VIEW = r"(20\d{6}):(\d{1,9})"
_PAGE = r"(\d{1,3})"
LIST_OF_WEEK = r"[a-z]+(?:\.\w+)?:20\d{6}:\d{1,9}:\d{1,3}"
LIST_OF_PERIOD = r"ov:zl:[a-z]+:[mqy]20\d{2,4}:\d{1,9}:\d{1,3}"
LIST_OF_VISITS = (
    rf"{LIST_OF_WEEK}|{LIST_OF_PERIOD}"
    r"|fig:\d{1,9}:[a-z_]+:\d{1,3}|off:open:\d{1,9}:\d{1,3}(?::[\w.:]+)?|com:open:\d{1,9}"
    r"|site:(?:visits:\d{1,9}:\d{1,3}|open:\d{1,9})(?::[\w.:]+)?"
)
"""What a visit may have been opened from, as in the data of buttons."""

ROUTES: tuple[Route, ...] = (
    command("tongquan", show_this_week),
    button(rf"ov:w:{_VIEW}", show_week),
    button(rf"ov:l:([a-z]+(?:\.\w+)?):{_VIEW}:{_PAGE}", list_visits),
    button(rf"ov:x:([a-z]+(?:\.\w+)?):{_VIEW}", download),
    button(rf"ov:s:{_VIEW}:{_PAGE}", list_staff),
    button(rf"ov:n:(praise|unreached|undelivered|unopened):{_VIEW}", list_named),
    button(rf"ov:u:{_VIEW}:{_PAGE}", list_units),
    button(rf"ov:p:{_VIEW}:{_PAGE}", list_promises),
    button(rf"ov:c:{_VIEW}:{_PAGE}", list_coverage),
    button(rf"ov:t:{_VIEW}", list_troubles),
    button(rf"ov:v:(\d{{1,9}}):(\d{{1,4}}):(\d{{1,3}}):({LIST_OF_VISITS})", open_visit),
    button(r"paper:min:(\d{1,9})", download_minutes),
    button(rf"ov:f:(\d{{1,9}}):(\d{{1,4}}):({LIST_OF_VISITS})", send_report_files),
)
