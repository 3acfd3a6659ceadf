"""The legal clocks of formal complaints, by date and in plain days.

Khiếu nại: accepted within 10 days, settled within 30 (the law gives complex ones 45, and in remote
areas 45 and 60; nobody notes which are, so the earliest day is shown), to be brought within 90
days. Tố cáo: 30 days, to be extended by 30. Limits to claim: 6 months (mediator), 9 (arbitration
council), 12 (court).
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from storage.enums import CaseKind

_DAY = timedelta(days=1)

LegalKey = Literal[
    "accept",
    "settle",
    "settle_extended",
    "statute",
    "claim_mediator",
    "claim_arbitration",
    "claim_court",
]


@dataclass(frozen=True)
class LegalDate:
    """A date of the law; `key` says which. It is the last day in time, not the first late one."""

    key: LegalKey
    date: date


def legal_dates(
    kind: CaseKind,
    received: date,
) -> tuple[LegalDate, ...]:
    """The legal clocks of a khiếu nại or tố cáo, by date; empty for other kinds.

    Local days in Vietnam, plain days and not working days. Complaint: accepted within 10 days,
    settled within 30. Denunciation: 30 + 30. All count from the day received: the law counts from
    the day accepted, which is later, so these are never too late. The 90 days and the limits to
    claim run from the decision or act complained of, which may be earlier than the day received.
    The numbers are the unions' own summary of the laws and want a lawyer's eye once a year.
    """
    if kind is CaseKind.COMPLAINT:
        return (
            LegalDate("accept", received + 10 * _DAY),
            LegalDate("settle", received + 30 * _DAY),
            LegalDate("statute", received + 90 * _DAY),
            *claim_limits(received),
        )
    if kind is CaseKind.DENUNCIATION:
        extended = LegalDate("settle_extended", received + 60 * _DAY)
        return LegalDate("settle", received + 30 * _DAY), extended
    return ()


def claim_limits(since: date) -> tuple[LegalDate, ...]:
    """Until when one may go to the mediator (6 months), the arbitration council (9) and the court
    (12), from the day the breach was found. To be shown as a warning, never as advice."""
    return (
        LegalDate("claim_mediator", add_months(since, 6)),
        LegalDate("claim_arbitration", add_months(since, 9)),
        LegalDate("claim_court", add_months(since, 12)),
    )


def add_months(day: date, months: int) -> date:
    """The same day so many months later; the month's last day where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    following = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    return min(date(year, month + 1, 1) + (day.day - 1) * _DAY, following - _DAY)
