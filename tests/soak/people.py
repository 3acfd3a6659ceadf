"""People with a phone each who carry one thing through, and press nothing twice.

What they sent is not sent again, whatever happens to the program, unless it says that it did not
take it: what does not come is lost.
"""

import re
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.core.messages import SENT_ALREADY
from tests.e2e.processes import PATIENCE, Phone, Town

FAILED = "Đề nghị thử lại sau ít phút"  # the program could not do it, and says so
SENT = SENT_ALREADY.partition(",")[0]  # it has it; said over the last button only
MATTER = re.compile(r"(?:f|import:go):(\d+)(?=:)")  # which form, or list, a button is of
UNTIL_SAID = 20  # seconds
UNTIL_MORE = 3  # seconds
UNTIL_AGAIN = 90  # seconds, if at all

Act = Callable[["Somebody"], None]
Message = dict[str, Any]


class Lost(AssertionError):  # noqa: N818 - it reads as what happened
    """A step was sent and nothing came of it."""


@dataclass(frozen=True)
class Script:
    """What to do when the newest card has these words; `ends`: what a card says when all is done,
    of this time and no other: an older receipt may come again.

    What stands first counts where a card has words of several.
    """

    first: Act
    steps: Mapping[str, Act]
    ends: tuple[str, ...]
    again: str = ""
    """Words of the program that ask for the first act once more."""

    @property
    def last(self) -> str:
        return list(self.steps)[-1]


@dataclass(frozen=True)
class Seen:
    """What stands in a chat of the matter in hand: no card of an earlier one that came late, and of
    the toasts those since the last act."""

    messages: tuple[Message, ...]
    toasts: tuple[str, ...]

    @property
    def texts(self) -> list[str]:
        return [message.get("text") or "" for message in self.messages]

    def says(self, words: str, before: "Seen | None" = None) -> bool:
        """Whether a toast has these words, or the newest message where that was not `before`."""
        newest = [
            m.get("text") or "" for m in self.messages[-1:] if m not in (before or NOTHING).messages
        ]
        return any(words in text for text in (*newest, *self.toasts))


NOTHING = Seen((), ())


class Somebody(Phone):
    """Follows scripts. `act_done` is called after each act, before its answer is waited for."""

    def __init__(
        self, town: Town, telegram_id: int, name: str, act_done: Callable[[], None]
    ) -> None:
        super().__init__(town, telegram_id, name)
        town.post("/people", id=telegram_id, first_name=name, started=True)
        self.name, self._act_done = name, act_done
        self.patience = float(PATIENCE)
        self._presses_again: Callable[[], None] | None = None
        self._begun = 0  # the newest message before the matter in hand
        self._known: set[str] = set()  # matters that the chat has shown so far
        self._earlier: frozenset[str] = frozenset()  # those before the one in hand
        self._acted_at = 0  # the sandbox's count of events before the last act
        self._before = NOTHING  # as it was before the last act
        self._acts: list[str] = []  # for whoever reads why something was lost

    def patient(self, seconds: float, presses_again: Callable[[], None]) -> None:
        """Waits so long for an answer, and presses again where none came: people may miss it when
        they are told that something failed. `presses_again` is called each time.
        """
        self.patience, self._presses_again = seconds, presses_again

    def follow(self, script: Script) -> bool:
        """From the first act to the last; whether the end was said. It is not where the program was
        killed between doing it and saying so: then there is something else, a card of how things
        are now.

        Raises Lost.
        """
        self._begin()
        acted: set[str] = set()
        act = script.first
        self._do(act)
        led_on = pressed_at = time.monotonic()  # the last step; the last press
        while True:
            seen, now = self._seen(), time.monotonic()
            step = self._next(script, seen, acted)
            over = script.last in acted
            if over and self._end_is_said(script, seen):
                return True
            if script.again and seen.says(script.again):
                self._begin()
                act, acted = script.first, set()
            elif step:
                acted.add(step)
                act = script.steps[step]
            elif seen.says(FAILED, self._before):
                pass  # the same again
            elif over and now > led_on + self._until_said and self._answered(seen):
                return False
            elif now > led_on + self.patience:
                raise Lost(self._story(acted, seen))
            elif self._presses_again and isinstance(act, Press) and now > pressed_at + UNTIL_AGAIN:
                self._presses_again()
                act(self)
                pressed_at = time.monotonic()
                continue
            else:
                time.sleep(0.05)
                continue
            self._do(act)
            led_on = pressed_at = time.monotonic()

    def press(self, label: str) -> None:
        """The newest button that says just this, once it is there; one that says more only after a
        while: who waits for "Không" must not press "Không đi được" of an older card.
        """
        start = time.monotonic()
        while time.monotonic() < start + PATIENCE:
            enough = time.monotonic() > start + UNTIL_MORE
            there = [
                (_says(button["text"], label), message["message_id"], button["callback_data"])
                for message in self._fresh(self.messages)
                for row in message.get("buttons") or []
                for button in row
                if label in button["text"] and (enough or _says(button["text"], label))
            ]
            if there:
                _, message_id, data = max(there, key=lambda button: button[:2])
                self.town.post(f"{self.url}/click", data=data, message_id=message_id, forged=True)
                return
            time.sleep(0.05)
        raise Lost(f"{self.name} finds no button {label!r}: {self._story(set(), self._seen())}")

    def document(self, name: str, data: bytes) -> None:
        answer = self.town.http.post(f"{self.url}/send", files={"document": (name, data)})
        assert answer.is_success, answer.text

    def _begin(self) -> None:
        messages = self.messages
        self._begun = max((m["message_id"] for m in messages), default=0)
        self._earlier = frozenset(self._known.union(*map(_matters, messages)))

    def _do(self, act: Act) -> None:
        self._before = self._seen()
        self._acted_at = self._chat()["event"]
        self._acts.append(f"{time.strftime('%T', time.gmtime())} {getattr(act, 'label', 'says')}")
        act(self)
        self._act_done()

    def _next(self, script: Script, seen: Seen, acted: set[str]) -> str | None:
        """The question that stands there and was not answered yet, in the newest card first."""
        questions = (w for text in reversed(seen.texts) for w in script.steps if w in text)
        return next((words for words in questions if words not in acted), None)

    def _end_is_said(self, script: Script, seen: Seen) -> bool:
        return any(SENT in toast for toast in seen.toasts) or any(
            all(word in text for word in script.ends) for text in seen.texts
        )

    @property
    def _until_said(self) -> float:
        return self.patience / 2 if self._presses_again else UNTIL_SAID

    def _answered(self, seen: Seen) -> bool:
        """Whether anything came of the last act."""
        return bool(seen.toasts) or seen.messages != self._before.messages

    def _chat(self) -> Any:
        return self.town.get(f"{self.url}/chat", after=0, timeout=0)

    def _seen(self) -> Seen:
        chat = self._chat()
        new = (
            m
            for m in chat["messages"]
            if m["from"] == "bot" and not m["deleted"] and m["message_id"] > self._begun
        )
        toasts = (t.get("text") or "" for t in chat["toasts"] if t["event"] > self._acted_at)
        return Seen(tuple(self._fresh(new)), tuple(text for text in toasts if text))

    def _fresh(self, messages: Iterable[Message]) -> list[Message]:
        """Without what is of an earlier matter. A card of that may come after its end: a call that
        nobody waits for any more may still be on its way.
        """
        fresh = [m for m in messages if not _matters(m) or _matters(m) - self._earlier]
        self._known.update(*map(_matters, fresh))
        return fresh

    def _story(self, acted: set[str], seen: Seen) -> str:
        shown = [text[:300] for text in seen.texts[-3:]]
        return (
            f"{self.name} waits after {sorted(acted)}: {shown}, toasts {seen.toasts}, "
            f"acts {self._acts[-20:]}\n{self.town.log()[-3000:]}"
        )


