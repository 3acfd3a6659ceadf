"""A supervisor gives a visit on top of the plan, or excuses one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.conversation.form import Form, Moment, Option, Step, UserInput
from bot.conversation.kinds import Base, Picked, QuickWords
from bot.core.card import Card
from bot.core.context import Context
from bot.core.errors import Refused
from bot.core.rendering import on_button
from bot.core.rules.calendar import Week
from bot.core.rules.permissions import Actor
from bot.core.work import Work
from bot.visits.cards import supervision as supervision_cards
from bot.visits.cards.overview import capital
from bot.visits.facts.supervision import VisitOnCard
from bot.visits.services import supervision
from storage import drafts
from storage.models import Draft

SURE = "sure"


@dataclass(frozen=True)
class ThisOrNextWeek(Base):
    """The value is the Monday, so that a form left lying does not move to another week."""

    hint: str = "Đề nghị bấm chọn tuần."
    taps_only: bool = True

    def options(self, value: Any, at: Moment) -> list[list[Option]]:
        this = Week.containing(at.now)
        weeks = (("Tuần này", this), ("Tuần sau", this.next()))
        return [[Option(w.monday.isoformat(), f"{name}: {w.label()}")] for name, w in weeks]

    def take(self, user_input: UserInput, value: Any, at: Moment) -> Any:
        if user_input.option not in [row[0].key for row in self.options(value, at)]:
            raise self.refused()
        return user_input.option

    def show(self, value: Any) -> str:
        return Week(date.fromisoformat(value)).label()


@dataclass(frozen=True)
class Sure(Base):
    """The last tap. What is about to happen stands above it, on buttons that only say it."""

    hint: str = "Đề nghị bấm “Giao việc”, hoặc “Quay lại” để sửa."
    taps_only: bool = True

    def take(self, user_input: UserInput, value: Any, at: Moment) -> Any:
        if user_input.option != "yes":
            raise Refused(self.hint)
        return "yes"


async def _officers(work: Work, actor: Actor, draft: Draft) -> Sequence[Option]:
    query = (draft.answers.get("officer") or {}).get("query", "")
    officers = await supervision.officers_like(work, actor, query)
    return [Option(str(key), on_button(f"👤 {name}")) for key, name in officers]


async def _sites(work: Work, actor: Actor, draft: Draft) -> Sequence[Option]:
    query = (draft.answers.get("site") or {}).get("query", "")
    sites = await supervision.sites_like(work, actor, query)
    return [Option(str(key), on_button(f"📍 {name}")) for key, name in sites]


async def _summary(work: Work, actor: Actor, draft: Draft) -> Sequence[Option]:
    """What was answered, each on a line, and the button that does it."""
    answers = draft.answers
    officer, site = await supervision.names_of(
        work, answers["officer"]["id"], answers["site"]["id"]
    )
    week = Week(date.fromisoformat(answers["week"]))
    there = await supervision.others_there(
        work, actor, answers["officer"]["id"], answers["site"]["id"], week.monday
    )
    return [
        Option("officer", on_button(f"👤 {officer}")),
        Option("site", on_button(f"📍 {site}")),
        Option("week", f"📅 {capital(week.label())}"),
        Option("why", on_button(f"💬 {answers['why']}")),
        *(Option("there", on_button(f"⚠️ {name} đã có lượt đi cơ sở này")) for name in there),
        Option("yes", "✅ Giao việc"),
    ]


async def _direct(context: Context, draft: Draft) -> Card:
    answers = draft.answers
    try:
        decided = await supervision.direct(
            context,
            answers["officer"]["id"],
            answers["site"]["id"],
            date.fromisoformat(answers["week"]),
            answers["why"],
        )
    except Refused:
        await _ask_again(context.work.keeping_draft(), draft.id or 0)
        raise
    return supervision_cards.directed(decided, answers["why"])


async def _ask_again(work: Work, draft_id: int) -> None:
    """What was refused can be changed and sent again."""
    async with work.write() as session:
        if draft := await drafts.get_locked(session, draft_id):
            draft.answers = {key: v for key, v in draft.answers.items() if key != SURE}
            draft.trail = [key for key in draft.trail if key != SURE]


async def _excuse(context: Context, draft: Draft) -> Card:
    about, why = draft.about, draft.answers["why"]
    on_card = VisitOnCard(about.get("officer_id", 0), about.get("site_id", 0))
    try:
        decided = await supervision.excuse(context, about["visit_id"], why, on_card)
    except Refused as refused:  # reported or given away meanwhile: nothing is left to ask
        return supervision_cards.refused(str(refused))
    return supervision_cards.excused(decided)


DIRECT = Form(
    "direct",
    "Giao thêm lượt đi cơ sở",
    (
        Step("officer", "Cán bộ", "Giao đồng chí nào? Bấm chọn hoặc gõ vài chữ tên.", Picked()),
        Step("site", "Cơ sở", "Đi cơ sở nào? Bấm chọn hoặc gõ vài chữ tên.", Picked()),
        Step("week", "Tuần", "Đi trong tuần nào?", ThisOrNextWeek()),
        Step(
            "why",
            "Lý do",
            "Vì sao giao thêm? Bấm chọn hoặc gõ lý do; cán bộ sẽ đọc được.",
            QuickWords(
                300,
                quick=(
                    "Có kiến nghị cần nắm ngay",
                    "Tình hình có dấu hiệu phức tạp",
                    "Lâu chưa có cán bộ đến",
                ),
            ),
        ),
        Step(SURE, "Giao việc", "Đồng chí xem lại rồi bấm “Giao việc”.", Sure()),
    ),
    _direct,
    review=False,
    choices={"officer": _officers, "site": _sites, SURE: _summary},
)

EXCUSE_FOR = Form(
    "excuse_for",
    "Cho phép không đi",
    (
        Step(
            "why",
            "Lý do",
            "Lý do cho phép không đi? Bấm chọn hoặc gõ lý do.",
            QuickWords(
                500,
                quick=("Ốm đau", "Được giao việc khác", "Cơ sở nghỉ, đóng cửa", "Thời tiết"),
            ),
        ),
    ),
    _excuse,
    review=False,
)
