"""What both sides of a visit agreed that somebody does: as an answer, in a report, in words."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from bot.conversation.form import Moment, Option, UserInput
from bot.conversation.kinds import Base, Day
from bot.core.errors import Refused
from bot.core.rendering import capital, day, weekday
from bot.core.rules.calendar import local
from bot.core.rules.official_names import official_name

ENTERPRISE, SITE_UNION, UNION = "doanh nghiệp", "BCH CĐCS", "công đoàn cấp trên"
WHO = (ENTERPRISE, SITE_UNION, UNION)
"""Who does most of what is agreed; anybody else by name. `UNION` is what an officer taps: what is
kept is the name of the union above the site.
"""
IN_PAPERS = {SITE_UNION: "Ban Chấp hành công đoàn cơ sở"}
AHEAD = (3, 7, 14, 30)  # days, by a tap
LONGEST_AHEAD = 300  # days: a day of last month is not taken for one of next year
MOST, MOST_WORDS, MOST_NAME = 20, 500, 100
_UNTIL = Day(ahead=LONGEST_AHEAD)


@dataclass(frozen=True)
class Agreement:
    """`until`: the last day, None where none was agreed. `who` may be empty in older reports."""

    what: str
    who: str = ""
    until: date | None = None

    @property
    def words(self) -> str:
        """On a card and in a table."""
        return self._words(self.who)

    @property
    def paper_words(self) -> str:
        """In a paper: nothing is abbreviated."""
        return self._words(IN_PAPERS.get(self.who) or official_name(self.who))

    def _words(self, who: str) -> str:
        parts = [f"{who} thực hiện" if who else ""]
        parts += [f"chậm nhất ngày {day(self.until)}" if self.until else ""]
        details = ", ".join(part for part in parts if part)
        return f"{self.what} ({details})" if details else self.what


def agreements_of(column: Sequence[Any]) -> list[Agreement]:
    """From a report's column; older reports have plain words there."""
    return [
        Agreement(entry)
        if isinstance(entry, str)
        else Agreement(
            entry["what"],
            entry["who"],
            date.fromisoformat(entry["until"]) if entry["until"] else None,
        )
        for entry in column
    ]


def column_of(answer: Any) -> list[dict[str, str]]:
    """A report's column from the form's answer. Of the same words twice the last one counts."""
    entries = {
        piece["what"]: {key: piece[key] or "" for key in ("what", "who", "until")}
        for piece in pieces_of(answer)
    }
    return list(entries.values())


def naming(column: Sequence[Any], union: str) -> list[Any]:
    """A report's column with the union above the site called by its name."""
    return [
        {**entry, "who": union} if isinstance(entry, dict) and entry["who"] == UNION else entry
        for entry in column
    ]


def answer_of(column: Sequence[Any]) -> dict[str, Any]:
    """The form's answer that a column was filled from."""
    pieces = [
        _piece(a.what, who=a.who, until=a.until.isoformat() if a.until else "")
        for a in agreements_of(column)
    ]
    return {"pieces": pieces, "done": True}


def pieces_of(answer: Any) -> list[dict[str, Any]]:
    """The tasks of an answer; a draft of an earlier version has [message id, words] for each."""
    return [
        piece if isinstance(piece, dict) else _piece(piece[1], piece[0], who="", until="")
        for piece in (answer or {}).get("pieces", [])
    ]


def _piece(
    what: str, message_id: int | None = None, *, who: str | None = None, until: str | None = None
) -> dict[str, Any]:
    """None: not asked yet. `by`: which message said what, so that editing it corrects that."""
    return {"what": what, "who": who, "until": until, "by": {"what": message_id}}


