"""Sắp xếp tổ chức: which unit, what becomes of it, from which day; then a look."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.conversation.form import Choices, Form, Moment, Option, Step, Submit, UserInput
from bot.conversation.kinds import Day, Picked, Words
from bot.core.card import Card
from bot.core.context import Context
from bot.core.errors import Refused
from bot.core.rendering import day as day_text
from bot.core.rendering import on_button
from bot.core.rules.permissions import Actor
from bot.core.work import Work
from bot.units.cards import changes as change_cards
from bot.units.cards import importing as import_cards
from bot.units.papers.units_file import read_units
from bot.units.services import changes, importing, uploads
from bot.units.services.changes import NewChange
from storage.enums import OrgChangeKind
from storage.models import Draft

AHEAD = 400  # days
MANY = 4000  # characters of codes


@dataclass(frozen=True)
class FromDay(Day):
    """A day from today on; it may be months ahead."""

    ahead: int = AHEAD

    def show(self, value: Any) -> str:
        return day_text(date.fromisoformat(value))


@dataclass(frozen=True)
class Codes(Words):
    """Units by code or name, one a line."""

    most: int = MANY
    hint: str = "Đề nghị gõ mã hoặc tên đơn vị, mỗi đơn vị một dòng."

    def take(self, user_input: UserInput, value: Any, at: Moment) -> Any:
        """What comes in several messages belongs together."""
        words = super().take(user_input, value, at)
        return f"{value}\n{words}" if value else words

    def show(self, value: Any) -> str:
        return str(value).replace("\n", ", ")


def _choices(step: str, *, top: bool = True) -> Choices:
    """`top`: the province too may be meant."""

    async def offered(work: Work, actor: Actor, draft: Draft) -> Sequence[Option]:
        query = (draft.answers.get(step) or {}).get("query", "")
        matches = await changes.places(work, actor, query, top=top)
        if step != "unit":  # nothing goes into itself
            itself = (draft.answers.get("unit") or {}).get("id")
            matches = [match for match in matches if match[0] != itself]
        return [Option(str(key), on_button(name)) for key, name in matches]

    return offered


async def _names(work: Work, actor: Actor, draft: Draft) -> Mapping[str, str]:
    ids = {step: (draft.answers.get(step) or {}).get("id") for step in ("unit", "into")}
    names = await changes.names(work, actor, [key for key in ids.values() if key])
    return {step: names[key] for step, key in ids.items() if key in names}


def _submit(kind: OrgChangeKind) -> Submit:
    async def submit(context: Context, draft: Draft) -> Card:
        answers = draft.answers
        facts = await changes.propose(
            context,
            NewChange(
                kind=kind,
                unit_id=int(answers["unit"]["id"]),
                day=date.fromisoformat(answers["day"]),
                into_id=(answers.get("into") or {}).get("id"),
                name=answers.get("name") or "",
                code=answers.get("code") or "",
                along=answers.get("along") or "",
            ),
        )
        return change_cards.page(facts)

    return submit


_DAY = Step("day", "Từ ngày", "Áp dụng từ ngày nào?", FromDay())
_BELOW = "Các đơn vị trực thuộc chuyển về đâu? Không còn đơn vị nào thì bỏ qua."
_ALONG = "Gửi mã hoặc tên, mỗi đơn vị một dòng. Không có thì bỏ qua."


def _unit(ask: str) -> Step:
    return Step("unit", "Đơn vị", f"{ask} Gõ vài chữ trong tên rồi bấm chọn.", Picked())


def _along(label: str, ask: str) -> Step:
    return Step("along", label, f"{ask} {_ALONG}", Codes(), optional=True)


def _into(ask: str, *, optional: bool = False) -> Step:
    return Step("into", "Đơn vị nhận", ask, Picked(), optional=optional)


STEPS: Mapping[OrgChangeKind, tuple[Step, ...]] = {
    OrgChangeKind.RENAME: (
        _unit("Đơn vị nào đổi tên?"),
        Step("name", "Tên mới", "Tên mới là gì?", Words(200)),
        _DAY,
    ),
    OrgChangeKind.MOVE: (
        _unit("Đơn vị nào chuyển?"),
        _along("Chuyển cùng", "Còn đơn vị nào chuyển cùng?"),
        _into("Chuyển sang trực thuộc đơn vị nào?"),
        _DAY,
    ),
    OrgChangeKind.MERGE: (
        _unit("Đơn vị nào nhập vào đơn vị khác?"),
        _into("Nhập vào đơn vị nào?"),
        _DAY,
    ),
    OrgChangeKind.SPLIT: (
        _unit("Tách từ đơn vị nào?"),
        Step("name", "Đơn vị mới", "Tên của đơn vị mới là gì?", Words(200)),
        Step("code", "Mã", "Mã của đơn vị mới (chưa đơn vị nào dùng)?", Words(40)),
        _along("Theo đơn vị mới", "Những đơn vị trực thuộc nào theo đơn vị mới?"),
        _DAY,
    ),
    OrgChangeKind.DISSOLVE: (
        _unit("Đơn vị nào giải thể?"),
        _into(_BELOW, optional=True),
        _DAY,
    ),
}
CHANGES: Mapping[OrgChangeKind, Form] = {
    kind: Form(
        name=f"org_{kind.value}",
        title=change_cards.KINDS[kind].split(" ", 1)[1],
        steps=steps,
        submit=_submit(kind),
        words_to="along" if any(step.key == "along" for step in steps) else "",
        review=False,
        # The province changes its name; it goes nowhere.
        choices={
            "unit": _choices("unit", top=kind is OrgChangeKind.RENAME),
            "into": _choices("into"),
        },
        names=_names,
    )
    for kind, steps in STEPS.items()
}


async def _list_from_day(context: Context, draft: Draft) -> Card:
    """A list of units that was looked at, from a day on."""
    upload = await uploads.find(context.work, context.actor, int(draft.about["file_id"]))
    if upload is None:
        raise Refused(import_cards.FILE_GONE)
    stored, data = upload
    file = await asyncio.to_thread(read_units, data)
    rows, mistakes = await importing.resolved_rows(context.work, context.actor, file)
    if mistakes:
        raise Refused("\n".join(import_cards.mistake_words(wrong) for wrong in mistakes[:10]))
    day = date.fromisoformat(draft.answers["day"])
    title = f"Danh sách đơn vị {stored.name}"
    return change_cards.page(await changes.propose_list(context, rows, day, title))


LIST_FROM_DAY = Form(
    name="org_list",
    title="Danh sách đơn vị",
    steps=(_DAY,),
    submit=_list_from_day,
    review=False,
)
ALL = (*CHANGES.values(), LIST_FROM_DAY)
