"""What `satcoso check` looks up in the database; it changes nothing there."""

from sqlalchemy.exc import SQLAlchemyError

from bot import programmes
from bot.services.backup import sqlite_file
from bot.settings import Settings
from storage import importing
from storage.store import Store


async def unknown_units(settings: Settings) -> list[str]:
    """A line for each unit that the configuration or a plan names and the database lacks.

    Finds nothing where there is no list of units yet. PostgreSQL is not asked: `check` keeps off
    the network.
    """
    database = sqlite_file(settings.database.url)
    if database is None or not database.exists():
        return []
    named = [("summaries.chaser", settings.summaries.chaser)] if settings.summaries.chaser else []
    for plan in programmes.load(settings.programmes):
        named += [(f"plan {plan.key}, units", code) for code in plan.units]
    store = Store(settings.database.url)
    try:
        async with store.read() as session:
            known = await importing.ids_by_code(session)
    except SQLAlchemyError:
        return []  # not made yet, or not to be opened; the start says so
    finally:
        await store.close()
    return [
        f"{where}: there is no unit with the code {code}"
        for where, code in named
        if known and code.casefold() not in known
    ]
