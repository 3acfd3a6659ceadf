"""What can be done under each reminder of a visit."""

from datetime import date

import pytest

from bot.visits.cards import visits as cards
from storage.enums import UnitKind
from storage.models import Unit, Visit
from tests.cast import AN, KCN, LONG_AGO, SEN_VANG

REPORT, LOOK, CANNOT = "📝 Báo cáo", "Xem lượt đi", "🚫 Không đi được"
SET_DAY, CHANGE_DAY = "📅 Hẹn ngày", "📅 Đổi ngày"
WEDNESDAY = date(2026, 11, 18)


@pytest.mark.parametrize(
    ("kind", "day", "buttons"),
    [
        ("no_day", None, [[SET_DAY, LOOK]]),
        ("eve", WEDNESDAY, [[CHANGE_DAY, LOOK]]),
        ("morning", WEDNESDAY, [[REPORT, LOOK]]),
        ("unreported", WEDNESDAY, [[REPORT, LOOK]]),
        ("unreported", None, [[REPORT], [SET_DAY, CANNOT]]),
        ("missed", None, [[REPORT, LOOK]]),
    ],
)
def test_each_reminder_offers_what_is_still_missing(
    kind: str, day: date | None, buttons: list[list[str]]
) -> None:
    site = Unit(
        id=SEN_VANG.id,
        code=SEN_VANG.code,
        name=SEN_VANG.name,
        folded="may sen vang",
        kind=UnitKind.SITE_UNION,
        path=SEN_VANG.path,
        known_since=date(2026, 1, 5),
    )
    visit = Visit(
        id=1,
        key="w",
        week=date(2026, 11, 16),
        site_id=SEN_VANG.id,
        unit_id=KCN.id,
        officer_id=AN.id,
        day=day,
        created_at=LONG_AGO,
    )
    card = cards.reminder(kind, AN.full_name, visit, site)
    assert [[button.label for button in row] for row in card.rows] == buttons
    assert SEN_VANG.name in card.text
