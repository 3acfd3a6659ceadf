"""From how many workers an enterprise is to have a union (plan `doan-vien`, I.1)."""

UNTIL_2028, FROM_2029 = 25, 20
LAST_OF_THE_FIRST = 2028


def union_owed_from(year: int, configured: int = 0) -> int:
    """The number of workers; `configured`: the office's own, 0 for what the plan of the year asks.

    The plan ends with 2033 and says nothing of later years; its last number stays.
    """
    return configured or (UNTIL_2028 if year <= LAST_OF_THE_FIRST else FROM_2029)
