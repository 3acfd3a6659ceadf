"""The sandbox's clock: forward only, led by the bot when there is one."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.clock import Clock
from bot.sandbox.errors import Refusal
from bot.sandbox.moments import parse_iso, parse_target
from tests.sandbox.conftest import FRIDAY, LAN, Client

NOW = parse_iso(FRIDAY)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("friday 15:00", "2026-11-20T15:00+07:00"),
        ("T6 13:00", "2026-11-27T13:00+07:00"),
        ("fri 14:00", "2026-11-27T14:00+07:00"),
        ("thứ hai 07:00", "2026-11-23T07:00+07:00"),
        ("Thứ Tư 15:00", "2026-11-25T15:00+07:00"),
        ("cn 08:30", "2026-11-22T08:30+07:00"),
        ("14/12 08:00", "2026-12-14T08:00+07:00"),
        ("20/11 14:00", "2027-11-20T14:00+07:00"),
        ("29/02 00:00", "2028-02-29T00:00+07:00"),
        ("2026-11-27T15:00+07:00", "2026-11-27T15:00+07:00"),
        ("2026-11-27T15:00", "2026-11-27T15:00+07:00"),
        ("2026-11-27T08:00Z", "2026-11-27T15:00+07:00"),
    ],
)
def test_moments_are_read_as_people_write_them(text: str, moment: str) -> None:
    assert parse_target(text, NOW) == parse_iso(moment)


@pytest.mark.parametrize(
    "text", ["", "someday 15:00", "friday 25:00", "mai", "2026-13-01", "31/02 08:00", "1/13 08:00"]
)
def test_what_is_no_moment_is_refused(text: str) -> None:
    with pytest.raises(Refusal):
        parse_target(text, NOW)


@given(
    st.integers(0, 4 * 365 * 24 * 60),
    st.sampled_from(["t2", "t3", "t4", "t5", "t6", "t7", "cn"]),
    st.integers(0, 23),
)
def test_the_next_weekday_is_within_a_week_and_later(minutes: int, day: str, hour: int) -> None:
    start = NOW + timedelta(minutes=minutes)
    found = parse_target(f"{day} {hour:02d}:00", start)
    assert timedelta() < found - start <= timedelta(days=7)
    assert (found.weekday(), found.hour) == (
        ["t2", "t3", "t4", "t5", "t6", "t7", "cn"].index(day),
        hour,
    )


async def test_without_a_bot_the_clock_moves_by_itself(sandbox: Client) -> None:
    view = await sandbox.post("/clock", to="t6 15:00")
    assert (view["now"], view["moving"]) == ("2026-11-20T15:00:00+07:00", False)


async def test_a_connected_bot_leads_the_clock_step_by_step(sandbox: Client) -> None:
    await sandbox.get("/clock", after=0)  # the bot has been heard of
    view = await sandbox.post("/clock", to="t6 16:30")
    assert (view["moving"], view["now"]) == (True, FRIDAY)
    step = {"version": view["version"], "now": "2026-11-20T15:00:00+07:00", "done": False}
    await sandbox.post("/clock/reached", **step)
    sent = await sandbox.ok("sendMessage", chat_id=LAN, text="nhắc")
    assert sent["date"] == int(parse_iso("2026-11-20T15:00:00+07:00").timestamp())
    done = await sandbox.post("/clock/reached", **(step | {"now": view["target"], "done": True}))
    assert (done["moving"], done["now"]) == (False, "2026-11-20T16:30:00+07:00")


async def test_the_web_page_watching_does_not_count_as_a_bot(sandbox: Client) -> None:
    await sandbox.get("/clock", after=0, observer=1)
    assert (await sandbox.post("/clock", by="1d"))["moving"] is False


async def test_a_step_of_an_older_move_is_refused(sandbox: Client) -> None:
    await sandbox.get("/clock", after=0)
    old = await sandbox.post("/clock", by="1h")
    await sandbox.post("/clock", by="1d")
    body = {"version": old["version"], "now": old["target"], "done": True}
    assert (await sandbox.http.post("/sandbox/clock/reached", json=body)).status_code == 409


@pytest.mark.parametrize(
    "body",
    [{"to": "2026-11-20T13:59+07:00"}, {"by": "2 tuần"}, {"to": "hôm qua"}, {}],
)
async def test_back_in_time_or_nonsense_is_refused(sandbox: Client, body: dict[str, Any]) -> None:
    answer = await sandbox.http.post("/sandbox/clock", json=body)
    assert (answer.status_code, "error" in answer.json()) == (400, True)


async def test_the_first_moment_is_chosen_only_before_the_first_message(sandbox: Client) -> None:
    moment = {"now": "2026-01-05T07:00+07:00"}
    chosen = await sandbox.http.put("/sandbox/clock", json=moment)
    assert chosen.json()["now"] == "2026-01-05T07:00:00+07:00"
    await sandbox.ok("sendMessage", chat_id=LAN, text="x")
    assert (await sandbox.http.put("/sandbox/clock", json=moment)).status_code == 409


def test_a_frozen_clock_stands_still_and_then_goes_on_from_there() -> None:
    real = [NOW]
    clock = Clock(real=lambda: real[0])
    clock.freeze(True)
    real[0] += timedelta(hours=1)
    assert clock.now() == NOW
    clock.freeze(False)
    real[0] += timedelta(minutes=1)
    assert clock.now() == NOW + timedelta(minutes=1)


def test_a_bot_silent_for_five_seconds_is_not_waited_for() -> None:
    seconds = [0.0]
    clock = Clock(real=lambda: NOW, ticks=lambda: seconds[0])
    clock.contact()
    clock.move(NOW + timedelta(hours=1))
    assert clock.moving
    seconds[0] = 5.0
    clock.move(NOW + timedelta(hours=2))
    assert (clock.moving, clock.now()) == (False, NOW + timedelta(hours=2))
