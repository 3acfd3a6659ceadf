"""The report of a visit as it is written on a phone without coverage: what the phone is given to
ask, and what it sends once it can.

The questions are the chat's (`bot/visits/forms/report.py`), so is what becomes of the answers.
"""

import hashlib
import json
import re
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.conversation.form import Form, Moment
from bot.conversation.whole_form import NOT_READABLE, described, filled
from bot.core.context import Context
from bot.core.errors import Refused
from bot.core.rules.calendar import Week
from bot.core.rules.permissions import Action
from bot.programmes import services as programmes
from bot.visits.facts import offline_kinds  # noqa: F401 - the kinds that only a visit's report has
from bot.visits.facts.visits import Submitted, status_words
from bot.visits.forms.report import REPORT, typed
from bot.visits.services import reports, visits
from storage.enums import VisitOrigin, VisitStatus
from storage.models import Unit, Visit

KEY = re.compile(r"[0-9a-f]{32}")
DIGEST = re.compile(r"[0-9a-f]{64}")
_BESIDES = ("files",)  # on a page the situation takes all pictures and recordings
MAX_ID = 2**31 - 1
MOST_CHANGES = 100

FilesOf = Callable[[Collection[str]], Awaitable[Mapping[str, tuple[int, str]]]]
"""Digests of files -> (stored file, kind) of those that have arrived."""


class FilesMissing(Refused):
    """Files of the report that have not arrived, by digest."""

    def __init__(self, digests: Collection[str]) -> None:
        super().__init__("Còn ảnh, tệp chưa gửi đến.")
        self.digests = sorted(digests)


@dataclass(frozen=True)
class WrittenReport:
    """One report as a phone sends it. `key`: made there at random before the first letter;
    `visit_id`: 0 for a visit that nobody had planned; `place`: the site that the phone showed;
    `values`: step -> plain JSON, see `whole_form`. `corrects`: keys that the same report was sent
    by before it was changed, the first one first, not knowing whether it arrived.
    """

    key: str
    visit_id: int
    place: int
    values: Mapping[str, Any]
    corrects: Sequence[str] = ()

    @classmethod
    def read(cls, sent: Any) -> "WrittenReport":
        """From what came. Raises Refused: that is no report."""
        parts = sent if isinstance(sent, dict) else {}
        key, values = parts.get("key"), parts.get("values")
        if not isinstance(key, str) or not KEY.fullmatch(key) or not isinstance(values, dict):
            raise Refused(NOT_READABLE)
        visit = 0 if parts.get("visit") == 0 else _id(parts.get("visit"))
        place = _id(parts.get("place"))
        return cls(key, visit, place, values, _keys(parts.get("corrects", [])))

    @property
    def first_key(self) -> str:
        """By which it was sent first."""
        return next(iter(self.corrects), self.key)

    @property
    def digests(self) -> set[str]:
        """Of the files that go with it. Raises Refused: something else stands in their place."""
        digests = {
            digest
            for value in self.values.values()
            if isinstance(value, dict) and isinstance(value.get("files"), list)
            for digest in value["files"]
            if isinstance(digest, str)
        }
        if not all(DIGEST.fullmatch(digest) for digest in digests):
            raise Refused(NOT_READABLE)
        return digests


def _keys(sent: Any) -> list[str]:
    if not isinstance(sent, list) or len(sent) > MOST_CHANGES:
        raise Refused(NOT_READABLE)
    if not all(isinstance(key, str) and KEY.fullmatch(key) for key in sent):
        raise Refused(NOT_READABLE)
    return sent


def _id(number: Any) -> int:
    if type(number) is not int or not 0 < number <= MAX_ID:
        raise Refused(NOT_READABLE)
    return number


async def week_of_phone(context: Context, sites_mark: str = "") -> dict[str, Any]:
    """The visits that wait for a report, their questions, and which reports of phones arrived; the
    sites where somebody may report another one, unless the phone has them: `sites_mark`.
    """
    home = await visits.my_week(context)
    waiting = home.to_report
    topics = await programmes.topics_of_sites(context.work, [s for _, s in waiting], context.now)
    forms, listed = {}, []
    for visit, site in waiting:
        about = _about(visit, site, topics[site.id or 0])
        steps = described(_form(about), Moment(context.now, about, {}, context.work.calendar))
        name = _name(steps)
        forms[name] = steps
        listed.append({**_plain(visit, site), "form": name})
    others = [_plain(v, s) for v, s in home.visits if v.id not in {w.id for w, _ in waiting}]
    of_phones = await reports.phone_reports(context)
    unplanned = await _unplanned(context, sites_mark)
    if unplanned:
        forms[unplanned["form"]] = unplanned.pop("steps")
    return {
        "week": home.week.label(),
        "visits": listed,
        "others": others,
        "forms": forms,
        "arrived": {key: at.isoformat() for key, at, _ in of_phones},
        "arrived_visits": {key: visit for key, _, visit in of_phones},
        "unplanned": unplanned,
    }


