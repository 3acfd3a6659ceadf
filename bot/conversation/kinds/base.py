"""What every kind of step starts from."""

from typing import Any

from bot.conversation.form import Moment, Option
from bot.core.errors import Refused


class Base:
    """Answered by a value that is not None; nothing to press."""

    hint = ""
    takes_files = False
    taps_only = False
    words_help = True
    typed = ""

    @property
    def several_lines(self) -> bool:
        return self.takes_files

    def asks(self, value: Any) -> str:
        return ""

    def earlier(self, value: Any) -> Any:
        return None

    def options(self, value: Any, at: Moment) -> list[list[Option]]:
        return []

    def passes_on(self, words: str) -> bool:
        return self.taps_only

    def complete(self, value: Any) -> bool:
        return value is not None

    def show(self, value: Any) -> str:
        return str(value)

    def refused(self) -> Refused:
        return Refused(self.hint or "Bước này chưa nhận được loại tin vừa gửi.")
