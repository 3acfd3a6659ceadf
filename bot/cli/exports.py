"""`satcoso export`: tables for whoever counts elsewhere."""

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.options import CONFIG, DAY, Config, Day, in_words, load

Out = Annotated[Path, typer.Option(help="The file to write, .xlsx or .csv.")]
UnitCode = Annotated[str, typer.Option(help="Code of a unit: only it and what is below.")]

export = typer.Typer(help="Write data out as tables.", no_args_is_help=True)


@export.command("visits")
def export_visits(
    out: Out,
    config: Config = CONFIG,
    since: Annotated[
        Day, typer.Option("--from", formats=DAY, help="From the week with this day on.")
    ] = None,
    until: Annotated[
        Day, typer.Option("--to", formats=DAY, help="To the week with this day.")
    ] = None,
    unit: UnitCode = "",
) -> None:
    """One row a visit, with what was reported."""
    from bot.cli import operating

    with in_words():
        first, last = (day.date() if day else None for day in (since, until))
        rows = asyncio.run(operating.export_visits(load(config), out, first, last, unit))
    typer.echo(f"{out}: {rows} visits")


@export.command("cases")
def export_cases(
    out: Out,
    config: Config = CONFIG,
    since: Annotated[
        Day, typer.Option("--from", formats=DAY, help="Brought on this day or later.")
    ] = None,
    until: Annotated[
        Day, typer.Option("--to", formats=DAY, help="Brought on this day or before.")
    ] = None,
    unit: UnitCode = "",
) -> None:
    """One row a concern or proposal; who raised it is left out."""
    from bot.cli import operating

    with in_words():
        first, last = (day.date() if day else None for day in (since, until))
        rows = asyncio.run(operating.export_cases(load(config), out, first, last, unit))
    typer.echo(f"{out}: {rows} cases")


@export.command("units")
def export_units(
    out: Annotated[Path, typer.Option(help="The file to write, .xlsx.")],
    config: Config = CONFIG,
    unit: UnitCode = "",
) -> None:
    """The list of units, the dissolved ones too, as it can be imported again."""
    from bot.cli import operating

    with in_words():
        rows = asyncio.run(operating.export_units(load(config), out, unit))
    typer.echo(f"{out}: {rows} units")
