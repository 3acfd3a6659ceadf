"""The kinds of steps: what each offers, accepts and shows."""

import re
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from bot.errors import Refused
from bot.forms.form import Given, Moment, Option
from bot.messages.render import capital, weekday
from bot.messages.render import day as day_text
from bot.messages.render import number as number_text
from bot.rules.calendar import local

_DATE = re.compile(r"^\s*(\d{1,2})\s*[/.\- ]\s*(\d{1,2})(?:\s*[/.\- ]\s*(\d{4}))?\s*$")
_NUMBER = re.compile(r"^\s*(\d{1,3}(?:[. ]\d{3})+|\d+)\s*$")
MAX_PIECES = 40


class Base:
    """Answered by a value that is not None; nothing to press."""

    hint = ""
    takes_files = False
    taps_only = False

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


@dataclass(frozen=True)
class Choice(Base):
    """One of a few, by a tap. The value is the option's key."""

    items: tuple[tuple[str, str], ...]
    columns: int = 1
    hint: str = "Đề nghị bấm chọn một nút trên thẻ."

    def options(self, value: Any, at: Moment) -> list[list[Option]]:
        found = [Option(key, label) for key, label in self.items]
        return [found[i : i + self.columns] for i in range(0, len(found), self.columns)]

    def take(self, given: Given, value: Any, at: Moment) -> Any:
        if given.option in dict(self.items):
            return given.option
        words = (given.words or "").strip().casefold()
        for key, label in self.items:
            if words and words == label.casefold():
                return key
        raise self.refused()

    def show(self, value: Any) -> str:
        return dict(self.items).get(value, str(value))


@dataclass(frozen=True)
class Day(Base):
    """A day between so many days back and so many ahead. The value is ISO text."""

    back: int = 0
    ahead: int = 0
    too_far: str = "Chỉ ghi được ngày trong {} ngày gần đây."
    hint: str = "Đề nghị bấm một ngày hoặc gõ ngày/tháng"

    def options(self, value: Any, at: Moment) -> list[list[Option]]:
        today = local(at.now).date()
        near = [today - timedelta(days=n) for n in range(0, min(self.back, 5) + 1)]
        if self.ahead:
            near = [today + timedelta(days=n) for n in range(0, min(self.ahead, 6) + 1)]
        found = [Option(day.isoformat(), self._label(day, today)) for day in near]
        return [found[i : i + 2] for i in range(0, len(found), 2)]

    def take(self, given: Given, value: Any, at: Moment) -> Any:
        today = local(at.now).date()
        day = self._read(given, today)
        if day > today + timedelta(days=self.ahead):
            raise Refused(f"Ngày {day_text(day)} chưa tới. {self.how(today)}")
        if day < today - timedelta(days=self.back):
            past = f"Ngày {day_text(day)} đã qua. {self.how(today)}"
            raise Refused(self.too_far.format(self.back) if self.back else past)
        return day.isoformat()

    def show(self, value: Any) -> str:
        return weekday(date.fromisoformat(value))

    def how(self, today: date) -> str:
        """What to do, with a day that would be taken unless the hint has its own example."""
        if self.hint.endswith("."):
            return self.hint
        example = today - timedelta(days=min(self.back, 1)) + timedelta(days=min(self.ahead, 1))
        return f"{self.hint}, ví dụ {example:%d/%m}."

    def _read(self, given: Given, today: date) -> date:
        try:
            if given.option:
                return date.fromisoformat(given.option)
            if match := _DATE.match(given.words or ""):
                day, month, year = match.groups()
                if year:
                    return date(int(year), int(month), int(day))
                return self._nearest(int(day), int(month), today)
        except ValueError:
            written = (given.words or "").strip()[:12]
            raise Refused(f"Không có ngày {written}. {self.how(today)}") from None
        raise Refused(self.how(today))

    def _nearest(self, day: int, month: int, today: date) -> date:
        """Without a year: around New Year the day may lie in the old or the new one."""
        for year in (today.year, today.year - 1, today.year + 1):
            with suppress(ValueError):  # 29/02
                found = date(year, month, day)
                if -self.back <= (found - today).days <= self.ahead:
                    return found
        return date(today.year, month, day)

    def _label(self, day: date, today: date) -> str:
        names = {0: "Hôm nay", -1: "Hôm qua", 1: "Ngày mai"}
        return names.get((day - today).days, capital(weekday(day)))


@dataclass(frozen=True)
class Number(Base):
    """A whole number within bounds; `quick` ones by a tap. `1.234` and `1234` are the same."""

    most: int
    least: int = 0
    quick: tuple[int, ...] = ()

    @property
    def hint(self) -> str:  # type: ignore[override]
        return f"Đề nghị nhập một số từ {self.least} đến {number_text(self.most)}."

    def options(self, value: Any, at: Moment) -> list[list[Option]]:
        found = [Option(str(n), number_text(n)) for n in self.quick]
        return [found[i : i + 4] for i in range(0, len(found), 4)]

    def take(self, given: Given, value: Any, at: Moment) -> Any:
        written = given.option or given.words or ""
        if written.strip() and not given.file and not re.search(r"\d", written):
            raise Refused("Đề nghị ghi bằng chữ số, ví dụ 10.")
        match = _NUMBER.match(written)
        if not match:
            raise Refused(self.hint)
        number = int(re.sub(r"[. ]", "", match.group(1)))
        if not self.least <= number <= self.most:
            raise Refused(self.hint)
        return number

    def show(self, value: Any) -> str:
        return number_text(value)


