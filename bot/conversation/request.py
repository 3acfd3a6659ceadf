"""What somebody asks, whatever door they came through."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.conversation.form import FileInput, UserInput
from bot.core.context import Context
from bot.core.rules.permissions import Actor
from bot.core.work import Work


class Door(Protocol):
    """What a route may ask of the channel through which somebody speaks."""

    def link(self, parameter: str, *, to_group: bool = False) -> str:
        """An address that leads a person's own app to the bot, with this start parameter; or lets
        them choose a group that the bot joins, and gives it there."""
        ...

    async def fetch(self, file: FileInput) -> bytes:
        """A file that was just sent. Raises Refused: it cannot be had, in words."""
        ...


NOTHING = UserInput()


@dataclass(frozen=True)
class Pressed:
    """The message under which a button was pressed, as its channel numbers it."""

    message_id: int
    text: str = ""


@dataclass(frozen=True)
class Request:
    """One thing somebody did: pressed `button`, gave `command`, or sent what `user_input` holds.

    `arguments`: what the route's pattern took out of the button's data or the message; of a
    command the words after it. `edited`: a message that was sent before is corrected. `sent_at`:
    when it was sent, where the channel says so and that was earlier than now. `web_session_id`: the
    device of one of the staff on which the pages are open; 0: another channel.
    """

    work: Work
    actor: Actor
    now: datetime
    door: Door
    user_input: UserInput = NOTHING
    button: str = ""
    command: str = ""
    edited: bool = False
    pressed: Pressed | None = None
    arguments: tuple[str, ...] = ()
    sent_at: datetime | None = None
    web_session_id: int = 0

    @property
    def context(self) -> Context:
        """What services are handed."""
        return Context(self.work, self.actor, self.now, self.sent_at)

    def number(self, position: int = 0) -> int:
        """An argument that the route's pattern lets be digits only; 0 where it is missing."""
        return int(self.arguments[position] or 0) if position < len(self.arguments) else 0
