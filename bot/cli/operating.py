"""What the operator's commands do, apart from asking and exiting."""

import re
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import click
from sqlalchemy.exc import SQLAlchemyError

from bot import programmes
from bot.cli import places
from bot.config.keys import open_vault, refuse_a_lost_database
from bot.config.settings import Settings
from bot.core.clock import Clock
from bot.core.errors import ConfigError
from bot.core.rules.calendar import local
from bot.core.work import Work
from bot.units.rules.import_plan import ImportPlan
from bot.units.services.importing import Preview
from storage import files, outbox
from storage.enums import Role
from storage.migrations import is_new, upgrade
from storage.store import Store, sqlite_file
from storage.vault import Vault, new_key, read_keys

MOST_SHOWN = 20
CHANGED = "the database has changed since the preview, nothing was imported; run this again"


@dataclass(frozen=True)
class Invited:
    """What `satcoso invite` was asked for."""

    role: str
    unit: str
    cluster: str
    days: int
    bot_name: str
    qr: Path | None


def prepare_folders(settings: Settings) -> None:
    """The folders that a first start needs; what lies in them is nobody else's to read."""
    database = sqlite_file(settings.database.url)
    for folder in (database and database.parent, settings.database.files):
        if folder:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    settings.health.file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)


@asynccontextmanager
async def working(settings: Settings) -> AsyncIterator[Work]:
    """The database, brought to the newest schema. Raises ConfigError when it cannot be opened."""
    plans = programmes.load(settings.programmes)
    places.check(settings)
    prepare_folders(settings)
    database = sqlite_file(settings.database.url)
    try:
        await refuse_a_lost_database(settings)
        if database and not database.exists():
            click.echo(f"new database: {database}", err=True)
        store = Store(settings.database.url)
        await upgrade(store)
    except SQLAlchemyError as error:
        raise ConfigError(f"database.url: {reason(error)}") from None
    try:
        vault = await open_vault(store, settings, Clock().now())
        from bot.app.assembly import make_work

        yield make_work(store, settings, vault, plans)
    finally:
        await store.close()


@asynccontextmanager
async def reading(settings: Settings) -> AsyncIterator[Work]:
    """The same for who only looks: where there is no database yet, one in a folder that goes again,
    so that nothing is left behind. Raises ConfigError as `working`."""
    if not await _nothing_yet(settings):
        async with working(settings) as work:
            yield work
        return
    from bot.app.assembly import make_work

    plans = programmes.load(settings.programmes)
    places.check(settings)
    with TemporaryDirectory() as folder:
        store = Store(f"sqlite+aiosqlite:///{folder}/satcoso.db")
        await upgrade(store)
        try:
            yield make_work(store, settings, Vault(read_keys(new_key())), plans)
        finally:
            await store.close()


async def _nothing_yet(settings: Settings) -> bool:
    """Whether a database still has to be made. Raises ConfigError: there was one before, or none
    can be asked."""
    await refuse_a_lost_database(settings)
    database = sqlite_file(settings.database.url)
    if database is not None:
        return not (database.exists() and database.stat().st_size)
    store = Store(settings.database.url)
    try:
        return await is_new(store)
    except SQLAlchemyError as error:
        raise ConfigError(f"database.url: {reason(error)}") from None
    finally:
        await store.close()


async def init_db(settings: Settings) -> None:
    async with working(settings):
        pass


async def import_units(settings: Settings, data: bytes, dry_run: bool, yes: bool) -> bool:
    """Show, ask, import. False when the list has mistakes or the answer was no."""
    from bot.units.cards import importing as import_cards
    from bot.units.papers.units_file import read_units
    from bot.units.services import importing

    file, now = read_units(data), Clock().now()
    async with (reading if dry_run else working)(settings) as work:
        preview = await importing.preview(work, None, file, now)
        if preview.plan.mistakes:
            wrong = [import_cards.mistake_words(m) for m in preview.plan.mistakes]
            click.echo("\n".join((f"nothing imported, mistakes: {len(wrong)}", *wrong)), err=True)
            return False
        click.echo("\n".join(_preview_lines(preview)))
        if not preview.ready:
            click.echo("nothing to import: the database is like this list already")
        if dry_run or not preview.ready:
            return True
        if not yes and not click.confirm("Import?"):
            click.echo("nothing imported")
            return False
        outcome = await importing.confirm(work, None, file, preview.plan.digest(), now)
        click.echo(_done(outcome.plan) if outcome.done else CHANGED, err=not outcome.done)
        return outcome.done


