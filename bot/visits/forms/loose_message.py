"""One message from a place without signal: words, voice or a picture outside of any form is
offered, with one tap, as the report of an open visit. What is missing can be added for days.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.conversation.engine import SENT_AT
from bot.conversation.form import Form, Option, Step
from bot.conversation.kinds import Note, OneOf, text_of
from bot.core.card import Card
from bot.core.context import Context
from bot.core.rules.calendar import local
from bot.core.rules.permissions import Actor
from bot.core.work import Work
from bot.visits.cards import reports as report_cards
from bot.visits.cards.visits import to_report_label
from bot.visits.facts.report_answers import ReportAnswers
from bot.visits.services import reports, visits
from storage.models import Draft


async def _visits(work: Work, actor: Actor, draft: Draft) -> Sequence[Option]:
    """The officer's visits that wait for a report."""
    home = await visits.my_week(Context(work, actor, draft.updated_at))
    return [
        Option(str(visit.id), to_report_label(visit, site, home.week))
        for visit, site in home.to_report
    ]


async def _submit(context: Context, draft: Draft) -> Card:
    """What was sent in the week belongs to it, also where the bot was down until later: the message
    counts, not the tap that says which visit it is about.
    """
    note, visit = draft.answers["note"], draft.answers["visit"]
    sent_at = datetime.fromisoformat(draft.about[SENT_AT]) if SENT_AT in draft.about else None
    context = replace(context, sent_at=sent_at)
    answers = ReportAnswers(
        columns={
            "visited_on": local(draft.created_at).date(),
            "situation": text_of(note),
        },
        files=tuple(note["files"]),
    )
    return report_cards.receipt(await reports.submit(context, visit, answers))


LOOSE = Form(
    "loose",
    "Ghi nhận nhanh",
    (
        Step("note", "Nội dung", "Đồng chí gửi nội dung.", Note()),
        Step("visit", "Lượt đi", "Dùng tin vừa gửi làm báo cáo cho lượt đi nào?", OneOf()),
    ),
    _submit,
    review=False,
    numbered=False,
    words_to="note",
    files_to="note",
    choices={"visit": _visits},
)