_MONEY = re.compile(
    r"^\s*(?:khoảng|gần|hơn)?\s*"
    r"(?:(\d{1,4})(?:[,.](\d{1,3}))?\s*(?:triệu|tr)\s*(\d{1,3})?|(\d{1,3}(?:[., ]\d{3})+|\d+))"
    r"\s*(?:đồng|đ|vnđ|vnd)?(?:\s*/?\s*(?:một\s+)?tháng)?\s*\.?\s*$",
    re.IGNORECASE,
)
_THOUSAND, _MILLION = 1_000, 1_000_000


@dataclass(frozen=True)
class Money(Number):
    """Đồng a month, as people write it: 7.500.000, 7500000đ, 7,5 triệu, 7 triệu 5."""

    @property
    def hint(self) -> str:  # type: ignore[override]
        return "Đề nghị ghi số tiền, ví dụ 7.500.000 (đồng/tháng)."

    def take(self, given: Given, value: Any, at: Moment) -> Any:
        match = _MONEY.match(given.option or given.words or "")
        if not match:
            raise Refused(self.hint)
        millions, part, rest, plain = match.groups()
        if plain:
            dong = int(re.sub(r"\D", "", plain))
        elif part and rest:
            raise Refused(self.hint)
        else:
            dong = int(millions) * _MILLION + int((part or rest or "0").ljust(3, "0")) * _THOUSAND
        if not self.least <= dong <= self.most:
            raise Refused(self.hint)
        return dong


@dataclass(frozen=True)
class Words(Base):
    """A text of at most `most` characters."""

    most: int = 1000
    hint: str = "Đề nghị gõ nội dung bằng chữ."

    def take(self, given: Given, value: Any, at: Moment) -> Any:
        words = (given.words or "").strip()
        if not words or given.file:
            raise self.refused()
        if len(words) > self.most:
            raise Refused(
                f"Nội dung dài {number_text(len(words))} ký tự; bước này nhận nhiều nhất "
                f"{number_text(self.most)}. Đề nghị rút gọn rồi gửi lại."
            )
        return words


@dataclass(frozen=True)
class Reason(Words):
    """Words, with the usual ones by a tap."""

    quick: tuple[str, ...] = ()

    def options(self, value: Any, at: Moment) -> list[list[Option]]:
        return [[Option(str(n), words)] for n, words in enumerate(self.quick)]

    def take(self, given: Given, value: Any, at: Moment) -> Any:
        if given.option is None:
            return super().take(given, value, at)
        if not given.option.isdecimal() or int(given.option) >= len(self.quick):
            raise self.refused()
        return self.quick[int(given.option)]


@dataclass(frozen=True)
class Note(Base):
    """Words, voice or pictures, in as many messages as it takes.

    The value: {"pieces": [[message id, words], …], "files": [stored file ids], "kinds": {…}}, the
    last naming what kind each file is, where there are any. An edited message replaces its piece.
    """

    hint: str = "Đề nghị gõ chữ, gửi tin thoại hoặc ảnh."
    takes_files = True

    def take(self, given: Given, value: Any, at: Moment) -> Any:
        words = (given.words or "").strip()
        if not words and given.file_id is None:
            raise self.refused()
        before = value or {"pieces": [], "files": []}
        pieces = [piece for piece in before["pieces"] if piece[0] != given.message_id]
        if words:
            pieces = sorted([*pieces, [given.message_id or 0, words]])
        files = list(dict.fromkeys([*before["files"], *([given.file_id] if given.file_id else [])]))
        if len(pieces) + len(files) > MAX_PIECES:
            raise Refused(f"Mỗi báo cáo nhận nhiều nhất {MAX_PIECES} tin và tệp.")
        kinds = dict(before.get("kinds", {}))
        if given.file and given.file_id:
            kinds[str(given.file_id)] = given.file.kind
        return {"pieces": pieces, "files": files, **({"kinds": kinds} if kinds else {})}

    def complete(self, value: Any) -> bool:
        return bool(value) and bool(value["pieces"] or value["files"])

    def show(self, value: Any) -> str:
        kinds = value.get("kinds", {})
        files = counted([kinds.get(str(file), "") for file in value["files"]])
        said = text_of(value)
        return "\n".join(part for part in (said, f"({files})" if said and files else files) if part)


