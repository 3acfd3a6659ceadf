"""A unit as a row of the list of units: what `units_file` reads again."""

from typing import Any

from bot.documents.safe_cells import Cell
from bot.units.facts.columns import COLUMNS, KINDS, RATINGS
from bot.units.rules.import_plan import KnownUnit

HEADINGS = tuple(column.heading for column in COLUMNS)
TITLE = "Đơn vị"
FILE_NAME = "danh-sach-don-vi.xlsx"
_KINDS = {kind.value: words for words, kind in KINDS.items()}
_RATINGS = {rating.value: words for words, rating in RATINGS.items()}


def row(unit: KnownUnit, officer: str) -> list[Any]:
    """The cells under HEADINGS; what a unit has not is left empty, so it changes nothing.

    Of several clusters the first is named: the reader leaves the others alone.
    """
    cells: dict[str, Cell | float] = {
        **unit.values,
        "code": unit.code,
        "kind": _KINDS[unit.values["kind"]],
        "sensitive": "có" if unit.values["sensitive"] else "không",
        "officer": officer,
        "cluster": unit.values["cluster"].split("; ")[0],
    }
    if unit.ratings:
        year = max(unit.ratings)
        cells |= {"rating": _RATINGS[unit.ratings[year]], "rating_year": year}
    ordered_cells = (cells.get(column.key) for column in COLUMNS)
    return [None if cell == "" else cell for cell in ordered_cells]
