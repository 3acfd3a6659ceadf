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
    limits, hour = context.work.settings.concerns.limits, hour_of(context.now)
    look = context.work.vault.look
    for counted, most in (
        (look(f"web:site:{site.id if site else 0}"), limits.web_site_an_hour),
        (look("web:sites"), limits.web_an_hour),
    ):
        if too_many(await concerns.tallied(session, counted, "web", hour), most):
            log.warning("web.too_many_concerns")
            raise Refused(worker_messages.TOO_MANY_ON_THE_WEB)
        await concerns.tally(session, counted, "web", hour)


async def may_begin_on_the_web(work: Work, now: datetime) -> bool:
    """Whether one more stranger may begin; counted."""
    look, hour = work.vault.look("web:begun"), hour_of(now)
    async with work.write() as session:
        count = await concerns.tally(session, look, "begun", hour)
    return count <= work.settings.concerns.limits.web_begun_an_hour


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
