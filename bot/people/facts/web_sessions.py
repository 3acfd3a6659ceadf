"""Plain values about who has the web pages open."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from storage.addresses import Address
from storage.enums import Device


@dataclass(frozen=True)
class WebLinkMade:
    """A new link. `code` is what it carries; it cannot be read again later. `name`: whose it is."""

    code: str
    expires_at: datetime
    name: str


@dataclass(frozen=True)
class OpenPages:
    """The pages on one device. `link_by`: who handed out the link, "" for one's own."""

    web_session_id: int
    device: Device
    began_at: datetime
    used_at: datetime
    link_by: str = ""


@dataclass(frozen=True)
class OwnPages:
    """What somebody has open, the newest first."""

    pages: Sequence[OpenPages]


@dataclass(frozen=True)
class Entered:
    """Somebody came in. `token` is for their device alone and is kept nowhere else."""

    token: str
    person_id: int
    name: str


@dataclass(frozen=True)
class WebVisitor:
    """Whose device asks."""

    web_session_id: int
    address: Address
