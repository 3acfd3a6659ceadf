"""Cards about reports that units owe: prompts, lists of the late, requests, decisions."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from bot.core.card import Button, Card
from bot.core.rendering import render
from bot.summaries.facts.obligations import AskedFacts, LateFacts, MovedFacts, PromptedObligation
from bot.summaries.rules.summaries import Section

HOME = Button("🏠 Trang chính", "home")
KINDS = {"words": "trả lời bằng chữ", "number": "trả lời bằng số", "yes_no": "có/không"}


def prompt(facts: PromptedObligation) -> Card:
    """What is owed, by when, and what is still missing."""
    return _to_unit("prompt", facts)


def chased(facts: PromptedObligation, who: str) -> Card:
    """The same, because somebody of the receiving unit asks now."""
    return _to_unit("chased", facts, who=who)


def _to_unit(template: str, facts: PromptedObligation, **more: object) -> Card:
    text = render(
        f"obligation/{template}",
        f=facts,
        o=facts.obligation,
        last=last_day(facts.obligation.due_before),
        missing=names_of(facts.missing),
        **more,
    )
    return Card(text, (_open(facts.obligation.id or 0), (HOME,)))


def late(facts: LateFacts) -> Card:
    """To whoever chases: who has sent nothing."""
    text = render("obligation/late", f=facts, o=facts.obligation)
    return Card(text, ((_board(facts.obligation.id or 0),), (HOME,)))


def told_excused(facts: PromptedObligation, who: str) -> Card:
    """To the unit: it need not send this report."""
    text = render("obligation/told_excused", f=facts, o=facts.obligation, who=who)
    return Card(text, ((HOME,),))


def told_owed_again(facts: PromptedObligation, who: str) -> Card:
    """To the unit: it is excused no longer."""
    return _to_unit("told_owed_again", facts, who=who)


def told_moved(facts: PromptedObligation, moved: MovedFacts) -> Card:
    """To the unit: another deadline."""
    o = facts.obligation
    text = render(
        "obligation/told_moved", f=facts, o=o, before=moved.before, last=last_day(o.due_before)
    )
    return Card(text, (_open(o.id or 0), (HOME,)))


def told_asked(facts: PromptedObligation, request_facts: AskedFacts, who: str) -> Card:
    """To the unit: a report is asked for, with these questions."""
    o = facts.obligation
    text = render(
        "obligation/told_asked",
        f=facts,
        o=o,
        r=request_facts.request,
        last=last_day(o.due_before),
        who=who,
        kinds=KINDS,
    )
    return Card(text, (_open(o.id or 0), (HOME,)))


def request_sent(facts: AskedFacts) -> Card:
    """To whoever asked: it went out."""
    text = render("obligation/asked", f=facts, r=facts.request, last=last_day(facts.due_before))
    return Card(text, ((_board(facts.obligation_id),), (HOME,)))


def told_receiver(facts: AskedFacts, who: str) -> Card:
    """To whoever leads the receiving unit: somebody else asked in its name."""
    text = render(
        "obligation/told_receiver",
        f=facts,
        r=facts.request,
        last=last_day(facts.due_before),
        who=who,
    )
    return Card(text, ((_board(facts.obligation_id),), (HOME,)))


def done_chased(obligation_id: int, count: int, heard_at: datetime, now: datetime) -> Card:
    """To whoever reminded; `heard_at` is when the message goes out."""
    text = render("obligation/done_chased", count=count, at=heard_at if heard_at > now else None)
    return Card(text, ((_board(obligation_id), HOME),))


def done_excused(facts: PromptedObligation) -> Card:
    text = render("obligation/done_excused", f=facts, o=facts.obligation)
    return Card(text, ((_board(facts.obligation.id or 0), HOME),))


def done_owed_again(facts: PromptedObligation) -> Card:
    text = render("obligation/done_owed_again", f=facts, o=facts.obligation)
    return Card(text, ((_board(facts.obligation.id or 0), HOME),))


def done_moved(obligation_id: int, due_before: date, count: int) -> Card:
    text = render("obligation/done_moved", due=due_before, last=last_day(due_before), count=count)
    return Card(text, ((_board(obligation_id), HOME),))


def refused(sentence: str, obligation_id: int | None = None) -> Card:
    """What the form asked for is no longer possible; the sentence is ours, not a person's."""
    back = (_board(obligation_id), HOME) if obligation_id else (HOME,)
    return Card(sentence, (back,))


def last_day(due_before: date) -> date:
    """The last day in time."""
    return due_before - timedelta(days=1)


def names_of(sections: Sequence[Section]) -> list[str]:
    """ "V. Phương hướng" as it stands on its button; of a request the question itself."""
    return [f"{s.short}: {s.ask}" if s.title == s.ask else s.short for s in sections]


def _open(obligation_id: int) -> tuple[Button, ...]:
    return (Button("📝 Mở báo cáo", f"sum:open:{obligation_id}"),)


def _board(obligation_id: int) -> Button:
    return Button("📋 Bảng theo dõi", f"board:open:{obligation_id}")
