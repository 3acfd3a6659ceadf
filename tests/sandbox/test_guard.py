"""Pages of other sites cannot use the sandbox through a visitor's browser."""

from typing import Any

import httpx
import pytest

from bot.sandbox import create_app
from tests.sandbox.conftest import TOKEN, Client

PERSON = {"id": 14, "first_name": "Kẻ lạ"}


async def asked(host: str, origin: str | None = None, *, listening_on: str = "127.0.0.1") -> int:
    """The answer to somebody who adds a person; its status."""
    app = create_app(token=TOKEN, host=listening_on)
    headers = {"Host": host} | ({"Origin": origin} if origin is not None else {})
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://x") as http:
        answer = await http.post("/sandbox/people", json=PERSON, headers=headers)
    added = any(person.id == 14 for person in app.state.world.people)
    assert added == (answer.status_code == 200)
    return answer.status_code


@pytest.mark.parametrize("host", ["localhost:8080", "127.0.0.1:8080", "[::1]:8080", "LOCALHOST"])
async def test_programs_and_the_own_page_may(host: str) -> None:
    assert await asked(host) == 200
    assert await asked(host, f"http://{host}") == 200


@pytest.mark.parametrize(
    "origin",
    ["http://evil.example", "null", "", "http://localhost:9999", "https://localhost:8080"],
)
async def test_a_page_of_another_site_may_not(origin: str) -> None:
    assert await asked("localhost:8080", origin) == 403


@pytest.mark.parametrize(
    "host", ["evil.example:8080", "127.0.0.1.evil.example", "localhost@evil.example", "[::1", ""]
)
async def test_a_name_that_somebody_points_here_does_not_help(host: str) -> None:
    assert await asked(host, f"http://{host}") == 403
    assert await asked(host, f"http://{host}", listening_on="0.0.0.0") == 403


async def test_the_host_that_it_listens_on_names_it() -> None:
    assert await asked("sandbox:8080", listening_on="sandbox") == 200
    assert await asked("192.0.2.7:8080", listening_on="192.0.2.7") == 200
    assert await asked("192.0.2.7:8080") == 403


async def test_on_all_addresses_any_number_is_this_machine() -> None:
    assert await asked("192.0.2.7:8080", "http://192.0.2.7:8080", listening_on="0.0.0.0") == 200
    assert await asked("192.0.2.7:8080", "http://evil.example", listening_on="0.0.0.0") == 403


@pytest.mark.parametrize("path", [f"/bot{TOKEN}/getMe", f"/file/bot{TOKEN}/x", "/", "/static/x"])
async def test_every_path_is_guarded(sandbox: Client, path: str) -> None:
    headers: dict[str, Any] = {"Host": "evil.example"}
    assert (await sandbox.http.get(path, headers=headers)).status_code == 403
    assert (await sandbox.http.get(path)).status_code != 403


async def test_the_bot_itself_goes_on_as_before(sandbox: Client) -> None:
    assert (await sandbox.ok("getMe"))["is_bot"]
