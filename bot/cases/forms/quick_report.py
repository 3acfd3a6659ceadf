"""Báo cáo nhanh: a few taps and short words; an update asks only what has changed."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from bot.cases.cards import alerts
from bot.cases.facts.alerts import AlertSeen
from bot.cases.services import quick_reports
from bot.cases.services.quick_reports import QuickAnswers
from bot.conversation.form import Form, Moment, Option, Step, UserInput
from bot.conversation.kinds import Base, Choice, QuickWords, Words
from bot.core.card import Card
from bot.core.context import Context
from bot.core.errors import Refused
from bot.core.rendering import moment
from bot.core.rendering import number as number_text
from bot.core.rules.calendar import at, local
from storage.enums import UnitKind
from storage.models import Draft, QuickReport

BACK = timedelta(days=30)
PROSE = ("cause", "demands", "employer", "authorities", "next_step")
STATES = (
    ("stopped", "Đang ngừng việc"),
    ("resumed", "Đã trở lại làm việc"),
    ("brewing", "Có nguy cơ, chưa ngừng việc"),
    ("none", "Không xảy ra ngừng việc"),
)
KINDS = tuple(alerts.OWNERSHIPS.items())
_WHEN = re.compile(
    r"^\s*(\d{1,2})\s*(?:[:h.]|giờ)\s*(\d{2})?\s*(?:phút)?(?:\s*,?\s*(?:ngày)?\s*"
    r"(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{4}))?)?\s*$",
    re.IGNORECASE,
)
_TURNOUT = re.compile(r"^\s*(\d[\d. ]{0,7})(?:\s*(?:/|trên|trong)\s*(\d[\d. ]{0,7}))?\s*$")


@dataclass(frozen=True)
class When(Base):
    """A moment not long ago, by a tap or as 7h30, 14:00, 7h30 18/11. The value is ISO text, UTC."""

    hint: str = "Đề nghị bấm chọn hoặc gõ giờ, ví dụ 7h30 hoặc 7h30 18/11."

    def options(self, value: Any, at: Moment) -> list[list[Option]]:
        ago = ((0, "Vừa mới"), (30, "30 phút trước"), (60, "1 giờ trước"), (120, "2 giờ trước"))
        options = [
            Option(str(n), f"{label} ({local(at.now - timedelta(minutes=n)):%H:%M})")
            for n, label in ago
        ]
        return [options[:2], options[2:]]

    def take(self, user_input: UserInput, value: Any, at: Moment) -> Any:
        if user_input.option in ("0", "30", "60", "120"):
            return (at.now - timedelta(minutes=int(user_input.option))).isoformat()
        match = _WHEN.match(user_input.words or "")
        if not match:
            raise self.refused()
        began = self._read(match, at.now)
        if not at.now - BACK <= began <= at.now:
            raise Refused(f"Thời điểm này chưa tới hoặc đã quá lâu. {self.hint}")
        return began.isoformat()

    def show(self, value: Any) -> str:
        return moment(datetime.fromisoformat(value))

    def _read(self, match: re.Match[str], now: datetime) -> datetime:
        """Without a day: today, or yesterday where today's has not come yet."""
        hour, minute, day, month, year = (int(g) if g else None for g in match.groups())
        today = local(now).date()
        try:
            wall = time(hour or 0, minute or 0)
            if day and month:
                return at(date(year or today.year, month, day), wall)
        except ValueError:
            raise self.refused() from None
        began = at(today, wall)
        return began if began <= now else at(today - timedelta(days=1), wall)


@dataclass(frozen=True)
class Turnout(Base):
    """How many of how many: "60/1850" or "60". The value: [60, 1850 or None]."""

    hint: str = "Đề nghị gõ số người tham gia, ví dụ 60 hoặc 60/1.850; chưa có ai thì gõ 0."

    def take(self, user_input: UserInput, value: Any, at: Moment) -> Any:
        match = _TURNOUT.match(user_input.words or "")
        if not match:
            raise self.refused()
        some, all_ = (int(re.sub(r"\D", "", g)) if g else None for g in match.groups())
        all_ = all_ or at.about.get("workers") or None
        if some is None or some > 100_000 or (all_ or 0) > 1_000_000:
            raise self.refused()
        if all_ and some > all_ and match.group(2):
            raise Refused(f"Số người tham gia lớn hơn tổng số. {self.hint}")
        return [some, all_ if all_ and all_ >= some else None]

    def show(self, value: Any) -> str:
        some, all_ = value
        return f"{number_text(some)}/{number_text(all_)}" if all_ else number_text(some)


