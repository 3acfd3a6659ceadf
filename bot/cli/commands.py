"""`satcoso` and its commands. Everything heavy is imported where it is used."""

import asyncio
import gc
import os
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from bot.cli.exports import export
from bot.cli.options import CONFIG, FILE, in_words, load


@click.group(context_settings={"max_content_width": 110})
def app() -> None:
    """Sát cơ sở, gắn công nhân: a Telegram bot for trade unions."""


app.add_command(export)


def main() -> None:
    """The entry point; mistakes of people are sentences, not tracebacks.

    What it makes is nobody else's to read: databases, copies, exports, papers.
    """
    os.umask(0o077)
    app(prog_name="satcoso")


@app.command()
@CONFIG
def run(config: Path) -> None:
    """Run the bot until Ctrl-C or SIGTERM."""
    # What is made while the program is loaded stays: to look for rubbish in it is a sixth of a
    # start. It begins once the program runs, and never looks at what was loaded.
    gc.disable()
    try:
        from bot.cli import running

        with in_words(2):
            asyncio.run(running.run(load(config)))
    finally:
        gc.enable()


@app.command()
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    default=8080,
    show_default=True,
    help="Where the web chat listens.",
)
@click.option(
    "--data",
    type=FILE,
    default="data/demo",
    show_default=True,
    help="Where the demo keeps its data: a folder of its own.",
)
@click.option(
    "--start",
    "--from",
    "day",
    type=click.DateTime(["%Y-%m-%d"]),
    help="A first start begins on the Monday of the week of this day, such as 2026-11-09.",
)
@click.option(
    "--size",
    type=click.Choice(["small", "province"]),
    help="A first start fills in 25 sites and six weeks, or 800 sites and three years.",
)
def demo(port: int, data: Path, day: datetime | None, size: str | None) -> None:
    """Run the whole program on this machine with an invented province; no Telegram needed."""
    from bot.app import logs
    from bot.config.settings import Logging
    from bot.demo.run import run as run_demo

    logs.set_up(Logging(level="error"))  # its key needs no copy kept apart
    with in_words(2):
        run_demo(port, data, day.date() if day else None, size)


@app.command()
@CONFIG
def check(config: Path) -> None:
    """Check the configuration and say what was found."""
    from bot.cli import checking
    from bot.core.clock import Clock
    from bot.core.rules.calendar import local

    settings, today = load(config), local(Clock().now()).date()
    with in_words(2):
        for name, value in checking.effective_values(config, settings):
            click.echo(f"{name:<13}{value}")
        for line in asyncio.run(checking.warnings(config, settings, today)):
            click.echo(f"warning: {line}", err=True)
    click.echo("ok")


@app.command()
@CONFIG
@click.option("--deep", is_flag=True, help="Also read all rows, files, copies.")
def doctor(config: Path, deep: bool) -> None:
    """Say in Vietnamese what works and what has to be mended, and how: exit 0 or 1.

    Asks Telegram and the database, also while the bot runs; changes nothing.
    """
    from bot.cli.doctor import findings
    from bot.cli.finding import Grade
    from bot.core.clock import Clock

    async def look() -> list[Grade]:
        grades = []
        async for finding in findings(config, settings, Clock(), deep):
            click.echo("\n".join(finding.lines()))
            grades.append(finding.grade)
        return grades

    settings = load(config)
    with in_words(2):
        grades = asyncio.run(look())
    mend, see = grades.count(Grade.MEND), grades.count(Grade.LOOK)
    click.echo(f"Phải sửa: {mend}. Nên xem: {see}.")
    sys.exit(1 if mend else 0)


@app.command("init-db")
@CONFIG
def init_db(config: Path) -> None:
    """Create the database, or bring it to the newest schema."""
    from bot.cli import operating

    with in_words(2):
        asyncio.run(operating.init_db(load(config)))
    click.echo("ok")


@app.command("import")
@click.argument("file", type=FILE)
@CONFIG
@click.option("--dry-run", is_flag=True, help="Only show what would change.")
@click.option("--yes", "-y", is_flag=True, help="Do not ask.")
def import_(file: Path, config: Path, dry_run: bool, yes: bool) -> None:
    """Import the organisation from FILE, the list of units, .xlsx: all of it or nothing."""
    from bot.cli import operating

    with in_words():
        done = asyncio.run(operating.import_units(load(config), file.read_bytes(), dry_run, yes))
    sys.exit(0 if done else 1)


@app.command()
@click.argument("file", type=FILE, default="don-vi.xlsx")
def template(file: Path) -> None:
    """Write the empty list of units to fill in to FILE, .xlsx; without it: don-vi.xlsx."""
    from bot.core.errors import ConfigError
    from bot.units.papers.template import template as make

    with in_words():
        try:
            with file.open("xb") as new:
                new.write(make())
        except FileExistsError:
            raise ConfigError(f"{file}: exists already; give another name") from None
    click.echo(str(file))


