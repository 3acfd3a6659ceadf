"""The command line: `satcoso` or `python -m bot`. Everything heavy is imported where it is used."""

import asyncio
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from bot.settings import Settings

app = typer.Typer(
    help="Sát cơ sở, gắn công nhân: a Telegram bot for trade unions.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
export = typer.Typer(help="Write data out as tables.", no_args_is_help=True)
app.add_typer(export, name="export")

Config = Annotated[Path, typer.Option("--config", "-c", help="The configuration file.")]
CONFIG = Path("config.toml")
Day = datetime | None
DAY = ["%Y-%m-%d", "%d/%m/%Y"]


def main() -> None:
    """The entry point; mistakes of people are sentences, not tracebacks."""
    app(prog_name="satcoso")


@app.command()
def run(config: Config = CONFIG) -> None:
    """Run the bot until Ctrl-C or SIGTERM."""
    from bot import running

    with _in_words(2):
        asyncio.run(running.run(_load(config)))


@app.command()
def demo(
    port: Annotated[int, typer.Option(min=1, max=65535, help="Where the web chat listens.")] = 8080,
    data: Annotated[
        Path, typer.Option(help="Where the demo keeps its data: a folder of its own.")
    ] = Path("data/demo"),
    day: Annotated[
        datetime | None,
        typer.Option(
            "--from",
            formats=["%Y-%m-%d"],
            help="A first start begins in the week of this day, such as 2026-11-09.",
        ),
    ] = None,
) -> None:
    """Run the whole program on this machine with an invented province; no Telegram needed."""
    from bot import logs
    from bot.demo.run import run as run_demo
    from bot.settings import Logging

    logs.set_up(Logging(level="warning"))
    with _in_words(2):
        run_demo(port, data, day.date() if day else None)


@app.command()
def check(config: Config = CONFIG) -> None:
    """Check the configuration and say what was found."""
    from bot import programmes
    from bot.checking import unknown_units
    from bot.documents.own_templates import broken
    from bot.errors import ConfigError
    from bot.operating import unwritable

    with _in_words():
        settings = _load(config)
        with _in_words(2):
            programmes.load(settings.programmes)
        for name, value in _found(config, settings):
            typer.echo(f"{name:<13}{value}")
        if wrong := [*unwritable(settings), *broken(settings.documents.templates)]:
            raise ConfigError("\n".join(wrong))
        for line in asyncio.run(unknown_units(settings)):
            typer.echo(f"warning: {line}", err=True)
    typer.echo("ok")


@app.command("init-db")
def init_db(config: Config = CONFIG) -> None:
    """Create the database, or bring it to the newest schema."""
    from bot import operating

    with _in_words(2):
        asyncio.run(operating.init_db(_load(config)))
    typer.echo("ok")


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="The list of units, .xlsx.")],
    config: Config = CONFIG,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show what would change.")] = (
        False
    ),
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
) -> None:
    """Import the organisation from an xlsx file: all of it or nothing."""
    from bot import operating

    with _in_words():
        done = asyncio.run(operating.import_units(_load(config), file.read_bytes(), dry_run, yes))
    raise typer.Exit(0 if done else 1)


@app.command()
def template(
    file: Annotated[Path, typer.Argument(help="Where to write it, .xlsx.")] = Path("don-vi.xlsx"),
) -> None:
    """Write the empty list of units to fill in."""
    from bot.documents.template import template as make
    from bot.errors import ConfigError

    with _in_words():
        try:
            with file.open("xb") as new:
                new.write(make())
        except FileExistsError:
            raise ConfigError(f"{file}: exists already; give another name") from None
    typer.echo(str(file))


@app.command()
def templates(
    folder: Annotated[Path, typer.Argument(help="Where to write them.")] = Path("templates"),
) -> None:
    """Write out the Word templates of reports and minutes, to be edited in Word."""
    from bot.documents.own_templates import write_out
    from bot.errors import ConfigError

    with _in_words():
        try:
            written = write_out(folder)
        except FileExistsError as error:
            raise ConfigError(f"{error}: exists already; give another folder") from None
    for path in written:
        typer.echo(str(path))


