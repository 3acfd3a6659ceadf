"""Cards of what a leader and an officer say to each other about a report."""

from collections.abc import Sequence
from datetime import datetime

from bot.core.card import Button, Card
from bot.core.rendering import brief, render
from bot.core.rules.calendar import Week
from bot.visits.cards.supervision import call
from bot.visits.facts.supervision import Decided
from storage.enums import Remark
from storage.models import Person

HOME = Button("🏠 Trang chính", "home")
_MARKS = {Remark.QUESTION: "❓", Remark.THANKS: "👏", Remark.ANSWER: "↩️"}
SHOWN_NOTES = 4


def remark(decided: Decided, leader: str, words: str, *, asks: bool) -> Card:
    """To the officer: a leader asks, or thanks."""
    text = render(
        "remark/told", d=decided, leader=leader, words=words, asks=asks, week=_week(decided)
    )
    visit_id = decided.visit.id
    answer = Button("↩️ Trả lời", f"rn:answer:{visit_id}")
    return Card(text, ((answer, Button("📄 Xem báo cáo", f"report:show:{visit_id}")),))


def answered(decided: Decided, words: str) -> Card:
    """To the leader: what the officer answers."""
    text = render("remark/answered", d=decided, words=words, week=_week(decided))
    where = f"open:{decided.visit.week:%Y%m%d}:0:0"
    look = Button("📄 Xem báo cáo", f"ov:v:{decided.visit.id}:0:0:{where}")
    more = Button("❓ Hỏi thêm", f"rn:ask:{decided.visit.id}")
    return Card(text, ((look, more),))


def sent(reader: Person, *, reached: bool) -> Card:
    """To whoever wrote it; where no message comes to the reader, somebody has to call."""
    if reached:
        return Card(render("remark/sent", name=reader.name), ((HOME,),))
    text = render("remark/kept")
    return Card(f"{text}\n\n{call(reader)}", ((HOME,),))


def lines(notes: Sequence[tuple[str, str, datetime, str]]) -> list[str]:
    """The last ones, below the report they are about."""
    return [
        f"{_MARKS[Remark(what)]} {brief(name, 60)}: {brief(words)}"
        for what, name, _, words in notes[-SHOWN_NOTES:]
    ]


def _week(decided: Decided) -> str:
    return Week.of(decided.visit.week).label()
