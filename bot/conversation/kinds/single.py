"""Kinds that one tap or one message answers."""

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from bot.conversation.form import Moment, Option, UserInput
from bot.conversation.kinds.base import Base
from bot.core.errors import Refused
from bot.core.rendering import day as day_text
from bot.core.rendering import day_button, on_button, special, weekday
from bot.core.rendering import number as number_text
from bot.core.rules.calendar import Calendar, local
from storage.folding import fold

_DATE = re.compile(r"^\s*(\d{1,2})\s*[/.\- ]\s*(\d{1,2})(?:\s*[/.\- ]\s*(\d{4}))?\s*$")
_NUMBER = re.compile(r"^\s*(\d{1,3}(?:[. ]\d{3})+|\d+)\s*$")


@dataclass(frozen=True)
class Choice(Base):
    """One of a few, by a tap. The value is the option's key."""

    words_help = False

    items: tuple[tuple[str, str], ...]
    columns: int = 1
    hint: str = "Đề nghị bấm chọn một nút ở dưới."

    def options(self, value: Any, at: Moment) -> list[list[Option]]:
        options = [Option(key, label) for key, label in self.items]
        return [options[i : i + self.columns] for i in range(0, len(options), self.columns)]

    def take(self, user_input: UserInput, value: Any, at: Moment) -> Any:
        if user_input.option in dict(self.items):
            return user_input.option
        words = (user_input.words or "").strip().casefold()
        for key, label in self.items:
            if words and words == label.casefold():
                return key
        raise self.refused()

    def show(self, value: Any) -> str:
        return dict(self.items).get(value, str(value))


_SPOKEN_DAYS = {
    **{"hom nay": 0, "nay": 0, "hom qua": -1, "qua": -1, "hom kia": -2},
    **{"ngay mai": 1, "mai": 1, "ngay kia": 2},
}
_WEEKDAYS = ("hai", "ba", "tu", "nam", "sau", "bay")
_SPOKEN_WEEKDAYS = {
    **{f"thu {name}": day for day, name in enumerate(_WEEKDAYS)},
    **{f"{short}{n}": n - 2 for short in ("thu ", "thu", "t") for n in range(2, 8)},
    **{"chu nhat": 6, "cn": 6},
}


@dataclass(frozen=True)
class Day(Base):
    """A day between so many days back and so many ahead. The value is ISO text."""

    back: int = 0
    ahead: int = 0
    too_far: str = "Chỉ ghi được ngày trong {} ngày gần đây."
    hint: str = "Đề nghị bấm một ngày hoặc gõ ngày/tháng"
    typed: str = "Bấm chọn hoặc gõ ngày/tháng."

    def options(self, value: Any, at: Moment) -> list[list[Option]]:
        today = local(at.now).date()
        near = [today - timedelta(days=n) for n in range(0, min(self.back, 5) + 1)]
        if self.ahead:
            near = [today + timedelta(days=n) for n in range(0, min(self.ahead, 6) + 1)]
        options = [Option(day.isoformat(), self._label(day, today, at.calendar)) for day in near]
        return [options[i : i + 2] for i in range(0, len(options), 2)]

    def take(self, user_input: UserInput, value: Any, at: Moment) -> Any:
        today = local(at.now).date()
        day = self._read(user_input, today)
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

    def _read(self, user_input: UserInput, today: date) -> date:
        try:
            if user_input.option:
                return date.fromisoformat(user_input.option)
            if match := _DATE.match(user_input.words or ""):
                day, month, year = match.groups()
                if year:
                    return date(int(year), int(month), int(day))
                return self._nearest(int(day), int(month), today)
            by_name = self._named(fold(user_input.words or ""), today)
            if by_name is not None:
                return by_name
        except ValueError:
            written = (user_input.words or "").strip()[:12]
            raise Refused(f"Không có ngày {written}. {self.how(today)}") from None
        raise Refused(self.how(today))

    def _named(self, words: str, today: date) -> date | None:
        """hom nay, ngay mai; thu tu: the nearest one that would be taken."""
        if words in _SPOKEN_DAYS:
            return today + timedelta(days=_SPOKEN_DAYS[words])
        if words not in _SPOKEN_WEEKDAYS:
            return None
        near = [
            today + timedelta(days=n) for n in range(-min(self.back, 7), min(self.ahead, 7) + 1)
        ]
        same = [day for day in near if day.weekday() == _SPOKEN_WEEKDAYS[words]]
        return min(same, key=lambda day: abs((day - today).days), default=None)

    def _nearest(self, day: int, month: int, today: date) -> date:
        """Without a year: around New Year the day may lie in the old or the new one."""
        for year in (today.year, today.year - 1, today.year + 1):
            with suppress(ValueError):  # 29/02
                candidate = date(year, month, day)
                if -self.back <= (candidate - today).days <= self.ahead:
                    return candidate
        return date(today.year, month, day)

    def _label(self, day: date, today: date, calendar: Calendar) -> str:
        names = {0: "Hôm nay", -1: "Hôm qua", 1: "Ngày mai"}
        name, mark = names.get((day - today).days), special(day, calendar)
        return (f"{name} ({mark})" if mark else name) if name else day_button(day, calendar)


