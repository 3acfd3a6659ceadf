"""Moments kept less exactly than they were: what one act leaves in two tables must not meet."""

from datetime import UTC, datetime


def day_of(moment: datetime) -> datetime:
    """The beginning of its day in UTC."""
    return moment.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)


def hour_of(moment: datetime) -> datetime:
    """The beginning of its hour."""
    return moment.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
