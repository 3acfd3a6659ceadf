"""A walk through everything that somebody can press: each command, each kind of button, each form
as far as a word brings it. The routes themselves answer; no channel is needed.

Buttons that differ by numbers only are of one kind, and the first that is seen stands for all: the
database is fields the same.
"""

import re
from collections import deque
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from time import perf_counter, process_time
from typing import Any

from sqlalchemy import event

from bot.app.routes import ROUTES
from bot.conversation import engine, router
from bot.conversation.form import FileInput, UserInput
from bot.conversation.reply import Reply, SendFiles, ShowCard
from bot.conversation.request import Pressed, Request
from bot.core import access, messages
from bot.core.card import Card
from bot.core.errors import Refused
from bot.core.work import Work
from bot.home.commands import COMMANDS, HELP, OWN, START, WORKERS
from storage.addresses import Address
from storage.store import Store

CHANNEL = "text"
EVERY_COMMAND = [name for (name, _), _ in COMMANDS] + [
    name for name, _ in (START, *OWN, *WORKERS, HELP)
]
WORDS = "an"
MOST = 400  # cards of one person: the walk ends in any case


class NoDoor:
    """What routes may ask of a channel, where there is none."""

    def link(self, parameter: str, *, to_group: bool = False) -> str:
        return f"/start {parameter}"

    async def fetch(self, file: FileInput) -> bytes:
        raise Refused(messages.FILE_NOT_FETCHED)


@dataclass(frozen=True)
class Sent:
    """One statement as it reached the database."""

    statement: str
    parameters: Any
    clause: Any = field(default=None, compare=False, repr=False)  # SQLAlchemy's, of no database yet
    named: Any = field(default=None, compare=False, repr=False)  # the parameters by its names

    @property
    def writes(self) -> bool:
        return not self.statement.lstrip().upper().startswith(("SELECT", "WITH"))


@dataclass
class Stop:
    """One answer of the walk: what was pressed (numbers as #), what it cost."""

    name: str
    request: Request
    seconds: float = 0.0
    processor: float = 0.0  # seconds of this process alone, whatever else the machine does
    statements: list[Sent] = field(default_factory=list)
    cards: list[Card] = field(default_factory=list)
    failure: str = ""
    files: bool = False  # a document or a picture was made, not only a card

    @property
    def writes(self) -> bool:
        return any(sent.writes for sent in self.statements)


@contextmanager
def listening(store: Store) -> Iterator[list[Sent]]:
    """The statements sent within the block, but those that begin transactions or set them up."""
    heard: list[Sent] = []

    def hear(
        _connection: Any, _cursor: Any, statement: str, parameters: Any, context: Any, _many: bool
    ) -> None:
        if not statement.startswith(("BEGIN", "PRAGMA")):
            first = parameters[0] if isinstance(parameters, list) else parameters  # of many
            compiled = getattr(context, "compiled", None)
            named = context.compiled_parameters[0] if compiled else None
            heard.append(Sent(statement, first, compiled and compiled.statement, named))

    listen_to = store.engine.sync_engine
    event.listen(listen_to, "before_cursor_execute", hear)
    try:
        yield heard
    finally:
        event.remove(listen_to, "before_cursor_execute", hear)


async def walk(
    work: Work, address: Address, now: datetime, but_not: Callable[[str], bool] = lambda _: False
) -> AsyncIterator[Stop]:
    """Every kind of card that somebody comes to from the commands, but those of such names."""
    person = Person(work, address, now)
    waiting = deque((f"/{name}", {"command": name}) for name in EVERY_COMMAND)
    met = {name for name, _ in waiting}
    for _ in range(MOST):
        if not waiting:
            return
        name, fields = waiting.popleft()
        stop, reply = await person.ask(name, fields)
        yield stop
        for next_name, next_fields in _onward(reply):
            if next_name not in met and not but_not(next_name):
                met.add(next_name)
                waiting.append((next_name, next_fields))


@dataclass
class Person:
    """Somebody who presses."""

    work: Work
    address: Address
    now: datetime
    messages: int = 0

    async def ask(self, name: str, fields: dict[str, Any]) -> tuple[Stop, Reply]:
        self.messages += 1
        actor = await access.actor_of(self.work, self.address)
        words = fields.pop("words", "")
        request = replace(
            Request(self.work, actor, self.now, NoDoor(), pressed=Pressed(self.messages)),
            user_input=UserInput(words=words, message_id=self.messages),
            **fields,
        )
        return await answered(Stop(name, request))


async def answered(stop: Stop) -> tuple[Stop, Reply]:
    """The answer to a request, and what it cost."""
    reply = Reply()
    with listening(stop.request.work.store) as statements:
        start, processor = perf_counter(), process_time()
        try:
            reply = await router.answer(ROUTES, stop.request)
        except Refused as refused:
            stop.failure = str(refused)
        stop.seconds, stop.processor = perf_counter() - start, process_time() - processor
    stop.statements = statements
    stop.cards = [part.card for part in reply.parts if isinstance(part, ShowCard)]
    stop.files = any(isinstance(part, SendFiles) for part in reply.parts)
    for part in reply.parts:
        if isinstance(part, ShowCard) and part.place.draft_id is not None:
            await engine.card_shown(stop.request.work, part.place.draft_id, CHANNEL, 1)
    return stop, reply


def _onward(reply: Reply) -> Iterator[tuple[str, dict[str, Any]]]:
    for part in reply.parts:
        if not isinstance(part, ShowCard):
            continue
        for button in (button for row in part.card.rows for button in row):
            if button.data:
                yield re.sub(r"\d+", "#", button.data), {"button": button.data}
        if part.place.draft_id is not None:
            heading = part.card.text.partition("\n")[0]
            yield f"words: {re.sub(r'[0-9]+', '#', heading)[:60]}", {"words": WORDS}
