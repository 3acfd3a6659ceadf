"""Kết quả hoạt động in a report of a visit: as an answer, in the report's column, in words."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from bot.conversation.form import Moment, Option, UserInput
from bot.conversation.kinds import Base
from bot.core.errors import Refused
from bot.core.rendering import capital, day, number
from bot.core.rules.calendar import local
from bot.visits.rules.results import IN_USE, AnswerSort, Measure, ResultKind, Stated, amount

MOST = 20
LONGEST_BACK, LONGEST_AHEAD = 6, 6  # years
_DATE = re.compile(r"^\D*(\d{1,2})\s*[/.\- ]\s*(\d{1,2})(?:\s*[/.\- ]\s*(\d{4}|\d{2}))?\s*$")
ADD, DONE, NOT_SAID = "add", "done", "none"


def words_of(result: Stated) -> str:
    """On a card and in a table: "Chăm lo: 25 người được chăm lo, 12.500.000 đồng"."""
    kind = IN_USE.get(result["kind"])
    if kind is None:  # of an older file
        return ", ".join((result["kind"], *(str(value) for value in result["values"].values())))
    values = result["values"]
    parts = [
        _value_words(measure, values[measure.key])
        for measure in kind.measures
        if measure.key in values
    ]
    return f"{kind.label}: {', '.join(parts)}" if parts else kind.label


def _value_words(measure: Measure, value: Any) -> str:
    match measure.kind:
        case AnswerSort.DAY:
            return f"{measure.words} {day(date.fromisoformat(value))}"
        case AnswerSort.CHOICE:
            label = dict(measure.choices).get(value, value)
            return label[:1].lower() + label[1:]
        case AnswerSort.MONEY:
            return f"{measure.words} {number(value)} {measure.unit}"
    return f"{number(value)} {measure.words}"


def stated_of(answer: Any) -> list[dict[str, Any]]:
    """A report's column from the form's answer; what is still being asked is left out."""
    return [
        {"kind": piece["kind"], "values": _answered(piece)}
        for piece in _pieces(answer)
        if _open_measure(piece) is None
    ]


def _answered(piece: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in piece["values"].items() if value is not None}


def answer_of(column: Sequence[Stated]) -> dict[str, Any]:
    """The form's answer that a column was filled from; what was left open stays so."""
    pieces = []
    for result in column:
        kind = IN_USE.get(result["kind"])
        keys = [measure.key for measure in kind.measures] if kind else []
        open_ = dict.fromkeys(keys)
        pieces.append({"kind": result["kind"], "values": {**open_, **result["values"]}, "by": {}})
    return {"pieces": pieces, "done": True}


def _pieces(answer: Any) -> list[dict[str, Any]]:
    return list((answer or {}).get("pieces", []))


def _open_measure(piece: Mapping[str, Any]) -> Measure | None:
    """What of the result has not been asked yet."""
    kind = IN_USE.get(piece["kind"])
    measures = kind.measures if kind else ()
    return next((m for m in measures if m.key not in piece["values"]), None)


class Results(Base):
    """Results, each chosen by a tap and then asked about in a few short questions; until "Xong".

    The value: {"pieces": [{"kind", "values": {measure: value or None}, "by": {measure: message}},
    …], "done": bool}; the last piece may still lack measures.
    """

    hint = "Đề nghị bấm chọn một loại kết quả ở dưới."

    def asks(self, value: Any) -> str:
        pieces = _pieces(value)
        if not pieces:
            return ""
        measure = _open_measure(pieces[-1])
        if measure is None:
            return "Còn kết quả nào nữa? Bấm chọn; hết thì bấm “Xong”."
        kind = IN_USE.get(pieces[-1]["kind"])
        return f"{kind.label}: {measure.ask}" if kind else measure.ask

    def earlier(self, value: Any) -> Any:
        pieces = _pieces(value)
        if not pieces or _open_measure(pieces[-1]) is None:
            return None
        values = dict(pieces[-1]["values"])
        if not values:
            del pieces[-1]
        else:
            values.popitem()
            pieces[-1] = {**pieces[-1], "values": values}
        return {"pieces": pieces, "done": False}

    def options(self, value: Any, at: Moment) -> list[list[Option]]:
        pieces = _pieces(value)
        if pieces and (measure := _open_measure(pieces[-1])):
            return _answers(measure)
        kinds = [Option(f"{ADD}.{kind.key}", kind.label) for kind in IN_USE.all()]
        drop = [Option(f"drop.{n}", f"🗑 Bỏ kết quả {n}") for n in range(1, len(pieces) + 1)]
        rows = [some[i : i + 2] for some in (kinds, drop) for i in range(0, len(some), 2)]
        return [*rows, [Option(DONE, "✔️ Xong")]] if pieces else rows

    def take(self, user_input: UserInput, value: Any, at: Moment) -> Any:
        pieces = _pieces(value)
        option = user_input.option or ""
        if user_input.file:
            raise self.refused()
        if not option and (corrected := self._corrected(pieces, user_input, at)):
            return {"pieces": corrected, "done": False}
        if pieces and (measure := _open_measure(pieces[-1])):
            pieces[-1] = _with(pieces[-1], measure, user_input, at)
        elif option == DONE and pieces:
            return {"pieces": pieces, "done": True}
        elif option in {f"drop.{n}" for n in range(1, len(pieces) + 1)}:
            del pieces[int(option.removeprefix("drop.")) - 1]
        else:
            pieces.append({"kind": self._chosen(user_input).key, "values": {}, "by": {}})
            if len(pieces) > MOST:
                raise Refused(f"Mỗi báo cáo nhận nhiều nhất {MOST} kết quả.")
        return {"pieces": pieces, "done": False}

    def complete(self, value: Any) -> bool:
        return bool(value) and value["done"]

    def show(self, value: Any) -> str:
        lines = [
            words_of({"kind": piece["kind"], "values": _answered(piece)})
            for piece in _pieces(value)
        ]
        return "\n".join(f"{n}. {line}" for n, line in enumerate(lines, 1))

    def _chosen(self, user_input: UserInput) -> ResultKind:
        words = (user_input.words or "").strip().casefold()
        for kind in IN_USE.all():
            if user_input.option == f"{ADD}.{kind.key}" or words == kind.label.casefold():
                return kind
        raise self.refused()

    def _corrected(
        self, pieces: Sequence[dict[str, Any]], user_input: UserInput, at: Moment
    ) -> list[dict[str, Any]]:
        """The results with what an edited message says now; none where it is a new message."""
        for place, piece in enumerate(pieces):
            for key, message_id in piece["by"].items():
                kind = IN_USE.get(piece["kind"])
                measure = kind.measure(key) if kind else None
                if measure and message_id and message_id == user_input.message_id:
                    return [
                        *pieces[:place],
                        _with(piece, measure, user_input, at),
                        *pieces[place + 1 :],
                    ]
        return []


