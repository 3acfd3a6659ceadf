"""The report of a visit: for a thumb, on a phone, in a factory yard.

What it asks stands in `bot/visits/facts/report_fields.py`: the core first, everything else waits
behind "Bổ sung" on the review.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from bot.conversation.form import Form, Option, Step
from bot.conversation.kinds import TROUBLE, Choice, Picked, Unlisted, Words, only_captions, text_of
from bot.conversation.view import UNCHANGED_LINES
from bot.core import search
from bot.core.card import Card
from bot.core.context import Context
from bot.core.labels import TOPICS, TopicWords
from bot.core.rendering import brief, on_button, weekday
from bot.core.rules.calendar import Week
from bot.core.rules.permissions import Actor
from bot.core.work import Work
from bot.visits.cards import reports as report_cards
from bot.visits.facts.earlier_version import OldFiles, OldProposal, dropped_of
from bot.visits.facts.report_answers import NewPlace, ReportAnswers, Trouble
from bot.visits.facts.report_fields import FIELDS, columns_of, draft_answers_of
from bot.visits.facts.report_kinds import checklist, week_of
from bot.visits.services import reports
from storage.enums import Arrears
from storage.models import Case, Draft, ReportTopic, VisitReport

TOPICS_KEY = "topics"
_WITH_FILES = "Kèm ảnh, tệp: "  # before words that came with pictures
ASSIGNED, YES = "assigned", "yes"
OLD_FILES = "old_files"
CASE = "case."  # with its id: a proposal of an earlier version, in other words
NOT_LISTED = 0  # in place of a site's id
NEW_NAME, NEW_ADDRESS = "new_name", "new_address"
_FIRST = ("site", NEW_NAME, NEW_ADDRESS, "visited_on", ASSIGNED)


def _core(topics: TopicWords) -> tuple[Step, ...]:
    """What every report asks, with the checklist of these topics."""
    return tuple(
        step
        for field in FIELDS
        if field.core
        for step in (checklist(field.step, topics) if field.key == TOPICS_KEY else (field.step,))
    )


CORE = _core(TOPICS)
EXTRAS = tuple(field.step for field in FIELDS if not field.core)
SKIPPED: Mapping[str, None] = {step.key: None for step in CORE if step.optional}
"""What a whole report may leave open; one message from a place without signal was not asked."""


def _with_topics(form: Form, about: Mapping[str, Any]) -> Form:
    """The checklist with the topics that plans brought when the draft was begun."""
    brought = about.get("topics")
    if not brought:
        return form
    topics = {**TOPICS, **{key: (short, words) for key, short, words in brought}}
    others = tuple(step for step in form.steps if step not in CORE)
    return replace(form, steps=(*others, *_core(topics)))


def _correcting(form: Form, about: Mapping[str, Any]) -> Form:
    """Besides, what an earlier version sent: its pictures, and the proposals that nobody took."""
    fitted = _with_topics(form, about)
    files = about.get("files", [])
    kinds = about.get("file_kinds", {})
    old = OldFiles(tuple((file, kinds.get(str(file), "")) for file in files))
    ask = (
        f"Bản trước kèm {len(files)} ảnh, tệp, đánh số theo thứ tự đã gửi. "
        "Bấm vào ảnh, tệp muốn bỏ, rồi bấm “Xong”."
    )
    own = (Step(OLD_FILES, "Ảnh, tệp cũ", ask, old),) if files else ()
    reworded = tuple(
        Step(
            f"{CASE}{key}",
            f"Sửa KN {code}",
            f"Kiến nghị {code} đã gửi: “{brief(words, 1500)}”. Đồng chí gõ lại nội dung đúng, "
            "hoặc đề nghị rút.",
            OldProposal(3000),
        )
        for key, code, words in about.get("proposals", ())
    )
    return replace(fitted, extras=(*own, *reworded, *fitted.extras))


async def _submit(context: Context, draft: Draft) -> Card:
    answers = typed(draft.answers)
    files = draft.about.get("files", [])
    dropped = dropped_of(draft.answers.get(OLD_FILES), files)
    sent = [file for file in files if file not in dropped]
    answers = replace(answers, files=tuple(dict.fromkeys((*sent, *answers.files))))
    submitted = await reports.submit(context, draft.about["visit_id"], answers)
    return report_cards.receipt(submitted)


async def _submit_unplanned(context: Context, draft: Draft) -> Card:
    answers, site = typed(draft.answers), draft.answers["site"]["id"]
    is_assigned = draft.answers.get(ASSIGNED) == YES
    visit_id = _assigned_visit(draft.about, draft.answers) if is_assigned else None
    if site == NOT_LISTED:
        place = NewPlace(draft.answers[NEW_NAME], draft.answers.get(NEW_ADDRESS) or "")
        return report_cards.receipt(await reports.submit_at_new_place(context, place, answers))
    submitted = await reports.submit_unplanned(context, site, answers, visit_id)
    return report_cards.receipt(submitted)


def _assigned_visit(about: Mapping[str, Any], answers: Mapping[str, Any]) -> int | None:
    """The visit that the officer was assigned to at the place and by the day of the answers."""
    site_id = (answers.get("site") or {}).get("id")
    visited_on = answers.get("visited_on") or ""
    fitting = [
        int(visit)
        for site, visit, monday in about.get("assigned", ())
        if site == site_id and monday <= visited_on
    ]
    return fitting[-1] if fitting else None


def _unplanned(form: Form, about: Mapping[str, Any]) -> Form:
    """The draft's checklist, and after the day the question whether this is the assigned visit."""

    def applies(answers: Mapping[str, Any]) -> bool:
        return _assigned_visit(about, answers) is not None

    fitted = _with_topics(form, about)
    steps = [replace(s, when=applies) if s.key == ASSIGNED else s for s in fitted.steps]
    steps.sort(key=lambda step: _FIRST.index(step.key) if step.key in _FIRST else len(_FIRST))
    return replace(fitted, steps=tuple(steps))