def _matters(message: Message) -> frozenset[str]:
    """The forms and lists that the buttons of a message are of."""
    data = (
        button.get("callback_data") or "" for row in message.get("buttons") or [] for button in row
    )
    return frozenset(found[0] for found in map(MATTER.match, data) if found)


def _says(text: str, label: str) -> bool:
    """Whether a button says just this, whatever sign stands before it."""
    return text == label or re.sub(r"^\W+", "", text) == label


def says(words: str) -> Act:
    return lambda who: who.send(words)


@dataclass(frozen=True)
class Press:
    label: str

    def __call__(self, who: Somebody) -> None:
        who.press(self.label)


def presses(label: str) -> Act:
    return Press(label)


def gives(name: str, data: Callable[[], bytes]) -> Act:
    return lambda who: who.document(name, data())


def report_of(site: str, words: str) -> Script:
    """An officer's visit that nobody had planned."""
    return Script(
        says("/dotxuat"),
        {
            "đã đến đâu": presses(f"📍 {site}"),
            "lượt được giao": presses("Không"),
            "Đồng chí đi cơ sở ngày nào": presses("Hôm nay"),
            "Hình thức đi cơ sở?": presses("Dự họp BCH"),
            "bao nhiêu người lao động?": presses("10"),
            "Bấm để đánh dấu": presses("Xong"),
            "tâm tư, nguyện vọng": presses("Bỏ qua"),
            "Tình hình tại cơ sở": says(words),
            "xem lại rồi bấm": presses("Gửi báo cáo"),
        },
        ("Đã nhận báo cáo", site),
    )


def concern_at(link: str, words: str) -> Script:
    """A worker's, without a name; each by a worker of its own."""
    return Script(
        says(f"/start {link}"),
        {
            "mời anh/chị đọc": presses("Đồng ý"),
            "đang gặp khó khăn, vướng mắc gì": says(words),
            "ảnh hưởng đến bao nhiêu người": presses("Vài người"),
            "về việc này, đúng không": presses("Đúng"),
            "có muốn nêu tên không": presses("Không nêu tên"),
            "Nơi làm việc:": presses("Gửi Công đoàn"),
        },
        ("Mã phản ánh:",),
    )


def request_about(title: str) -> Script:
    """A leader asks all units for a report: everybody who leads one hears of it."""
    return Script(
        says("/yeucau"),
        {
            "Ghi ngắn gọn tên báo cáo": says(title),
            "Vì sao cần báo cáo này": presses("Bỏ qua"),
            "Yêu cầu những đơn vị nào": presses("Tất cả công đoàn"),
            "Đề nghị gửi trước ngày nào": says("20/12"),
            "1. Có bao nhiêu nơi?": presses("Xong"),
            "Gõ từng câu hỏi một": says("Có bao nhiêu nơi?"),
            "Hạn: trước": presses("✅ Gửi"),
        },
        ("✅ Đã gửi yêu cầu", title),
    )


def import_of(data: Callable[[], bytes]) -> Script:
    """The administrator's list: seen first, imported by a button."""
    return Script(
        gives("don-vi.xlsx", data),
        {"Thêm mới": presses("Nhập")},
        ("Đã nhập danh sách",),
        again="Đề nghị đồng chí gửi lại",
    )
