"""The list of people as a sheet."""

from collections.abc import Sequence
from datetime import datetime

from bot.core.rendering import moment
from bot.documents.safe_cells import Cell
from bot.documents.sheets import listing, workbook
from bot.people.cards.people import ListedPerson, role_words


def people_xlsx(people: Sequence[ListedPerson], now: datetime) -> bytes:
    """Everybody of the list, by name."""
    columns = {"Họ và tên": 36, "Vai trò": 40}
    rows: list[list[Cell]] = [[person.name, role_words(person.roles)] for person in people]
    table = listing("Danh sách cán bộ", columns, rows)
    return workbook([table], f"{len(rows)} người trong phạm vi phụ trách. Lập lúc {moment(now)}.")
