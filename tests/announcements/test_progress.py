"""An announcement is over once nobody is left to send to."""

from typing import Any

import pytest

from bot.announcements.cards.announcements import progress
from bot.announcements.facts.announcements import Progress
from storage.enums import AnnouncementState, Audience, UnitKind
from storage.models import Announcement, Unit
from tests.cast import KCN, MONDAY


def facts(state: AnnouncementState, reached: int, errors: dict[str, int]) -> Progress:
    row = Announcement(
        id=1,
        author_id=1,
        unit_id=KCN.id,
        audience=Audience.CADRES,
        words="Họp",
        created_at=MONDAY,
        state=state,
        readers=11,
    )
    unit = Unit(id=KCN.id, code="KCN", name=KCN.name, kind=UnitKind.UPPER, path=KCN.path)
    given: dict[str, Any] = {"waiting": 0, "held": 0, "answers": 0, "units_without": 0}
    return Progress(
        row, unit, "Dũng", reached, errors=errors, waits_for=None, may_steer=True, **given
    )


@pytest.mark.parametrize(
    ("state", "reached", "errors", "said"),
    [
        (AnnouncementState.SENDING, 11, {}, "đã gửi xong"),
        (AnnouncementState.SENDING, 10, {"Forbidden": 1}, "đã gửi xong"),
        (AnnouncementState.SENDING, 10, {}, "đang gửi"),
        (AnnouncementState.PAUSED, 10, {}, "tạm dừng"),
    ],
)
def test_how_it_stands_is_said_as_the_numbers_beside_it_are(
    state: AnnouncementState, reached: int, errors: dict[str, int], said: str
) -> None:
    card = progress(facts(state, reached, errors), MONDAY)
    assert f"· {said}" in card.text
    labels = [button.label for row in card.rows for button in row]
    assert ("🔄 Xem tiến độ" in labels) is (said != "đã gửi xong")
