"""Counting what one account does, under its keyed hash; nobody's name is needed to slow it down."""

from datetime import datetime, timedelta

import structlog
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.cases.cards import worker_messages
from bot.cases.rules.spam import hour_of, too_many
from bot.core.context import Context
from bot.core.errors import Refused
from bot.core.work import Work
from storage import concerns, reporters
from storage.addresses import WEB
from storage.models import Unit

DAY = timedelta(days=1)

log = structlog.get_logger()


async def message_sent(session: AsyncSession, work: Work, owner: str, now: datetime) -> None:
    """A message into a form of somebody who may stay anonymous. Raises Refused: too many."""
    most = work.settings.concerns.limits.messages_an_hour
    if too_many(await concerns.tallied(session, owner, "message", hour_of(now)), most):
        raise Refused(worker_messages.TOO_MANY_MESSAGES)
    await concerns.tally(session, owner, "message", hour_of(now))


async def code_missed(context: Context) -> None:
    """A code that is not one's own was tried."""
    async with context.work.write() as session:
        count = await concerns.tally(
            session, context.actor.private_owner, "code", hour_of(context.now)
        )
    log.warning("codes.missed", account=context.actor.look[:12], count=count)


async def may_try_codes(context: Context) -> bool:
    most = context.work.settings.concerns.limits.wrong_codes_an_hour
    async with context.work.read() as session:
        missed = await concerns.tallied(
            session, context.actor.private_owner, "code", hour_of(context.now)
        )
    return not too_many(missed, most)


async def check_door(session: AsyncSession, context: Context, site: Unit | None) -> None:
    """On the web a new identity costs nothing, so concerns are counted for each site and over all.

    Raises Refused: more in an hour than any trouble of a site, or of the province, brings.
    """
    if context.actor.address.channel != WEB:
        return
    hour = _WebHour(session, context.work, site, context.now)
    if not await hour.has_room(SENT):
        log.warning("web.too_many_concerns")
        raise Refused(worker_messages.TOO_MANY_ON_THE_WEB)
    await hour.count(SENT)


async def may_begin_on_the_web(work: Work, site: Unit | None, now: datetime) -> bool:
    """Whether one more stranger may begin, from the poster of a site or (None) without one;
    counted. Not where what they would write could not be sent.
    """
    async with work.write() as session:
        hour = _WebHour(session, work, site, now)
        may = await hour.has_room(BEGUN) and await hour.has_room(SENT)
        if may:
            await hour.count(BEGUN)
    if not may:
        log.warning("web.too_many_begun")
    return may


SENT, BEGUN = "web", "begun"  # what is counted


class _WebHour:
    """What an hour has brought on the web, of a site (or of none that is known) and over all."""

    def __init__(self, session: AsyncSession, work: Work, site: Unit | None, now: datetime) -> None:
        self._session, self._hour = session, hour_of(now)
        limits, look = work.settings.concerns.limits, work.vault.look
        self._shares = {SENT: limits.concerns_on_the_web, BEGUN: limits.begun_on_the_web}
        place = f"web:site:{site.id if site else 0}"
        self._counted = {
            SENT: (look(place), look("web:sites")),
            BEGUN: (look(f"{place}:begun"), look("web:begun")),
        }

    async def has_room(self, what: str) -> bool:
        at_site, over_all = [
            await concerns.tallied(self._session, counted, what, self._hour)
            for counted in self._counted[what]
        ]
        return self._shares[what].has_room(at_site, over_all)

    async def count(self, what: str) -> None:
        for counted in self._counted[what]:
            await concerns.tally(self._session, counted, what, self._hour)


async def check_sender(session: AsyncSession, context: Context) -> None:
    """Raises Refused: on the block list, or more concerns in a day than anybody has."""
    if await reporters.is_barred(session, context.work.vault, context.actor.address):
        raise Refused(worker_messages.BARRED)
    account = await reporters.find(session, context.work.vault, context.actor.address)
    most = context.work.settings.concerns.limits.concerns_a_day
    if account and too_many(
        await concerns.count_since(session, account.reporters, context.now - DAY), most
    ):
        log.warning("concerns.too_many", account=context.actor.look[:12])
        raise Refused(worker_messages.TOO_MANY_CONCERNS.format(most=most))
