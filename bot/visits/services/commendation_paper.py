"""The paper that asks the level above to reward what was accepted."""

import asyncio

from bot.core import messages
from bot.core.context import Context
from bot.core.errors import Refused
from bot.core.rules.calendar import local
from bot.core.rules.permissions import Action
from bot.documents.file import File
from bot.units.services.letterheads import heads_of
from bot.visits.papers.commendations import CommendationPaper, Commended, commendation_paper
from bot.visits.services import commendations
from storage import overview


async def paper_file(context: Context) -> File:
    """The docx. Raises Refused where nothing was accepted of late or no kind was chosen, or
    nothing is the actor's.
    """
    facts = await commendations.waiting(context, 0)
    if not facts.accepted:
        raise Refused(messages.NOTHING_ACCEPTED)
    rows = [
        Commended(row.kind, row.words, site.name, local(row.decided_at or context.now).date())
        for row, site, _ in facts.accepted
        if row.kind
    ]
    if not rows:
        raise Refused(messages.NO_KIND_CHOSEN)
    work, paths = context.work, context.actor.paths_for(Action.DECIDE_COMMENDATION)
    async with work.read() as session:
        unit = (await overview.at_paths(session, paths))[0]
        head = (await heads_of(session, work, [unit]))[unit.id or 0]
    today = local(context.now).date()
    paper = CommendationPaper(head, today, rows)
    data = await asyncio.to_thread(commendation_paper, paper, work.settings.documents.templates)
    return File(f"to-trinh-khen-thuong-{today:%Y%m%d}.docx", data)
