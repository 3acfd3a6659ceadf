"""What the chats hold: messages, toasts, the keyboard below; every change has an event number."""

from collections import OrderedDict
from dataclasses import dataclass, field
from time import monotonic

from bot.sandbox.errors import Json
from bot.sandbox.signal import Signal

TYPING_SECONDS = 5.0
TOASTS_KEPT = 50


@dataclass
class Entry:
    """A message as the Bot API shows it, and what only the sandbox knows about it."""

    message: Json
    by_bot: bool
    event: int = 0
    deleted: bool = False


@dataclass
class Chat:
    """One person's chat with the bot."""

    entries: OrderedDict[int, Entry] = field(default_factory=OrderedDict)  # last changed last
    toasts: list[Json] = field(default_factory=list)
    keyboard: Json | None = None
    event: int = 0
    typing_until: float = 0.0

    def is_typing(self) -> bool:
        return monotonic() < self.typing_until

    def sent(self) -> int:
        return sum(entry.by_bot for entry in self.entries.values())

    def changed_after(self, event: int) -> list[Entry]:
        """Entries newer than the event, in the order of the chat; reads only those."""
        entries = []
        for entry in reversed(self.entries.values()):
            if entry.event <= event:
                break
            entries.append(entry)
        return sorted(entries, key=lambda entry: int(entry.message["message_id"]))


class Chats:
    """All chats, by the person's id."""

    def __init__(self) -> None:
        self._chats: dict[int, Chat] = {}
        self._last_message_id = 0
        self.event = 0
        self.signal = Signal()

    def of(self, person_id: int) -> Chat:
        return self._chats.setdefault(person_id, Chat())

    def items(self) -> list[tuple[int, Chat]]:
        return list(self._chats.items())

    def next_message_id(self) -> int:
        self._last_message_id += 1
        return self._last_message_id

    def add(self, person_id: int, message: Json, by_bot: bool) -> Entry:
        entry = Entry(message, by_bot)
        self.of(person_id).entries[message["message_id"]] = entry
        self.touch(person_id, message["message_id"])
        return entry

    def find(self, person_id: int, message_id: int) -> Entry | None:
        """The message, unless it was deleted."""
        entry = self.of(person_id).entries.get(message_id)
        return entry if entry and not entry.deleted else None

    def touch(self, person_id: int, message_id: int | None = None) -> int:
        """Note that a chat (and this message in it) changed; wakes whoever reads it."""
        self.event += 1
        chat = self.of(person_id)
        chat.event = self.event
        if message_id is not None:
            chat.entries[message_id].event = self.event
            chat.entries.move_to_end(message_id)
        self.signal.fire()
        return self.event

    def typing(self, person_id: int) -> None:
        """Show "typing…" for a while."""
        self.of(person_id).typing_until = monotonic() + TYPING_SECONDS
        self.touch(person_id)

    def toast(self, person_id: int, toast: Json) -> None:
        """A callback's answer, shown to the person."""
        event = self.touch(person_id)
        chat = self.of(person_id)
        chat.toasts = [*chat.toasts, toast | {"event": event}][-TOASTS_KEPT:]

    def dump(self) -> Json:
        chats = {str(person_id): _dump(chat) for person_id, chat in self._chats.items()}
        return {"chats": chats, "last_message_id": self._last_message_id, "event": self.event}

    def load(self, saved: Json) -> None:
        self._chats = {int(key): _load(chat) for key, chat in saved["chats"].items()}
        self._last_message_id = saved["last_message_id"]
        self.event = saved["event"]


def _dump(chat: Chat) -> Json:
    rows = [[e.message, e.by_bot, e.event, e.deleted] for e in chat.entries.values()]
    return {"entries": rows, "keyboard": chat.keyboard, "event": chat.event}


def _load(saved: Json) -> Chat:
    entries = [Entry(*row) for row in saved["entries"]]
    ordered = OrderedDict((entry.message["message_id"], entry) for entry in entries)
    return Chat(ordered, keyboard=saved["keyboard"], event=saved["event"])
