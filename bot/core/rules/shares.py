"""A share in percent, said the same way on every card and in every paper."""


def whole_percent(part: int, whole: int) -> int:
    """Whole percent, rounded as offices round; 100 only where nothing is missing, 0 only where
    nothing is there. `whole` is more than 0; `part` may be more than it after a correction.
    """
    rounded = (200 * part + whole) // (2 * whole)
    return min(max(rounded, 1), 99) if 0 < part < whole else rounded
