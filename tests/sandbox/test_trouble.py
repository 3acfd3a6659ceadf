"""Flood limits, faults on demand, and a restart."""

import asyncio
import json
import sys
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.sandbox import serve
from bot.sandbox.errors import ApiError
from bot.sandbox.limits import Limits
from tests.sandbox.conftest import FRIDAY, LAN, MINH, TOKEN, Client, still_app


def refused(limits: Limits, chat: int, cost: float = 1) -> int:
    """Seconds to wait, 0 when the call may go on."""
    try:
        limits.take(chat, cost)
    except ApiError as error:
        return error.parameters["retry_after"] or 0
    return 0


def test_one_chat_gets_a_burst_and_then_one_message_a_second() -> None:
    now = [0.0]
    limits = Limits(chat_burst=3, ticks=lambda: now[0])
    assert [refused(limits, 1) for _ in range(4)] == [0, 0, 0, 1]
    assert refused(limits, 2) == 0
    now[0] = 1.0
    assert [refused(limits, 1) for _ in range(2)] == [0, 1]


def test_all_chats_together_get_thirty_a_second() -> None:
    now = [0.0]
    limits = Limits(overall_burst=5, ticks=lambda: now[0])
    assert [refused(limits, chat) for chat in range(1, 7)] == [0] * 5 + [1]
    now[0] = 0.1
    assert [refused(limits, chat) for chat in range(10, 14)] == [0, 0, 0, 1]


def test_no_second_holds_more_where_it_is_asked_so_strictly() -> None:
    now = [100.0]
    limits = Limits(any_second=3, ticks=lambda: now[0])
    assert [refused(limits, chat) for chat in range(1, 5)] == [0, 0, 0, 1]
    now[0] += 0.99
    assert refused(limits, 5) == 1
    now[0] += 0.01
    assert refused(limits, 5) == 0
    assert limits.view()["refused"] == 2


def test_edits_count_a_quarter() -> None:
    limits = Limits(chat_burst=1, ticks=lambda: 0.0)
    assert [refused(limits, 1, 0.25) for _ in range(5)] == [0, 0, 0, 0, 1]


async def test_limits_can_be_switched_off_and_tightened(sandbox: Client) -> None:
    await sandbox.post("/limits", chat_burst=1, chat_rate=0.001)
    await sandbox.ok("sendMessage", chat_id=LAN, text="x")
    answer = await sandbox.api("sendMessage", chat_id=LAN, text="x")
    assert (answer["error_code"], answer["parameters"]["retry_after"] > 1) == (429, True)
    await sandbox.post("/limits", enabled=False)
    assert await sandbox.ok("sendMessage", chat_id=LAN, text="x")


@pytest.mark.parametrize(
    ("kind", "answer"),
    [
        (
            "429",
            {
                "ok": False,
                "error_code": 429,
                "description": "Too Many Requests: retry after 7",
                "parameters": {"retry_after": 7},
            },
        ),
        ("401", {"ok": False, "error_code": 401, "description": "Unauthorized"}),
        ("404", {"ok": False, "error_code": 404, "description": "Not Found"}),
        ("500", {"ok": False, "error_code": 500, "description": "Internal Server Error"}),
        ("502", {"ok": False, "error_code": 502, "description": "Bad Gateway"}),
    ],
)
async def test_a_fault_hits_the_next_calls_and_is_used_up(
    sandbox: Client, kind: str, answer: dict[str, Any]
) -> None:
    await sandbox.post("/faults", method="sendMessage", kind=kind, times=2, seconds=7)
    assert [await sandbox.api("sendMessage", chat_id=LAN, text="x") for _ in range(2)] == [
        answer
    ] * 2
    assert await sandbox.ok("sendMessage", chat_id=LAN, text="x")


@pytest.mark.parametrize(("kind", "performed"), [("drop", 0), ("lost", 1)])
async def test_a_connection_can_break_before_or_after_the_work(
    sandbox: Client, kind: str, performed: int
) -> None:
    await sandbox.post("/faults", method="sendMessage", kind=kind)
    with pytest.raises(httpx.RemoteProtocolError):
        await sandbox.api("sendMessage", chat_id=LAN, text="x")
    assert len((await sandbox.get(f"/people/{LAN}/chat"))["messages"]) == performed