@dataclass(frozen=True)
class AgreedTasks(Base):
    """Tasks, each in three short questions: what, who, by when; until "Xong".

    The value: {"pieces": [{"what", "who", "until": ISO day or "", "by"}, …], "done": bool}; the
    last piece may still lack its `who` and `until`.
    """

    hint: str = "Đề nghị gõ nội dung việc đã thống nhất."

    def asks(self, value: Any) -> str:
        pieces = pieces_of(value)
        match _open_part(pieces):
            case "who":
                return "Ai thực hiện việc này? Bấm chọn hoặc gõ tên."
            case "until":
                return "Chậm nhất đến ngày nào? Bấm chọn hoặc gõ ngày/tháng."
        return "Việc tiếp theo? Hết việc thì bấm “Xong”." if pieces else ""

    def earlier(self, value: Any) -> Any:
        pieces = pieces_of(value)
        match _open_part(pieces):
            case "until":
                pieces[-1] = {**pieces[-1], "who": None}
            case "who":
                del pieces[-1]
            case _:
                return None
        return {"pieces": pieces, "done": False}

    def options(self, value: Any, at: Moment) -> list[list[Option]]:
        pieces = pieces_of(value)
        match _open_part(pieces):
            case "who":
                return [[Option(str(n), capital(who))] for n, who in enumerate(WHO)]
            case "until":
                today = local(at.now).date()
                ahead = [today + timedelta(days=days) for days in AHEAD]
                rows = [Option(d.isoformat(), capital(weekday(d))) for d in ahead]
                return [rows[:2], rows[2:], [Option("none", "Chưa hẹn ngày")]]
        drop = [Option(f"drop.{n}", f"🗑 Bỏ việc {n}") for n in range(1, len(pieces) + 1)]
        rows_of_two = [drop[i : i + 2] for i in range(0, len(drop), 2)]
        return [*rows_of_two, [Option("done", "✔️ Xong")]] if pieces else []

    def take(self, user_input: UserInput, value: Any, at: Moment) -> Any:
        pieces = pieces_of(value)
        part = _open_part(pieces)
        if user_input.file:
            raise self.refused()
        for number, piece in enumerate(pieces):  # an edited message corrects what it said
            for edited_part, message_id in piece["by"].items():
                if message_id and message_id == user_input.message_id:
                    pieces[number] = self._with(piece, edited_part, user_input, at)
                    return {"pieces": pieces, "done": False}
        if part:
            pieces[-1] = self._with(pieces[-1], part, user_input, at)
        elif user_input.option == "done" and pieces:
            return {"pieces": pieces, "done": True}
        elif user_input.option in {f"drop.{n}" for n in range(1, len(pieces) + 1)}:
            del pieces[int(user_input.option.removeprefix("drop.")) - 1]
        else:
            if len(pieces) >= MOST:
                raise Refused(f"Mỗi báo cáo nhận nhiều nhất {MOST} việc.")
            pieces.append(self._with(_piece(""), "what", user_input, at))
        return {"pieces": pieces, "done": False}

    def complete(self, value: Any) -> bool:
        return bool(value) and value["done"]

    def show(self, value: Any) -> str:
        agreed = agreements_of(column_of(value))
        return "\n".join(f"{n}. {agreement.words}" for n, agreement in enumerate(agreed, 1))

    def _with(
        self, piece: dict[str, Any], part: str, user_input: UserInput, at: Moment
    ) -> dict[str, Any]:
        """The piece with what was just said of it. Raises Refused."""
        words = (user_input.words or "").strip()
        if part == "until":
            none = user_input.option == "none"
            answer = "" if none else _UNTIL.take(replace(user_input, file=None), None, at)
        elif part == "who":
            by_tap = {str(n): who for n, who in enumerate(WHO)}
            answer = by_tap.get(user_input.option or "") or self._short(words, MOST_NAME)
        else:
            answer = self._short(words, MOST_WORDS)
        return {**piece, part: answer, "by": {**piece["by"], part: user_input.message_id}}

    def _short(self, words: str, most: int) -> str:
        if not words:
            raise self.refused()
        if len(words) > most:
            raise Refused(f"Nội dung nhận nhiều nhất {most} ký tự. Đề nghị rút gọn rồi gửi lại.")
        return words


def _open_part(pieces: Sequence[dict[str, Any]]) -> str:
    """What of the last task has not been said yet."""
    last = pieces[-1] if pieces else {}
    return next((part for part in ("who", "until") if part in last and last[part] is None), "")
