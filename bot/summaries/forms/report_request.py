"""A report asked for on the spot: of whom, by when, with which questions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.conversation.form import Answers, Form, Moment, Option, Step, UserInput
from bot.conversation.kinds import Base, Choice, Picked, Words
from bot.core import messages
from bot.core.card import Card
from bot.core.context import Context
from bot.core.errors import Refused
from bot.core.rendering import on_button
from bot.core.rules.permissions import Actor
from bot.core.work import Work
from bot.summaries.cards import obligations
from bot.summaries.forms.obligation import DueDay
from bot.summaries.rules.summaries import QuestionKind
from bot.summaries.services import requests
from bot.summaries.services.requests import MOST_QUESTIONS, NewRequest, Question
from storage.models import Draft

SHOWN_UNITS = 20  # units on one card; the others are found by their names
LONGEST_QUESTION = 300
_DONE, _ALL = "=done", "=all"
_KINDS = {
    QuestionKind.WORDS: "chữ",
    QuestionKind.NUMBER: "số",
    QuestionKind.YES_NO: "có–không",
}


@dataclass(frozen=True)
class PickedMany(Picked):
    """Taps mark, words narrow the list: {"query": …, "ids": […], "id": None or "done"}."""

    hint: str = "Đề nghị bấm chọn từng đơn vị hoặc gõ vài chữ trong tên, rồi bấm “Xong”."

    def options(self, value: Any, at: Moment) -> list[list[Option]]:
        ids, query = (value or {}).get("ids", []), (value or {}).get("query")
        done = [[Option(_DONE, f"✔️ Xong ({len(ids)} đơn vị)")]] if ids else []
        return [*done, [Option(_ALL, "📋 Hiện cả danh sách")]] if query else done

    def take(self, user_input: UserInput, value: Any, at: Moment) -> Any:
        before = {"query": "", "ids": [], "id": None, **(value or {})}
        if user_input.option == _DONE and before["ids"]:
            return {**before, "id": "done", "query": ""}
        if user_input.option == _ALL:
            return {**before, "query": "", "id": None}
        if user_input.option and user_input.option.isdecimal() and len(user_input.option) < 10:
            key, ids = int(user_input.option), list(before["ids"])
            remaining = [unit_id for unit_id in ids if unit_id != key]
            return {**before, "ids": remaining if key in ids else [*ids, key], "id": None}
        words = (user_input.words or "").strip()
        if not words or user_input.file:
            raise self.refused()
        return {**before, "query": words[:100], "id": None}

    def show(self, value: Any) -> str:
        return f"{len(value['ids'])} đơn vị"


@dataclass(frozen=True)
class Questions(Base):
    """One message a question, then how it is answered, by a tap; words unless said otherwise.

    The value: {"pieces": [[message id, question, kind], …], "done": bool}.
    """

    hint: str = "Gõ từng câu hỏi một; xong thì bấm “Xong”."

    @property
    def several_lines(self) -> bool:
        return True

    def options(self, value: Any, at: Moment) -> list[list[Option]]:
        pieces = (value or {}).get("pieces", [])
        if not pieces:
            return []
        last = pieces[-1][2]
        kinds = [
            Option(f"k.{kind}", f"{'● ' if kind == last else ''}{words}")
            for kind, words in _KINDS.items()
        ]
        return [kinds, [Option("=drop", f"🗑 Bỏ câu {len(pieces)}"), Option(_DONE, "✔️ Xong")]]

    def take(self, user_input: UserInput, value: Any, at: Moment) -> Any:
        pieces = [list(piece) for piece in (value or {}).get("pieces", [])]
        if user_input.option is not None:
            return self._pressed(user_input.option, pieces)
        words = (user_input.words or "").strip()
        if not words or user_input.file:
            raise self.refused()
        if len(words) > LONGEST_QUESTION:
            raise Refused(f"Mỗi câu hỏi nhiều nhất {LONGEST_QUESTION} ký tự. Đề nghị rút gọn.")
        edited = [
            piece for piece in pieces if user_input.message_id and piece[0] == user_input.message_id
        ]
        if edited:
            edited[0][1] = words
        elif len(pieces) >= MOST_QUESTIONS:
            raise Refused(messages.QUESTIONS_OUT_OF_RANGE.format(most=MOST_QUESTIONS))
        else:
            pieces.append([user_input.message_id or 0, words, QuestionKind.WORDS.value])
        return {"pieces": pieces, "done": False}

    def _pressed(self, option: str, pieces: list[list[Any]]) -> Any:
        if not pieces:
            raise self.refused()
        if option == _DONE:
            return {"pieces": pieces, "done": True}
        if option == "=drop":
            return {"pieces": pieces[:-1], "done": False}
        kind = option.removeprefix("k.")
        if kind not in _KINDS:
            raise self.refused()
        return {"pieces": [*pieces[:-1], [*pieces[-1][:2], kind]], "done": False}

    def complete(self, value: Any) -> bool:
        return bool(value) and bool(value["pieces"]) and bool(value["done"])

    def show(self, value: Any) -> str:
        return "\n".join(
            f"{n}. {ask} ({_KINDS[QuestionKind(kind)]})"
            for n, (_, ask, kind) in enumerate(value["pieces"], 1)
        )


def _several(answers: Answers) -> bool:
    return answers.get("which") == "some"


async def _units(work: Work, actor: Actor, draft: Draft) -> Sequence[Option]:
    """What fits the words; the chosen ones are marked."""
    value = draft.answers.get("units") or {}
    ids = value.get("ids", [])
    units = await requests.units_like(
        Context(work, actor, draft.updated_at), value.get("query", "")
    )
    return [
        Option(str(unit.id), on_button(f"{'✅ ' if unit.id in ids else '▫️ '}{unit.name}"))
        for unit in units[:SHOWN_UNITS]
    ]


async def _names(work: Work, actor: Actor, draft: Draft) -> Mapping[str, str]:
    """The chosen units by their names."""
    ids = (draft.answers.get("units") or {}).get("ids", [])
    if not ids or not _several(draft.answers):
        return {}
    units = await requests.askable_units(Context(work, actor, draft.updated_at))
    return {"units": "; ".join(unit.name for unit in units if unit.id in ids)}


async def _submit(context: Context, draft: Draft) -> Card:
    answers = draft.answers
    new = NewRequest(
        title=answers["title"],
        why=answers.get("why") or "",
        unit_ids=tuple(answers["units"]["ids"]) if _several(answers) else (),
        due_before=date.fromisoformat(answers["due"]),
        questions=tuple(
            Question(ask, QuestionKind(kind)) for _, ask, kind in answers["questions"]["pieces"]
        ),
    )
    return obligations.request_sent(await requests.ask(context, new))


REPORT_REQUEST = Form(
    "report_request",
    "Yêu cầu báo cáo",
    (
        Step("title", "Tên báo cáo", "Báo cáo về việc gì? Ghi ngắn gọn tên báo cáo.", Words(200)),
        Step(
            "why",
            "Lý do",
            "Vì sao cần báo cáo này? Đơn vị sẽ đọc được.",
            Words(500),
            optional=True,
        ),
        Step(
            "which",
            "Đơn vị",
            "Yêu cầu những đơn vị nào?",
            Choice((("all", "Tất cả công đoàn cấp dưới"), ("some", "Một số đơn vị"))),
        ),
        Step(
            "units",
            "Các đơn vị",
            "Bấm chọn từng đơn vị; đơn vị không thấy ở đây thì gõ vài chữ trong tên. "
            "Chọn đủ thì bấm “Xong”.",
            PickedMany(),
            when=_several,
        ),
        Step("due", "Hạn", "Đề nghị gửi trước ngày nào? Gửi đúng ngày đó là trễ hạn.", DueDay()),
        Step(
            "questions",
            "Câu hỏi",
            f"Gõ từng câu hỏi một, nhiều nhất {MOST_QUESTIONS} câu. Sau mỗi câu, bấm cách "
            "trả lời (chữ, số hay có–không; không bấm là chữ). Xong thì bấm “Xong”.",
            Questions(),
        ),
    ),
    _submit,
    choices={"units": _units},
    names=_names,
)