@app.command()
def invite(
    role: Annotated[
        str, typer.Option(help="administrator, supervisor, officer or representative.")
    ],
    config: Config = CONFIG,
    unit: Annotated[str, typer.Option(help="Code of the unit; without it: the top one.")] = "",
    cluster: Annotated[str, typer.Option(help="Name of the cluster, for supervisors.")] = "",
    days: Annotated[
        int, typer.Option(min=0, max=365, help="Valid for so many days; 0: as configured.")
    ] = 0,
    bot_name: Annotated[str, typer.Option(help="The bot's username; else Telegram is asked.")] = "",
    qr: Annotated[Path | None, typer.Option(help="Also write the link as a QR code, .png.")] = None,
) -> None:
    """Make a one-time link that lets somebody in. The first administrator comes in this way."""
    from bot import operating

    with _in_words():
        asked = operating.Invited(role, unit, cluster, days, bot_name, qr)
        asyncio.run(operating.invite(_load(config), asked))


@export.command("visits")
def export_visits(
    out: Annotated[Path, typer.Option(help="The file to write, .xlsx or .csv.")],
    config: Config = CONFIG,
    since: Annotated[
        Day, typer.Option("--from", formats=DAY, help="From the week with this day on.")
    ] = None,
    until: Annotated[
        Day, typer.Option("--to", formats=DAY, help="To the week with this day.")
    ] = None,
    unit: Annotated[str, typer.Option(help="Code of a unit: only it and what is below.")] = "",
) -> None:
    """One row a visit, with what was reported."""
    from bot import operating

    with _in_words():
        first, last = (day.date() if day else None for day in (since, until))
        rows = asyncio.run(operating.export_visits(_load(config), out, first, last, unit))
    typer.echo(f"{out}: {rows} visits")


@app.command()
def posters(
    out: Annotated[Path, typer.Option(help="The folder to write them to, .pdf and .png.")],
    config: Config = CONFIG,
    site: Annotated[str, typer.Option(help="Code of one site; without it: all of them.")] = "",
    bot_name: Annotated[str, typer.Option(help="The bot's username; else Telegram is asked.")] = "",
) -> None:
    """Make the posters that lead workers of each site here, to hang at the gate."""
    from bot import operating

    with _in_words():
        count = asyncio.run(operating.posters(_load(config), out, site, bot_name))
    typer.echo(f"{out}: {count} sites")


@export.command("cases")
def export_cases(
    out: Annotated[Path, typer.Option(help="The file to write, .xlsx or .csv.")],
    config: Config = CONFIG,
    since: Annotated[
        Day, typer.Option("--from", formats=DAY, help="Brought on this day or later.")
    ] = None,
    until: Annotated[
        Day, typer.Option("--to", formats=DAY, help="Brought on this day or before.")
    ] = None,
    unit: Annotated[str, typer.Option(help="Code of a unit: only it and what is below.")] = "",
) -> None:
    """One row a concern or proposal; who raised it is left out."""
    from bot import operating

    with _in_words():
        first, last = (day.date() if day else None for day in (since, until))
        rows = asyncio.run(operating.export_cases(_load(config), out, first, last, unit))
    typer.echo(f"{out}: {rows} cases")


@export.command("units")
def export_units(
    out: Annotated[Path, typer.Option(help="The file to write, .xlsx.")],
    config: Config = CONFIG,
    unit: Annotated[str, typer.Option(help="Code of a unit: only it and what is below.")] = "",
) -> None:
    """The list of units, the dissolved ones too, as it can be imported again."""
    from bot import operating

    with _in_words():
        rows = asyncio.run(operating.export_units(_load(config), out, unit))
    typer.echo(f"{out}: {rows} units")


