"""What a unit's leader states about a target that no data says, and what the level above decides.

The seven targets "100 %" and the one of 70 % of `ctr-1306` II are such ones.
"""

from dataclasses import dataclass, replace

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.core import messages
from bot.core.access import require
from bot.core.card import Card
from bot.core.context import Context
from bot.core.errors import Refused
from bot.core.notices import notice
from bot.core.rules.permissions import Action, Subject, roles_for
from bot.plans.services.places import plan_of
from bot.summaries.cards import targets as cards
from bot.summaries.facts.targets import TargetPage
from bot.summaries.services.targets import Meant, page_of
from storage import files, obligations, outbox
from storage import targets as stored
from storage.enums import DeclarationState
from storage.models import Declaration, StoredFile, Unit
from storage.paths import ids_of


@dataclass(frozen=True)
class NewResult:
    """What the form hands in. `of_total` None: the target is a number and no share."""

    value: int
    of_total: int | None
    words: str
    files: tuple[int, ...] = ()


async def begin(context: Context, meant: Meant) -> TargetPage:
    """The target that the actor's unit may declare a result of. Raises Refused: it may not."""
    async with context.work.read() as session:
        page = await page_of(session, context, meant)
    if not page.may_declare:
        raise Refused(messages.NOT_ALLOWED)
    return page


async def declare(context: Context, meant: Meant, new: NewResult) -> TargetPage:
    """Keep what the unit states and tell those who decide about it. It counts once they accept it;
    what was accepted before counts until then. Raises Refused as `begin`."""
    if new.of_total is not None and new.value > new.of_total:
        raise Refused(messages.MORE_THAN_ALL)
    async with context.work.write() as session:
        page = await page_of(session, context, meant)
        if not page.may_declare:
            raise Refused(messages.NOT_ALLOWED)
        line = page.line
        row = Declaration(
            plan=line.plan.key,
            target=line.target.key,
            unit_id=line.unit.id or 0,
            year=line.year,
            value=new.value,
            of_total=new.of_total,
            words=new.words,
            files=list(new.files),
            person_id=context.actor.person_id,
            at=context.now,
        )
        session.add(row)
        await session.flush()
        after = await page_of(session, context, replace(meant, year=line.year))
        card = cards.to_decide(after, context.actor.name)
        for person in await _deciders(session, line.unit):
            await _owe(session, context, person, card, f"declared:{row.id}:{person}")
        return after


async def accept(context: Context, declaration_id: int) -> TargetPage:
    """It counts from now on. Raises Refused: decided already, something newer is there, or it is
    not the actor's to decide."""
    return await _decide(context, declaration_id, DeclarationState.ACCEPTED, "")


async def send_back(context: Context, declaration_id: int, reason: str) -> TargetPage:
    """It does not count, and whoever declared it reads why. Raises Refused as `accept`."""
    return await _decide(context, declaration_id, DeclarationState.RETURNED, reason)


async def to_return(context: Context, declaration_id: int) -> tuple[Declaration, Unit]:
    """The declaration that the actor may send back. Raises Refused as `accept`."""
    async with context.work.write() as session:
        return await _waiting(session, context, declaration_id)


async def files_of(context: Context, declaration_id: int) -> tuple[TargetPage, list[StoredFile]]:
    """The files that came with it. Raises Refused: a unit that the actor does not see."""
    async with context.work.read() as session:
        inside = declaration_id < stored.MAX_ID
        row = await session.get(Declaration, declaration_id) if inside else None
        if row is None:
            raise Refused(messages.NOT_FOUND)
        page = await page_of(session, context, _meant(context, row))
        return page, list(await files.by_ids(session, row.files))


async def _decide(
    context: Context, declaration_id: int, state: DeclarationState, reason: str
) -> TargetPage:
    async with context.work.write() as session:
        row, _ = await _waiting(session, context, declaration_id)
        row.state, row.reason = state, reason
        row.decided_by, row.decided_at = context.actor.person_id, context.now
        await session.flush()
        page = await page_of(session, context, _meant(context, row))
        if row.person_id != context.actor.person_id:
            card = cards.decided(page, row, context.actor.name)
            await _owe(session, context, row.person_id, card, f"declared:{row.id}:{state}")
        return page


async def _deciders(session: AsyncSession, unit: Unit) -> list[int]:
    """The leaders of the nearest unit above that has any."""
    above = ids_of(unit.path)[:-1]
    staff = await obligations.staff_at(session, above, roles_for(Action.DECIDE_DECLARATION))
    for key in reversed(above):
        if people := [person for at, _, person in staff if at == key]:
            return people
    return []


async def _waiting(
    session: AsyncSession, context: Context, declaration_id: int
) -> tuple[Declaration, Unit]:
    row = await stored.declaration_locked(session, declaration_id)
    unit = await session.get(Unit, row.unit_id) if row else None
    above = await session.get(Unit, unit.parent_id) if unit and unit.parent_id else None
    if row is None or unit is None or above is None:
        raise Refused(messages.NOT_FOUND)
    require(context.actor, Action.DECIDE_DECLARATION, Subject(above.path))
    if row.state is not DeclarationState.WAITING:
        raise Refused(messages.DECLARATION_DECIDED)
    of_unit = await stored.declared(session, [row.plan], row.year, [row.unit_id])
    if any(other.target == row.target and (other.id or 0) > declaration_id for other in of_unit):
        raise Refused(messages.DECLARED_SINCE)
    return row, unit


def _meant(context: Context, row: Declaration) -> Meant:
    """Raises Refused: the plan does not have this target any more."""
    targets = plan_of(context.work, row.plan).targets
    position = next((n for n, t in enumerate(targets) if t.key == row.target), None)
    if position is None:
        raise Refused(messages.NOT_FOUND)
    return Meant(row.plan, position, row.unit_id, row.year)


async def _owe(
    session: AsyncSession, context: Context, person_id: int, card: Card, key: str
) -> None:
    message = notice(context.work.calendar, person_id, card, key, context.now)
    await outbox.add(session, message)