@app.command()
@click.argument("folder", type=FILE, default="templates")
def templates(folder: Path) -> None:
    """Write out the Word templates of reports and minutes, to be edited in Word.

    FOLDER is where they go; without it: templates.
    """
    from bot.core.errors import ConfigError
    from bot.summaries.papers.own_templates import write_out

    with in_words():
        try:
            written = write_out(folder)
        except FileExistsError as error:
            raise ConfigError(f"{error}: exists already; give another folder") from None
    for path in written:
        click.echo(str(path))


@app.command()
@click.option("--role", required=True, help="administrator, supervisor, officer or representative.")
@CONFIG
@click.option("--unit", default="", help="Code of the unit; without it: the top one.")
@click.option("--cluster", default="", help="Name of the cluster, for supervisors.")
@click.option(
    "--days",
    type=click.IntRange(0, 365),
    default=0,
    help="Valid for so many days; 0: as configured.",
)
@click.option("--bot-name", default="", help="The bot's username; else Telegram is asked.")
@click.option("--qr", type=FILE, help="Also write the link as a QR code, .png.")
def invite(config: Path, **options: Any) -> None:
    """Make a one-time link that lets somebody in. The first administrator comes in this way."""
    from bot.cli import operating

    with in_words():
        asyncio.run(operating.invite(load(config), operating.Invited(**options)))


@app.command("web-link")
@click.option("--person", required=True, help="Full name, or number.")
@CONFIG
def web_link(person: str, config: Path) -> None:
    """Make a one-time link by which somebody of the staff enters the web pages.

    For whom nobody else can make one. The person is told when it is used.
    """
    from bot.cli import operating

    with in_words():
        click.echo(asyncio.run(operating.web_link(load(config), person)))


@app.command()
@click.option("--out", type=FILE, required=True, help="The folder to write them to, .pdf and .png.")
@CONFIG
@click.option("--site", default="", help="Code of one site; without it: all of them.")
@click.option("--bot-name", default="", help="The bot's username; else Telegram is asked.")
def posters(out: Path, config: Path, site: str, bot_name: str) -> None:
    """Make the posters that lead workers of each site here, to hang at the gate."""
    from bot.cli import operating

    with in_words():
        count = asyncio.run(operating.posters(load(config), out, site, bot_name))
    click.echo(f"{out}: {count} sites")


@app.command()
@click.argument("path", type=FILE)
@CONFIG
def backup(path: Path, config: Path) -> None:
    """Copy database and files, also while the bot runs, and check the copy.

    PATH is a new folder, or a new file ending in .tar.gz.

    The key file and the configuration stay out: who finds a backup must not find the key to it.
    """
    from bot.app.backups import back_up

    with in_words():
        settings = load(config)
        database = settings.database
        done = back_up(database.url, database.files, path)
    click.echo(
        f"{done.path}: {done.units} units, {done.files} files, {done.bytes:,} bytes; checked"
    )
    click.echo(f"not in it: {settings.privacy.key_file} and {config}; keep a copy elsewhere")


@app.command()
@click.argument("path", type=FILE)
@CONFIG
def restore(path: Path, config: Path) -> None:
    """Put a backup in the place of database and files. Stop the bot first.

    PATH is the backup: its folder, or its file, .tar.gz.

    It is looked through before anything is changed; what was there is kept aside. The key must be
    in its place already.
    """
    from bot.cli.restoring import restore as bring_back
    from bot.core.clock import Clock
    from bot.core.rules.calendar import local

    with in_words(2):
        done = bring_back(load(config), path, Clock().now())
    made_at = f"{local(done.made_at):%d/%m/%Y %H:%M}"
    click.echo(f"restored: {done.units} units, {done.files} files, as of {made_at}; checked")
    for place in done.aside:
        click.echo(f"kept aside: {place}; delete it when you are sure")
    click.echo("start the bot; what happened after the backup is lost")


@app.command("rotate-keys")
@CONFIG
@click.option("--drop-old", is_flag=True, help="Make no new key; take the old ones out.")
def rotate_keys(config: Path, drop_old: bool) -> None:
    """Seal workers' identities with a new key. Stop the bot first; an interrupted run goes on."""
    from bot.cli import operating

    with in_words(2):
        asyncio.run(operating.rotate_keys(load(config), drop_old))


@app.command()
@CONFIG
@click.option(
    "--days",
    type=click.IntRange(1, 365),
    default=30,
    show_default=True,
    help="How far back.",
)
def undelivered(config: Path, days: int) -> None:
    """List the messages that were given up, never their words; of workers only how many."""
    from bot.cli import operating

    with in_words():
        for line in asyncio.run(operating.undelivered(load(config), days)):
            click.echo(line)


@app.command()
@CONFIG
def health(config: Path) -> None:
    """Say whether the bot is well, by what it last wrote about itself: exit 0 or 1."""
    from bot.cli.health import judge

    with in_words():
        well, lines = judge(load(config).health.file)
    click.echo("\n".join(lines))
    sys.exit(0 if well else 1)