@dataclass(frozen=True)
class Number(Base):
    """A whole number within bounds; `quick` ones by a tap. `1.234` and `1234` are the same."""

    most: int
    least: int = 0
    quick: tuple[int, ...] = ()

    @property
    def hint(self) -> str:  # type: ignore[override]
        return f"Đề nghị chỉ gõ chữ số, từ {self.least} đến {number_text(self.most)}."

    def options(self, value: Any, at: Moment) -> list[list[Option]]:
        options = [Option(str(n), number_text(n)) for n in self.quick]
        return [options[i : i + 4] for i in range(0, len(options), 4)]

    def take(self, user_input: UserInput, value: Any, at: Moment) -> Any:
        written = user_input.option or user_input.words or ""
        if written.strip() and not user_input.file and not re.search(r"\d", written):
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

    def take(self, user_input: UserInput, value: Any, at: Moment) -> Any:
        match = _MONEY.match(user_input.option or user_input.words or "")
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


ONE_LINE = 254
"""Characters of an answer that one can look over in a field of one line: an e-mail address."""


@dataclass(frozen=True)
class Words(Base):
    """A text of at most `most` characters."""

    most: int = 1000
    hint: str = "Đề nghị gõ nội dung bằng chữ."

    @property
    def several_lines(self) -> bool:
        return self.most > ONE_LINE

    def take(self, user_input: UserInput, value: Any, at: Moment) -> Any:
        words = (user_input.words or "").strip()
        if not words or user_input.file:
            raise self.refused()
        if len(words) > self.most:
            raise Refused(
                f"Nội dung dài {number_text(len(words))} ký tự; bước này nhận nhiều nhất "
                f"{number_text(self.most)}. Đề nghị rút gọn rồi gửi lại."
            )
        return words


@dataclass(frozen=True)
class QuickWords(Words):
    """Words, with the usual ones by a tap."""

    quick: tuple[str, ...] = ()

    def options(self, value: Any, at: Moment) -> list[list[Option]]:
        return [[Option(str(n), words)] for n, words in enumerate(self.quick)]

    def take(self, user_input: UserInput, value: Any, at: Moment) -> Any:
        if user_input.option is None:
            return super().take(user_input, value, at)
        if not user_input.option.isdecimal() or int(user_input.option) >= len(self.quick):
            raise self.refused()
        return self.quick[int(user_input.option)]


@dataclass(frozen=True)
class Location(Base):
    """A shared location, as [latitude, longitude]; it can be faked, so it proves nothing."""

    hint: str = "Đề nghị bấm biểu tượng ghim giấy, chọn “Vị trí” rồi gửi."

    def take(self, user_input: UserInput, value: Any, at: Moment) -> Any:
        if user_input.place is None:
            raise self.refused()
        return list(user_input.place)

    def show(self, value: Any) -> str:
        return "có gửi kèm"  # digits tell nobody anything


@dataclass(frozen=True)
class Picked(Base):
    """A search: words narrow the list, a tap picks. The value: {"query": …, "id": … or None}.

    The options come from the form's `choices`, which ask a service.
    """

    hint: str = "Đề nghị gõ vài chữ trong tên, không cần dấu, rồi bấm chọn."
    nothing: str = "Không tìm thấy tên nào giống “{}”. Đề nghị gõ lại vài chữ khác."

    def take(self, user_input: UserInput, value: Any, at: Moment) -> Any:
        if user_input.option and user_input.option.isdecimal() and len(user_input.option) < 10:
            return {"query": (value or {}).get("query", ""), "id": int(user_input.option)}
        if user_input.words and user_input.words.strip():
            return {"query": user_input.words.strip()[:100], "id": None}
        raise self.refused()

    def complete(self, value: Any) -> bool:
        return bool(value) and value["id"] is not None

    def show(self, value: Any) -> str:
        return f"số {value['id']}"


@dataclass(frozen=True)
class Unlisted(Words):
    """The name of what no list has; what was searched for in another step is taken by a tap."""

    search: str = ""

    def options(self, value: Any, at: Moment) -> list[list[Option]]:
        searched = self._searched(at)
        return [[Option("searched", on_button(searched))]] if searched else []

    def take(self, user_input: UserInput, value: Any, at: Moment) -> Any:
        if user_input.option == "searched" and (searched := self._searched(at)):
            return searched[: self.most]
        return super().take(user_input, value, at)

    def _searched(self, at: Moment) -> str:
        return str((at.answers.get(self.search) or {}).get("query") or "")


@dataclass(frozen=True)
class OneOf(Base):
    """One of the options that the form's `choices` found; nothing else answers it."""

    hint: str = "Đồng chí bấm chọn một nút ở dưới."
    taps_only: bool = True

    def take(self, user_input: UserInput, value: Any, at: Moment) -> Any:
        if user_input.option is None or not user_input.option.isdecimal():
            raise self.refused()
        return int(user_input.option)
