"""No button on a fresh card leads nowhere: everybody presses everything that is shown to them."""

import re
from collections import Counter
from datetime import date, time

import pytest

from bot.messages import says
from bot.rules.calendar import at
from tests.client import Person

MOST = 40  # presses a person: what was pressed least comes first
DAY = at(date(2026, 12, 8), time(9, 0))  # the review of the year is owed, a week is left

REACHED = {
    "An": {"sum", "plan"},
    "Dũng": {"sum", "plan", "case"},
    "Giang": {"board", "plan"},
}


def buttons(person: Person) -> list[tuple[int, str, str]]:
    """(message, data, label) of everything there is to press but forms, newest card first."""
    return [
        (message["message_id"], button["callback_data"], button["text"])
        for message in reversed(person.messages)
        for row in message.get("buttons") or []
        for button in row
        if not button["callback_data"].startswith("f:")
    ]


def shape(data: str) -> str:
    """A button's data without its numbers: what kind of button it is."""
    return re.sub(r"\d+", "#", data)


@pytest.mark.parametrize("name", ["An", "Dũng", "Giang"])
async def test_every_button_that_is_shown_leads_somewhere(town, name):
    person = await town.person(name)
    await town.move_to(DAY)
    for command in ("/start", "/baocaonam", "/kehoach", "/kiennghi", "/tongquan", "/nhansu"):
        await person.send(command)
    pressed: set[str] = set()
    shapes: Counter[str] = Counter()
    for _ in range(MOST):
        message_id, data, label = min(
            buttons(person), key=lambda found: (found[1] in pressed, shapes[shape(found[1])])
        )
        pressed.add(data)
        shapes[shape(data)] += 1
        told = len(person.toasts)
        await person._press({"message_id": message_id, "data": data}, wait=True)
        assert says.STALE_BUTTON not in person.toasts[told:], f"{label!r} ({data})"
        assert "mã lỗi" not in person.card.lower(), f"{label!r} ({data}): {person.card}"
    kinds = {data.split(":")[0] for data in pressed}
    assert kinds >= REACHED[name], "the walk no longer comes by these"
