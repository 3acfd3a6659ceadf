"""Forms being filled in."""

from collections.abc import Collection

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.models import Draft

MAX_ID = 2**31 - 1  # a button can be forged; PostgreSQL fails on a larger one


async def get_locked(session: AsyncSession, draft_id: int) -> Draft | None:
    """The draft, kept from other transactions until this one is over."""
    if draft_id > MAX_ID:
        return None
    return await session.get(Draft, draft_id, with_for_update=True)


async def latest(session: AsyncSession, person_id: int, forms: Collection[str]) -> Draft | None:
    """The one of these forms that this person touched last; words outside of buttons go there."""
    found = await session.exec(
        select(Draft)
        .where(Draft.person_id == person_id, col(Draft.form).in_(forms))
        .order_by(col(Draft.updated_at).desc(), col(Draft.id).desc())
        .limit(1)
    )
    return found.first()


async def find(session: AsyncSession, person_id: int, form: str, subject: str) -> Draft | None:
    """The same form about the same thing, if it was begun before."""
    found = await session.exec(
        select(Draft).where(
            Draft.person_id == person_id, Draft.form == form, Draft.subject == subject
        )
    )
    return found.first()


async def of_person(session: AsyncSession, person_id: int) -> list[Draft]:
    found = await session.exec(
        select(Draft).where(Draft.person_id == person_id).order_by(col(Draft.updated_at).desc())
    )
    return list(found.all())
