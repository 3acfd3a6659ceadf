"""`satcoso` and its commands. Everything heavy is imported where it is used."""

import asyncio
import gc
import os
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.exports import export
from bot.cli.options import CONFIG, Config, in_words, load

app = typer.Typer(
    help="Sát cơ sở, gắn công nhân: a Telegram bot for trade unions.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.add_typer(export, name="export")


def main() -> None:
    """The entry point; mistakes of people are sentences, not tracebacks.

    What it makes is nobody else's to read: databases, copies, exports, papers.
    """
    os.umask(0o077)
    app(prog_name="satcoso")


@app.command()
def run(config: Config = CONFIG) -> None:
    """Run the bot until Ctrl-C or SIGTERM."""
    # What is made while the program is loaded stays: to look for rubbish in it is a sixth of a
    # start. It begins once the program runs, and never looks at what was loaded.
    gc.disable()
    from bot.cli import running

    with in_words(2):
        asyncio.run(running.run(load(config)))


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
    from bot.app import logs
    from bot.config.settings import Logging
    from bot.demo.run import run as run_demo

    logs.set_up(Logging(level="error"))  # its key needs no copy kept apart
    with in_words(2):
        run_demo(port, data, day.date() if day else None)


@app.command()
def check(config: Config = CONFIG) -> None:
    """Check the configuration and say what was found."""
    from bot.cli import checking
    from bot.core.clock import Clock
    from bot.core.rules.calendar import local

    settings, today = load(config), local(Clock().now()).date()
    with in_words(2):
        for name, value in checking.effective_values(config, settings):
            typer.echo(f"{name:<13}{value}")
        for line in asyncio.run(checking.warnings(config, settings, today)):
            typer.echo(f"warning: {line}", err=True)
    typer.echo("ok")


@app.command()
def doctor(
    config: Config = CONFIG,
    deep: Annotated[
        bool, typer.Option("--deep", help="Also read all rows, files, copies.")
    ] = False,
) -> None:
    """Say in Vietnamese what works and what has to be mended, and how: exit 0 or 1.

    Asks Telegram and the database, also while the bot runs; changes nothing.
    """
    from bot.cli.doctor import findings
    from bot.cli.finding import Grade
    from bot.core.clock import Clock

    async def look() -> list[Grade]:
        grades = []
        async for finding in findings(config, settings, Clock(), deep):
            typer.echo("\n".join(finding.lines()))
            grades.append(finding.grade)
        return grades

    settings = load(config)
    with in_words(2):
        grades = asyncio.run(look())
    mend, see = grades.count(Grade.MEND), grades.count(Grade.LOOK)
    typer.echo(f"Phải sửa: {mend}. Nên xem: {see}.")
    raise typer.Exit(1 if mend else 0)


@app.command("init-db")
def init_db(config: Config = CONFIG) -> None:
    """Create the database, or bring it to the newest schema."""
    from bot.cli import operating

    with in_words(2):
        asyncio.run(operating.init_db(load(config)))
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
    from bot.cli import operating

    with in_words():
        done = asyncio.run(operating.import_units(load(config), file.read_bytes(), dry_run, yes))
    raise typer.Exit(0 if done else 1)


@app.command()
def template(
    file: Annotated[Path, typer.Argument(help="Where to write it, .xlsx.")] = Path("don-vi.xlsx"),
) -> None:
    """Write the empty list of units to fill in."""
    from bot.core.errors import ConfigError
    from bot.units.papers.template import template as make

    with in_words():
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
    from bot.core.errors import ConfigError
    from bot.summaries.papers.own_templates import write_out

    with in_words():
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
    from bot.cli import operating

    with in_words():
        options = operating.Invited(role, unit, cluster, days, bot_name, qr)
        asyncio.run(operating.invite(load(config), options))


@app.command()
def posters(
    out: Annotated[Path, typer.Option(help="The folder to write them to, .pdf and .png.")],
    config: Config = CONFIG,
    site: Annotated[str, typer.Option(help="Code of one site; without it: all of them.")] = "",
    bot_name: Annotated[str, typer.Option(help="The bot's username; else Telegram is asked.")] = "",
) -> None:
    """Make the posters that lead workers of each site here, to hang at the gate."""
    from bot.cli import operating

    with in_words():
        count = asyncio.run(operating.posters(load(config), out, site, bot_name))
    typer.echo(f"{out}: {count} sites")


@app.command()
def backup(
    path: Annotated[Path, typer.Argument(help="A new folder, or a new file ending in .tar.gz.")],
    config: Config = CONFIG,
) -> None:
    """Copy database and files, also while the bot runs, and check the copy.

    The key file and the configuration stay out: who finds a backup must not find the key to it.
    """
    from bot.app.backups import back_up

    with in_words():
        settings = load(config)
        database = settings.database
        done = back_up(database.url, database.files, path)
    typer.echo(
        f"{done.path}: {done.units} units, {done.files} files, {done.bytes:,} bytes; checked"
    )
    typer.echo(f"not in it: {settings.privacy.key_file} and {config}; keep a copy elsewhere")


@app.command()
def restore(
    path: Annotated[Path, typer.Argument(help="A backup: its folder, or its file, .tar.gz.")],
    config: Config = CONFIG,
) -> None:
    """Put a backup in the place of database and files. Stop the bot first.

    It is looked through before anything is changed; what was there is kept aside. The key must be
    in its place already.
    """
    from bot.cli.restoring import restore as bring_back
    from bot.core.clock import Clock
    from bot.core.rules.calendar import local

    with in_words(2):
        done = bring_back(load(config), path, Clock().now())
    made_at = f"{local(done.made_at):%d/%m/%Y %H:%M}"
    typer.echo(f"restored: {done.units} units, {done.files} files, as of {made_at}; checked")
    for place in done.aside:
        typer.echo(f"kept aside: {place}; delete it when you are sure")
    typer.echo("start the bot; what happened after the backup is lost")


@app.command("rotate-keys")
def rotate_keys(
    config: Config = CONFIG,
    drop_old: Annotated[
        bool, typer.Option("--drop-old", help="Make no new key; take the old ones out.")
    ] = False,
) -> None:
    """Seal workers' identities with a new key. Stop the bot first; an interrupted run goes on."""
    from bot.cli import operating

    with in_words(2):
        asyncio.run(operating.rotate_keys(load(config), drop_old))


@app.command()
def undelivered(
    config: Config = CONFIG,
    days: Annotated[int, typer.Option(min=1, max=365, help="How far back.")] = 30,
) -> None:
    """List the messages that were given up, never their words; of workers only how many."""
    from bot.cli import operating

    with in_words():
        for line in asyncio.run(operating.undelivered(load(config), days)):
            typer.echo(line)


@app.command()
def health(config: Config = CONFIG) -> None:
    """Say whether the bot is well, by what it last wrote about itself: exit 0 or 1."""
    from bot.cli.health import judge

    with in_words():
        well, lines = judge(load(config).health.file)
    typer.echo("\n".join(lines))
    raise typer.Exit(0 if well else 1)
