"""The report of a visit: for a thumb, on a phone, in a factory yard.

The core is date, kind, workers met, the checklist and the situation; everything else waits
behind "Bổ sung" on the review.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from bot.conversation.form import Form, Option, Step
from bot.conversation.kinds import (
    TROUBLE,
    Choice,
    Items,
    Money,
    Note,
    Number,
    Picked,
    Place,
    Words,
    text_of,
)
from bot.conversation.view import KEPT
from bot.core import search
from bot.core.card import Card
from bot.core.labels import RATINGS, TOPICS, VISIT_KINDS
from bot.core.rendering import capital, weekday
from bot.core.rules.calendar import Week
from bot.core.rules.permissions import Actor
from bot.core.work import Work
from bot.visits.cards import reports as report_cards
from bot.visits.facts.report_answers import ReportAnswers
from bot.visits.forms.report_steps import Figure, VisitDay, checklist, week_of
from bot.visits.services import reports
from storage.enums import Rating
from storage.models import Draft, ReportTopic, VisitReport

TAP = "Đồng chí bấm chọn một nút trên thẻ."


BEGINNING = (
    Step("visited_on", "Ngày đi", "Đồng chí đi cơ sở ngày nào?", VisitDay()),
    Step("kind", "Hình thức", "Hình thức đi cơ sở?", Choice(tuple(VISIT_KINDS.items()), hint=TAP)),
    Step(
        "workers_met",
        "Số NLĐ đã gặp",
        "Đồng chí đã gặp bao nhiêu người lao động?",
        Number(most=20_000, quick=(1, 3, 5, 10, 15, 20, 30, 50)),
    ),
)
SITUATION = Step(
    "situation",
    "Tình hình",
    "Tình hình tại cơ sở thế nào? Đồng chí gõ chữ, gửi tin thoại hoặc ảnh.",
    Note(),
)


CORE = (*BEGINNING, *checklist(TOPICS), SITUATION)


def _with_topics(form: Form, about: Mapping[str, Any]) -> Form:
    """The checklist with the topics that plans brought when the draft was begun."""
    brought = about.get("topics")
    if not brought:
        return form
    topics = {**TOPICS, **{key: (short, words) for key, short, words in brought}}
    kept = tuple(step for step in form.steps if step not in CORE)
    return replace(form, steps=(*kept, *BEGINNING, *checklist(topics), SITUATION))


EXTRAS = (
    Step("proposals", "Kiến nghị", "Kiến nghị, đề xuất: mỗi tin nhắn một kiến nghị.", Items()),
    Step("files", "Ảnh, tệp", "Đồng chí gửi ảnh, tin thoại hoặc tệp.", Note()),
    Step("aspirations", "Tâm tư", "Tâm tư, nguyện vọng, đời sống của NLĐ?", Words(3000)),
    Step("help_given", "Đã hỗ trợ", "Đồng chí đã hướng dẫn, giúp đỡ gì tại chỗ?", Words(3000)),
    Step("met_union", "Đã gặp (BCH)", "Đã gặp ai bên công đoàn?", Words(300)),
    Step("met_management", "Đã gặp (DN)", "Đã gặp ai bên doanh nghiệp?", Words(300)),
    Step("headcount", "Tổng lao động", "Tổng số lao động hiện nay?", Figure(200_000, part="women")),
    Step("women", "Lao động nữ", "Số lao động nữ?", Figure(200_000, whole="headcount")),
    Step("members", "Đoàn viên", "Số đoàn viên hiện nay?", Number(most=200_000)),
    Step("new_members", "ĐV mới", "Số đoàn viên mới kết nạp?", Number(most=50_000)),
    Step(
        "average_income",
        "Thu nhập",
        "Thu nhập bình quân một tháng (đồng)?",
        Money(1_000_000_000, least=500_000, quick=(6_000_000, 8_000_000, 10_000_000, 12_000_000)),
    ),
    Step("arrears", "Nợ lương, BH", "Nợ lương, nợ bảo hiểm: từ khi nào, bao nhiêu?", Words(500)),
    Step(
        "suggested_rating",
        "Đề xuất xếp loại",
        "Đồng chí đề xuất xếp loại CĐCS?",
        Choice(
            tuple((rating.value, capital(words)) for rating, words in RATINGS.items()), hint=TAP
        ),
    ),
    Step("commendation", "Khen thưởng", "Tập thể, cá nhân, cách làm hay cần biểu dương?", Words()),
    Step("training_needs", "Tập huấn", "Cán bộ cơ sở cần tập huấn nội dung gì?", Words()),
    Step(
        "agreements",
        "Việc đã thống nhất",
        "Việc đã thống nhất: mỗi tin một việc, ghi rõ ai làm, đến ngày nào.",
        Items(),
    ),
    Step("place", "Vị trí", "Đồng chí gửi vị trí nơi đến (không bắt buộc).", Place()),
)


async def _submit(work: Work, actor: Actor, draft: Draft, now: datetime) -> Card:
    answers = typed(draft.answers)
    sent = draft.about.get("files", [])  # with an earlier version, and kept
    answers = replace(answers, files=tuple(dict.fromkeys((*sent, *answers.files))))
    taken = await reports.submit(work, actor, draft.about["visit_id"], answers, now)
    return report_cards.receipt(taken)


async def _submit_unplanned(work: Work, actor: Actor, draft: Draft, now: datetime) -> Card:
    answers, site = typed(draft.answers), draft.answers["site"]["id"]
    taken = await reports.submit_unplanned(work, actor, site, answers, now)
    return report_cards.receipt(taken)


async def _sites(work: Work, actor: Actor, draft: Draft) -> list[Option]:
    query = (draft.answers.get("site") or {}).get("query", "")
    found = await search.sites_like(work, actor, query)
    return [Option(str(key), f"📍 {name}"[:60]) for key, name in found]


async def _names(work: Work, actor: Actor, draft: Draft) -> dict[str, str]:
    """The week where it is not the one of today, and a day that lies outside of it."""
    week, given = week_of(draft.about), draft.answers.get("visited_on")
    found = {}
    if week and week != Week.containing(draft.updated_at):
        found["name"] = f"{draft.about['name']}, {week.label()}"
    if week and given and (day := date.fromisoformat(given)) not in week.days:
        found["visited_on"] = (
            f"{weekday(day)}. Ngày {day:%d/%m} không nằm trong {week.label()}, "
            "vẫn ghi đúng ngày đi."
        )
    return found


async def _site_name(work: Work, actor: Actor, draft: Draft) -> dict[str, str]:
    site_id = (draft.answers.get("site") or {}).get("id")
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
    fit=_with_topics,
)

UNPLANNED = Form(
    "unplanned",
    "Báo cáo lượt đi ngoài kế hoạch",
    (
        Step(
            "site",
            "Nơi đến",
            "Đồng chí đã đến đâu? Gõ vài chữ trong tên.",
            Picked(nothing="Không tìm thấy nơi nào có tên “{}”. Đề nghị gõ lại vài chữ khác."),
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
    fit=_with_topics,
)


def typed(answers: Mapping[str, Any]) -> ReportAnswers:
    """The draft's JSON as the values that the service takes."""
    given = {key: value for key, value in answers.items() if value is not None}
    note, more = given.get("situation"), given.get("files")
    extra_words = f"Kèm ảnh, tệp: {text_of(more)}" if text_of(more) else ""
    plain = ("kind", "workers_met", "met_union", "met_management", "aspirations", "help_given")
    figures = ("headcount", "women", "members", "new_members", "average_income")
    words = ("arrears", "commendation", "training_needs")
    place = given.get("place") or [None, None]
    return ReportAnswers(
        visited_on=date.fromisoformat(given["visited_on"]),
        situation="\n".join(part for part in (text_of(note), extra_words) if part),
        topics=_topics(given),
        files=tuple(dict.fromkeys((note or {}).get("files", []) + (more or {}).get("files", []))),
        proposals=tuple(_pieces(given, "proposals")),
        suggested_rating=Rating(given["suggested_rating"]) if "suggested_rating" in given else None,
        agreements=_pieces(given, "agreements"),
        latitude=place[0],
        longitude=place[1],
        **{key: given[key] for key in (*plain, *figures, *words) if key in given},
    )


