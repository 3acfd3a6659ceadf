"""People with a phone each who carry one thing through, and press nothing twice.

What they sent is not sent again, whatever happens to the program: what does not come is lost.
"""

import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from tests.e2e.processes import PATIENCE, Phone, Town

FAILED = "Đề nghị thử lại sau ít phút"  # the program could not do it, and says so
UNTIL_SAID = 20  # seconds
UNTIL_MORE = 3  # seconds
UNTIL_AGAIN = 90  # seconds, if at all

Act = Callable[["Somebody"], None]


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

    def patient(self, seconds: float, presses_again: Callable[[], None]) -> None:
        """Waits so long for an answer, and presses again where none came: people may miss it when
        they are told that something failed. `presses_again` is called each time.
        """
        self.patience, self._presses_again = seconds, presses_again

    def follow(self, script: Script) -> bool:
        """From the first act to the last; whether the end was said. It is not where the program was
        killed between doing it and saying so: then there is a card of how things are now.

        Raises Lost.
        """
        begun = max((m["message_id"] for m in self.messages), default=0)
        acted: set[str] = set()
        last, pressed = list(script.steps)[-1], script.first
        self._do(script.first)
        end = time.monotonic() + self.patience
        while True:
            new = [m for m in self.messages if m["message_id"] > begun]
            texts = [m.get("text") or "" for m in new]
            if last in acted and any(all(word in t for word in script.ends) for t in texts):
                return True
            waited = self.patience - (end - time.monotonic())
            if last in acted and waited > UNTIL_SAID and not self._presses_again:
                return False
            questions = (w for text in reversed(texts) for w in script.steps if w in text)
            step = next((words for words in questions if words not in acted), None)
            if (script.again and script.again in (texts or [""])[-1]) or (
                not acted and FAILED in (texts or [""])[-1]
            ):
                begun = max(m["message_id"] for m in new)
                self._do(script.first)
                end = time.monotonic() + self.patience
            elif step:
                acted.add(step)
                pressed = script.steps[step]
                self._do(pressed)
                end = time.monotonic() + self.patience
            elif self._presses_again and isinstance(pressed, Press) and waited > UNTIL_AGAIN:
                self._presses_again()
                pressed(self)
                end = time.monotonic() + self.patience
            elif time.monotonic() > end:
                shown = [text[:200] for text in texts[-3:]]
                raise Lost(f"{self.name} waits after {acted}: {shown}\n{self.town.log()[-3000:]}")
            else:
                time.sleep(0.05)

    def press(self, label: str) -> None:
        """The newest button that says just this, once it is there; one that says more only after a
        while: who waits for "Không" must not press "Không đi được" of an older card.
        """
        start = time.monotonic()
        while time.monotonic() < start + PATIENCE:
            enough = time.monotonic() > start + UNTIL_MORE
            there = [
                (_says(button["text"], label), message["message_id"], button["callback_data"])
                for message in self.messages
                for row in message.get("buttons") or []
                for button in row
                if label in button["text"] and (enough or _says(button["text"], label))
            ]
            if there:
                _, message_id, data = max(there, key=lambda button: button[:2])
                self.town.post(f"{self.url}/click", data=data, message_id=message_id, forged=True)
                return
            time.sleep(0.05)
        raise Lost(f"{self.name} finds no button {label!r}")

    def document(self, name: str, data: bytes) -> None:
        answer = self.town.http.post(f"{self.url}/send", files={"document": (name, data)})
        assert answer.is_success, answer.text

    def _do(self, act: Act) -> None:
        act(self)
        self._act_done()


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
            "Mỗi tin nhắn là một câu hỏi": says("Có bao nhiêu nơi?"),
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
