"""What `satcoso check` looks at. It changes nothing and asks nobody on the network."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

from sqlalchemy import make_url
from sqlalchemy.exc import SQLAlchemyError

from bot import programmes
from bot.cases.rules.legal_dates import limits, procedures
from bot.cli import places
from bot.config import keys
from bot.config.settings import Settings
from bot.config.toml_file import is_there
from bot.core import speech
from bot.core.errors import ConfigError
from bot.core.rules import schedules
from bot.core.rules.programmes import Programme
from bot.documents.pdf import program
from bot.summaries.papers.own_templates import broken, used
from bot.summaries.services import emulation_file
from bot.visits.services import result_file
from storage import importing, inbox
from storage.migrations import NEWER, knows
from storage.store import Store, sqlite_file

NOT_HANDLED = {
    inbox.UNREADABLE: "of a kind this version cannot read: update.set_aside in the log",
    inbox.TOO_LATE: "a day old when the bot started again; their senders were told",
}


def effective_values(config: Path, settings: Settings) -> Iterator[tuple[str, object]]:
    """What the program would work with, as (what, words); never the token.

    Raises ConfigError: a line for each thing that cannot work.
    """
    if wrong := [*_plans(config, settings), *(f"{config}: {line}" for line in _mistakes(settings))]:
        raise ConfigError("\n".join(wrong))
    yield "config", config.absolute()
    yield "organisation", f"{settings.organisation.name} ({settings.organisation.code})"
    months = settings.privacy.keep_months
    controller = speech.controller(settings.organisation)
    yield "consent", f"{controller}; kept {months} months after closing"
    where = settings.telegram.webhook_url if settings.telegram.mode == "webhook" else ""
    how = f"{settings.telegram.mode} {where}".strip()
    yield "law", _law()
    yield "telegram", f"{how}; token not checked with Telegram"
    yield "database", make_url(settings.database.url).render_as_string(hide_password=True)
    yield "files", settings.database.files
    yield "keys", settings.privacy.key_file
    plan = settings.assignment
    yield "assignment", f"{plan.day} {plan.time:%H:%M}, {plan.quota} a week for each officer"
    yield "digest", f"{settings.digest.day} {settings.digest.time:%H:%M}"
    yield "quiet", f"{settings.quiet.start:%H:%M} to {settings.quiet.end:%H:%M}"
    yield "health", _health(settings)
    yield "pages", _pages(settings)
    yield "notices", ", ".join(door for door in settings.notices.order if settings.has_door(door))
    yield "backup", _backup(settings)
    yield from _values_for_reports(settings)


def _law() -> str:
    """When somebody last compared the limits of the law with the laws, and how many were not."""
    checked = max(procedure.checked_on for procedure in procedures().values())
    missing = sum(not limit.confirmed for limit in limits())
    return f"limits compared {checked:%d/%m/%Y}; {missing} of {len(limits())} not confirmed"


def _health(settings: Settings) -> str:
    health, served = settings.health, _served(settings)
    where = f"{health.listen}:{health.port}" if health.port else served
    by_http = f"/healthz and /metrics on {where}" if where else "not by HTTP"
    return f"{health.file}; {by_http}"


def _pages(settings: Settings) -> str:
    return f"{settings.web.address}, on {_served(settings)}" if settings.web.is_on else "none"


def _served(settings: Settings) -> str:
    """Where pages and the webhook are served; empty where neither is."""
    if settings.telegram.mode == "webhook":
        return f"{settings.telegram.webhook_listen}:{settings.telegram.webhook_port}"
    return f"{settings.web.listen}:{settings.web.port}" if settings.web.is_on else ""


def _backup(settings: Settings) -> str:
    backup = settings.backup
    if sqlite_file(settings.database.url) is None:
        return f"PostgreSQL: by its own tool, into {backup.folder}"
    if not backup.nightly:
        return f"none by the bot itself; yours are looked for in {backup.folder}"
    return f"{backup.folder}, each night after {backup.time:%H:%M}, kept {backup.keep_days} days"


def _values_for_reports(settings: Settings) -> Iterator[tuple[str, object]]:
    section, own = settings.programmes, []
    for key in section.active:
        if programmes.file_of(key, section).parent == section.folder:
            own.append(key)
    whose = f"{', '.join(own)} from {section.folder}" if own else f"none from {section.folder}"
    yield "plans", f"{', '.join(section.active) or 'none'}; {whose}"
    summaries = settings.summaries
    days = ", ".join(str(day) for day in summaries.remind_days)
    late = (
        f"then every {summaries.nudge_day}; late ones to {summaries.chaser or 'the receiving unit'}"
    )
    yield "reports due", f"reminded {days} days before at {summaries.remind_time:%H:%M}, {late}"
    file = settings.visits.results
    from_where = f"{file}" if is_there(file) else f"the program's own; there is no {file}"
    yield "results", f"{len(result_file.load(file))} kinds, {from_where}"
    file = settings.summaries.emulation
    from_where = f"{file}" if is_there(file) else f"the program's own; there is no {file}"
    yield "emulation", f"{len(emulation_file.load(file))} measures, {from_where}"
    folder = settings.documents.templates
    names = ", ".join(used(folder))
    yield "templates", f"{folder}: {names}" if names else f"the program's own; none in {folder}"
    yield "pdf", program() or "LibreOffice is not installed: reports as docx and xlsx only"


def _plans(config: Path, settings: Settings) -> Iterator[str]:
    for load, file in (
        (result_file.load, settings.visits.results),
        (emulation_file.load, settings.summaries.emulation),
    ):
        try:
            load(file)
        except ConfigError as error:
            yield from str(error).splitlines()
    try:
        programmes.load(settings.programmes)
    except ConfigError as error:
        for line in str(error).splitlines():
            yield f"{config}: {line}" if line.startswith("programmes.") else line


def _mistakes(settings: Settings) -> Iterator[str]:
    """What the machine does not allow, each line with its key."""
    yield from places.mistakes(settings)
    yield from _database(settings)
    yield from keys.mistakes(settings)
    if settings.health.file.is_dir():
        yield f"health.file: {settings.health.file} is a folder"
    folder = settings.documents.templates
    if folder.exists() and not folder.is_dir():
        yield f"documents.templates: {folder} is not a folder"
    yield from (f"documents.templates: {folder}: {words}" for words in broken(folder))


def _database(settings: Settings) -> Iterator[str]:
    """What is wrong inside the database's file; whether it can be written to is told elsewhere."""
    file = sqlite_file(settings.database.url)
    if file and file.is_file() and not any(places.mistakes(settings)):
        yield from (f"database.url: {file}: {words}" for words in _content(file))


