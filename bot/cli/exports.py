"""`satcoso export`: tables for whoever counts elsewhere."""

import asyncio
from datetime import datetime
from pathlib import Path

import click

from bot.cli.options import CONFIG, DAY, FILE, in_words, load

TABLE = click.option("--out", type=FILE, required=True, help="The file to write, .xlsx or .csv.")
UNIT = click.option("--unit", default="", help="Code of a unit: only it and what is below.")


@click.group()
def export() -> None:
    """Write data out as tables."""


@export.command("visits")
@TABLE
@CONFIG
@click.option("--from", "since", type=DAY, help="From the week with this day on.")
@click.option("--to", "until", type=DAY, help="To the week with this day.")
@UNIT
def export_visits(
    out: Path, config: Path, since: datetime | None, until: datetime | None, unit: str
) -> None:
    """One row a visit, with what was reported."""
    from bot.cli import operating

    with in_words():
        first, last = (day.date() if day else None for day in (since, until))
        rows = asyncio.run(operating.export_visits(load(config), out, first, last, unit))
    click.echo(f"{out}: {rows} visits")


@export.command("cases")
@TABLE
@CONFIG
@click.option("--from", "since", type=DAY, help="Brought on this day or later.")
@click.option("--to", "until", type=DAY, help="Brought on this day or before.")
@UNIT
def export_cases(
    out: Path, config: Path, since: datetime | None, until: datetime | None, unit: str
) -> None:
    """One row a concern or proposal; who raised it is left out."""
    from bot.cli import operating

    with in_words():
        first, last = (day.date() if day else None for day in (since, until))
        rows = asyncio.run(operating.export_cases(load(config), out, first, last, unit))
    click.echo(f"{out}: {rows} cases")


@export.command("units")
@click.option("--out", type=FILE, required=True, help="The file to write, .xlsx.")
@CONFIG
@UNIT
def export_units(out: Path, config: Path, unit: str) -> None:
    """The list of units, the dissolved ones too, as it can be imported again."""
    from bot.cli import operating

    with in_words():
        rows = asyncio.run(operating.export_units(load(config), out, unit))
    click.echo(f"{out}: {rows} units")
