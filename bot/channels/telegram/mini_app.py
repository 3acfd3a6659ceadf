"""What Telegram states about who opens a page inside of it (`initData` of a Mini App).

https://core.telegram.org/bots/webapps#validating-data-received-via-the-mini-app
"""

import hashlib
import hmac
import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qsl

OLDEST = timedelta(minutes=10)  # the page sends it on as it opens
AHEAD = timedelta(minutes=2)  # between Telegram's clock and ours
LONGEST = 4_096  # characters; a name and a picture's address take a few hundred
MOST_FIELDS = 30
_KEY = b"WebAppData"


@dataclass(frozen=True)
class Stated:
    """Who it is. `mark`: the statement itself, short; to be let in by it once."""

    telegram_id: int
    mark: str


def stated(init_data: str, bot_token: str, now: datetime) -> Stated | None:
    """None: not Telegram's, about another bot, altered, or too old. `now` is aware."""
    if len(init_data) > LONGEST or not bot_token:
        return None
    try:
        pairs = parse_qsl(
            init_data, keep_blank_values=True, strict_parsing=True, max_num_fields=MOST_FIELDS
        )
        fields = dict(pairs)
        if len(fields) != len(pairs):
            return None
        mark = fields.pop("hash")
        if not hmac.compare_digest(mark.encode(), _mark_of(fields, bot_token).encode()):
            return None
        at = datetime.fromtimestamp(int(fields["auth_date"]), UTC)
        telegram_id = json.loads(fields["user"])["id"]
    except (ValueError, KeyError, TypeError, OverflowError, OSError, RecursionError):
        return None
    if not now - OLDEST <= at <= now + AHEAD or type(telegram_id) is not int:
        return None
    return Stated(telegram_id, mark)


def _mark_of(fields: dict[str, str], bot_token: str) -> str:
    """Over every field that came but this one, in the order of their names."""
    lines = "\n".join(f"{name}={value}" for name, value in sorted(fields.items()))
    key = hmac.new(_KEY, bot_token.encode(), hashlib.sha256).digest()
    return hmac.new(key, lines.encode(), hashlib.sha256).hexdigest()
