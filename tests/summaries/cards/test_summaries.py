"""Cards about a unit's own reports."""

from datetime import date

import pytest

from bot.summaries.cards import summaries
from bot.summaries.facts.summaries import OwedLine
from storage.enums import SummaryState
from storage.models import Obligation
from tests.cast import KCN, LONG_HOA


def owed(unit: str, month: int = 12) -> OwedLine:
    obligation = Obligation(
        id=1,
        key=unit,
        group="p:nam:2026",
        title="Kết quả",
        unit_id=1,
        to_unit_id=2,
        first_day=date(2026, 1, 1),
        last_day=date(2026, 12, 31),
        due_before=date(2026, month, 15),
    )
    return OwedLine(obligation, unit, SummaryState.WRITING, date(2026, 11, 15), 0, 4)


@pytest.mark.parametrize(
    ("units", "labels"),
    [
        (
            (owed(KCN.name, 11), owed(KCN.name)),
            ["1. Báo cáo trước 15/11/2026", "2. Báo cáo trước 15/12/2026"],
        ),
        (
            (owed(KCN.name), owed(LONG_HOA.name)),
            [f"1. {KCN.name}, trước 15/12", f"2. {LONG_HOA.name}, trước 15/12"],
        ),
    ],
)
def test_buttons_of_the_list_tell_reports_of_several_units_apart(
    units: tuple[OwedLine, ...], labels: list[str]
) -> None:
    card = summaries.listed(units)
    assert [row[0].label for row in card.rows[:-1]] == labels