async def _unplanned(context: Context, sites_mark: str) -> dict[str, Any] | None:
    """What a phone needs to report a visit that nobody had planned; None: it may not."""
    if not context.actor.may_any(Action.REPORT_UNPLANNED):
        return None
    about = {"topics": await programmes.topics_of_officer(context)}
    steps = described(_form(about), Moment(context.now, about, {}, context.work.calendar))
    sites = await reports.sites_of_unplanned(context)
    mark = _name(sites)
    new = {} if mark == sites_mark else {"sites": sites}
    return {"form": _name(steps), "steps": steps, "mark": mark, **new}


async def take(context: Context, written: WrittenReport, files_of: FilesOf) -> Submitted:
    """Take a report once, whatever came of earlier tries; again it gives the same receipt.

    Raises Unfit: answers to look at again; FilesMissing; Refused: it cannot be taken any more.
    """
    if sent := await reports.sent_from_phone(context, written.key):
        return sent
    try:
        return await _take_first(context, written, files_of)
    except Refused:  # because another try of the same report came through meanwhile?
        if sent := await reports.sent_from_phone(context, written.key):
            return sent
        raise


async def _take_first(context: Context, written: WrittenReport, files_of: FilesOf) -> Submitted:
    visit, site = await _place_of(context, written)
    digests = written.digests
    arrived = await files_of(digests) if digests else {}
    if missing := digests - arrived.keys():
        raise FilesMissing(missing)
    states = written.values.get("topics")
    ticked = set(states) if isinstance(states, dict) else set()
    about = _about(visit, site, await programmes.topics_at(context.work, site, ticked, context.now))
    moment = Moment(context.now, about, {}, context.work.calendar)
    answers = filled(_form(about), _with_files(written.values, arrived), moment)
    report = typed(answers)
    report = replace(report, columns={**report.columns, "phone_key": written.key})
    if visit is None:
        first = written.first_key
        return await reports.submit_unplanned(context, written.place, report, first_key=first)
    return await reports.submit(context, visit.id or 0, report, written.place, written.corrects)


async def _place_of(context: Context, written: WrittenReport) -> tuple[Visit | None, Unit]:
    """The visit with its site; of one that nobody had planned the site, until it is reported."""
    place, corrects = written.place, written.corrects
    if written.visit_id:
        return await reports.to_be_reported(context, written.visit_id, place, corrects)
    return await reports.unplanned_to_be_reported(context, place, written.first_key, corrects)


def _with_files(
    values: Mapping[str, Any], arrived: Mapping[str, tuple[int, str]]
) -> dict[str, Any]:
    """The values with the stored files in place of their digests."""
    return {
        key: {**value, "files": [arrived[d] for d in value["files"] if isinstance(d, str)]}
        if isinstance(value, dict) and isinstance(value.get("files"), list)
        else value
        for key, value in values.items()
    }


def _about(visit: Visit | None, site: Unit, topics: programmes.Brought) -> dict[str, Any]:
    planned = visit is not None and visit.origin is not VisitOrigin.UNPLANNED
    week = {"visit_id": visit.id, "week": visit.week.isoformat()} if visit and planned else {}
    return {"name": site.name, **week, **({"topics": topics} if topics else {})}


def _form(about: Mapping[str, Any]) -> Form:
    fitted = REPORT.fit(REPORT, about) if REPORT.fit else REPORT
    extras = tuple(step for step in fitted.extras if step.key not in _BESIDES)
    return replace(fitted, extras=extras)


def _name(steps: Any) -> str:
    """What tells one list of questions from another."""
    return hashlib.blake2s(json.dumps(steps).encode(), digest_size=8).hexdigest()


def _plain(visit: Visit, site: Unit) -> dict[str, Any]:
    return {
        "id": visit.id,
        "place": site.id,
        "name": site.name,
        "address": site.address,
        "week": Week.of(visit.week).label(),
        "day": visit.day.isoformat() if visit.day else "",
        "state": status_words(visit),
        "reported": visit.status is VisitStatus.REPORTED,
    }
