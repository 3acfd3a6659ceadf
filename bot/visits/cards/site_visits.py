"""Cards about visits to the committee of the site."""

from datetime import date, datetime

from bot.core.card import Button, Card, Rows
from bot.core.rendering import day as day_text
from bot.core.rendering import render
from bot.visits.facts.site_visits import SiteVisit, SiteVisits
from bot.visits.rules.promises import is_overdue
from storage.enums import VisitStatus
from storage.models import Unit, Visit

HOME = Button("🏠 Trang chính", "home")
LIST = Button("🤝 Các buổi làm việc", "sv:list")
SHOWN_ROWS = 8


def listed(facts: SiteVisits, now: datetime) -> Card:
    """When somebody comes and came; what can be vouched for, by a tap."""
    newest = facts.visits[:SHOWN_ROWS]
    text = render(
        "visit/site_visits",
        lines=[(site_visit, _state(site_visit)) for site_visit in newest],
        several=facts.several,
        promises=[
            (promise, site, is_overdue(promise.until, now))
            for promise, site in facts.promises[:SHOWN_ROWS]
        ],
    )
    rows: Rows = tuple(
        (Button(f"✅ Xác nhận buổi {_when(site_visit)}", f"sv:yes:{site_visit.visit.id}"),)
        for site_visit in newest
        if site_visit.may_vouch
    )
    return Card(text, (*rows, (HOME,)))


def ask(visit: Visit, site: Unit, officer: str, day: date) -> Card:
    """To the committee, once the report is there."""
    text = render("visit/vouch", site=site, officer=officer, day=day)
    yes = Button("✅ Có buổi làm việc này", f"sv:yes:{visit.id}")
    return Card(text, ((yes,), (LIST,)))


def _state(site_visit: SiteVisit) -> str:
    if site_visit.vouched:
        return "✅ BCH đã xác nhận"
    if site_visit.visit.status is VisitStatus.REPORTED:
        return "đã về cơ sở"
    return "đã hẹn" if site_visit.visit.day else "chưa hẹn ngày"


def _when(site_visit: SiteVisit) -> str:
    return day_text(site_visit.day) if site_visit.day else site_visit.week
