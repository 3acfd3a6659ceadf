"""What the home cards of administrators and representatives show."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.cases.rules.codes import normalise
from bot.cases.services import lists as case_lists
from bot.cases.services import sight, site_requests
from bot.core import messages
from bot.core.access import require
from bot.core.card import Card, rows_of
from bot.core.context import Context
from bot.core.errors import Refused
from bot.core.notices import plain
from bot.core.rules.calendar import Week
from bot.core.rules.permissions import SEEING_CASES, Action, Subject, roles_for
from bot.core.search import named
from bot.home.cards import HelpLine, Mailbox, Match, Matches, NoticeLine, OwnSite, Totals
from bot.people.services import invitations
from storage import new_sites, outbox, own_doors, people, supervision, units
from storage.addresses import EMAIL, WEB
from storage.folding import fold
from storage.models import Person, Unit

SEARCHING = (Action.READ_SITE, Action.SEE_OVERVIEW, Action.SEE_PEOPLE)
"""Whoever may do one of these finds things by name; a worker's words are never searched for."""
MOST = 8  # of one kind
NOTICES_A_PAGE = 8
NOT_READ_THERE = (WEB, EMAIL)  # by these a notice is only pointed to: it is read when it is opened
MOST_PLACES, MOST_NAMED = 5, 3  # of somebody's roles; of those who are named


async def find(context: Context, words: str) -> Matches:
    """Sites, units and people whose names the words say, and the case whose code they are, as far
    as the actor may see them."""
    actor = context.actor
    if not actor.may_any(*SEARCHING):
        return Matches(words, ())
    sites, opened, paths = Action.READ_SITE, Action.SEE_OVERVIEW, actor.paths_for
    async with context.work.read() as session:
        places = await units.site_names(session, paths(sites)) if actor.may(sites) else []
        above = await units.unit_names(session, paths(opened)) if actor.may(opened) else []
        colleagues = (
            await people.names_below(session, paths(Action.SEE_PEOPLE))
            if actor.may(Action.SEE_PEOPLE)
            else []
        )
    monday = f"{Week.containing(context.now).monday:%Y%m%d}"
    by_kind = (
        [Match("site", name, (str(key), "")) for key, name in _named(words, places)],
        [Match("unit", name, (monday, str(key))) for key, name in _named(words, above)],
        [Match("person", name, (str(key),)) for key, name in _named(words, colleagues)],
        await _case_with_code(context, words),
    )
    rows = [match for matches in by_kind for match in matches[:MOST]]
    return Matches(words, rows, any(len(matches) > MOST for matches in by_kind))


def is_a_name(matches: Matches) -> bool:
    """Whether the words are a whole name, letter for letter."""
    return any(fold(match.label) == fold(matches.query) for match in matches.rows)


def is_courtesy(words: str) -> bool:
    """Whether words that name nothing are not meant to: a greeting, thanks, an "ok"."""
    return fold(words).startswith(_COURTESIES) or len(fold(words)) <= 2


_COURTESIES = (
    *("cam on", "chao", "xin chao", "kinh chao", "hello", "alo", "vang", "da ", "oke"),
    *("dong y", "nhat tri", "da ro", "da nhan", "da xong", "tot"),
)


def _named(words: str, names: Sequence[tuple[int, str, str]]) -> list[tuple[int, str]]:
    labels = {key: name for key, name, _ in names}
    return [(key, labels[key]) for key in named(words, [(key, f) for key, _, f in names])]


async def _case_with_code(context: Context, words: str) -> list[Match]:
    if not (code := normalise(words)) or not context.actor.may_any(*SEEING_CASES):
        return []
    cases = await case_lists.search(context, code, 0)
    return [Match("case", row.case.code, (str(row.case.id),)) for row in cases.rows]


async def totals(context: Context) -> Totals:
    """What there is in an administrator's scope."""
    require(context.actor, Action.INVITE)
    paths = context.actor.paths_for(Action.INVITE)
    links = await invitations.open_invitations(context)
    async with context.work.read() as session:
        all_units, sites = await people.count_units(session, paths)
        names = await people.names_below(session, paths)
        found_new = len(await new_sites.waiting(session, paths))
    return Totals(all_units, sites, len(names), len(links), found_new)


