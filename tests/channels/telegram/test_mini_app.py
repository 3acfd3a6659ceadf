"""Telegram's statement of who opens a page inside of it: believed when it is true, fresh, ours."""

import hashlib
import hmac
import json
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

import pytest

from bot.channels.telegram.mini_app import AHEAD, OLDEST, stated

NOW = datetime(2026, 11, 18, 8, 0, tzinfo=UTC)
TOKEN = "7000000001:AAtestsalone"
# As a public description of the check gives it, with the token of its example bot.
EXAMPLE = (
    "query_id=AAHdF6IQAAAAAN0XohDhrOrc&user=%7B%22id%22%3A279058397%2C%22first_name%22%3A%22"
    "Vladislav%22%2C%22last_name%22%3A%22Kibenko%22%2C%22username%22%3A%22vdkfrost%22%2C%22"
    "language_code%22%3A%22ru%22%2C%22is_premium%22%3Atrue%7D&auth_date=1662771648&"
    "hash=c501b71e775f74ce10e377dea85a7ea24ecd640b223ea86dfe453e0eaed2e2b2"
)
EXAMPLE_TOKEN = "5768337691:AAH5YkoiEuPk8-FZa32hStHTqXiLPtAEhx8"
EXAMPLE_AT = datetime.fromtimestamp(1662771648, UTC)


def signed(fields: dict[str, str], token: str = TOKEN) -> str:
    """As Telegram's server would."""
    lines = "\n".join(f"{name}={fields[name]}" for name in sorted(fields))
    key = hmac.new(b"WebAppData", token.encode(), hashlib.sha256).digest()
    mark = hmac.new(key, lines.encode(), hashlib.sha256).hexdigest()
    return urlencode({**fields, "hash": mark})


def fields(at: datetime = NOW, **more: str) -> dict[str, str]:
    user = json.dumps({"id": 7_000_000_001, "first_name": "An"})
    return {"auth_date": str(int(at.timestamp())), "query_id": "AAH", "user": user, **more}


def test_the_published_example_is_believed_of_its_own_bot_only() -> None:
    who = stated(EXAMPLE, EXAMPLE_TOKEN, EXAMPLE_AT)
    assert who is not None
    assert who.telegram_id == 279058397
    assert stated(EXAMPLE, TOKEN, EXAMPLE_AT) is None


def test_fields_that_telegram_adds_later_are_part_of_what_is_checked() -> None:
    assert stated(signed(fields(signature="abc")), TOKEN, NOW) is not None
    assert stated(signed(fields()) + "&signature=abc", TOKEN, NOW) is None


@pytest.mark.parametrize("late", [OLDEST + timedelta(seconds=1), -AHEAD - timedelta(seconds=1)])
def test_it_counts_only_for_some_minutes(late: timedelta) -> None:
    assert stated(signed(fields(NOW - late)), TOKEN, NOW) is None
    assert stated(signed(fields(NOW - OLDEST)), TOKEN, NOW) is not None


def test_whoever_changes_a_letter_of_it_is_nobody() -> None:
    true = signed(fields())
    for place in range(len(true)):
        other = "1" if true[place] != "1" else "2"
        assert stated(true[:place] + other + true[place + 1 :], TOKEN, NOW) is None, place


@pytest.mark.parametrize(
    "forged",
    [
        "",
        "hash=",
        "hash=é&user={}",
        "a" * 5_000,
        signed(fields()).replace("hash=", "hush="),
        signed(fields()) + "&user=%7B%22id%22%3A7000000005%7D",
        signed(fields(), token=""),
        signed(fields(user="[]")),
        signed(fields(user='{"id": "7000000001"}')),
        signed(fields(user='{"id": true')),
        signed(fields(user='{"id": true}')),
        signed(fields(auth_date="soon")),
        signed(fields(auth_date="9" * 30)),
        signed({"auth_date": "1"}),
        "&".join(f"a{n}=1" for n in range(40)),
    ],
)
def test_anything_else_is_nobody_and_no_error(forged: str) -> None:
    assert stated(forged, TOKEN, NOW) is None


def test_without_a_token_nobody_is_believed() -> None:
    assert stated(signed(fields(), token=""), "", NOW) is None
