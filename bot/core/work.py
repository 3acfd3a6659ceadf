"""What every service works with: transactions, the operator's settings, calendar, keys."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.config.settings import Settings
from bot.core.drafts import HandedIn
from bot.core.errors import TurnLost
from bot.core.labels import TopicWords, topic_words
from bot.core.rules.calendar import Calendar
from bot.core.rules.programmes import Programme
from storage import inbox
from storage.addresses import UpdateKey
from storage.store import Store
from storage.vault import Vault


@dataclass(frozen=True)
class Work:
    """Handed to services. Bound to an update, its first commit also marks that update as done;
    bound to a form that is handed in, it also ends the form's draft.
    """

    store: Store
    settings: Settings
    calendar: Calendar
    vault: Vault
    programmes: tuple[Programme, ...] = ()  # the active plans
    update: UpdateKey | None = None
    taken_at: datetime | None = None
    handed_in: HandedIn | None = None
    holder: int | None = None  # this run of the program, where several share the database

    @property
    def topics(self) -> TopicWords:
        """The words for every topic of the checklist, those of the active plans included."""
        return topic_words(self.programmes)

    def for_update(self, update: UpdateKey, now: datetime) -> "Work":
        return replace(self, update=update, taken_at=now)

    def unbound(self) -> "Work":
        """The same for what is done beside the update: its commit does not mark it as done."""
        return replace(self, update=None, taken_at=None, handed_in=None)

    def for_draft(self, handed_in: HandedIn) -> "Work":
        return replace(self, handed_in=handed_in)

    def keeping_draft(self) -> "Work":
        """The same where the form goes on: its commit leaves the draft, and so does the engine."""
        if self.handed_in:
            self.handed_in.goes_on = True
        return replace(self, handed_in=None)

    async def end_draft(self) -> None:
        """The engine's: the form is over, also where nothing was kept. Raises DraftGone."""
        if self.handed_in and not self.handed_in.over and not self.handed_in.goes_on:
            async with self.write():
                pass

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncSession]:
        """One writing transaction; what the update asked for, its mark and the end of the form are
        kept together. Raises DraftGone for a form that was handed in before, TurnLost where another
        program handles the update by now.
        """
        draft = self.handed_in if self.handed_in and not self.handed_in.over else None
        async with self.store.write() as session:
            if draft:
                await draft.end(session)
            yield session
            await self._mark_done(session)
        if draft:
            draft.over = True

    async def _mark_done(self, session: AsyncSession) -> None:
        """Raises TurnLost."""
        if self.update is None or self.taken_at is None:
            return
        if not await inbox.mark_done(session, self.update, self.taken_at, self.holder):
            raise TurnLost

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncSession]:
        async with self.store.read() as session:
            yield session
