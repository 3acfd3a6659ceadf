"""One message from a place without signal: words, voice or a picture outside of any form is
offered, with one tap, as the report of an open visit. What is missing can be added for days.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bot.conversation.engine import SENT_AT
from bot.conversation.form import Form, Moment, Option, Step, UserInput
from bot.conversation.kinds import Base, Note
from bot.conversation.moves import CANCEL
from bot.conversation.view import data, menu
from bot.core.card import Button, Card
from bot.core.context import Context
from bot.core.rules.calendar import local
from bot.core.rules.permissions import Actor
from bot.core.work import Work
from bot.visits.cards import reports as report_cards
from bot.visits.cards.visits import to_report_label
from bot.visits.facts.report_answers import ReportAnswers
from bot.visits.forms.report import situation_of
from bot.visits.services import reports, visits
from storage import drafts
from storage.models import Draft


@dataclass(frozen=True)
class VisitAt(Base):
    """A visit and its place as the pressed button says them: [visit id, site id]."""

    hint: str = "Đồng chí bấm chọn một nút ở dưới."
    taps_only: bool = True

    def take(self, user_input: UserInput, value: Any, at: Moment) -> Any:
        ids = (user_input.option or "").split(".")
        if len(ids) != 2 or not all(number.isdecimal() for number in ids):
            raise self.refused()
        return [int(number) for number in ids]

    def complete(self, value: Any) -> bool:
        return isinstance(value, list)  # a draft of an earlier version says no place: asked again


async def _visits(work: Work, actor: Actor, draft: Draft) -> Sequence[Option]:
    """The officer's visits that wait for a report."""
    home = await visits.my_week(Context(work, actor, draft.updated_at))
    return [
        Option(f"{visit.id}.{site.id}", to_report_label(visit, site, home.week))
        for visit, site in home.to_report
    ]


async def _submit(context: Context, draft: Draft) -> Card:
    """What was sent in the week belongs to it, also where the bot was down until later: the message
    counts, not the tap that says which visit it is about.
    """
    note, (visit, place) = draft.answers["note"], draft.answers["visit"]
    sent_at = datetime.fromisoformat(draft.about[SENT_AT]) if SENT_AT in draft.about else None
    context = replace(context, sent_at=sent_at)
    answers = ReportAnswers(
        columns={
            "visited_on": local(draft.created_at).date(),
            "situation": situation_of(note),
        },
        files=tuple(note["files"]),
    )
    try:
        return report_cards.receipt(await reports.submit(context, visit, answers, place))
    except visits.PlaceChanged as changed:
        return await _ask_again(context, draft, str(changed))


async def _ask_again(context: Context, draft: Draft, sentence: str) -> Card:
    """The place on the pressed button is no longer where the visit leads to."""
    async with context.work.keeping_draft().write() as session:
        if draft_row := await drafts.get_locked(session, draft.id or 0):
            draft_row.answers = {key: v for key, v in draft_row.answers.items() if key != "visit"}
            draft_row.trail = [key for key in draft_row.trail if key != "visit"]
    options = await _visits(context.work, context.actor, draft)
    rows = [(Button(option.label, data(draft, "visit", option.key)),) for option in options]
    return Card(sentence, (*rows, (menu(draft, "✖️ Hủy", CANCEL),)))


LOOSE = Form(
    "loose",
    "Ghi nhận nhanh",
    (
        Step("note", "Nội dung", "Đồng chí gửi nội dung.", Note()),
        Step("visit", "Lượt đi", "Dùng tin vừa gửi làm báo cáo cho lượt đi nào?", VisitAt()),
    ),
    _submit,
    review=False,
    numbered=False,
    words_to="note",
    files_to="note",
    choices={"visit": _visits},
)
