"""The end of a form: it is over in the same transaction as what it asked for."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.core import messages
from bot.core.errors import Refused
from storage import drafts
from storage.vault import Vault


class DraftGone(Refused):
    """The form was handed in or dropped before."""


@dataclass
class HandedIn:
    """A form being handed in: the first commit of the `Work` bound to it ends its draft.

    `receipt` is what recognises a second tap on "Gửi", `who` how the form speaks to people, `day`
    the local day; an empty receipt: the form has no such button. `over` once it is committed;
    `goes_on` where something is to be asked again.
    """

    draft_id: int
    owners: Collection[str]
    receipt: str = ""
    who: str = ""
    day: date = date.min
    over: bool = False
    goes_on: bool = False

    async def end(self, session: AsyncSession) -> None:
        """Delete the draft, so that nothing is done twice. Raises DraftGone."""
        draft = await drafts.get_locked(session, self.draft_id)
        if draft is None or draft.owner not in self.owners:
            raise DraftGone(messages.DRAFT_GONE)
        await session.delete(draft)
        if self.receipt:
            await drafts.remember_sent(session, self.receipt, self.who, self.day)
        await session.flush()


def receipts(vault: Vault, owners: Collection[str], draft_id: int) -> Sequence[str]:
    """What a form handed in by one of `owners` is remembered by, the current key's first: it leads
    neither to them nor, without the key, to anything else they did.
    """
    return [look for owner in owners for look in vault.looks(f"sent:{owner}:{draft_id}")]
