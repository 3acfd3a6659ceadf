"""Signs and days as papers write them."""

from datetime import date

NBSP = "\N{NO-BREAK SPACE}"
NOT_KNOWN = "—"


def written_day(day: date) -> str:
    """ngày 08 tháng 02 năm 2027: days below ten and the first two months are padded."""
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"
