""" "Không phải": alerts that were none, and the words they rang by, for whoever mends the lists."""

import tempfile
from collections.abc import AsyncIterator
from pathlib import Path

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.cases.cards.alerts import SIGNS
from bot.cases.facts.alerts import AlertSeen, FalseWords
from bot.cases.rules.early_warning import SignKind
from bot.cases.services.alerts import facts_of
from bot.cases.services.sight import is_quiet
from bot.core import messages
from bot.core.access import require
from bot.core.context import Context
from bot.core.errors import Refused
from bot.core.rendering import moment
from bot.core.rules.calendar import local
from bot.core.rules.permissions import Action, Actor, Subject
from bot.core.work import Work
from bot.documents import tables
from bot.documents.safe_cells import Cell, safe
from storage import alerts, cases, units
from storage.models import Alert

HEADINGS = ("TT", "Ngày", "Dấu hiệu", "Từ ngữ")
TITLE = "Từ báo nhầm"
MOST = 500


async def judge(context: Context, alert_id: int, *, wrong: bool) -> AlertSeen:
    """Say that the event was none, or take it back; every alert about it is judged alike.

    With it the event is over; a new sign rings again. Raises Refused: not theirs to judge, or a
    short report says that there was something.
    """
    async with context.work.write() as session:
        alert = await alerts.get_locked(session, alert_id)
        if alert is None:
            raise Refused(messages.NOT_FOUND)
        facts = await facts_of(session, context.work, alert, context.actor)
        if not facts.may_judge:
            raise Refused(messages.NOT_FOUND)
        if wrong == bool(alert.wrong_at):
            return facts
        if (wrong and facts.reports) or (wrong and alert.over_at):
            raise Refused(messages.ALERT_OVER if alert.over_at else messages.ALERT_REPORTED)
        for of_event in await alerts.of_event(session, alert):
            of_event.wrong_at = of_event.over_at = context.now if wrong else None
            of_event.wrong_by = context.actor.person_id if wrong else None
            of_event.remind_at = None
            session.add(of_event)
        await session.flush()
        return await facts_of(session, context.work, alert, context.actor)


async def words(work: Work, actor: Actor) -> list[FalseWords]:
    """The words that rang for nothing at the actor's units, the newest first.

    Nothing but the phrases: no place, no case, and none of a case that is confidential by now.
    """
    require(actor, Action.SEE_FALSE_ALARMS)
    async with work.read() as session:
        return await _words(session, actor)


async def table(context: Context) -> tuple[str, bytes]:
    """(file name, xlsx) of the same."""
    rows = await words(context.work, context.actor)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "tu-bao-nham.xlsx"
        about = f"Những từ đã báo động nhầm. Lập lúc {moment(context.now)}."
        head = tables.TableHead(TITLE, TITLE, about, (6, 12, 44, 60))
        await tables.write(path, HEADINGS, _cells(rows), head=head)
        return path.name, path.read_bytes()


async def _words(session: AsyncSession, actor: Actor) -> list[FalseWords]:
    judged = await alerts.judged_wrong(session, MOST)
    by_id = await cases.by_ids(session, {a.case_id for a in judged if a.case_id})
    places = await units.by_ids(session, {alert.unit_id for alert in judged})
    return [
        FalseWords(local(alert.at).date(), SignKind(kind), quoted)
        for alert in judged
        if actor.may(Action.SEE_FALSE_ALARMS, Subject(places[alert.unit_id].path))
        and not (alert.case_id and is_quiet(by_id[alert.case_id]))
        for kind, quoted in _signs(alert)
    ]


def _signs(alert: Alert) -> list[tuple[str, str]]:
    parted = [sign.partition(":") for sign in alert.signs]
    return [(kind, quoted) for kind, _, quoted in parted if quoted]


async def _cells(rows: list[FalseWords]) -> AsyncIterator[list[Cell]]:
    for number, row in enumerate(rows, start=1):
        yield [number, row.on, SIGNS[row.kind], safe(row.words)]
