"""Writing the one draft of a unit, by several people in turn: nothing is overwritten in silence.

Every edit is kept. Whoever replaces says which revision they have seen; adding never conflicts.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.core.context import Context
from bot.core.errors import Refused
from bot.core.rendering import number
from bot.core.rules.permissions import Action, Actor
from bot.summaries.cards import messages as says
from bot.summaries.rules.summaries import LONGEST_SECTION
from bot.summaries.services import contents
from bot.summaries.services.obligation_access import Desk, desk, editing, name_of, require_editable
from bot.summaries.services.pages import page as page
from storage import summaries
from storage.enums import Addressee
from storage.models import Summary, SummaryProposal, SummarySection


class Mode(StrEnum):
    """How new words meet those that are there."""

    APPEND = "append"
    REPLACE = "replace"
    WRITE_OUT = "write_out"  # adds what was said in voice messages


@dataclass(frozen=True)
class NewText:
    """What somebody wrote for a section. `based_on`: the revision it was written upon, 0: none.

    `files`: voice messages; `heard`: those that these words write out, others go on waiting.
    """

    section: str
    text: str
    files: Collection[int] = ()
    mode: Mode = Mode.APPEND
    based_on: int = 0
    heard: Collection[int] = ()


class WrittenMeanwhile(Exception):  # noqa: N818 - it reads as what happened
    """Somebody else wrote the section since it was seen; nothing was changed."""

    def __init__(self, name: str, at: datetime, text: str, revision: int) -> None:
        super().__init__("the section was written meanwhile")
        self.name, self.at, self.text, self.revision = name, at, text, revision


async def require_editing(context: Context, obligation_id: int) -> None:
    """Raises Refused where the actor may not write, or nobody may any more."""
    async with context.work.read() as session:
        on = await desk(session, context, obligation_id)
        on.require(Action.WRITE_SUMMARY)
        summary = (await summaries.of(session, [obligation_id])).get(obligation_id)
        if summary is not None:
            await require_editable(on, summary)


async def write_section(context: Context, obligation_id: int, new: NewText) -> SummarySection:
    """One edit of one section. Raises WrittenMeanwhile, or Refused: too long, locked, no words."""
    async with editing(context, obligation_id) as (on, summary):
        await _require_section(on, new.section)
        before = (await summaries.sections(on.session, [summary.id or 0]))[summary.id or 0].get(
            new.section
        )
        if new.mode is Mode.REPLACE:
            await _nobody_else_wrote(on, summary, before, new)
        edit = _edit(summary, before, new, context.actor, context.now)
        if before is not None:
            if (edit.text, edit.files) == (before.text, before.files):
                return before
            before.latest = False
            await on.session.flush()
        on.session.add(edit)
        return edit


def _edit(
    summary: Summary, before: SummarySection | None, new: NewText, actor: Actor, now: datetime
) -> SummarySection:
    words = new.text.strip()
    heard = new.heard if new.mode is Mode.WRITE_OUT else ()
    waiting = [file for file in before.files if file not in heard] if before else []
    files = list(dict.fromkeys([*waiting, *new.files]))
    if not words and (new.mode is not Mode.APPEND or not new.files):
        raise Refused(says.NOTHING_WRITTEN if not new.files else says.NEEDS_WORDS)
    text_before = "" if before is None or new.mode is Mode.REPLACE else before.text
    text = "\n".join(part for part in (text_before, words) if part)
    if len(text) > LONGEST_SECTION:
        raise Refused(says.TOO_LONG.format(letters=number(len(text))))
    return SummarySection(
        summary_id=summary.id or 0,
        section=new.section,
        revision=before.revision + 1 if before else 1,
        text=text,
        files=files,
        author_id=actor.person_id,
        at=now,
    )


async def _nobody_else_wrote(
    on: Desk, summary: Summary, before: SummarySection | None, new: NewText
) -> None:
    if before is None or before.revision <= new.based_on:
        return
    since = await summaries.history(on.session, summary.id or 0, new.section)
    others = [e for e in since if e.revision > new.based_on and e.author_id != on.actor.person_id]
    if others:
        name = await name_of(on.session, others[0].author_id)
        raise WrittenMeanwhile(name, others[0].at, before.text, before.revision)


async def _require_section(on: Desk, key: str) -> None:
    request_id = on.obligation.request_id
    request = (
        (await summaries.requests(on.session, [request_id])).get(request_id) if request_id else None
    )
    if key not in {
        section.key for section in contents.sections_for(on.work, on.obligation, request)
    }:
        raise Refused(says.NO_SUCH_SECTION)


async def propose(context: Context, obligation_id: int, addressee: Addressee, text: str) -> None:
    """A proposal of section VI. The same one twice is refused; one that was taken out comes back
    with the case that it became.
    """
    async with editing(context, obligation_id) as (on, summary):
        if not contents.takes_proposals(context.work, on.obligation):
            raise Refused(says.NO_PROPOSALS)
        key, words = summary.id or 0, text.strip()
        there = (await summaries.proposals(on.session, [key]))[key]
        if any((proposal.addressee, proposal.text) == (addressee, words) for proposal in there):
            raise Refused(says.ALREADY_PROPOSED)
        if withdrawn := await summaries.withdrawn(on.session, key, addressee, words):
            withdrawn.removed_at = None
            return
        on.session.add(
            SummaryProposal(
                summary_id=key,
                addressee=addressee,
                text=words,
                author_id=context.actor.person_id,
                at=context.now,
            )
        )


async def withdraw(context: Context, obligation_id: int, proposal_id: int) -> None:
    """Take a proposal out. The case that it became, if it did, stays. A second time: nothing."""
    async with editing(context, obligation_id) as (on, summary):
        proposal = await on.session.get(SummaryProposal, min(proposal_id, summaries.MAX_ID))
        if proposal is None or proposal.summary_id != summary.id:
            raise Refused(says.NOT_FOUND)
        proposal.removed_at = proposal.removed_at or context.now