@app.command()
def backup(
    path: Annotated[Path, typer.Argument(help="A new folder, or a new file ending in .tar.gz.")],
    config: Config = CONFIG,
) -> None:
    """Copy database and files, also while the bot runs, and check the copy.

    The key file and the configuration stay out: who finds a backup must not find the key to it.
    """
    from bot.services.backup import back_up

    with _in_words():
        settings = _load(config)
        database = settings.database
        done = back_up(database.url, database.files, path)
    typer.echo(
        f"{done.path}: {done.units} units, {done.files} files, {done.bytes:,} bytes; checked"
    )
    typer.echo(f"not in it: {settings.privacy.key_file} and {config}; keep a copy elsewhere")


@app.command("rotate-keys")
def rotate_keys(
    config: Config = CONFIG,
    drop_old: Annotated[
        bool, typer.Option("--drop-old", help="Make no new key; take the old ones out.")
    ] = False,
) -> None:
    """Seal workers' identities with a new key. Stop the bot first; an interrupted run goes on."""
    from bot import operating

    with _in_words(2):
        asyncio.run(operating.rotate_keys(_load(config), drop_old))


@app.command()
def health(config: Config = CONFIG) -> None:
    """Say whether the bot is alive, by the age of its health file: exit 0 or 1."""
    from bot.health import judge

    with _in_words():
        well, words = judge(_load(config).health.file)
    typer.echo(words)
    raise typer.Exit(0 if well else 1)


def _load(path: Path) -> "Settings":
    """The settings of a command that ends by itself: its logs only warn. Exits where they fail."""
    from bot import logs
    from bot.config import load

    with _in_words(2):
        settings = load(path)
    level = "error" if settings.logging.level == "error" else "warning"
    only_warn = settings.logging.model_copy(update={"level": level})
    logs.set_up(only_warn, settings.telegram.token)
    return settings


def _found(config: Path, settings: "Settings") -> Iterator[tuple[str, object]]:
    """What `check` says about a good configuration; never the token."""
    from sqlalchemy import make_url

    from bot.documents.own_templates import used
    from bot.documents.pdf import program

    yield "config", config.absolute()
    yield "organisation", f"{settings.organisation.name} ({settings.organisation.code})"
    where = settings.telegram.webhook_url if settings.telegram.mode == "webhook" else ""
    how = f"{settings.telegram.mode} {where}".strip()
    yield "telegram", f"{how}; token not checked with Telegram"
    yield "database", make_url(settings.database.url).render_as_string(hide_password=True)
    yield "files", settings.database.files
    yield "keys", settings.privacy.key_file
    plan = settings.assignment
    yield "assignment", f"{plan.day} {plan.time:%H:%M}, {plan.quota} a week for each officer"
    yield "plans", ", ".join(settings.programmes.active) or "none"
    owed = settings.summaries
    days = ", ".join(str(day) for day in owed.remind_days)
    late = f"then every {owed.nudge_day}; late ones to {owed.chaser or 'the receiving unit'}"
    yield "reports due", f"reminded {days} days before at {owed.remind_time:%H:%M}, {late}"
    yield "digest", f"{settings.digest.day} {settings.digest.time:%H:%M}"
    yield "quiet", f"{settings.quiet.start:%H:%M} to {settings.quiet.end:%H:%M}"
    yield "health", settings.health.file or "no file"
    own = ", ".join(used(settings.documents.templates))
    folder = settings.documents.templates
    yield "templates", f"{folder}: {own}" if own else f"the program's own; none in {folder}"
    yield "pdf", program() or "LibreOffice is not installed: reports as docx and xlsx only"


@contextmanager
def _in_words(code: int = 1) -> Iterator[None]:
    """What people can put right ends in a sentence on stderr and an exit code."""
    from bot.errors import ConfigError, Refused

    try:
        yield
    except (ConfigError, Refused) as error:
        typer.echo(str(error), err=True)
        sys.exit(code)
    except OSError as error:
        typer.echo(f"{error.filename or ''}: {error.strerror or error}".lstrip(": "), err=True)
        sys.exit(code)


if __name__ == "__main__":
    main()
