"""The list of units as it can be imported again."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bot.core import messages
from bot.core.context import Context
from bot.core.errors import Refused
from bot.core.rules.permissions import Actor
from bot.core.work import Work
from bot.documents import tables
from bot.units.papers.units_table import FILE_NAME, HEADINGS, TITLE, row
from bot.units.services.import_facts import Facts, facts_of_all
from bot.units.services.importing import require_whole_tree
from storage.folding import fold
from storage.paths import ids_of


async def unit_rows(
    work: Work, actor: Actor | None, *, unit_code: str = ""
) -> AsyncIterator[list[Any]]:
    """One row a unit, from the top down, the dissolved ones too. `actor` None is the operator.

    Raises Refused for a code that does not exist.
    """
    async with work.read() as session:
        await require_whole_tree(session, actor)
        facts = await facts_of_all(session)
    under = _path(facts, unit_code)
    officers = _officers(facts)
    pairs = zip(facts.units, facts.known_units, strict=True)
    for unit, known_unit in sorted(pairs, key=lambda pair: _place(pair[0].path)):
        if unit.path.startswith(under):
            yield row(known_unit, officers.get(unit.officer_id or 0, "") or unit.officer_name)


async def unit_list(context: Context) -> bytes:
    """The whole list as an xlsx file, for whoever may import it."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / FILE_NAME
        await tables.write(path, HEADINGS, unit_rows(context.work, context.actor), head=TITLE)
        return await asyncio.to_thread(path.read_bytes)


def _path(facts: Facts, code: str) -> str:
    if not code:
        return "/"
    for unit in facts.units:
        if unit.code.casefold() == code.casefold():
            return unit.path
    raise Refused(messages.NO_SUCH_UNIT.format(name=code))


def _place(path: str) -> tuple[int, ...]:
    return tuple(ids_of(path))


def _officers(facts: Facts) -> dict[int, str]:
    """By name, or by phone where two have the same name."""
    same = Counter(fold(person.name) for person in facts.officers)
    return {
        person.id or 0: person.name if same[fold(person.name)] == 1 else person.phone
        for person in facts.officers
    }