def _content(file: Path) -> Iterator[str]:
    try:
        with closing(sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True)) as database:
            rows = database.execute("SELECT version_num FROM alembic_version").fetchall()
    except sqlite3.OperationalError:
        return  # no table yet
    except sqlite3.DatabaseError as error:
        yield str(error)
    else:
        yield from (NEWER for (revision,) in rows if not knows(revision))


async def warnings(config: Path, settings: Settings, today: date) -> list[str]:
    """What works but should be looked at: years without an official schedule of days off, and
    what the rest of the configuration and the database tell.
    """
    return [
        *(
            f"{config}: calendar: the official schedule of days off of {year} is not known: days"
            " swapped by decision of the government are missing. Write them into [calendar]"
            f" holidays and working_days, then {year} into confirmed_years"
            for year in schedules.missing(today, settings.calendar.confirmed_years)
        ),
        *await _of_consent_and_database(config, settings),
    ]


async def _of_consent_and_database(config: Path, settings: Settings) -> list[str]:
    """A line for each part of the workers' consent that is not filled in, for each unit that the
    configuration or a plan names and the database lacks, and for updates of Telegram that were not
    handled.

    Of units it finds nothing where there is no list of them yet. PostgreSQL is not asked: `check`
    keeps off the network.
    """
    unnamed = list(_not_in_the_consent(config, settings))
    database = sqlite_file(settings.database.url)
    if database is None or not database.exists():
        return unnamed
    unit_codes, not_handled = await _unit_codes_and_set_aside(settings)
    chaser = settings.summaries.chaser
    named = [(f"{config}: summaries.chaser", chaser)] if chaser else []
    named += [(f"{config}: calendar.duty", turn.unit) for turn in settings.calendar.duty]
    for plan in programmes.load(settings.programmes):
        named += _named(plan, settings)
    missing = [
        f"{where}: there is no unit with the code {code}"
        for where, code in named
        if unit_codes and code.casefold() not in unit_codes
    ]
    return (
        unnamed
        + missing
        + [
            f"updates of the last days that were not handled: {count} ({NOT_HANDLED[why]})"
            for why, count in sorted(not_handled.items())
        ]
    )


def _not_in_the_consent(config: Path, settings: Settings) -> Iterator[str]:
    """Luật 91/2025/QH15: who agrees has to know who answers for their data and where to turn to."""
    for key in ("address", "contact"):
        if not getattr(settings.organisation, key).strip():
            yield (
                f"{config}: organisation.{key} is empty: workers agree to the keeping of their "
                "data without being told it"
            )


def _named(plan: Programme, settings: Settings) -> Iterator[tuple[str, str]]:
    file = programmes.file_of(plan.key, settings.programmes)
    return ((f"{file}: units", code) for code in plan.units)


async def _unit_codes_and_set_aside(settings: Settings) -> tuple[set[str], dict[str, int]]:
    """The codes of the units; updates set aside, by why."""
    store = Store(settings.database.url)
    try:
        async with store.read() as session:
            return set(await importing.ids_by_code(session)), await inbox.set_aside(session)
    except SQLAlchemyError:
        return set(), {}  # not made yet
    finally:
        await store.close()
