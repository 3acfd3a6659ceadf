"""The card of an officer's weeks."""

from bot.core.card import Button, Card, Rows, grid
from bot.core.rendering import render
from bot.core.rules.calendar import Week
from bot.visits.cards.overview import state
from bot.visits.cards.site_page import from_here
from bot.visits.facts.officer_page import OfficerPage
from bot.visits.facts.overview import ListedVisit
from bot.visits.facts.site_page import ROWS

HOME = Button("🏠 Trang chính", "home")


def page(facts: OfficerPage, back: str = "") -> Card:
    """What was kept, then every visit with whom the officer met, each opening. `back`: the list
    this came from, as in its button's data.
    """
    first = facts.page.number * ROWS + 1
    where = f"off:open:{facts.person.id}"
    text = render(
        "officer/page",
        f=facts,
        rows=[(row, _week(row), state(row), _met(row)) for row, _ in facts.rows],
        first=first,
    )
    opened = [
        Button(f"📄 {n}", from_here(f"ov:v:{row.visit.id}:0:0:{where}:{facts.page.number}", back))
        for n, (row, may_open) in enumerate(facts.rows, first)
        if may_open
    ]
    sites = [
        Button(f"📍 {n}", from_here(f"site:open:{row.site.id}:{where}:{facts.page.number}", back))
        for n, (row, _) in enumerate(facts.rows, first)
    ]
    before = facts.page.number
    turn = (
        *((Button("‹ Trước", from_here(f"{where}:{before - 1}", back)),) if before else ()),
        *((Button("Tiếp ›", from_here(f"{where}:{before + 1}", back)),) if facts.page.more else ()),
    )
    turns: Rows = (turn,) if turn else ()
    leave = Button("« Quay lại", back) if back else HOME
    return Card(text, (*grid(opened, 4), *grid(sites, 4), *turns, (leave,)))


def _week(row: ListedVisit) -> str:
    week = Week.of(row.visit.week)
    return f"Tuần {week.number}/{week.year}"


def _met(row: ListedVisit) -> str:
    """Who of the site sat at the table."""
    if row.report is None:
        return ""
    sides = (("BCH", row.report.met_union), ("doanh nghiệp", row.report.met_management))
    return "; ".join(f"{side}: {names}" for side, names in sides if names)
