"""Cases as rows of a table, a page at a time; who raised them is not in it."""

import asyncio
import tempfile
from collections.abc import AsyncIterator
from datetime import date, time, timedelta
from pathlib import Path

from bot.cases.papers.cases_table import HEADINGS, head_of, list_xlsx, row
from bot.cases.services.lists import KINDS, eyes_of
from bot.core import messages
from bot.core.context import Context
from bot.core.errors import Refused
from bot.core.rules.calendar import at, local
from bot.core.rules.permissions import Action, Actor
from bot.core.work import Work
from bot.documents import tables
from bot.documents.safe_cells import Cell
from storage import case_lists, units
from storage.paths import last_of

PAGE = 500
MOST = 50_000  # rows of a table in the chat: seconds, a few MB; a workbook has a million at most


async def case_rows(
    work: Work,
    actor: Actor | None,
    *,
    since: date | None = None,
    until: date | None = None,
    unit_code: str = "",
) -> AsyncIterator[list[Cell]]:
    """One row a case, in the order they came; `actor` None is the operator.

    Raises Refused for whoever leads nothing, and for a unit that is not there.
    """
    if actor is not None and not actor.may(Action.LEAD_CASES):
        raise Refused(messages.NOT_ALLOWED)
    eyes = eyes_of(actor) if actor else None
    number = 0
    async with work.read() as session:
        under = ""
        if unit_code:
            unit = await units.by_code(session, unit_code)
            if unit is None:
                raise Refused(messages.NO_SUCH_UNIT.format(name=unit_code))
            under = unit.path
        pages = case_lists.in_order(
            session,
            eyes,
            since=at(since, time.min) if since else None,
            until=at(until + timedelta(days=1), time.min) if until else None,
            under=under,
            size=PAGE,
        )
        async for page in pages:
            for case, site, level in page:
                number += 1
                yield row(number, case, site, level)


async def table_for(context: Context) -> bytes:
    """Every case as xlsx, for a supervisor in the chat; where there are more than MOST, those from
    the day on with which there are so many, as the head then says."""
    async with context.work.read() as session:
        since = await case_lists.newest_since(session, eyes_of(context.actor), MOST)
    first = local(since).date() if since else None
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "cases.xlsx"
        rows = case_rows(context.work, context.actor, since=first)
        head = head_of(await _scope(context), context.now, first)
        await tables.write(path, HEADINGS, rows, head=head)
        return await asyncio.to_thread(path.read_bytes)


async def _scope(context: Context) -> str:
    """The units whose cases somebody leads, by name."""
    paths = context.actor.paths_for(Action.LEAD_CASES)
    ids = [last_of(path) for path in paths]
    async with context.work.read() as session:
        by_id = await units.by_ids(session, ids)
    return ", ".join(by_id[key].name for key in dict.fromkeys(ids) if key in by_id)


async def list_as_xlsx(context: Context, kind: str) -> bytes:
    """One of the lists of open cases, with all its rows. Raises Refused as the list does."""
    if kind not in KINDS:
        raise Refused(messages.NOT_FOUND)
    eyes = eyes_of(context.actor)
    wanted = case_lists.wanted(kind, eyes, context.now)
    rows: list[list[Cell]] = []
    async with context.work.read() as session:
        pages = case_lists.in_order(
            session, eyes, since=None, until=None, under="", size=PAGE, condition=wanted
        )
        async for page in pages:
            rows += [row(len(rows) + n, *case) for n, case in enumerate(page, 1)]
    return await asyncio.to_thread(list_xlsx, kind, rows, context.now)
