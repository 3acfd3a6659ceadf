"""The home card of every role, and the help."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.cases.cards.concerns import LIST as LIST_OWN
from bot.cases.cards.concerns import NEW
from bot.cases.cards.site_requests import LIST as OWN_REQUESTS
from bot.cases.cards.site_requests import NEW as NEW_REQUEST
from bot.cases.facts.cases import Waiting
from bot.cases.facts.site_requests import WorkersVoice
from bot.core.card import Button, Card, Rows, grid
from bot.core.rendering import on_button, render
from bot.core.rules.calendar import Week
from bot.core.rules.permissions import PERIODIC_REPORTS, Action, Actor
from bot.home.commands import commands_for
from bot.people.cards.people import HOME, INVITE, LINKS, LIST, PHONE, RENAME, UNITS
from bot.units.cards.own_figures import UPDATE as COUNT_SITE
from bot.visits.cards.site_visits import LIST as SITE_VISITS
from storage.models import Person, Unit


@dataclass(frozen=True)
class Totals:
    """What there is in an administrator's scope."""

    units: int
    sites: int
    people: int
    links: int
    new_sites: int = 0  # that officers found in no list


@dataclass(frozen=True)
class OwnSite:
    """A representative's site. `officer` is in charge, `visitor` comes next."""

    site: Unit
    officer: Person | None
    visitor: Person | None
    day: date | None
    week: Week | None
    above: Unit | None
    voice: WorkersVoice


@dataclass(frozen=True)
class Match:
    """Something that somebody named. `kind`: site, unit, person or case; `arguments`: what the
    button that opens it carries."""

    kind: str
    label: str
    arguments: tuple[str, ...]


@dataclass(frozen=True)
class Matches:
    """What was found of each kind, the best first; `more` than fit on a card."""

    query: str
    rows: Sequence[Match]
    more: bool = False


@dataclass(frozen=True)
class HelpLine:
    """Whom to call: administrators (name, telephone or ""), and the organisation's own contact.
    `web`: whether there are web pages."""

    administrators: Sequence[tuple[str, str]]
    organisation: str
    contact: str
    web: bool = False


def stranger_card(cases: int = 0, takes_invitations: bool = True) -> Card:
    """Somebody without a role is taken for a worker. `cases`: how many they raised.

    `takes_invitations`: whether a role can be taken where this is read.
    """
    followed = ((LIST_OWN,),) if cases else ()
    return Card(render("home/stranger", takes_invitations=takes_invitations), ((NEW,), *followed))


def waiting_part(waits: Sequence[Waiting]) -> Card:
    """What the union asked or reported, and whoever raised it has not said a word to yet."""
    text = render("home/waiting", waits=waits[:MOST_WAITING], more=len(waits) - MOST_WAITING)
    rows = tuple(
        (
            Button(f"🔎 {wait.case.code}: xem kết quả", f"own:open:{wait.case.id}")
            if wait.is_result
            else Button(f"✍️ {wait.case.code}: trả lời", f"own:add:{wait.case.id}"),
        )
        for wait in waits[:MOST_WAITING]
    )
    return Card(text, rows)


MOST_WAITING = 3
OPENED_BY = {
    "site": ("📍", "site:open"),
    "unit": ("🏢", "ov:w"),
    "person": ("👤", "p:open"),
    "case": ("💬", "case:open"),
}


def matches(facts: Matches) -> Card:
    """What was found under the words that somebody wrote, each to open."""
    rows: Rows = tuple(
        (
            Button(
                on_button(f"{OPENED_BY[match.kind][0]} {match.label}"),
                ":".join((OPENED_BY[match.kind][1], *filter(None, match.arguments))),
            ),
        )
        for match in facts.rows
    )
    return Card(render("home/matches", f=facts), (*rows, (HOME,)))


def raise_row(cases: int) -> Rows:
    """Whoever holds a role may raise a concern too."""
    return ((NEW, LIST_OWN),) if cases else ((NEW,),)


def administrator(totals: Totals, actor: Actor) -> Card:
    """An administrator's part of the home card."""
    links = (LINKS,) if totals.links else ()
    units: Rows = ((UNITS,),) if actor.may(Action.IMPORT_UNITS) else ()
    people: Rows = ((LIST,),) if actor.may(Action.SEE_PEOPLE) else ()
    waits: Rows = ()
    if totals.new_sites and actor.may(Action.IMPORT_UNITS):
        waits = ((Button(f"🆕 Cơ sở mới chờ xác nhận ({totals.new_sites})", "unit:new"),),)
    rows = (*waits, *units, (INVITE, *links), *people)
    return Card(render("home/administrator", totals=totals), rows)


def representative(sites: Sequence[OwnSite], actor: Actor, waiting: int) -> Card:
    """A representative's part of the home card: each site, and the doors. `waiting`: how many of
    their own requests are not settled yet.
    """
    doors = (
        (Action.ASK_FOR_SITE, (NEW_REQUEST,)),
        (Action.ASK_FOR_SITE, (OWN_REQUESTS,)),
        (Action.VOUCH_FOR_VISIT, (SITE_VISITS,)),
        (Action.COUNT_SITE, (COUNT_SITE,)),
        (Action.SET_MEETINGS, (Button("📅 Lịch họp BCH", "meet:own"),)),
    )
    rows = tuple(row for action, row in doors if actor.may(action))
    return Card(render("home/representative", sites=sites, waiting=waiting), rows)


def help_card(actor: Actor, help_line: HelpLine) -> Card:
    """What one can do here; each line for whom the permission table allows what it tells of."""
    if not actor.grants:
        return Card(render("home/help_stranger", h=help_line))
    leave = (Button("Nghỉ phép", "leave:mine"),) if actor.may(Action.TAKE_LEAVE) else ()
    may = {str(action): actor.may(action) for action in Action}
    yearly = actor.may_any(*PERIODIC_REPORTS)
    menu = {name for name, _ in commands_for(actor)}
    text = render("home/help", may=may, yearly=yearly, menu=menu, h=help_line)
    return Card(text, ((RENAME, PHONE), (*leave, HOME)))


@dataclass(frozen=True)
class NoticeLine:
    """One notice in the list. `new`: its reader has not opened it, and it came by a door that only
    points to it."""

    key: int
    sent_at: datetime | None
    words: str
    new: bool


@dataclass(frozen=True)
class Mailbox:
    """One page of the notices that somebody has had."""

    notices: Sequence[NoticeLine]
    unread: int
    number: int
    more: bool


def mailbox(facts: Mailbox) -> Card:
    """Each opens whole by its number."""
    opened = [Button(f"{n}", f"box:{line.key}") for n, line in enumerate(facts.notices, 1)]
    turn = [Button("‹ Mới hơn", f"box:page:{facts.number - 1}")] if facts.number > 1 else []
    turn += [Button("Cũ hơn ›", f"box:page:{facts.number + 1}")] if facts.more else []
    rows: Rows = (*grid(opened, 4), *((tuple(turn),) if turn else ()), (HOME,))
    return Card(render("home/mailbox", f=facts), rows)


def mailbox_part(unread: int) -> Card:
    """On the home card of who comes by a door that does not ring."""
    text = f"📬 <b>{unread}</b> thông báo chưa xem."
    return Card(text, ((Button("📬 Hộp thư", "box"),),))
