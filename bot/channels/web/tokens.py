"""What a worker's page carries in a hidden field, sealed: nothing of it is in the program's memory,
so any program behind the address can answer, and a page is worth nothing to whoever has no key.
"""

import base64
import json
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta

from bot.channels.web.answering import new_number
from storage.vault import UnknownKey, Vault

SILENCE = timedelta(minutes=30)
_ROW = "web:page"


@dataclass(frozen=True)
class PageToken:
    """`mailbox`: the id of the worker's address; `number`: the page's own, sent twice it is known;
    `count`: pages before it; `at`: seconds, when the page was made. `receipt`: only as long as its
    owner has not shown that they have it.
    """

    mailbox: str
    number: int
    count: int
    at: int
    receipt: str = ""

    def following(self, now: datetime) -> "PageToken":
        """That of the next page."""
        return replace(self, number=new_number(), count=self.count + 1, at=int(now.timestamp()))


def first_token(mailbox: str, now: datetime, receipt: str = "") -> PageToken:
    return PageToken(mailbox, new_number(), 0, int(now.timestamp()), receipt)


def sealed_token(vault: Vault, token: PageToken) -> str:
    """For the hidden field."""
    return base64.urlsafe_b64encode(vault.seal(json.dumps(asdict(token)), _ROW)).decode()


def opened_token(vault: Vault, field: str, now: datetime) -> PageToken | None:
    """None: forged, of another installation, or silent for too long."""
    try:
        content = vault.open(base64.urlsafe_b64decode(field.encode()), _ROW)
    except (UnknownKey, ValueError):
        return None
    token = PageToken(**json.loads(content))
    made_at = datetime.fromtimestamp(token.at, UTC)
    return token if now - SILENCE <= made_at <= now + SILENCE else None
