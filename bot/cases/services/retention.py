"""How long things are kept: some months after closing, words, files and identities go.

Luật 91/2025/QH15: no longer than needed. The figures stay for the yearly summaries. A case of
which only figures are left cannot be reopened.
"""

from datetime import datetime, timedelta

import structlog

from bot.core import clock_faults, upkeep_cards
from bot.core.copies import copy_path
from bot.core.rules.calendar import local
from bot.core.work import Work
from bot.units.services.uploads import KIND
from storage import marks, reporters, retention

BATCH = 200
LEFT_LYING = timedelta(days=30)  # forms of workers nobody handed in
LOST_FILES = timedelta(days=1)  # of forms of workers that were dropped
OWN_PICTURES = timedelta(days=60)  # that went out with the digests
LEFT_BY_STAFF = timedelta(days=60)  # of forms dropped, and of reports whose phone never sent them
UPLOADS = timedelta(days=7)  # lists of units, decided or not
FILES_A_NIGHT = 10_000  # SQLite takes 32,766 ids in one statement
TALLIES = timedelta(days=2)
MESSAGE_KEYS = timedelta(days=400)  # against repeats: what comes every year has come again by then
BETWEEN_LOOKS = timedelta(hours=23)  # nightly; a night may come a little early
MANY = 20  # closed cases that end in one night; administrators hear of it before
MARK = "retention"

log = structlog.get_logger()


async def seen_before(work: Work, now: datetime) -> datetime | None:
    """When an earlier look at what is over was taken, a night ago or longer; None: never.

    What was over then may be erased now: a clock that is wrong for a moment erases nothing.
    """
    async with work.read() as session:
        return (await marks.up_to(session, now - BETWEEN_LOOKS)).get(MARK)


async def look(work: Work, now: datetime) -> None:
    """Note what is over by now, to be erased after the next look; say how much it is.

    A look that lies ahead of now was taken by a wrong clock and is taken again; one of the last
    hours stands.
    """
    privacy = work.settings.privacy
    async with work.write() as session:
        earlier = (await marks.up_to(session, now)).get(MARK)
        if earlier and now - BETWEEN_LOOKS < earlier:
            return
        await marks.set_mark(session, MARK, now)
        limit = months_before(now, privacy.keep_months)
        cases = await retention.count_closed_before(session, limit)
        old = now - timedelta(days=privacy.messages_days)
        messages = await retention.count_messages_before(session, old)
        if cases >= MANY:
            card = upkeep_cards.erasing(cases, limit.date(), local(now).date())
            await clock_faults.owe(session, work, card, "erasing", now)
    log.info("retention.planned", cases=cases, closed_before=f"{limit:%Y-%m-%d}", messages=messages)


async def ensure_forgotten(work: Work, now: datetime) -> None:
    """Everything whose time is over by now; a repeat finds nothing."""
    privacy = work.settings.privacy
    limit = months_before(now, privacy.keep_months)
    emptied = 0
    while done := await _empty_some(work, limit, now):
        emptied += done
    await _forget_loose_ends(work, now)
    async with work.write() as session:
        forgotten = await retention.forget_reporters(session, limit)
        if forgotten:
            await reporters.prune(session, work.vault)
        await retention.blank_messages(session, now - timedelta(days=privacy.messages_days))
        await retention.drop_logs(
            session,
            months_before(now, privacy.views_months),
            months_before(now, privacy.barred_months),
            now - TALLIES,
        )
    while await _forget_some_messages(work, now - MESSAGE_KEYS):
        pass
    log.info("retention.done", cases=emptied, reporters=forgotten)


def months_before(moment: datetime, months: int) -> datetime:
    """The same day of the month so many months ago, or the last of a shorter month."""
    day = local(moment)
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    for number in range(day.day, 27, -1):
        try:
            return day.replace(year=year, month=month + 1, day=number)
        except ValueError:
            continue
    return day.replace(year=year, month=month + 1)


async def _empty_some(work: Work, limit: datetime, now: datetime) -> int:
    async with work.write() as session:
        cases = await retention.closed_before(session, limit, BATCH)
        for case in cases:
            await retention.empty(session, case, now)
        files = await retention.drop_files(session, [case.id or 0 for case in cases])
        hashes = await retention.delete_unheld(session, files)
    _unlink(work, hashes)
    return len(cases)


async def _forget_some_messages(work: Work, before: datetime) -> int:
    async with work.write() as session:
        return await retention.forget_messages(session, before, BATCH)


async def _forget_loose_ends(work: Work, now: datetime) -> None:
    async with work.write() as session:
        await retention.drop_private_drafts(session, now - LEFT_LYING)
        files = {
            *await retention.lost_files(session, now - LOST_FILES),
            *await retention.left_lying(session, now - LEFT_BY_STAFF),
        }
        if files:
            files -= await retention.in_answers(session)
        files.update(await retention.old_uploads(session, KIND, now - UPLOADS))
        files.update(await retention.own_pictures(session, now - OWN_PICTURES))
        oldest = sorted(files)[:FILES_A_NIGHT]
        hashes = await retention.delete_unheld(session, oldest)
    _unlink(work, hashes)


def _unlink(work: Work, hashes: list[str]) -> None:
    """After the commit: a file too many does no harm, a missing one would."""
    for sha256 in hashes:
        copy_path(work.settings.database.files, sha256).unlink(missing_ok=True)