async def test_something_on_the_way_can_answer_in_telegrams_place(sandbox: Client) -> None:
    await sandbox.post("/faults", method="getMe", kind="garbled")
    answer = await sandbox.http.get(f"/bot{TOKEN}/getMe")
    assert answer.status_code == 200
    assert answer.text.startswith("<html>")


async def test_a_delayed_call_is_performed(sandbox: Client) -> None:
    await sandbox.post("/faults", method="*", kind="delay", seconds=0)
    assert await sandbox.ok("sendMessage", chat_id=LAN, text="x")
    assert (await sandbox.get("/state"))["faults"] == []


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/faults", {"kind": "explode"}),
        ("/faults", {"kind": "500", "times": "oft"}),
        ("/faults", {"kind": "500", "times": 0}),
        ("/limits", {"chat_burst": 0}),
        ("/limits", {"speed": 3}),
        ("/people/11/send", {"text": " "}),
        ("/people/11/send", {"location": {"latitude": 1}}),
        ("/people/11/send", {"edit": "x", "text": "y"}),
        ("/people/11/send", {"contact": {"phone_number": ""}}),
    ],
)
async def test_an_order_that_makes_no_sense_is_refused_with_a_reason(
    sandbox: Client, path: str, body: dict[str, Any]
) -> None:
    answer = await sandbox.http.post(f"/sandbox{path}", json=body)
    assert (answer.status_code, list(answer.json())) == (400, ["error"])


async def test_faults_can_be_called_off(sandbox: Client) -> None:
    await sandbox.post("/faults", method="*", kind="500", times=100)
    await sandbox.http.delete("/sandbox/faults")
    assert await sandbox.ok("sendMessage", chat_id=LAN, text="x")


async def test_a_restart_keeps_everything(tmp_path: Path, png: bytes) -> None:
    async with serve(still_app(tmp_path)) as served, httpx.AsyncClient(base_url=served.url) as http:
        before = Client(served, http)
        await before.post("/people", id=LAN, first_name="Lan", started=True)
        await before.post("/people", id=MINH, first_name="Minh")
        await before.post("/clock", by="1w")
        await before.ok("setMyCommands", commands=[{"command": "lich", "description": "Lịch"}])
        await before.ok("sendMessage", chat_id=LAN, text="chào")
        files = {"photo": ("a.png", png, "image/png")}
        await before.http.post(f"/sandbox/people/{LAN}/send", files=files)
        chat, updates = await before.get(f"/people/{LAN}/chat"), await before.updates()
        people, clock = await before.get("/people"), await before.get("/clock")
    app = still_app(tmp_path)
    app.state.world.clock.load({"offset": 7 * 86400, "held": None, "version": 1})
    async with serve(app) as served, httpx.AsyncClient(base_url=served.url) as http:
        after = Client(served, http)
        assert await after.get(f"/people/{LAN}/chat") == chat
        assert (await after.updates(), await after.get("/people")) == (updates, people)
        assert (await after.get("/clock"))["now"] == clock["now"] != FRIDAY
        photo = await after.http.get(chat["messages"][1]["media"]["url"])
        assert photo.content == png
        sent = await after.ok("sendMessage", chat_id=LAN, text="tiếp")
        assert sent["message_id"] == 3


async def start_process(data: Path, *more: str) -> tuple[asyncio.subprocess.Process, str]:
    """The sandbox as a program of its own, and its address as it prints it."""
    given = ["-m", "bot.sandbox", "--port", "0", "--data", str(data), *more]
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(sys.executable, *given, stdout=pipe)
    assert process.stdout is not None
    return process, (await process.stdout.readline()).decode().split()[-1]


async def test_the_program_saves_when_it_is_stopped_even_amid_a_long_poll(tmp_path: Path) -> None:
    process, url = await start_process(tmp_path, "--start-at", "2026-01-05T07:00")
    async with httpx.AsyncClient(base_url=url, timeout=60) as http:
        clock = (await http.get("/sandbox/clock")).json()
        poll = asyncio.create_task(http.get(f"/bot{TOKEN}/getUpdates?timeout=50"))
        await http.get("/sandbox/state?wait=polling&timeout=30")
        await http.post("/sandbox/people", json={"id": LAN, "first_name": "Lan"})
        process.terminate()
        assert (await poll).json() == {"ok": True, "result": []}
    await process.wait()
    assert clock["now"].startswith("2026-01-05T07:00")
    saved = json.loads((tmp_path / "sandbox.json").read_text("utf-8"))
    assert [person["first_name"] for person in saved["people"]] == ["Lan"]