async def whom_to_call(context: Context) -> HelpLine:
    """Who helps on: the nearest administrators, also of somebody whose roles have ended, and what
    the operator set for everybody. Nobody's telephone is told to a stranger.
    """
    settings, actor = context.work.settings.organisation, context.actor
    administrators: list[Person] = []
    if not actor.is_stranger:
        async with context.work.read() as session:
            paths = [path for grant in actor.grants for path in grant.paths]
            if not paths and (top := await units.by_code(session, settings.code)):
                paths = [top.path]
            ids: list[int] = []
            for path in paths[:MOST_PLACES]:
                ids += await supervision.nearest_over(
                    session, path, roles_for(Action.INVITE), but_not=actor.person_id
                )
            by_id = await people.named(session, ids)
        administrators = [by_id[key] for key in dict.fromkeys(ids) if key in by_id]
    return HelpLine(
        [(person.name, person.phone) for person in administrators[:MOST_NAMED]],
        settings.full_name or settings.name,
        settings.contact,
        context.work.settings.web.is_on,
    )


async def notice_of(context: Context, key: int) -> Card:
    """A notice that came within a list. Raises Refused: not the actor's, or not to be read (any
    more)."""
    async with context.work.write() as session:
        message = await outbox.sent_to(session, key, context.actor.person_id)
        if message is None or await sight.withheld(session, [message]):
            raise Refused(messages.NOTICE_GONE)
        message.opened = True
        return Card(message.text, rows_of(message.rows), in_full=True)


async def mailbox(context: Context, number: int) -> Mailbox:
    """One page of the notices that the actor has had and may read still, the newest first. Raises
    Refused: somebody without a role."""
    if not context.actor.grants:
        raise Refused(messages.NOT_ALLOWED)
    person_id = context.actor.person_id
    async with context.work.read() as session:
        rows = await own_doors.notices(session, person_id, number, NOTICES_A_PAGE)
        hidden = await sight.withheld(session, rows)
        unread = await own_doors.count_unread(session, person_id, NOT_READ_THERE)
    lines = [
        NoticeLine(
            row.id or 0, row.sent_at, plain(row.text), row.door in NOT_READ_THERE and not row.opened
        )
        for row in rows[:NOTICES_A_PAGE]
        if row.id not in hidden
    ]
    return Mailbox(lines, unread, number, len(rows) > NOTICES_A_PAGE)


async def unread_notices(context: Context) -> int:
    """How many notices wait to be opened by somebody who comes by a channel that does not ring."""
    if context.actor.address.channel not in NOT_READ_THERE or not context.actor.grants:
        return 0
    async with context.work.read() as session:
        return await own_doors.count_unread(session, context.actor.person_id, NOT_READ_THERE)


async def own_sites(context: Context) -> Sequence[OwnSite]:
    """Each site somebody represents: who is in charge, when they come, who is above."""
    async with context.work.read() as session:
        sites = await people.places_at(session, context.actor.paths_for(Action.SEE_OWN_SITES))
        for site in sites:
            require(context.actor, Action.SEE_OWN_SITES, Subject(site.path))
        monday = Week.containing(context.now).monday
        return [await _own_site(session, site, monday, context.now) for site in sites]


async def own_requests(context: Context) -> int:
    """How many of one's own requests wait."""
    async with context.work.read() as session:
        return await site_requests.own_open(session, context)


async def _own_site(session: AsyncSession, site: Unit, monday: date, now: datetime) -> OwnSite:
    coming = await people.next_visit_at(session, site.id or 0, monday)
    visit, visitor = coming or (None, None)
    officer = await session.get(Person, site.officer_id) if site.officer_id else None
    above = await session.get(Unit, site.parent_id) if site.parent_id else None
    return OwnSite(
        site=site,
        officer=officer,
        visitor=visitor,
        day=visit.day if visit else None,
        week=Week.of(visit.week) if visit else None,
        above=above,
        voice=await site_requests.workers_voice(session, site.id or 0, now),
    )
