"""How long the web pages stay open, and what is kept of a browser."""

from datetime import timedelta

import pytest

from bot.people.rules.web_sessions import BY_ONESELF, HANDED_OUT, Entrance, device_of, is_open
from storage.enums import Device
from tests.cast import MONDAY

HOUR = timedelta(hours=1)


@pytest.mark.parametrize("entrance", [BY_ONESELF, HANDED_OUT])
def test_silence_ends_the_pages_and_so_does_their_time(entrance: Entrance) -> None:
    idle = entrance.idle_hours * HOUR
    end = MONDAY + entrance.longest

    def open_at(used, now):
        return is_open(used, entrance.idle_hours, end, now)

    assert open_at(MONDAY, MONDAY + idle - HOUR)
    assert not open_at(MONDAY, MONDAY + idle)
    assert open_at(end - HOUR, end - timedelta(seconds=1))
    assert not open_at(end - HOUR, end)


def test_what_lies_open_in_the_evening_is_closed_in_the_morning_unless_it_was_handed_out() -> None:
    five, half_past_seven = MONDAY.replace(hour=10), MONDAY.replace(hour=0) + 24.5 * HOUR
    far = MONDAY + timedelta(days=6)
    assert not is_open(five, BY_ONESELF.idle_hours, far, half_past_seven)
    assert is_open(five, HANDED_OUT.idle_hours, far, half_past_seven)


@pytest.mark.parametrize(
    ("user_agent", "device"),
    [
        ("Mozilla/5.0 (Linux; Android 11; SM-A125F) Chrome/96.0 Mobile", Device.PHONE),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 16_3 like Mac OS X) Safari/604.1", Device.PHONE),
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/120", Device.COMPUTER),
        ("", Device.COMPUTER),
    ],
)
def test_of_a_browser_only_phone_or_computer_is_kept(user_agent: str, device: Device) -> None:
    assert device_of(user_agent) is device
