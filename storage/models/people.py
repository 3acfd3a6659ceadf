"""People known to the bot, what they may do, and how they came in. A worker needs no row."""

from datetime import date, datetime

from sqlmodel import Field

from storage.enums import Device, Role
from storage.models.base import Table
from storage.types import UtcDateTime, text_of


class Person(Table, table=True):
    """`blocked_at`: since which day our messages to this person are refused, by every channel that
    they are in; `seen_at`: the day on which they last did something for their work here.
    """

    __tablename__ = "person"
    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(max_length=100)
    folded: str = Field(index=True, max_length=100)
    phone: str = Field(default="", max_length=30)
    # None: the configured one; see bot/core/rules/quotas.py for those who go every second week.
    weekly_quota: int | None = None
    joined_at: datetime = Field(sa_type=UtcDateTime)
    blocked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    seen_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class PersonAddress(Table, table=True):
    """Where a person is reached and known again, in each channel that they use. Whoever never came
    in has none. No moment: when somebody took a channel into use is nobody's business.
    """

    __tablename__ = "person_address"
    channel: str = Field(primary_key=True, max_length=16)
    id: str = Field(primary_key=True, max_length=100)
    person_id: int = Field(foreign_key="person.id", index=True)


class AddressCode(Table, table=True):
    """A code that confirms one more address of a person: only its hash, and not for long.

    `mailbox`: the address, where the code is sent to it; empty where it comes from there.
    `made_today`: how many were made on `made_on`.
    """

    __tablename__ = "address_code"
    person_id: int = Field(primary_key=True, foreign_key="person.id")
    channel: str = Field(primary_key=True, max_length=16)
    mailbox: str = Field(max_length=100)
    code_hash: str = Field(max_length=64, index=True)
    made_on: date
    made_today: int = 0
    tries: int = 0
    expires_at: datetime = Field(sa_type=UtcDateTime)


class Membership(Table, table=True):
    """A role held at a unit (with all below it) or over a cluster, exactly one of the two."""

    __tablename__ = "membership"
    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    role: Role = Field(sa_type=text_of(Role))
    unit_id: int | None = Field(default=None, foreign_key="unit.id", index=True)
    cluster_id: int | None = Field(default=None, foreign_key="cluster.id", index=True)
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Leave(Table, table=True):
    """Nghỉ phép, both days included."""

    __tablename__ = "leave"
    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    first_day: date
    last_day: date


class Invitation(Table, table=True):
    """A one-time link into a role. Only a hash is kept: the link itself is the secret."""

    __tablename__ = "invitation"
    id: int | None = Field(default=None, primary_key=True)
    code_hash: str = Field(unique=True, max_length=64)
    role: Role = Field(sa_type=text_of(Role))
    unit_id: int | None = Field(default=None, foreign_key="unit.id")
    cluster_id: int | None = Field(default=None, foreign_key="cluster.id")
    name: str = Field(default="", max_length=100)  # of who is meant, until it is used
    created_by: int | None = Field(default=None, foreign_key="person.id")
    created_at: datetime = Field(sa_type=UtcDateTime)
    expires_at: datetime = Field(sa_type=UtcDateTime)
    revoked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    used_by: int | None = Field(default=None, foreign_key="person.id")
    used_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class WebLink(Table, table=True):
    """A one-time link by which somebody enters the web pages. Only a hash is kept: the link itself
    is the secret. `made_by`: who asked for it, the person or a colleague; None: the operator.
    What Telegram states of somebody (`initData`) is a link that is used at once.
    """

    __tablename__ = "web_link"
    id: int | None = Field(default=None, primary_key=True)
    code_hash: str = Field(unique=True, max_length=64)
    person_id: int = Field(foreign_key="person.id", index=True)
    made_by: int | None = Field(default=None, foreign_key="person.id")
    created_at: datetime = Field(sa_type=UtcDateTime)
    expires_at: datetime = Field(sa_type=UtcDateTime)
    used_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class WebSession(Table, table=True):
    """The web pages open on one device. Only a hash of what the device holds is kept, nothing of
    the network, and moments to the hour: enough to know one's own again, too little to follow
    somebody by. Silent for `idle_hours`, it is over before `ends_at`; `ended_at`: it was ended.
    `made_by`: as of the link.
    """

    __tablename__ = "web_session"
    id: int | None = Field(default=None, primary_key=True)
    token_hash: str = Field(unique=True, max_length=64)
    person_id: int = Field(foreign_key="person.id", index=True)
    made_by: int | None = Field(default=None, foreign_key="person.id")
    device: Device = Field(sa_type=text_of(Device))
    idle_hours: int
    began_at: datetime = Field(sa_type=UtcDateTime)
    used_at: datetime = Field(sa_type=UtcDateTime)
    ends_at: datetime = Field(sa_type=UtcDateTime)
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
