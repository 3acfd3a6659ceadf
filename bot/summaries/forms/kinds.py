"""What the steps of a summary take: long texts, corrected numbers, what to do when texts meet."""

from dataclasses import dataclass
from typing import Any

from bot.conversation.form import Moment, Option, UserInput
from bot.conversation.kinds import Base, Note, Number, QuickWords
from bot.core.errors import Refused
from bot.core.rendering import number
from bot.summaries.cards import messages as says
from bot.summaries.rules.summaries import LONGEST_SECTION

SPLIT_FROM = 3_500
"""A message this long was split by Telegram (at 4,096 letters), as a rule within a sentence."""


@dataclass(frozen=True)
class Text(Note):
    """Words and voice over several messages, up to what a section takes."""

    hint: str = "Đề nghị gõ chữ hoặc gửi tin thoại."

    def take(self, user_input: UserInput, value: Any, at: Moment) -> Any:
        if user_input.file and user_input.file.kind != "voice":
            raise Refused(says.WORDS_AND_VOICE)
        answer = super().take(user_input, value, at)
        letters = len(joined(answer))
        if letters > LONGEST_SECTION:
            raise Refused(says.TOO_LONG.format(letters=number(letters)))
        return answer

    def show(self, value: Any) -> str:
        """The end of it: what was written last. The beginning stands in the chat."""
        text, voices = joined(value), len(value["files"])
        excerpt = text if len(text) <= 400 else "…" + text[-400:]
        counted = f"({number(len(text))} ký tự)" if len(text) > 400 else ""
        heard = f"(🎙 {voices} tin thoại)" if voices else ""
        return "\n".join(part for part in (excerpt, counted, heard) if part)


def joined(value: Any) -> str:
    """The messages in their order; one that was split in mid-sentence is put together again."""
    text, before = "", ""
    for _, words in (value or {}).get("pieces", []):
        split = len(before) >= SPLIT_FROM and before[-1] not in ".!?:;…"
        text = f"{text}{' ' if split else chr(10)}{words}" if text else words
        before = words
    return text


@dataclass(frozen=True)
class RightNumber(Number):
    """Another number than the report says now, and than the one that was counted."""

    def take(self, user_input: UserInput, value: Any, at: Moment) -> Any:
        answer = super().take(user_input, value, at)
        if answer == at.about.get("shown"):
            raise Refused(says.SAME_NUMBER)
        if answer == at.about.get("counted"):
            raise Refused(says.SAME_AS_COUNTED)
        return answer


@dataclass(frozen=True)
class Why(QuickWords):
    """A reason has words: digits alone are a number that came too late."""

    def take(self, user_input: UserInput, value: Any, at: Moment) -> Any:
        answer = super().take(user_input, value, at)
        if not any(letter.isalpha() for letter in answer):
            raise Refused(says.WHY_IN_WORDS)
        return answer


@dataclass(frozen=True)
class Clash(Base):
    """Somebody else wrote meanwhile: after theirs, in place of theirs, or not at all."""

    hint: str = "Đề nghị bấm chọn một nút ở dưới."
    taps_only: bool = True

    def options(self, value: Any, at: Moment) -> list[list[Option]]:
        append = [Option("append", "➕ Viết tiếp sau phần đó")] if "text" in at.answers else []
        rows = [append, [Option("replace", "♻️ Thay bằng bản của tôi")]]
        return [*(row for row in rows if row), [Option("drop", "🗑 Bỏ bản của tôi", menu=True)]]

    def take(self, user_input: UserInput, value: Any, at: Moment) -> Any:
        if user_input.option not in {o.key for row in self.options(value, at) for o in row}:
            raise self.refused()
        return user_input.option

    def show(self, value: Any) -> str:
        return "viết tiếp sau phần đã có" if value == "append" else "thay phần đã có"