def _preview_lines(preview: Preview) -> Iterator[str]:
    """What an import would do, line by line; columns by their names in the list."""
    from bot.units.cards.importing import change_words, end_words, mistake_words

    plan = preview.plan
    if plan.top:
        name = f"{plan.top.after['name']} ({plan.top.code})"
        yield f"top unit: {name}, as [organisation] in the configuration says"
    groups = {
        "new": [f"{change.code} {change.after['name']}" for change in plan.new],
        "changed": [change_words(change, preview.officers) for change in plan.altered],
        "dissolved": [
            end_words(change, preview.following.get(change.code)) for change in plan.ends
        ],
        "to be looked at again": [mistake_words(warning) for warning in plan.warnings],
    }
    if preview.sheet:
        yield f"sheet that is read: {preview.sheet}"
    yield from preview.notes
    for title, lines in groups.items():
        yield f"{title}: {len(lines)}"
        yield from (f"  {line}" for line in lines[:MOST_SHOWN])
        if len(lines) > MOST_SHOWN:
            yield f"  and {len(lines) - MOST_SHOWN} more"
    yield f"as they are: {plan.same}"
    yield f"not in the list, kept: {plan.missing}"


def _done(plan: ImportPlan) -> str:
    parts = [f"{len(plan.new)} new", f"{len(plan.altered)} changed"]
    if plan.ends:
        parts += [f"{len(plan.ends)} dissolved", f"{len(plan.following)} gone along"]
    return f"imported: {', '.join(parts)}"


async def invite(settings: Settings, options: Invited) -> None:
    """Print the link, and write it as a QR code where asked."""
    from bot.people.services import invitations
    from bot.people.services.invitation_places import NamedPlace

    try:
        role = Role(options.role)
    except ValueError:
        raise ConfigError(f"--role {options.role}: allowed are {', '.join(Role)}") from None
    if options.days:
        valid = settings.invitations.model_copy(update={"valid_days": options.days})
        settings = settings.model_copy(update={"invitations": valid})
    name = options.bot_name.removeprefix("@") or await _bot_name(settings)
    async with working(settings) as work:
        place = NamedPlace(unit_code=options.unit, cluster=options.cluster)
        created = await invitations.create(work, None, role, place, Clock().now())
    link = f"https://t.me/{name}?start={created.code}"
    click.echo(link)
    click.echo(f"{created.role} · {created.place} · valid until {created.expires_at:%d/%m/%Y}")
    if options.qr:
        import segno

        segno.make(link).save(str(options.qr), kind="png", scale=10)
        click.echo(str(options.qr))


async def web_link(settings: Settings, person: str) -> str:
    """A way in for one of the staff, in words. Raises ConfigError: there are no web pages."""
    from bot.people.cards.web_sessions import link_words
    from bot.people.routes.web_sessions import ENTRANCE
    from bot.people.services import web_sessions

    if not settings.web.is_on:
        raise ConfigError("web.address: there are no web pages; write their address there first")
    async with working(settings) as work:
        new_link = await web_sessions.link_by_operator(work, person.strip(), Clock().now())
    return link_words(new_link, settings.web.address + ENTRANCE + new_link.code)


async def posters(settings: Settings, out: Path, code: str, bot_name: str) -> int:
    """A PDF and a PNG for each site, named by its code; returns how many sites."""
    from bot.cases.services import site_links
    from bot.core.rules.official_names import official_name

    name = bot_name.removeprefix("@")
    if not name and not settings.web.is_on:
        name = await _bot_name(settings)
    async with reading(settings) as work:
        sites = await site_links.all_sites(work, code)
        if not sites:
            raise ConfigError(f"--site {code}: there is no such site" if code else "no sites yet")
        starts = [site_links.parameter(work.vault, site.id or 0) for site in sites]
    for site, start in zip(sites, starts, strict=True):
        link = site_links.page(settings, start) or f"https://t.me/{name}?start={start}"
        _write_poster(out, site.code, official_name(site.name), link)
    return len(sites)


def _write_poster(out: Path, code: str, site: str, link: str) -> None:
    from bot.cases.papers.poster import poster

    out.mkdir(parents=True, exist_ok=True)
    name = re.sub(r"[^\w-]+", "_", code)
    (out / f"{name}.pdf").write_bytes(poster(site, link, "pdf"))
    (out / f"{name}.png").write_bytes(poster(site, link, "png"))


async def _bot_name(settings: Settings) -> str:
    from bot.channels.telegram.command_line import username

    return await username(settings.telegram.token, settings.telegram.base_url)


