"""What a correction may change of what an earlier version sent: each file, each proposal."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.conversation.form import Moment, Option, UserInput
from bot.conversation.kinds import FILE_NAMES, Base, Words
from bot.core.rendering import capital

ALL_OF_THEM, NONE_OF_THEM = "drop", "keep"  # also what drafts of earlier versions hold
DONE, WITHDRAW = "done", "withdraw"


@dataclass(frozen=True)
class OldFiles(Base):
    """Which of the files sent before are taken away: toggles, until "Xong". `files`: (id, kind), as
    they were sent. The value: {"dropped": [ids], "done": bool}, or one of the two words above.
    """

    files: tuple[tuple[int, str], ...]
    hint: str = "Bấm vào ảnh, tệp muốn bỏ, rồi bấm “Xong”."

    def options(self, value: Any, at: Moment) -> list[list[Option]]:
        dropped = dropped_of(value, [file for file, _ in self.files])
        options = [
            Option(str(file), f"{'🗑' if file in dropped else '✅'} {name}")
            for (file, _), name in zip(self.files, self._names(), strict=True)
        ]
        rows = [options[i : i + 2] for i in range(0, len(options), 2)]
        every = [Option(ALL_OF_THEM, "🗑 Bỏ tất cả"), Option(NONE_OF_THEM, "✅ Giữ tất cả")]
        return [*rows, every, [Option(DONE, "✔️ Xong")]]

    def take(self, user_input: UserInput, value: Any, at: Moment) -> Any:
        every = [file for file, _ in self.files]
        dropped = dropped_of(value, every)
        match user_input.option:
            case "done":
                return {"dropped": dropped, "done": True}
            case "drop":
                return {"dropped": every, "done": True}
            case "keep":
                return {"dropped": [], "done": True}
        by_option = {str(file): file for file in every}
        chosen = by_option.get(user_input.option or "")
        if chosen is None:
            raise self.refused()
        without = [file for file in dropped if file != chosen]
        dropped = without if chosen in dropped else [*dropped, chosen]
        return {"dropped": dropped, "done": False}

    def complete(self, value: Any) -> bool:
        return isinstance(value, str) or (bool(value) and value["done"])

    def show(self, value: Any) -> str:
        dropped = dropped_of(value, [file for file, _ in self.files])
        names = [
            name
            for (file, _), name in zip(self.files, self._names(), strict=True)
            if file in dropped
        ]
        if not names:
            return "giữ tất cả"
        return f"bỏ {', '.join(name[:1].lower() + name[1:] for name in names)}"

    def _names(self) -> list[str]:
        """Ảnh 1, Ảnh 2, Tin thoại 3: counted as they were sent."""
        return [
            f"{capital(FILE_NAMES.get(kind, 'tệp'))} {place}"
            for place, (_, kind) in enumerate(self.files, 1)
        ]


def dropped_of(value: Any, files: Sequence[int]) -> list[int]:
    """The ids that an answer takes away of these."""
    if isinstance(value, str):
        return [*files] if value == ALL_OF_THEM else []
    return [file for file in (value or {}).get("dropped", []) if file in files]


@dataclass(frozen=True)
class OldProposal(Words):
    """A proposal in other words, or the wish to withdraw it: {"withdraw": True}."""

    def options(self, value: Any, at: Moment) -> list[list[Option]]:
        return [[Option(WITHDRAW, "🗑 Đề nghị rút kiến nghị")]]

    def take(self, user_input: UserInput, value: Any, at: Moment) -> Any:
        if user_input.option == WITHDRAW:
            return {WITHDRAW: True}
        return super().take(user_input, value, at)

    def show(self, value: Any) -> str:
        return value if isinstance(value, str) else "đề nghị rút, người xử lý quyết định"
