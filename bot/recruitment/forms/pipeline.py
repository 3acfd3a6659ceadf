"""Forms of the recruitment pipeline: a step, news, why it stops, who is in charge, the founding."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from bot.conversation.form import Form, Option, Step
from bot.conversation.kinds import Day, Number, OneOf, Words
from bot.core.card import Card
from bot.core.context import Context
from bot.core.labels import RECRUITMENT_STEPS
from bot.core.rendering import on_button
from bot.core.rules.permissions import Actor
from bot.core.work import Work
from bot.recruitment.cards import pipeline as cards
from bot.recruitment.facts.pipeline import Founding, RecruitmentNews
from bot.recruitment.rules.steps import is_back, needs_applications, place
from bot.recruitment.rules.survey import MOST_WORKERS
from bot.recruitment.services import founding, pipeline
from bot.recruitment.services.history import today
from bot.recruitment.services.pipeline import Move
from storage.enums import RecruitmentStep
from storage.models import Draft

YEAR = 366
_LONGEST = 1000
NOTES: Mapping[RecruitmentStep, str] = {
    RecruitmentStep.SURVEY: "Ghi chú thêm điều gì? Không có thì bỏ qua.",
    RecruitmentStep.OWNER: "Đã gặp ai, chủ doanh nghiệp có ý kiến thế nào? Có thể bỏ qua.",
    RecruitmentStep.GROUP: "Ban vận động gồm mấy người, bộ phận nào? Có thể bỏ qua.",
    RecruitmentStep.READY: "Ghi chú thêm điều gì? Không có thì bỏ qua.",
    RecruitmentStep.CONGRESS: "Kết quả đại hội, BCH gồm mấy đồng chí? Có thể bỏ qua.",
}


@dataclass(frozen=True)
class PastDay(Day):
    """A day of the last year."""

    back: int = YEAR
    too_far: str = "Chỉ ghi được ngày trong vòng một năm qua."


@dataclass(frozen=True)
class ComingDay(Day):
    """A day within a year from today on."""

    ahead: int = YEAR


_WILLING = Step(
    "willing",
    "Muốn tham gia công đoàn",
    "Đến nay bao nhiêu người lao động muốn tham gia công đoàn? Chưa rõ thì bỏ qua.",
    Number(MOST_WORKERS),
    optional=True,
)
_APPLICATIONS = Step(
    "applications",
    "Đơn đã thu",
    "Đến nay đã thu bao nhiêu đơn gia nhập công đoàn? Chưa có gì mới thì bỏ qua.",
    Number(MOST_WORKERS),
    optional=True,
)


def _news(draft: Draft, day: date) -> RecruitmentNews:
    answers = draft.answers
    planned = answers.get("congress_on")
    return RecruitmentNews(
        day,
        answers.get("willing"),
        answers.get("applications"),
        answers.get("note") or "",
        date.fromisoformat(planned) if planned else None,
        draft.about.get("visit_id") or None,
    )


async def _move(context: Context, draft: Draft) -> Card:
    about = draft.about
    to = RecruitmentStep(about["to"])
    move = Move(int(about["site_id"]), RecruitmentStep(about["from_step"]), to)
    news = _news(draft, date.fromisoformat(draft.answers["day"]))
    facts = await pipeline.move(context, move, news)
    return cards.page(facts, f"✅ Đã ghi bước {cards.step_name(to)}.")


def _fit_move(form: Form, about: Mapping[str, Any]) -> Form:
    """Only what belongs to the step; a step back needs a reason."""
    from_step, to = RecruitmentStep(about["from_step"]), RecruitmentStep(about["to"])
    back = is_back(from_step, to)
    steps = []
    for step in form.steps:
        if step.key in ("willing", "applications") and (back or place(to) < _FROM_GROUP):
            continue
        fitted = step
        if step.key == "note":
            ask = "Vì sao lùi lại?" if back else NOTES[to]
            fitted = replace(step, ask=ask, optional=not back)
        elif step.key == "applications" and needs_applications(to):
            ask = "Đã thu bao nhiêu đơn gia nhập công đoàn?"
            fitted = replace(step, ask=ask, optional=False)
        steps.append(_quick(fitted, about))
    title = f"{'Lùi về bước' if back else 'Sang bước'}: {RECRUITMENT_STEPS[to]}"
    return replace(form, steps=tuple(steps), title=title)


_FROM_GROUP = place(RecruitmentStep.GROUP)


def _quick(step: Step, about: Mapping[str, Any]) -> Step:
    """The number that is known already, to tap."""
    known_number = (about.get("present") or {}).get(step.key)
    if isinstance(step.kind, Number) and known_number:
        return replace(step, kind=replace(step.kind, quick=(known_number,)))
    return step


def _fit_numbers(form: Form, about: Mapping[str, Any]) -> Form:
    return replace(form, steps=tuple(_quick(step, about) for step in form.steps))


async def _progress(context: Context, draft: Draft) -> Card:
    news = _news(draft, today(context).day)
    facts = await pipeline.progress(context, int(draft.about["site_id"]), news)
    return cards.page(facts, "✅ Đã ghi tiến độ.")


async def _stop(context: Context, draft: Draft) -> Card:
    facts = await pipeline.stop(context, int(draft.about["site_id"]), draft.answers["note"])
    return cards.page(facts, "Đã tạm dừng.")


async def _staff(work: Work, actor: Actor, draft: Draft) -> Sequence[Option]:
    people = await pipeline.owners(work, actor, int(draft.about["site_id"]))
    return [Option(str(key), on_button(f"👤 {name}")) for key, name in people]


async def _give(context: Context, draft: Draft) -> Card:
    facts = await pipeline.give(context, int(draft.about["site_id"]), draft.answers["owner"])
    return cards.page(facts, "✅ Đã giao người phụ trách.")


async def _note_founding(context: Context, draft: Draft) -> Card:
    answers = draft.answers
    decided = answers.get("decided_on")
    facts = await founding.note_founding(
        context,
        int(draft.about["site_id"]),
        Founding(
            date.fromisoformat(answers["day"]),
            answers["workers"],
            answers["members"],
            answers.get("number") or "",
            date.fromisoformat(decided) if decided else None,
        ),
    )
    return cards.page(facts, "✅ Đã ghi nhận thành lập CĐCS.")


MOVE = Form(
    "rec_move",
    "Bước phát triển đoàn viên",
    (
        Step("day", "Ngày", "Ngày nào?", PastDay()),
        _WILLING,
        _APPLICATIONS,
        Step("note", "Ghi chú", "Ghi chú thêm điều gì?", Words(_LONGEST), optional=True),
    ),
    _move,
    fit=_fit_move,
    words_to="note",
    send_label="✅ Ghi bước",
)
PROGRESS = Form(
    "rec_progress",
    "Tiến độ phát triển đoàn viên",
    (
        Step(
            "note",
            "Tiến độ",
            "Có gì mới: đã gặp ai, làm được gì, còn vướng gì?",
            Words(_LONGEST),
        ),
        _WILLING,
        _APPLICATIONS,
        Step(
            "congress_on",
            "Dự kiến đại hội",
            "Dự kiến đại hội ngày nào? Chưa rõ thì bỏ qua.",
            ComingDay(),
            optional=True,
        ),
    ),
    _progress,
    fit=_fit_numbers,
    words_to="note",
    send_label="✅ Ghi tiến độ",
)
STOP = Form(
    "rec_stop",
    "Tạm dừng vận động",
    (Step("note", "Lý do", "Vì sao tạm dừng vận động tại doanh nghiệp này?", Words(_LONGEST)),),
    _stop,
    words_to="note",
    send_label="⏸ Tạm dừng",
)
GIVE = Form(
    "rec_give",
    "Giao người phụ trách",
    (Step("owner", "Người phụ trách", "Giao đồng chí nào phụ trách?", OneOf()),),
    _give,
    review=False,
    choices={"owner": _staff},
)
FOUNDING = Form(
    "rec_found",
    "Ghi nhận thành lập CĐCS",
    (
        Step("day", "Ngày thành lập", "Đại hội thành lập CĐCS ngày nào?", PastDay()),
        Step(
            "workers", "Lao động", "Doanh nghiệp hiện có bao nhiêu lao động?", Number(MOST_WORKERS)
        ),
        Step("members", "Đoàn viên", "CĐCS có bao nhiêu đoàn viên?", Number(MOST_WORKERS)),
        Step(
            "number",
            "Quyết định số",
            "Quyết định công nhận số bao nhiêu, ví dụ 15/QĐ-CĐ? Chưa có thì bỏ qua.",
            Words(60),
            optional=True,
        ),
        Step(
            "decided_on",
            "Ngày quyết định",
            "Quyết định ngày nào? Chưa có thì bỏ qua.",
            PastDay(),
            optional=True,
        ),
    ),
    _note_founding,
    fit=_fit_numbers,
    send_label="🏛 Ghi nhận",
)
ALL = (MOVE, PROGRESS, STOP, GIVE, FOUNDING)