async def export_visits(
    settings: Settings, out: Path, since: date | None, until: date | None, unit: str
) -> int:
    """Write the table; returns how many visits."""
    from bot.documents import tables
    from bot.visits.papers.visits_table import HEADINGS, head_of
    from bot.visits.services.export import visit_rows

    _check_export(out, since, until)
    async with reading(settings) as work:
        rows = visit_rows(work, None, since=since, until=until, unit_code=unit)
        head = head_of(unit or settings.organisation.name, since, until, Clock().now())
        return await tables.write(out, HEADINGS, rows, head=head)


async def export_cases(
    settings: Settings, out: Path, since: date | None, until: date | None, unit: str
) -> int:
    """Write the table of concerns and proposals; returns how many."""
    from bot.cases.papers.cases_table import HEADINGS, head_of
    from bot.cases.services.export import case_rows
    from bot.documents import tables

    _check_export(out, since, until)
    async with reading(settings) as work:
        rows = case_rows(work, None, since=since, until=until, unit_code=unit)
        head = head_of(unit or settings.organisation.name, Clock().now())
        return await tables.write(out, HEADINGS, rows, head=head)


async def export_units(settings: Settings, out: Path, unit: str) -> int:
    """Write the list of units as it can be imported again; returns how many."""
    from bot.documents import tables
    from bot.units.papers.units_table import HEADINGS, TITLE
    from bot.units.services.export import unit_rows

    if out.suffix.lower() != ".xlsx":
        raise ConfigError(f"--out {out}: the name must end in .xlsx")
    async with reading(settings) as work:
        return await tables.write(out, HEADINGS, unit_rows(work, None, unit_code=unit), head=TITLE)


def _check_export(out: Path, since: date | None, until: date | None) -> None:
    """Raises ConfigError: no table can be written so."""
    from bot.documents import tables

    if out.suffix.lower() not in tables.FORMATS:
        raise ConfigError(f"--out {out}: the name must end in {' or '.join(tables.FORMATS)}")
    if since and until and since > until:
        raise ConfigError(f"--from {since:%d/%m/%Y} is later than --to {until:%d/%m/%Y}")


async def rotate_keys(settings: Settings, drop_old: bool) -> None:
    """Seal everything with a new key, and say what was done. Raises ConfigError: a bot runs."""
    from bot.cli.key_rotation import rotate
    from bot.cli.lock import database_held

    store = Store(settings.database.url)
    try:
        async with database_held(settings.database.url):
            await refuse_a_lost_database(settings)
            await upgrade(store)
            done = await rotate(store, settings, Clock().now(), drop_old=drop_old)
    except SQLAlchemyError as error:
        raise ConfigError(f"database.url: {reason(error)}") from None
    finally:
        await store.close()
    click.echo(f"{settings.privacy.key_file}: key {done.key}{' (new)' if done.key_added else ''}")
    click.echo(f"sealed anew: {done.reporters} reporters, {done.updates} updates")
    if drop_old:
        click.echo(f"old keys dropped: {done.dropped}; backups from before need a copy of them")
    else:
        click.echo("old keys stay in the file; drop them with --drop-old once backups are renewed")


def reason(error: SQLAlchemyError) -> str:
    """The driver's first line: it names no rows, unlike SQLAlchemy's own words."""
    cause = getattr(error, "orig", None) or error
    return (str(cause).splitlines() or [type(error).__name__])[0]


async def undelivered(settings: Settings, days: int) -> list[str]:
    """A line for each message to a person given up in the last `days` days or waiting for more than
    a day, then the numbers."""
    now = Clock().now()
    since = local(now).date() - timedelta(days=days)
    async with reading(settings) as work, work.read() as session:
        messages = await outbox.given_up(session, since)
        late = await outbox.waiting_long(session, now - timedelta(days=1))
        workers = await outbox.given_up_to_workers(session, since)
        missing = await files.count_given_up(session)
    lines = [
        f"{message.on:%d/%m/%Y} · {message.lane.name.lower()} · {message.name} · "
        f"due {local(message.due):%d/%m/%Y %H:%M} · {message.error or 'its moment had passed'}"
        for message in messages
    ]
    lines += [
        f"waits · {message.lane.name.lower()} · {name} · "
        f"due {local(message.not_before):%d/%m/%Y %H:%M} · {message.error or 'not tried yet'}"
        for name, message in late
    ]
    return [*lines, f"people: {len(messages)} · workers: {workers} · files: {missing}"]