async def _sites(work: Work, actor: Actor, draft: Draft) -> list[Option]:
    query = (draft.answers.get("site") or {}).get("query", "")
    sites = await search.sites_like(work, actor, query)
    listed = [Option(str(key), on_button(f"📍 {name}")) for key, name in sites]
    return [*listed, Option(str(NOT_LISTED), "🆕 Không có trong danh sách")]


def _unlisted(answers: Mapping[str, Any]) -> bool:
    return (answers.get("site") or {}).get("id") == NOT_LISTED


async def _names(work: Work, actor: Actor, draft: Draft) -> dict[str, str]:
    """The week where it is not the one of today, and a day that lies outside of it."""
    week, visited_on = week_of(draft.about), draft.answers.get("visited_on")
    names = {}
    if week and week != Week.containing(draft.updated_at):
        names["name"] = f"{draft.about['name']}, {week.label()}"
    if week and visited_on and (day := date.fromisoformat(visited_on)) not in week.days:
        names["visited_on"] = (
            f"{weekday(day)}. Ngày {day:%d/%m} không nằm trong {week.label()}, "
            "vẫn ghi đúng ngày đi."
        )
    return names


async def _site_name(work: Work, actor: Actor, draft: Draft) -> dict[str, str]:
    site_id = (draft.answers.get("site") or {}).get("id")
    if _unlisted(draft.answers):
        return {"site": "không có trong danh sách", "name": draft.answers.get(NEW_NAME) or ""}
    name = await reports.site_name(work, actor, site_id) if site_id else ""
    return {"site": name, "name": name} if name else {}


REPORT = Form(
    "report",
    "Báo cáo đi cơ sở",
    CORE,
    _submit,
    extras=EXTRAS,
    words_to="situation",
    files_to="files",
    send_label="✅ Gửi báo cáo",
    names=_names,
    fit=_correcting,
)

UNPLANNED = Form(
    "unplanned",
    "Báo cáo lượt đi ngoài kế hoạch",
    (
        Step(
            "site",
            "Cơ sở",
            "Đồng chí đã đến đâu? Gõ vài chữ trong tên; không thấy thì bấm "
            "“Không có trong danh sách”.",
            Picked(),
        ),
        Step(
            NEW_NAME, "Tên cơ sở", "Tên cơ sở là gì?", Unlisted(200, search="site"), when=_unlisted
        ),
        Step(
            NEW_ADDRESS,
            "Địa chỉ",
            "Địa chỉ ở đâu? Quản trị sẽ xác nhận cơ sở này.",
            Words(300),
            when=_unlisted,
            optional=True,
        ),
        Step(
            ASSIGNED,
            "Lượt được giao",
            "Đồng chí có lượt được giao đến cơ sở này mà chưa báo cáo. "
            "Đây có phải là lượt được giao đó không?",
            Choice(
                (
                    (YES, "Đúng, báo cáo lượt được giao"),
                    ("no", "Không, đây là lượt ngoài kế hoạch"),
                )
            ),
            when=lambda _: False,  # of a draft that knows of no such visit
        ),
        *CORE,
    ),
    _submit_unplanned,
    extras=EXTRAS,
    words_to="situation",
    files_to="files",
    send_label="✅ Gửi báo cáo",
    choices={"site": _sites},
    names=_site_name,
    fit=_unplanned,
)


