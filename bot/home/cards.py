"""The home card of every role, and the help."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from bot.cases.cards.concerns import LIST as LIST_OWN
from bot.cases.cards.concerns import NEW
from bot.core.card import Button, Card, Rows
from bot.core.rendering import render
from bot.core.rules.calendar import Week
from bot.people.cards.people import HOME, INVITE, LINKS, LIST, PHONE, RENAME, UNITS
from storage.enums import Role
from storage.models import Person, Unit


@dataclass(frozen=True)
class Totals:
    """What there is in an administrator's scope."""

    units: int
    sites: int
    people: int
    links: int


@dataclass(frozen=True)
class OwnSite:
    """A representative's site. `officer` is in charge, else whoever comes next."""

    site: Unit
    officer: Person | None
    visitor: Person | None
    day: date | None
    week: Week | None
    above: Unit | None


def stranger_card(cases: int = 0) -> Card:
    """Somebody without a role is taken for a worker. `cases`: how many they raised."""
    followed = ((LIST_OWN,),) if cases else ()
    return Card(render("home/stranger"), ((NEW,), *followed))


def raise_row(cases: int) -> Rows:
    """Whoever holds a role may raise a concern too."""
    return ((NEW, LIST_OWN),) if cases else ((NEW,),)


def administrator(totals: Totals) -> Card:
    """An administrator's part of the home card."""
    links = (LINKS,) if totals.links else ()
    return Card(render("home/administrator", totals=totals), ((UNITS,), (INVITE, *links), (LIST,)))


def representative(sites: Sequence[OwnSite]) -> Card:
    """A representative's part of the home card."""
    return Card(render("home/representative", sites=sites))


def help_card(roles: Collection[str]) -> Card:
    """What one can do here, by role."""
    if not roles:
        return Card(render("home/help_stranger"))
    leave = (
        (Button("Nghỉ phép", "leave:mine"),) if {Role.OFFICER, Role.SUPERVISOR} & {*roles} else ()
    )
    return Card(render("home/help", roles=roles), ((RENAME, PHONE), (*leave, HOME)))
