"""Cards to those who raised a concern."""

from typing import Literal

from bot.messages.card import Button, Card, Rows
from bot.messages.render import render
from storage.models import Case

Told = Literal["taken", "asked", "escalated", "referred", "guided", "settled", "closed", "reopened"]


def told(case: Case, kind: Told, words: str) -> Card:
    """Something happened to the case. `words`: the question, the result, the agency …"""
    return Card(render("concern/told", kind=kind, code=case.code, words=words), _under(case, kind))


def _under(case: Case, kind: Told) -> Rows:
    see = Button("🔎 Xem phản ánh", f"own:open:{case.id}")
    if kind == "asked":
        return ((Button("✍️ Trả lời", f"own:add:{case.id}"),), (see,))
    if kind in ("settled", "guided"):
        return (*verdict(case), (see,))
    return ((see,),)


def verdict(case: Case) -> Rows:
    """What a reporter says of a result."""
    return (
        (Button("👍 Đã hài lòng", f"own:happy:{case.id}"),),
        (Button("↩️ Chưa được, mở lại", f"own:again:{case.id}"),),
    )
