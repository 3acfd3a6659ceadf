"""What Zalo's Bot Platform can be asked, as its public description says; nobody has tried it here.

Every call is a POST of JSON to <base>/bot<token>/<name>; the answer is `ok` with a `result`, or an
`error_code` with a description. An update has no number of its own and is acknowledged by nothing:
`getUpdates` gives one message at a time and does not give it again, while a webhook's is
acknowledged by its 200. A message's `date` is in milliseconds.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx

from bot.channels.authorities import trusted_at
from bot.channels.retries import NotSent, Trouble

POLL_SECONDS = 30
ANSWER_SECONDS = 15  # an answer may come so long after that
QUOTA_PAUSE = timedelta(minutes=1)
NOTHING_NEW = 408  # of getUpdates: nobody has written meanwhile


class ZaloError(Exception):
    """Zalo answered, and not with what was asked for. `code`: 0 where it gave none."""

    def __init__(self, code: int) -> None:
        super().__init__(f"error {code}")
        self.code = code


@dataclass(frozen=True)
class ZaloMessage:
    """One message as Zalo brings it. `words` None: a picture, a sticker, or what Zalo hides."""

    message_id: str
    chat: str
    name: str
    words: str | None
    sent_at: datetime | None


class ZaloBot:
    """One bot. Errors of httpx quote the address, which holds the token: they are never logged by
    their words."""

    def __init__(
        self, token: str, base_url: str, transport: httpx.AsyncBaseTransport | None = None
    ) -> None:
        self._root = f"{base_url.rstrip('/')}/bot{token}/"
        self._http = httpx.AsyncClient(
            timeout=ANSWER_SECONDS, transport=transport, verify=trusted_at(base_url)
        )

    async def close(self) -> None:
        await self._http.aclose()

    async def updates(self, seconds: int = POLL_SECONDS) -> Any:
        """The next update as it came; None: nobody has written for so long."""
        try:
            return await self.call("getUpdates", seconds + ANSWER_SECONDS, timeout=str(seconds))
        except ZaloError as error:
            if error.code == NOTHING_NEW:
                return None
            raise

    async def send(self, chat: str, text: str) -> None:
        """Raises NotSent."""
        try:
            await self.call("sendMessage", chat_id=chat, text=text)
        except (httpx.HTTPError, ZaloError) as error:
            raise not_sent(error) from error

    async def call(self, name: str, patience: float = ANSWER_SECONDS, **parameters: str) -> Any:
        """Raises httpx.HTTPError: there is no answer. Raises ZaloError: it is no result."""
        answer = await self._http.post(self._root + name, json=parameters, timeout=patience)
        try:
            content = answer.json()
            if content["ok"] is True:
                return content.get("result")
            code = content.get("error_code")
        except (ValueError, LookupError, TypeError, AttributeError):  # a proxy's page, for one
            code = answer.status_code
        raise ZaloError(code if isinstance(code, int) else 0)


def not_sent(error: httpx.HTTPError | ZaloError) -> NotSent:
    """What an error of sending means. Zalo's table of errors: 400 and 404 a wrong request, 401 the
    token, 403 a fault of its own, 429 the quota. None says that somebody has blocked the bot; what
    we send is within the limits, so a wrong request is taken for a reader who is not there.
    """
    kind = type(error).__name__
    if isinstance(error, httpx.HTTPError):
        never_left = isinstance(error, httpx.ConnectError | httpx.ConnectTimeout)
        return NotSent(Trouble.NO_LINE, kind, perhaps=not never_left)
    if error.code in (400, 404):
        return NotSent(Trouble.UNREACHABLE, f"{kind}{error.code}")
    if error.code == 429:
        return NotSent(Trouble.BUSY, f"{kind}429", QUOTA_PAUSE)
    return NotSent(Trouble.NO_LINE, f"{kind}{error.code}")


def read(raw: Any) -> ZaloMessage | None:
    """What a webhook brings or getUpdates gives. None: no message of one person alone."""
    try:
        message = (raw.get("result") or raw)["message"]
        chat, sender = message["chat"], message.get("from") or {}
        if chat.get("chat_type", "PRIVATE") != "PRIVATE" or sender.get("is_bot"):
            return None
        text, date = message.get("text"), message.get("date")
        return ZaloMessage(
            message_id=_plain(message["message_id"]),
            chat=_plain(chat["id"]),
            name=str(sender.get("display_name") or ""),
            words=text if isinstance(text, str) and text.strip() else None,
            sent_at=datetime.fromtimestamp(date / 1000, UTC) if isinstance(date, int) else None,
        )
    except (LookupError, TypeError, ValueError, AttributeError, OverflowError, OSError):
        return None


def _plain(value: Any) -> str:
    """Raises ValueError: no id that could be kept as an address."""
    if not isinstance(value, str | int) or not 0 < len(str(value)) <= 100:
        raise ValueError
    return str(value)