def typed(answers: Mapping[str, Any]) -> ReportAnswers:
    """The draft's JSON as the values that the service takes."""
    note, more = answers.get("situation") or {}, answers.get("files") or {}
    columns = columns_of(answers)
    if columns.get("arrears_state") is Arrears.NONE:
        columns.pop("arrears", None)  # described before it was taken back
    situation = "\n".join(
        part for part in (situation_of(note), captions_line(text_of(more))) if part
    )
    return ReportAnswers(
        columns={**columns, "situation": situation},
        topics=_topics(answers),
        files=tuple(dict.fromkeys((*note.get("files", []), *more.get("files", [])))),
        proposals=tuple(words for _, words in (answers.get("proposals") or {}).get("pieces", [])),
        reworded={
            int(key.removeprefix(CASE)): words
            for key, words in answers.items()
            if key.startswith(CASE) and words and isinstance(words, str)
        },
        withdrawn=tuple(
            int(key.removeprefix(CASE))
            for key, words in answers.items()
            if key.startswith(CASE) and isinstance(words, dict)
        ),
    )


def situation_of(note: Mapping[str, Any]) -> str:
    """The words of the situation; what only came with pictures is told apart from it, unless a tap
    said that it is all.
    """
    apart = only_captions(note) and not note.get("done")
    return captions_line(text_of(note)) if apart else text_of(note)


def captions_line(captions: str) -> str:
    return f"{_WITH_FILES}{captions}" if captions else ""


def answers_from(
    report: VisitReport, topics: list[ReportTopic], files: list[int]
) -> dict[str, Any]:
    """A sent report as a draft's answers again, so that it can be corrected.

    Its files stay whatever is answered (`kept`); they only stand here where they are all it says.
    """
    return {
        "topics": {
            "states": {t.topic: TROUBLE if t.trouble else "good" for t in topics},
            "done": True,
        },
        **{f"t.{t.topic}": t.words for t in topics if t.trouble and t.words},
        "situation": {"pieces": [], "files": files},
        **({} if report.workers_met is None else SKIPPED),
        **draft_answers_of(report),
        **_only_pictures(report, files),
    }


def _only_pictures(report: VisitReport, files: list[int]) -> dict[str, Any]:
    """The situation of a report in one message that was a picture: it is asked, and what came with
    the picture stands above the question."""
    captions = report.situation.removeprefix(_WITH_FILES)
    if report.workers_met is not None or captions == report.situation:
        return {}
    return {"situation": {"pieces": [[0, captions]], "files": files, "captions": [0]}}


def lines_kept(files: Mapping[int, str], proposals: int, own: Sequence[Case]) -> dict[str, Any]:
    """What of a sent report stays unless a correction changes it ("Bổ sung"), for the draft's
    `about`. `files`: id -> kind, as they were sent; `own`: the proposals that can be put into other
    words.
    """
    lines = []
    if proposals:
        stays = "muốn sửa: Bổ sung" if own else "vẫn giữ nguyên"
        lines.append(("Kiến nghị đã gửi", f"{proposals} ({stays})"))
    if files:
        lines.append(("Ảnh, tệp đã gửi", f"{len(files)} (muốn bỏ: Bổ sung)"))
    reworded = [[case.id, case.code, case.text] for case in own]
    return {
        "files": list(files),
        "file_kinds": {str(file): kind for file, kind in files.items()},
        "proposals": reworded,
        UNCHANGED_LINES: lines,
    }


def _topics(answers: Mapping[str, Any]) -> dict[str, Trouble]:
    states = (answers.get(TOPICS_KEY) or {}).get("states", {})
    return {
        key: (state == TROUBLE, (answers.get(f"t.{key}") or "") if state == TROUBLE else "")
        for key, state in states.items()
        if state
    }
