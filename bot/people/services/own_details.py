"""What people say about themselves: their official name, their telephone number."""

import re

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.core import messages
from bot.core.errors import Refused
from bot.core.rules.permissions import Actor
from bot.core.work import Work
from bot.people.services.named_officers import take_charge
from storage.folding import fold
from storage.models import Person

MAX_NAME = 100


def official_name(text: str) -> str:
    """A full name, single-spaced. Raises Refused for less than two words."""
    name = " ".join(text.split())
    if len(name) > MAX_NAME or len(fold(name).split()) < 2:
        raise Refused(messages.FULL_NAME_NEEDED)
    return name


def phone_number(text: str) -> str:
    """Digits, perhaps with a + in front. Raises Refused for anything else."""
    digits = re.sub(r"[ .()\-]", "", text)
    if not re.fullmatch(r"\+?[0-9]{8,15}", digits):
        raise Refused(messages.PHONE_NEEDED)
    return digits


async def present(work: Work, actor: Actor) -> dict[str, str]:
    """One's own name and telephone number as they stand, by step; an empty one is left out."""
    async with work.read() as session:
        person = await _self(session, actor)
    return {"name": person.name, **({"phone": person.phone} if person.phone else {})}


async def rename(work: Work, actor: Actor, name: str) -> str:
    """One's own official name."""
    name = official_name(name)
    async with work.write() as session:
        person = await _self(session, actor)
        person.name, person.folded = name, fold(name)[:MAX_NAME]
        await take_charge(session, person)
    return name


async def set_phone(work: Work, actor: Actor, phone: str) -> str:
    """One's own telephone number, shown to the sites one is in charge of."""
    phone = phone_number(phone)
    async with work.write() as session:
        person = await _self(session, actor)
        person.phone = phone
        await take_charge(session, person)
    return phone


async def _self(session: AsyncSession, actor: Actor) -> Person:
    person = await session.get(Person, actor.person_id)
    if person is None:
        raise Refused(messages.NOT_ALLOWED)
    return person