@dataclass(frozen=True)
class Items(Base):
    """A list, one message an item, until "Xong". The value: {"pieces": […], "done": bool}."""

    hint: str = "Mỗi tin nhắn là một mục; xong thì bấm “Xong”."

    def options(self, value: Any, at: Moment) -> list[list[Option]]:
        return [[Option("done", "✔️ Xong")]] if value and value["pieces"] else []

    def take(self, given: Given, value: Any, at: Moment) -> Any:
        before = value or {"pieces": [], "done": False}
        if given.option == "done" and before["pieces"]:
            return {**before, "done": True}
        words = (given.words or "").strip()
        if not words:
            raise self.refused()
        pieces = [piece for piece in before["pieces"] if piece[0] != given.message_id]
        if len(pieces) >= MAX_PIECES:
            raise Refused(f"Mỗi báo cáo nhận nhiều nhất {MAX_PIECES} mục.")
        return {"pieces": sorted([*pieces, [given.message_id or 0, words]]), "done": False}

    def complete(self, value: Any) -> bool:
        return bool(value) and value["done"]

    def show(self, value: Any) -> str:
        return "\n".join(f"{n}. {piece[1]}" for n, piece in enumerate(value["pieces"], 1))


FILE_NAMES = {"photo": "ảnh", "voice": "tin thoại"}


def counted(kinds: Sequence[str]) -> str:
    """2 ảnh, 1 tin thoại; what is neither is a "tệp"."""
    named = Counter(FILE_NAMES.get(kind, "tệp") for kind in kinds)
    return ", ".join(
        f"{named[name]} {name}" for name in (*FILE_NAMES.values(), "tệp") if named[name]
    )


NOT_KNOWN, GOOD, TROUBLE = "", "good", "trouble"
_MARKS = {NOT_KNOWN: "▫️", GOOD: "✅", TROUBLE: "⚠️"}
_NEXT = {NOT_KNOWN: GOOD, GOOD: TROUBLE, TROUBLE: NOT_KNOWN}


@dataclass(frozen=True)
class Checklist(Base):
    """Toggles on one card: chưa nắm → tốt → có vấn đề. {"states": {…}, "done": bool}."""

    items: tuple[tuple[str, str], ...]
    hint: str = "Bấm vào từng nội dung để đánh dấu, rồi bấm “Xong”."

    def options(self, value: Any, at: Moment) -> list[list[Option]]:
        states = (value or {}).get("states", {})
        found = [
            Option(k, f"{_MARKS[states.get(k, NOT_KNOWN)]} {label}") for k, label in self.items
        ]
        rows = [found[i : i + 2] for i in range(0, len(found), 2)]
        return [*rows, [Option("=good", "Còn lại đều tốt"), Option("=done", "✔️ Xong")]]

    def take(self, given: Given, value: Any, at: Moment) -> Any:
        states = dict((value or {}).get("states", {}))
        if given.option == "=done":
            return {"states": states, "done": True}
        if given.option == "=good":
            return {"states": {k: states.get(k) or GOOD for k, _ in self.items}, "done": False}
        if given.option not in dict(self.items):
            raise self.refused()
        states[given.option] = _NEXT[states.get(given.option, NOT_KNOWN)]
        return {"states": states, "done": False}

    def complete(self, value: Any) -> bool:
        return bool(value) and value["done"]

    def show(self, value: Any) -> str:
        states = list(value["states"].values())
        good, trouble = states.count(GOOD), states.count(TROUBLE)
        parts = (f"{good} tốt" if good else "", f"{trouble} có vấn đề" if trouble else "")
        return ", ".join(part for part in parts if part) or "chưa nắm nội dung nào"


@dataclass(frozen=True)
class Place(Base):
    """A shared location, as [latitude, longitude]; it can be faked, so it proves nothing."""

    hint: str = "Đề nghị bấm biểu tượng ghim giấy, chọn “Vị trí” rồi gửi."

    def take(self, given: Given, value: Any, at: Moment) -> Any:
        if given.place is None:
            raise self.refused()
        return list(given.place)

    def show(self, value: Any) -> str:
        return "có gửi kèm"  # digits tell nobody anything


@dataclass(frozen=True)
class Picked(Base):
    """A search: words narrow the list, a tap picks. The value: {"query": …, "id": … or None}.

    The options come from the form's `choices`, which ask a service.
    """

    hint: str = "Đề nghị gõ vài chữ trong tên, không cần dấu, rồi bấm chọn."
    nothing: str = "Không tìm thấy tên nào giống “{}”. Đề nghị gõ lại vài chữ khác."

    def take(self, given: Given, value: Any, at: Moment) -> Any:
        if given.option and given.option.isdecimal() and len(given.option) < 10:
            return {"query": (value or {}).get("query", ""), "id": int(given.option)}
        if given.words and given.words.strip():
            return {"query": given.words.strip()[:100], "id": None}
        raise self.refused()

    def complete(self, value: Any) -> bool:
        return bool(value) and value["id"] is not None

    def show(self, value: Any) -> str:
        return f"số {value['id']}"


def text_of(value: Any) -> str:
    """The words of a Note or Items value, one message a line."""
    return "\n".join(piece[1] for piece in (value or {}).get("pieces", []))
