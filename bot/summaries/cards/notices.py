"""Messages that come by themselves: a summary arrived, was accepted, was given back."""

from bot.core.card import Button, Card
from bot.core.rendering import render
from bot.summaries.facts.summaries import subject_of
from storage.models import Obligation, SummaryVersion


def arrived(obligation: Obligation, unit: str, by: str, version: SummaryVersion) -> Card:
    """To those who lead the receiver."""
    return _notice("arrived", obligation, unit, by, version)


def accepted(obligation: Obligation, receiver: str, by: str, version: SummaryVersion) -> Card:
    """To the unit's leaders and those who wrote."""
    return _notice("accepted", obligation, receiver, by, version)


def given_back(obligation: Obligation, receiver: str, by: str, version: SummaryVersion) -> Card:
    """To the unit's leaders and those who wrote."""
    return _notice("given_back", obligation, receiver, by, version)


def _notice(
    what: str, obligation: Obligation, where: str, by: str, version: SummaryVersion
) -> Card:
    text = render(
        "summary/notice",
        what=what,
        o=obligation,
        title=subject_of(obligation),
        where=where,
        by=by,
        v=version,
    )
    return Card(text, ((Button("📝 Mở báo cáo", f"sum:open:{obligation.id}"),),))
