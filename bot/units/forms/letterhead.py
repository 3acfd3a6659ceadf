"""Sửa thể thức văn bản: one line a form, one question each."""

from dataclasses import dataclass
from typing import Any

from bot.conversation.form import Form, Moment, Option, Step, Submit, UserInput
from bot.conversation.kinds import Words
from bot.core.card import Card
from bot.core.context import Context
from bot.units.cards import letterheads as letterhead_cards
from bot.units.services import letterheads
from storage.models import Draft

DEFAULT = "default"


@dataclass(frozen=True)
class HeadLine(Words):
    """Words, or the default by a tap: the value is then empty."""

    def options(self, value: Any, at: Moment) -> list[list[Option]]:
        return [[Option(DEFAULT, "↩️ Lấy theo mặc định")]]

    def take(self, user_input: UserInput, value: Any, at: Moment) -> Any:
        return "" if user_input.option == DEFAULT else super().take(user_input, value, at)


def _submit(line: str) -> Submit:
    async def submit(context: Context, draft: Draft) -> Card:
        unit_id, words = int(draft.about["unit_id"]), draft.answers["words"]
        which = f"{line}:{draft.about['plan']}" if line == letterheads.BASIS else line
        facts = await letterheads.change(context, unit_id, which, words)
        return letterhead_cards.detail(facts.unit, facts.head, facts.own, facts.plans)

    return submit


def _longest(line: str) -> int:
    free = {letterheads.RECIPIENTS: 2000, letterheads.BASIS: letterheads.LONGEST_BASIS}
    return free[line] if line in free else letterheads.longest(line)


LINES_TO_ASK = {
    **letterhead_cards.LINES,
    letterheads.BASIS: (letterhead_cards.BASIS, letterhead_cards.ASK_BASIS),
}
BY_LINE = {
    line: Form(
        name=f"head_{line}",
        title=f"Thể thức văn bản: {label.lower()}",
        steps=(Step("words", label, ask, HeadLine(most=_longest(line))),),
        submit=_submit(line),
        review=False,
    )
    for line, (label, ask) in LINES_TO_ASK.items()
}