def answers_from(
    report: VisitReport, topics: list[ReportTopic], files: list[int]
) -> dict[str, Any]:
    """A sent report as a draft's answers again, so that it can be corrected.

    Its files stay whatever is answered (`kept`); they only stand here where they are all it says.
    """
    answers: dict[str, Any] = {
        "visited_on": report.visited_on.isoformat(),
        "kind": report.kind,
        "topics": {
            "states": {t.topic: TROUBLE if t.trouble else "good" for t in topics},
            "done": True,
        },
        **{f"t.{t.topic}": t.words for t in topics if t.trouble and t.words},
        "situation": {
            "pieces": [[0, report.situation]] if report.situation else [],
            "files": [] if report.situation else files,
        },
        "suggested_rating": report.suggested_rating.value if report.suggested_rating else None,
        "place": [report.latitude, report.longitude] if report.latitude is not None else None,
    }
    if report.agreements:
        pieces = [[-n, words] for n, words in enumerate(reversed(report.agreements), 1)]
        answers["agreements"] = {"pieces": sorted(pieces), "done": True}
    same = {s.key for s in (*CORE, *EXTRAS)} & set(VisitReport.model_fields) - set(answers)
    answers |= {key: getattr(report, key) for key in same if getattr(report, key) not in ("", [])}
    return {key: value for key, value in answers.items() if value is not None}


def kept(files: list[int], proposals: int) -> dict[str, Any]:
    """What of a sent report a correction leaves as it is, for the draft's `about`."""
    lines = []
    if proposals:
        lines.append(("Kiến nghị đã gửi", f"{proposals} (vẫn giữ nguyên)"))
    if files:
        lines.append(("Ảnh, tệp đã gửi", f"{len(files)} (vẫn giữ nguyên)"))
    return {"files": files, KEPT: lines}


def _pieces(given: Mapping[str, Any], key: str) -> list[str]:
    return [piece[1] for piece in (given.get(key) or {}).get("pieces", [])]


def _topics(given: Mapping[str, Any]) -> dict[str, tuple[bool, str]]:
    states = (given.get("topics") or {}).get("states", {})
    return {
        key: (state == TROUBLE, given.get(f"t.{key}", "") if state == TROUBLE else "")
        for key, state in states.items()
        if state
    }
