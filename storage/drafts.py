"""Forms being filled in."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import delete
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.models import Draft, SentForm

MAX_ID = 2**31 - 1  # a button can be forged; PostgreSQL fails on a larger one


async def get_locked(session: AsyncSession, draft_id: int) -> Draft | None:
    """The draft, kept from other transactions until this one is over."""
    if draft_id > MAX_ID:
        return None
    return await session.get(Draft, draft_id, with_for_update=True)


async def latest(
    session: AsyncSession, owners: Collection[str], forms: Collection[str]
) -> Draft | None:
    """The one of these forms that was touched last; words outside of buttons go there."""
    rows = await session.exec(
        select(Draft)
        .where(col(Draft.owner).in_(owners), col(Draft.form).in_(forms))
        .order_by(col(Draft.updated_at).desc(), col(Draft.id).desc())
        .limit(1)
    )
    return rows.first()


async def find(session: AsyncSession, owner: str, form: str, subject: str) -> Draft | None:
    """The same form about the same thing, if it was begun before."""
    rows = await session.exec(
        select(Draft).where(Draft.owner == owner, Draft.form == form, Draft.subject == subject)
    )
    return rows.first()


async def of_owners(session: AsyncSession, owners: Collection[str]) -> list[Draft]:
    """Every form these owners have open, the one touched last first."""
    rows = await session.exec(
        select(Draft).where(col(Draft.owner).in_(owners)).order_by(col(Draft.updated_at).desc())
    )
    return list(rows.all())


async def remember_sent(session: AsyncSession, receipt: str, who: str, day: date) -> None:
    """A form was handed in; `receipt` recognises a second try, `who` is how it speaks to people."""
    session.add(SentForm(receipt=receipt, who=who, sent_on=day))


async def sent(session: AsyncSession, receipts: Collection[str]) -> SentForm | None:
    """The form that one of these receipts is for, if it was handed in not long ago."""
    query = select(SentForm).where(col(SentForm.receipt).in_(receipts)).limit(1)
    return (await session.exec(query)).first()


async def forget_sent(session: AsyncSession, before: date) -> None:
    """Nobody taps a second time after days."""
    await session.exec(delete(SentForm).where(col(SentForm.sent_on) < before))
