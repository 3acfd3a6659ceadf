"""Kinds that are answered piece by piece: notes, lists, the checklist."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.conversation.form import Moment, Option, UserInput
from bot.conversation.kinds.base import Base
from bot.core.errors import Refused

MAX_PIECES = 40


@dataclass(frozen=True)
class Note(Base):
    """Words, voice or pictures, in as many messages as it takes.

    The value: {"pieces": [[message id, words], …], "files": [stored file ids], "kinds": {…}}, the
    last naming what kind each file is, where there are any; "sent" says by which message each came.
    An edited message replaces its piece and its file.

    "captions": the messages whose words came with a file. With `words_besides`, the question for
    more, these are no answer by themselves until a tap says that they are ("done").
    """

    words_besides: str = ""
    hint: str = "Đề nghị gõ chữ, gửi tin thoại hoặc ảnh."
    takes_files = True

    def asks(self, value: Any) -> str:
        return self.words_besides if self._waits(value) else ""

    def options(self, value: Any, at: Moment) -> list[list[Option]]:
        return [[Option("done", "✔️ Lời ghi kèm ảnh là đủ")]] if self._waits(value) else []

    def _waits(self, value: Any) -> bool:
        return bool(self.words_besides and only_captions(value) and not value.get("done"))

    def take(self, user_input: UserInput, value: Any, at: Moment) -> Any:
        if user_input.option == "done" and self._waits(value):
            return {**value, "done": True}
        words = (user_input.words or "").strip()
        if not words and user_input.file_id is None:
            raise self.refused()
        before = value or {"pieces": [], "files": []}
        pieces = [piece for piece in before["pieces"] if piece[0] != user_input.message_id]
        if words:
            pieces = sorted([*pieces, [user_input.message_id or 0, words]])
        sent = dict(before.get("sent", {}))
        replaced = [
            int(file)
            for file, message in sent.items()
            if message == user_input.message_id and user_input.file_id is not None
        ]
        files = [file for file in before["files"] if file not in replaced]
        if user_input.file_id is not None and user_input.file_id not in files:
            place = before["files"].index(replaced[0]) if replaced else len(files)
            files.insert(place, user_input.file_id)
        if len(pieces) + len(files) > MAX_PIECES:
            raise Refused(f"Mỗi báo cáo nhận nhiều nhất {MAX_PIECES} tin và tệp.")
        kinds = dict(before.get("kinds", {}))
        if user_input.file and user_input.file_id:
            kinds[str(user_input.file_id)] = user_input.file.kind
            if user_input.message_id:
                sent[str(user_input.file_id)] = user_input.message_id
        captions = [m for m in before.get("captions", []) if m != user_input.message_id]
        if words and user_input.file_id is not None:
            captions.append(user_input.message_id or 0)
        kinds, sent = (
            {file: value for file, value in of_file.items() if int(file) in files}
            for of_file in (kinds, sent)
        )
        return {
            "pieces": pieces,
            "files": files,
            **({"kinds": kinds} if kinds else {}),
            **({"sent": sent} if sent else {}),
            **({"captions": captions} if captions else {}),
        }

    def complete(self, value: Any) -> bool:
        return bool(value) and bool(value["pieces"] or value["files"]) and not self._waits(value)

    def show(self, value: Any) -> str:
        kinds = value.get("kinds", {})
        files = counted([kinds.get(str(file), "") for file in value["files"]])
        text = text_of(value)
        return "\n".join(part for part in (text, f"({files})" if text and files else files) if part)


@dataclass(frozen=True)
class Items(Base):
    """A list, one message an item, until "Xong". The value: {"pieces": […], "done": bool}."""

    hint: str = "Gõ từng mục một; xong thì bấm “Xong”."

    @property
    def several_lines(self) -> bool:
        return True

    def options(self, value: Any, at: Moment) -> list[list[Option]]:
        return [[Option("done", "✔️ Xong")]] if value and value["pieces"] else []

    def take(self, user_input: UserInput, value: Any, at: Moment) -> Any:
        before = value or {"pieces": [], "done": False}
        if user_input.option == "done" and before["pieces"]:
            return {**before, "done": True}
        words = (user_input.words or "").strip()
        if not words:
            raise self.refused()
        pieces = [piece for piece in before["pieces"] if piece[0] != user_input.message_id]
        if len(pieces) >= MAX_PIECES:
            raise Refused(f"Mỗi báo cáo nhận nhiều nhất {MAX_PIECES} mục.")
        return {"pieces": sorted([*pieces, [user_input.message_id or 0, words]]), "done": False}

    def complete(self, value: Any) -> bool:
        return bool(value) and value["done"]

    def show(self, value: Any) -> str:
        return "\n".join(f"{n}. {piece[1]}" for n, piece in enumerate(value["pieces"], 1))


FILE_NAMES = {
    "photo": "ảnh",
    "voice": "tin thoại",
    "video": "video",
    "video_note": "video",
    "audio": "tệp ghi âm",
}


SPOKEN = {"voice", "video_note", "audio"}


def counted(kinds: Sequence[str]) -> str:
    """2 ảnh, 1 tin thoại; what is neither is a "tệp"."""
    named = Counter(FILE_NAMES.get(kind, "tệp") for kind in kinds)
    return ", ".join(
        f"{named[name]} {name}"
        for name in dict.fromkeys((*FILE_NAMES.values(), "tệp"))
        if named[name]
    )


NOT_KNOWN, GOOD, TROUBLE = "", "good", "trouble"
_MARKS = {NOT_KNOWN: "▫️", GOOD: "✅", TROUBLE: "⚠️"}
_NEXT = {NOT_KNOWN: TROUBLE, TROUBLE: GOOD, GOOD: NOT_KNOWN}


@dataclass(frozen=True)
class Checklist(Base):
    """Toggles on one card: not known → trouble → no trouble. {"states": {…}, "done": bool}.

    Trouble comes first: it is what a visit is made for, and few topics have it; all the others are
    marked by one button.
    """

    items: tuple[tuple[str, str], ...]
    hint: str = "Bấm vào từng nội dung để đánh dấu, rồi bấm “Xong”."

    def options(self, value: Any, at: Moment) -> list[list[Option]]:
        states = (value or {}).get("states", {})
        options = [
            Option(k, f"{_MARKS[states.get(k, NOT_KNOWN)]} {label}") for k, label in self.items
        ]
        rows = [options[i : i + 2] for i in range(0, len(options), 2)]
        return [*rows, [Option("=good", "Còn lại chưa có vấn đề"), Option("=done", "✔️ Xong")]]

    def take(self, user_input: UserInput, value: Any, at: Moment) -> Any:
        states = dict((value or {}).get("states", {}))
        if user_input.option == "=done":
            return {"states": states, "done": True}
        if user_input.option == "=good":
            return {"states": {k: states.get(k) or GOOD for k, _ in self.items}, "done": False}
        if user_input.option not in dict(self.items):
            raise self.refused()
        states[user_input.option] = _NEXT[states.get(user_input.option, NOT_KNOWN)]
        return {"states": states, "done": False}

    def complete(self, value: Any) -> bool:
        return bool(value) and value["done"]

    def show(self, value: Any) -> str:
        states = list(value["states"].values())
        good, trouble = states.count(GOOD), states.count(TROUBLE)
        parts = (
            f"{trouble} có vấn đề" if trouble else "",
            f"{good} chưa có vấn đề" if good else "",
        )
        return ", ".join(part for part in parts if part) or "chưa nắm nội dung nào"


def only_captions(value: Any) -> bool:
    """Whether all the words of a Note came with pictures, and nothing was spoken either."""
    pieces, captions = (value or {}).get("pieces", []), (value or {}).get("captions", [])
    voices = SPOKEN & set((value or {}).get("kinds", {}).values())
    return bool(pieces) and not voices and all(piece[0] in captions for piece in pieces)


def text_of(value: Any) -> str:
    """The words of a Note or Items value, one message a line."""
    return "\n".join(piece[1] for piece in (value or {}).get("pieces", []))