def prefilled(facts: AlertSeen) -> dict[str, Any]:
    """What is known already: the enterprise; on an update everything but how things stand."""
    if not facts.reports:
        site = facts.site
        has_union = None if site is None else site.kind is UnitKind.SITE_UNION
        return {"enterprise": facts.place, **_enterprise("", has_union)}
    last = facts.reports[-1]
    return {
        **_enterprise(last.ownership, last.has_union),
        "enterprise": last.enterprise,
        "began": last.began_at.isoformat() if last.began_at else None,
        "turnout": [last.taking_part or 0, last.workers],
        **{key: getattr(last, key) for key in PROSE},
    }


def _enterprise(ownership: str, has_union: bool | None) -> dict[str, str]:
    """What is known of it already; an enterprise may have got its union since the list was made."""
    union = {} if has_union is None else {"union": "yes" if has_union else "no"}
    return {**({"ownership": ownership} if ownership else {}), **union}


def about(facts: AlertSeen) -> dict[str, Any]:
    """What the form is started with."""
    last: QuickReport | None = facts.reports[-1] if facts.reports else None
    workers = last.workers if last else (facts.site.workers if facts.site else 0)
    return {"alert_id": facts.alert.id, "name": facts.place, "workers": workers or 0}


def _work_stopped(answers: Mapping[str, Any]) -> bool:
    """Whether anybody has stopped work: only then there is a beginning and a number."""
    return answers.get("state") in ("stopped", "resumed")


async def _submit(context: Context, draft: Draft) -> Card:
    answers, stopped = draft.answers, _work_stopped(draft.answers)
    some, workers = answers["turnout"] if stopped else (0, draft.about.get("workers") or None)
    quick_answers = QuickAnswers(
        enterprise=answers["enterprise"],
        began_at=datetime.fromisoformat(answers["began"]) if stopped else None,
        taking_part=some,
        workers=workers,
        ownership=answers["ownership"],
        has_union=answers["union"] == "yes",
        resumed=answers["state"] in ("resumed", "none"),
        **{key: answers[key] for key in PROSE},
    )
    facts = await quick_reports.submit(context, draft.about["alert_id"], quick_answers)
    return alerts.quick_report(facts, own=True)


QUICK_REPORT = Form(
    "quick_report",
    "Báo cáo nhanh",
    (
        Step("enterprise", "Doanh nghiệp", "Xảy ra ở doanh nghiệp nào?", Words(200)),
        Step("state", "Tình hình", "Tình hình hiện nay thế nào?", Choice(STATES)),
        Step("began", "Bắt đầu", "Bắt đầu từ lúc nào?", When(), when=_work_stopped),
        Step(
            "turnout",
            "Số người tham gia",
            "Có bao nhiêu người tham gia, trên tổng số bao nhiêu? Ví dụ: 60/1.850.",
            Turnout(),
            when=_work_stopped,
        ),
        Step(
            "cause",
            "Nguyên nhân",
            "Nguyên nhân là gì?",
            QuickWords(
                1000,
                quick=(
                    "Nợ lương, chậm trả lương",
                    "Tăng định mức, giảm đơn giá, phụ cấp",
                    "Chậm đóng, trốn đóng BHXH",
                    "Tiền thưởng",
                    "Bữa ăn ca",
                    "Chưa rõ, đang xác minh",
                ),
            ),
        ),
        Step("demands", "Yêu cầu", "Người lao động yêu cầu điều gì?", Words(1000)),
        Step(
            "employer",
            "Doanh nghiệp phản hồi",
            "Doanh nghiệp phản hồi thế nào?",
            QuickWords(
                1000,
                quick=("Chưa phản hồi", "Đang đối thoại", "Đồng ý giải quyết", "Không đồng ý"),
            ),
        ),
        Step(
            "authorities",
            "Cơ quan có mặt",
            "Cơ quan nào đã có mặt?",
            QuickWords(
                500,
                quick=(
                    "Chưa có cơ quan nào",
                    "Công đoàn cấp trên",
                    "Công đoàn cấp trên, chính quyền địa phương",
                    "Công đoàn cấp trên, chính quyền, công an",
                ),
            ),
        ),
        Step(
            "next_step",
            "Việc tiếp theo",
            "Việc tiếp theo là gì?",
            QuickWords(
                1000,
                quick=(
                    "Tiếp tục gặp hai bên để đối thoại",
                    "Vận động người lao động trở lại làm việc",
                    "Đề nghị cấp trên và cơ quan chức năng hỗ trợ",
                    "Theo dõi việc thực hiện cam kết",
                ),
            ),
        ),
        Step("ownership", "Loại hình", "Doanh nghiệp thuộc loại hình nào?", Choice(KINDS)),
        Step(
            "union",
            "Công đoàn cơ sở",
            "Doanh nghiệp đã có công đoàn cơ sở chưa?",
            Choice((("yes", "Đã có"), ("no", "Chưa có")), columns=2),
        ),
    ),
    _submit,
    send_label="✅ Gửi báo cáo nhanh",
)
