"""Where somebody is reached: a plain value, so that rules may hold it too."""

from dataclasses import dataclass

TELEGRAM = "telegram"
ZALO = "zalo"
WEB = "web"
EMAIL = "email"


@dataclass(frozen=True)
class Address:
    """`id`: how the channel itself names the account or the mailbox."""

    channel: str
    id: str


NOBODY = Address("", "")  # is reached nowhere


@dataclass(frozen=True)
class UpdateKey:
    """One update as its channel numbers it."""

    channel: str
    update_id: int
