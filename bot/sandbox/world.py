"""Everything the sandbox knows, in one place."""

from collections import Counter
from pathlib import Path

from bot.sandbox.chats import Chats
from bot.sandbox.clock import Clock
from bot.sandbox.errors import Json
from bot.sandbox.files import Files
from bot.sandbox.groups import Groups
from bot.sandbox.limits import Faults, Limits
from bot.sandbox.people import People
from bot.sandbox.signal import Signal
from bot.sandbox.updates import Updates

CALLBACKS_KEPT = 1000
DEFAULT_USERNAME = "satcoso_sandbox_bot"
DEFAULT_NAME = "Sát cơ sở, gắn công nhân"


class World:
    """One bot, its people and their chats."""

    def __init__(self, data: Path | None, token: str) -> None:
        self.token = token
        self.username = DEFAULT_USERNAME
        self.people = People()
        self.groups = Groups()
        self.chats = Chats()
        self.updates = Updates()
        self.clock = Clock()
        self.files = Files(data / "sandbox-files" if data else None)
        self.limits = Limits()
        self.faults = Faults()
        self.commands: dict[str, list[Json]] = {}  # by scope: default, all_private_chats, an id
        self.settings: dict[str, str] = {}
        self.callbacks: dict[str, Json] = {}
        self.calls: Counter[str] = Counter()
        self.changed = Signal()

    def bot(self) -> Json:
        return {
            "id": int(self.token.partition(":")[0]),
            "is_bot": True,
            "first_name": DEFAULT_NAME,
            "username": self.username,
        }

    def commands_for(self, person_id: int) -> list[Json]:
        """The command menu of one private chat: the closest scope that has one."""
        for scope in (str(person_id), "all_private_chats", "default"):
            if self.commands.get(scope):
                return self.commands[scope]
        return []

    def remember_callback(self, callback_id: str, person_id: int, message_id: int) -> None:
        at = self.clock.timestamp()
        self.callbacks[callback_id] = {
            "person": person_id,
            "message": message_id,
            "at": at,
            "answered": False,
        }
        while len(self.callbacks) > CALLBACKS_KEPT:
            del self.callbacks[next(iter(self.callbacks))]

    def revision(self) -> int:
        """Grows with every change worth saving."""
        return sum(signal.fired for signal in self._signals())

    def close(self) -> None:
        """End all long polls, so that the server stops at once."""
        for signal in self._signals():
            signal.close()

    def dump(self) -> Json:
        return {
            "people": self.people.dump(),
            "groups": self.groups.dump(),
            "chats": self.chats.dump(),
            "updates": self.updates.dump(),
            "clock": self.clock.dump(),
            "files": self.files.dump(),
            "commands": self.commands,
            "settings": self.settings,
            "callbacks": self.callbacks,
        }

    def load(self, saved: Json) -> None:
        self.people.load(saved["people"])
        self.groups.load(saved.get("groups", []))
        self.chats.load(saved["chats"])
        self.updates.load(saved["updates"])
        self.clock.load(saved["clock"])
        self.files.load(saved["files"])
        self.commands, self.settings = saved["commands"], saved["settings"]
        self.callbacks = saved["callbacks"]

    def _signals(self) -> tuple[Signal, ...]:
        return self.chats.signal, self.updates.signal, self.clock.signal, self.changed