def _answers(measure: Measure) -> list[list[Option]]:
    options = [Option(f"is.{key}", label) for key, label in measure.choices]
    rows = [options[i : i + 2] for i in range(0, len(options), 2)]
    return [*rows, [Option(NOT_SAID, "Chưa rõ, bỏ qua")]] if measure.optional else rows


def _with(
    piece: Mapping[str, Any], measure: Measure, user_input: UserInput, at: Moment
) -> dict[str, Any]:
    """The result with this answer. Raises Refused, saying what is taken."""
    skipped = user_input.option == NOT_SAID and measure.optional
    value = None if skipped else _value(measure, user_input, piece["values"], at)
    return {
        **piece,
        "values": {**piece["values"], measure.key: value},
        "by": {**piece["by"], measure.key: user_input.message_id},
    }


def _value(
    measure: Measure, user_input: UserInput, values: Mapping[str, Any], at: Moment
) -> int | str:
    words = (user_input.words or "").strip()
    if measure.kind is AnswerSort.CHOICE:
        return _choice(measure, user_input.option or "", words)
    if measure.kind is AnswerSort.DAY:
        return _day(measure, words, values, at).isoformat()
    return _amount(measure, words)


def _choice(measure: Measure, option: str, words: str) -> str:
    for key, label in measure.choices:
        if option == f"is.{key}" or (words and words.casefold() == label.casefold()):
            return key
    raise Refused("Đề nghị bấm chọn một nút ở dưới.")


def _amount(measure: Measure, words: str) -> int:
    least, most = measure.bounds
    value = amount(words)
    money = measure.kind is AnswerSort.MONEY
    if value is None:
        example = "2.500.000 hoặc 2,5 triệu" if money else "25"
        raise Refused(f"Đề nghị ghi rõ bằng chữ số, ví dụ {example}.")
    if money and value < least:
        raise Refused(
            f"{number(value)} đồng thì ít quá. Đề nghị ghi rõ, ví dụ 500 nghìn hoặc 2 triệu."
        )
    if not least <= value <= most:
        unit = "đồng" if money else measure.unit
        bounds = f"từ {number(least)} đến {number(most)} {unit}".strip()
        raise Refused(f"Đồng chí vừa ghi {number(value)}. Bước này nhận {bounds}.")
    return value


def _day(measure: Measure, words: str, values: Mapping[str, Any], at: Moment) -> date:
    """A day as it is written; without a year it is one of this year. `after`: it has passed, else
    it is the day that this one must follow."""
    today = local(at.now).date()
    match = _DATE.match(words)
    if match is None:
        raise Refused("Đề nghị gõ ngày/tháng/năm, ví dụ 15/06/2026.")
    month, year = int(match[2]), int(match[3] or today.year)
    try:
        written = date(year + 2000 if year < 100 else year, month, int(match[1]))
    except ValueError:
        raise Refused(
            f"Không có ngày {words[:12]}. Đề nghị gõ ngày/tháng/năm, ví dụ 15/06/2026."
        ) from None
    if not measure.after:
        if written > today:
            raise Refused(f"Ngày {day(written)} chưa tới. Đề nghị xem lại.")
        if written.year < today.year - LONGEST_BACK:
            raise Refused(f"Ngày {day(written)} đã lâu quá. Đề nghị xem lại năm.")
        return written
    before = values.get(measure.after)
    if before and written <= date.fromisoformat(before):
        raise Refused(f"Ngày này phải sau ngày {day(date.fromisoformat(before))}. Đề nghị xem lại.")
    first = date.fromisoformat(before) if before else today
    most = measure.most_years or LONGEST_AHEAD
    if (written.year - most, written.month, written.day) > (first.year, first.month, first.day):
        raise Refused(f"Ngày {day(written)} cách quá {most} năm. Đề nghị xem lại năm.")
    return written


def listed(column: Sequence[Stated]) -> list[str]:
    """A line for each result of a report."""
    return [capital(words_of(result)) for result in column]
