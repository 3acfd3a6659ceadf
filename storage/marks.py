"""When the entries of the schedule last ran, and what was done once."""

from datetime import datetime

from sqlmodel import col, delete, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.models import ScheduleMark


async def all_marks(session: AsyncSession) -> dict[str, datetime]:
    return {mark.name: mark.ran_at for mark in (await session.exec(select(ScheduleMark))).all()}


async def up_to(session: AsyncSession, now: datetime) -> dict[str, datetime]:
    """Those that are not ahead of `now`: what was run by a clock that ran ahead was not run."""
    return {name: at for name, at in (await all_marks(session)).items() if at <= now}


async def set_mark(session: AsyncSession, name: str, now: datetime) -> None:
    await session.merge(ScheduleMark(name=name, ran_at=now))


async def replace_mark(session: AsyncSession, prefix: str, name: str, now: datetime) -> None:
    """The mark `name` instead of any other that begins with `prefix`."""
    begins = col(ScheduleMark.name).startswith(prefix, autoescape=True)
    await session.exec(delete(ScheduleMark).where(begins))
    await set_mark(session, name, now)
