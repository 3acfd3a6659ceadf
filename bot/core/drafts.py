"""The end of a form: it is over in the same transaction as what it asked for."""

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.core import messages
from bot.core.errors import Refused
from bot.core.rules.permissions import Actor
from storage import drafts


async def end_draft(session: AsyncSession, actor: Actor, draft_id: int | None) -> None:
    """Delete the draft. Raises Refused when it was handed in already, so nothing is done twice."""
    if draft_id is None:
        return
    draft = await drafts.get_locked(session, draft_id)
    if draft is None or draft.owner not in actor.owners:
        raise Refused(messages.DRAFT_GONE)
    await session.delete(draft)
