"""Cards about leave."""

from collections.abc import Sequence
from datetime import date

from bot.core.card import Button, Card, Rows
from bot.core.rendering import on_button, render
from bot.people.facts.leave import EnteredLeave, PlannedVisit
from storage.models import Leave

MINE, NEW = "leave:mine", "leave:new"
HOME = Button("🏠 Trang chính", "home")


def leave_notice(name: str, first: date, last: date, planned: Sequence[PlannedVisit]) -> Card:
    """To a supervisor: somebody is away; their planned visits may be given to others."""
    text = render("leave/told", name=name, first=first, last=last, planned=planned)
    return Card(text, hand_over_rows(planned))


def hand_over_rows(planned: Sequence[PlannedVisit]) -> Rows:
    """One button a visit, giving it to another officer."""
    return tuple(
        (Button(on_button(f"🔁 Giao lại: {site.name}"), f"sup:reassign:{visit.id}"),)
        for visit, site in planned
    )


def called_off(name: str, first: date, last: date) -> Card:
    """To a supervisor: somebody is not away after all."""
    return Card(render("leave/called_off", name=name, first=first, last=last))


def leave_entered(leave: EnteredLeave) -> Card:
    """To whoever took the leave."""
    text = render("leave/taken", leave=leave)
    again: Rows = tuple(
        (Button(on_button(f"📅 Hẹn lại: {site.name}"), f"visit:day:{visit.id}"),)
        for visit, site in leave.clashes
    )
    return Card(text, (*again, (Button("Nghỉ phép của tôi", MINE), HOME)))


def mine(leaves: Sequence[Leave]) -> Card:
    """One's own leaves, each to be called off."""
    rows: Rows = tuple(
        (Button(f"✖️ Hủy {span(leave.first_day, leave.last_day)}", f"leave:drop:{leave.id}"),)
        for leave in leaves
    )
    text = render("leave/mine", leaves=leaves)
    return Card(text, (*rows, (Button("➕ Báo nghỉ phép", NEW), HOME)))


def calling_off(leave: Leave) -> Card:
    """The second tap."""
    text = render("leave/calling_off", leave=leave)
    return Card(
        text,
        ((Button("Hủy nghỉ phép", f"leave:sure:{leave.id}"), Button("« Không hủy", MINE)),),
    )


def span(first: date, last: date) -> str:
    """16/11–20/11, or one day."""
    return f"{first:%d/%m}" if first == last else f"{first:%d/%m}–{last:%d/%m}"
