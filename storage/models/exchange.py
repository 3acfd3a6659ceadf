"""What passes between the bot and its channels, kept until it is done."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Text, UniqueConstraint
from sqlmodel import Field

from storage.enums import AnnouncementState, Audience, GroupEnding, Lane, OutboxState
from storage.models.base import Table, index_where
from storage.types import UtcDateTime, number_of, text_of


class InboxUpdate(Table, table=True):
    """One update taken, as its channel numbers it. The payload is sealed, for it says who wrote,
    and goes when it is handled; the id stays against repeats.

    `done_at` is set in the transaction that did what the update asked for, `answered_at` when the
    person was answered, all moments to the hour. `answer` is what could not be delivered yet,
    sealed too: it is set while the person waits for it. `attempts` stops an update that takes the
    program down with it.

    Where several programs share the database: `holder` is the run that may handle the update and
    nobody else, `chat` a keyed hash that finds what is left of a chat; it goes with the payload.
    """

    __tablename__ = "inbox_update"
    __table_args__ = (index_where("ix_inbox_update_chat_left", "chat", "answered_at IS NULL"),)
    channel: str = Field(primary_key=True, max_length=16)
    update_id: int = Field(
        primary_key=True, sa_type=BigInteger, sa_column_kwargs={"autoincrement": False}
    )
    payload: bytes | None = None
    answer: bytes | None = None
    received_at: datetime = Field(sa_type=UtcDateTime, index=True)
    attempts: int = 0
    done_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    answered_at: datetime | None = Field(default=None, sa_type=UtcDateTime, index=True)
    failure: str = Field(default="", max_length=20)  # the code the person was told
    chat: str | None = Field(default=None, max_length=64)
    holder: int | None = None


class OutboxMessage(Table, table=True):
    """One message owed to a person or to a reporter. `dedupe_key` makes owing it twice impossible.

    `subject` ("visit:12") lets what has become pointless be cancelled before it goes out.
    `not_before` is its moment and stays; after a failure `retry_at` says when it comes again.
    `attempts` informs: nothing is given up by their number. `given_up_on` is a day and no moment,
    so that it joins no worker to anybody. `file_id`: a picture or paper that goes with the words,
    only ever to a person. `group_chat_id`: it is owed to a group and to no single person.
    `mailbox` ("email:an@…"): it goes there alone, to an address that is to be confirmed. `door`:
    the channel by which it went; `opened`: whether its reader opened it from the list of theirs.
    """

    __tablename__ = "outbox_message"
    __table_args__ = (index_where("ix_outbox_message_with_text", "created_at", "text != ''"),)
    id: int | None = Field(default=None, primary_key=True)
    dedupe_key: str = Field(unique=True, max_length=120)
    person_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    reporter_id: str | None = Field(default=None, foreign_key="reporter.id", index=True)
    group_chat_id: int | None = Field(default=None, foreign_key="group_chat.id")
    subject: str = Field(default="", max_length=60, index=True)
    lane: Lane = Field(default=Lane.NOTICE, sa_type=number_of(Lane))
    text: str = Field(sa_type=Text)
    rows: list[list[list[str]]] = Field(default_factory=list, sa_type=JSON)  # [[[label, data]]]
    file_id: int | None = Field(default=None, foreign_key="stored_file.id")
    state: OutboxState = Field(
        default=OutboxState.PENDING, sa_type=text_of(OutboxState), index=True
    )
    not_before: datetime = Field(sa_type=UtcDateTime, index=True)
    retry_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    created_at: datetime = Field(sa_type=UtcDateTime)
    attempts: int = 0
    sent_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    given_up_on: date | None = Field(default=None, index=True)
    error: str = Field(default="", max_length=100)
    door: str = Field(default="", max_length=16)
    mailbox: str = Field(default="", max_length=120)
    opened: bool = False


class GroupChat(Table, table=True):
    """A unit's group: from the one-time code that links it to the end of the link.

    Only a hash of the code is kept, and it goes when it is used. `chat`: what the channel calls
    the group, as long as it is linked, so that it is linked to one unit at a time. `title`: as the
    group is called there.
    """

    __tablename__ = "group_chat"
    __table_args__ = (UniqueConstraint("channel", "chat"),)
    id: int | None = Field(default=None, primary_key=True)
    unit_id: int = Field(foreign_key="unit.id", index=True)
    made_by: int = Field(foreign_key="person.id")
    created_at: datetime = Field(sa_type=UtcDateTime)
    expires_at: datetime = Field(sa_type=UtcDateTime)
    code_hash: str | None = Field(default=None, unique=True, max_length=64)
    channel: str = Field(default="", max_length=16)
    chat: str | None = Field(default=None, max_length=40)
    title: str = Field(default="", max_length=200)
    linked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    ending: GroupEnding | None = Field(default=None, sa_type=text_of(GroupEnding))


class TextConversation(Table, table=True):
    """What a channel of plain texts remembers of one sender: which numbers stand for which buttons.

    All sealed, and found by a keyed hash that no other table has, so that it joins nobody with
    anything. `card`: the newest card's buttons and how many texts there were; `notices`: the
    buttons of messages that came unasked, written apart from it, for both may come at once.
    `used_on`: a day, after which it is forgotten some time later.
    """

    __tablename__ = "text_conversation"
    look: str = Field(primary_key=True, max_length=64)
    card: bytes
    notices: bytes | None = None
    used_on: date


class Announcement(Table, table=True):
    """What a leader wrote to many. Each reader's message is an outbox row with the subject
    `announcement:<id>`, and who has it stands there until the row is forgotten; `readers` and
    `reached` stay. `remind_at`: when it is looked whether all of them have gone out.
    """

    __tablename__ = "announcement"
    id: int | None = Field(default=None, primary_key=True)
    author_id: int = Field(foreign_key="person.id", index=True)
    unit_id: int = Field(foreign_key="unit.id", index=True)
    audience: Audience = Field(sa_type=text_of(Audience))
    words: str = Field(sa_type=Text)
    file_id: int | None = Field(default=None, foreign_key="stored_file.id")
    state: AnnouncementState = Field(
        default=AnnouncementState.SENDING, sa_type=text_of(AnnouncementState)
    )
    created_at: datetime = Field(sa_type=UtcDateTime)
    remind_at: datetime | None = Field(default=None, sa_type=UtcDateTime, index=True)
    readers: int = 0
    reached: int = 0


class Draft(Table, table=True):
    """A form somebody is filling in. `answers` by step key; the current step is computed.

    `owner` is "p:12" for a person, "r:…" with a keyed hash for somebody who may stay anonymous.
    `about` holds what the form was started with, `trail` the order in which steps were answered
    (for Back), `opened` the extra steps asked for, `sources` which message ("telegram:812") gave
    which answer (for corrections by editing the message). `card_message_id` is the number of the
    message with its card in `card_channel`: no other channel can edit it.
    """

    __tablename__ = "draft"
    id: int | None = Field(default=None, primary_key=True)
    form: str = Field(max_length=32)
    owner: str = Field(max_length=72, index=True)
    subject: str = Field(default="", max_length=60)
    about: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    answers: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    trail: list[str] = Field(default_factory=list, sa_type=JSON)
    opened: list[str] = Field(default_factory=list, sa_type=JSON)
    sources: dict[str, str] = Field(default_factory=dict, sa_type=JSON)  # message -> step
    card_channel: str = Field(default="", max_length=16)
    card_message_id: int | None = Field(default=None, sa_type=BigInteger)
    created_at: datetime = Field(sa_type=UtcDateTime)
    updated_at: datetime = Field(sa_type=UtcDateTime, index=True)


class SentForm(Table, table=True):
    """A form just handed in: a second tap on "Gửi" is no mistake, whichever process gets it.

    `receipt` is a keyed hash of its draft and owner and leads to neither; `who` is how the form
    speaks to people. A day and no moment, gone after a few.
    """

    __tablename__ = "sent_form"
    receipt: str = Field(primary_key=True, max_length=64)
    who: str = Field(max_length=20)
    sent_on: date


class StoredFile(Table, table=True):
    """A photo, voice message or document. `sha256` names its copy on disk once it was fetched.

    `reference` is what its channel calls it, `unique_id` tells whether it is the same file again.
    `private`: from somebody who may stay anonymous. Its copy is a picture made anew, it has no
    name and no size, `sha256` is none of its bytes, `created_at` the hour, and the reference to
    the original goes once there is a copy. `retry_at`: when a copy is tried next; None without a
    copy: it was given up. `interrupted` counts the tries at making it anew that began and have no
    end: the program died in the middle of them.
    """

    __tablename__ = "stored_file"
    __table_args__ = (UniqueConstraint("channel", "unique_id"),)
    id: int | None = Field(default=None, primary_key=True)
    channel: str = Field(max_length=16)
    reference: str = Field(max_length=200)
    unique_id: str = Field(max_length=60)
    kind: str = Field(max_length=16)  # photo, voice, document, video, video_note, audio
    name: str = Field(default="", max_length=200)
    size: int | None = None  # bytes
    private: bool = False
    sha256: str | None = Field(default=None, max_length=64, index=True)
    created_at: datetime = Field(sa_type=UtcDateTime)
    attempts: int = 0
    interrupted: int = 0
    retry_at: datetime | None = Field(default=None, sa_type=UtcDateTime, index=True)


class ScheduleMark(Table, table=True):
    """When an entry of the schedule last ran, so that what was missed is made up; and what else is
    done once and not again, by a name that says which (`bot/channels/telegram/menus.py`).
    """

    __tablename__ = "schedule_mark"
    name: str = Field(primary_key=True, max_length=40)
    ran_at: datetime = Field(sa_type=UtcDateTime)
