"""Whether somebody of the staff does something for their work, by whatever door.

Not where they look at the start or bring something as a worker: a day on which that alone was done
would lead from the person to the case of that day.
"""

import re
from datetime import datetime

from bot.conversation.registry import FORMS
from bot.core.context import Context
from bot.core.rules.permissions import Actor
from bot.core.work import Work
from storage import drafts, people
from storage.coarse import day_of

NOT_WORK = ("start", "phananh", "theodoi", "dulieu")
NOT_WORK_BUTTONS = ("home", "own:", "data:")
FORM_BUTTON = re.compile(r"^f:(\d{1,18}):")


async def is_at_work(work: Work, actor: Actor, *, command: str = "", button: str = "") -> bool:
    """`command` without its sign; neither that nor a button: words or a file."""
    if not actor.person_id:
        return False
    if command:
        return command not in NOT_WORK
    async with work.read() as session:
        if by_form := FORM_BUTTON.match(button):
            draft = await drafts.get_locked(session, int(by_form[1]))
        elif button:
            return not button.startswith(NOT_WORK_BUTTONS)
        else:
            draft = await drafts.latest(session, actor.owners, FORMS)
    return draft is not None and draft.owner == actor.owner


async def note_day(
    context: Context, seen_at: datetime | None, *, command: str = "", button: str = ""
) -> None:
    """Write down that they were at work on this day, once. `seen_at`: the day that is known."""
    work, actor, today = context.work, context.actor, day_of(context.now)
    if seen_at == today or not await is_at_work(work, actor, command=command, button=button):
        return
    async with work.write() as session:
        await people.set_seen(session, actor.person_id, today)
