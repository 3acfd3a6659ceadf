"""What the law counts from: asked of whoever handles the case; each step may be skipped."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from bot.cases.cards import cases as case_cards
from bot.cases.facts.cases import CaseFacts
from bot.cases.rules.legal_dates import (
    Complexity,
    Opponent,
    as_stored,
    days_named,
    from_stored,
)
from bot.cases.services import handling
from bot.cases.services import view as case_view
from bot.conversation.form import Form, Moment, Option, Step, UserInput
from bot.conversation.kinds import Choice, Day
from bot.core.card import Card
from bot.core.context import Context
from bot.core.errors import Refused
from bot.core.rendering import day
from bot.core.rules.calendar import local
from storage.models import Draft

YEARS_BACK = 3 * 366  # days
TYPE_IT = "Đề nghị bấm một ngày hoặc gõ ngày/tháng/năm, ví dụ 05/11/2026."
BEFORE = {"filed": ("since",), "accepted": ("filed", "since")}
"""Days that cannot come after the day of the step."""
_LABELS = {"since": "ngày biết quyết định, phát hiện vi phạm", "filed": "ngày nhận đơn"}


@dataclass(frozen=True)
class LawDay(Day):
    """A day of the past; those that the case's words name are offered first."""

    back: int = YEARS_BACK
    too_far: str = "Ngày này đã quá lâu. " + TYPE_IT
    hint: str = TYPE_IT
    typed: str = "Bấm chọn hoặc gõ ngày/tháng/năm."
    key: str = ""

    def options(self, value: Any, at: Moment) -> list[list[Option]]:
        named = [date.fromisoformat(iso) for iso in at.about.get("days", [])]
        offered = [[Option(d.isoformat(), f"{day(d)} (theo nội dung)")] for d in named]
        return [*offered[:3], *super().options(value, at)]

    def take(self, user_input: UserInput, value: Any, at: Moment) -> Any:
        chosen = super().take(user_input, value, at)
        for key in BEFORE.get(self.key, ()):
            if (earlier := at.answers.get(key)) and chosen < earlier:
                earlier_day = day(date.fromisoformat(earlier))
                raise Refused(f"Ngày này không thể trước {_LABELS[key]} ({earlier_day}). {TYPE_IT}")
        return chosen

    def show(self, value: Any) -> str:
        return day(date.fromisoformat(value))


_OPPONENT = Step(
    "opponent",
    "Khiếu nại",
    "Khiếu nại ai? Mỗi bên theo một luật, thời hạn khác nhau.",
    Choice(((Opponent.EMPLOYER, "Người sử dụng lao động"), (Opponent.OFFICE, "Cơ quan nhà nước"))),
    optional=True,
)
_SINCE = Step(
    "since",
    "Ngày biết quyết định, phát hiện vi phạm",
    "Người lao động biết quyết định hoặc phát hiện vi phạm ngày nào? "
    "Chưa rõ thì bấm Bỏ qua rồi hỏi người phản ánh.",
    LawDay(key="since"),
    optional=True,
)
_FILED = Step(
    "filed",
    "Ngày nhận đơn",
    "Người hoặc cơ quan có thẩm quyền giải quyết nhận đơn ngày nào? Chưa rõ thì bấm Bỏ qua.",
    LawDay(key="filed"),
    optional=True,
)
_ACCEPTED = Step(
    "accepted",
    "Ngày thụ lý",
    "Đã thụ lý ngày nào? Chưa thụ lý thì bấm Bỏ qua.",
    LawDay(key="accepted"),
    optional=True,
)
_LEVELS = (
    (Complexity.NORMAL, "Không phức tạp"),
    (Complexity.COMPLEX, "Phức tạp"),
    (Complexity.VERY_COMPLEX, "Đặc biệt phức tạp"),
)
_COMPLEXITY = Step(
    "complexity", "Mức độ", "Vụ việc có phức tạp không?", Choice(_LEVELS[:2]), optional=True
)
_REMOTE = Step(
    "remote",
    "Địa bàn",
    "Có thuộc vùng sâu, vùng xa, đi lại khó khăn không?",
    Choice((("no", "Không"), ("yes", "Vùng sâu, vùng xa"))),
    optional=True,
)
_OF_DENUNCIATION = (_FILED, _ACCEPTED, replace(_COMPLEXITY, kind=Choice(_LEVELS)))
_OF_COMPLAINT = (_OPPONENT, _SINCE, _FILED, _ACCEPTED, _COMPLEXITY, _REMOTE)


def _fit(form: Form, about: Mapping[str, Any]) -> Form:
    """The steps that the case's procedures count from."""
    procedures = about["procedures"]
    if "denunciation" in procedures:
        steps: tuple[Step, ...] = _OF_DENUNCIATION
    elif any(name.endswith("complaint") for name in procedures):
        steps = _OF_COMPLAINT
    else:
        steps = (_SINCE,)
    return replace(form, steps=steps)


async def _submit(context: Context, draft: Draft) -> Card:
    case_id = int(draft.about["case_id"])
    stored = {key: str(value) for key, value in draft.answers.items() if value is not None}
    try:
        await handling.note_law(context, case_id, from_stored(stored))
    except Refused as refused:
        return case_cards.refused(str(refused), case_id)
    return case_cards.detail(await case_view.look(context, case_id))


LAW = Form(
    "case_law",
    "Mốc thời hạn theo luật",
    (_SINCE,),
    _submit,
    send_label="✅ Ghi",
    fit=_fit,
)


def about(facts: CaseFacts, context: Context) -> dict[str, Any]:
    """What the form has to know of the case: its procedures and the days that its words name."""
    named_days = days_named(facts.case.text, local(context.now).date())
    return {
        "case_id": facts.case.id,
        "name": f"{facts.case.code} · {facts.site}",
        "procedures": list(facts.procedures),
        "days": [named_day.isoformat() for named_day in named_days],
    }


def answers(facts: CaseFacts) -> dict[str, str]:
    """What is written down already."""
    return as_stored(from_stored(facts.case.law))
