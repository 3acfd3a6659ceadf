"""What people say about themselves: their official name, their telephone number."""

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.errors import Refused
from bot.messages import says
from bot.rules.permissions import Actor
from bot.services.handing_in import end_draft
from bot.services.work import Work
from storage.folding import fold
from storage.models import Person


async def rename(work: Work, actor: Actor, name: str, *, draft_id: int | None = None) -> str:
    """One's own official name."""
    name = " ".join(name.split())
    if len(name) > 100 or len(fold(name).split()) < 2:
        raise Refused(says.FULL_NAME_NEEDED)
    async with work.write() as session:
        person = await _self(session, actor, draft_id)
        person.name, person.folded = name, fold(name)[:100]
    return name


async def set_phone(work: Work, actor: Actor, phone: str, *, draft_id: int | None = None) -> str:
    """One's own telephone number, shown to the sites one is in charge of."""
    digits = "".join(sign for sign in phone if sign.isdigit() or sign == "+")
    if not 8 <= len(digits.strip("+")) <= 15 or "+" in digits[1:]:
        raise Refused(says.PHONE_NEEDED)
    async with work.write() as session:
        (await _self(session, actor, draft_id)).phone = digits
    return digits


async def _self(session: AsyncSession, actor: Actor, draft_id: int | None) -> Person:
    person = await session.get(Person, actor.person_id)
    if person is None:
        raise Refused(says.NOT_ALLOWED)
    await end_draft(session, actor, draft_id)
    return person
