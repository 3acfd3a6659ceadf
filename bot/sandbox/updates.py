"""Updates waiting for the bot: kept until it confirms them with a higher offset."""

from collections import OrderedDict
from time import monotonic

from bot.sandbox.errors import ApiError, Json
from bot.sandbox.signal import Signal

HISTORY_KEPT = 2000
PRESENT_FOR = 15.0  # seconds after its last getUpdates
FIRST_UPDATE_ID = 100_000_001


class Updates:
    """Telegram's queue of updates for one bot."""

    def __init__(self) -> None:
        self.next_id = FIRST_UPDATE_ID
        self.pending: OrderedDict[int, Json] = OrderedDict()
        self.history: OrderedDict[int, Json] = OrderedDict()
        self.replays: list[Json] = []
        self.allowed: list[str] = []
        self.confirmed = FIRST_UPDATE_ID
        self.webhook: Json = {}
        self.signal = Signal()
        self.polls = 0  # every getUpdates has a number; a newer one ends an older one
        self.polling = 0
        self._last_poll = float("-inf")

    def add(self, kind: str, content: Json) -> int | None:
        """Queue an update; None when the bot has said that it wants none of this kind."""
        if self.allowed and kind not in self.allowed:
            return None
        update_id, self.next_id = self.next_id, self.next_id + 1
        self.pending[update_id] = self.history[update_id] = {"update_id": update_id, kind: content}
        while len(self.history) > HISTORY_KEPT:
            self.history.popitem(last=False)
        self.signal.fire()
        return update_id

    def replay(self, update_ids: list[int]) -> None:
        """Deliver old updates again, once, as Telegram does now and then."""
        missing = [update_id for update_id in update_ids if update_id not in self.history]
        if missing:
            raise KeyError(missing[0])
        self.replays += [self.history[update_id] for update_id in update_ids]
        self.signal.fire()

    def confirm(self, offset: int) -> None:
        """Forget updates before the offset; a negative one keeps that many of the last."""
        if offset < 0:
            offset = ([*self.pending][offset:] or [0])[0]
        for update_id in [key for key in self.pending if key < offset]:
            del self.pending[update_id]
        if offset > self.confirmed:
            self.confirmed = offset
        self.signal.fire()

    def take_out(self, update_id: int) -> None:
        """Forget an update that a webhook has taken, whatever waits before it."""
        self.pending.pop(update_id, None)
        self.confirmed = max(self.confirmed, update_id + 1)

    def heard_lately(self) -> bool:
        """A bot between two polls is still there."""
        return self.polling > 0 or monotonic() - self._last_poll < PRESENT_FOR

    def waiting(self) -> int:
        return len(self.pending) + len(self.replays)

    async def poll(self, offset: int, limit: int, timeout: float) -> list[Json]:  # noqa: ASYNC109
        """getUpdates. Replays come first, so that the bot's next offset loses nothing new."""
        if self.webhook.get("url"):
            raise ApiError(409, _WEBHOOK_ACTIVE)
        self.polls += 1
        mine = self.polls
        if offset:
            self.confirm(offset)
        self.signal.fire()
        self.polling += 1
        try:
            await self.signal.wait(lambda: self.waiting() > 0 or self.polls != mine, timeout)
        finally:
            self.polling -= 1
            self._last_poll = monotonic()
        if self.polls != mine:
            raise ApiError(409, _OTHER_POLL)
        return self._take(limit)

    def dump(self) -> Json:
        return {
            "next_id": self.next_id,
            "pending": list(self.pending.values()),
            "history": list(self.history.values()),
            "allowed": self.allowed,
            "confirmed": self.confirmed,
            "webhook": self.webhook,
        }

    def load(self, saved: Json) -> None:
        self.next_id = saved["next_id"]
        self.pending = OrderedDict((row["update_id"], row) for row in saved["pending"])
        self.history = OrderedDict((row["update_id"], row) for row in saved["history"])
        self.allowed, self.confirmed = saved["allowed"], saved["confirmed"]
        self.webhook = saved["webhook"]

    def _take(self, limit: int) -> list[Json]:
        replays, self.replays = self.replays[:limit], self.replays[limit:]
        return replays + list(self.pending.values())[: limit - len(replays)]


_WEBHOOK_ACTIVE = (
    "Conflict: can't use getUpdates method while webhook is active; "
    "use deleteWebhook to delete the webhook first"
)
_OTHER_POLL = (
    "Conflict: terminated by other getUpdates request; "
    "make sure that only one bot instance is running"
)
