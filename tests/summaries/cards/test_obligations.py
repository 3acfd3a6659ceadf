"""Cards about owed reports, as their readers get them."""

from datetime import date

import pytest

from bot.core.card import Card
from bot.summaries.cards import obligations as cards
from bot.summaries.facts.obligations import LateFacts, MovedFacts, PromptedObligation
from bot.summaries.facts.summaries import subject_of
from storage.enums import UnitKind
from storage.models import Obligation, Unit
from tests.cast import KCN, LONG_AGO, TINH

TODAY = date(2026, 12, 16)


def unit(key: int, name: str) -> Unit:
    return Unit(
        id=key,
        code=name,
        name=name,
        folded=name,
        kind=UnitKind.UPPER,
        path=f"/{key}/",
        known_since=date(2020, 1, 1),
    )


OWED = Obligation(
    id=1,
    key="p:nam:2026:2",
    group="p:nam:2026",
    programme="p",
    report="nam",
    title="Kết quả thực hiện mô hình",
    unit_id=KCN.id,
    to_unit_id=TINH.id,
    first_day=date(2026, 1, 1),
    last_day=date(2026, 12, 31),
    due_before=date(2026, 12, 15),
    excuse="Đơn vị mới thành lập",
    created_at=LONG_AGO,
)
FACTS = PromptedObligation(OWED, unit(KCN.id, "CĐ KCN"), unit(TINH.id, "LĐLĐ tỉnh"), TODAY)
LATE = LateFacts(OWED, FACTS.receiver, TODAY, [FACTS.unit], frozenset(), 3)


@pytest.mark.parametrize(
    "card",
    [
        cards.prompt(FACTS),
        cards.chased(FACTS, "Giang"),
        cards.late(LATE),
        cards.told_excused(FACTS, "Giang"),
        cards.told_moved(FACTS, MovedFacts(OWED, FACTS.receiver, date(2026, 12, 1))),
        cards.done_excused(FACTS),
    ],
    ids=["prompt", "chased", "late", "told_excused", "told_moved", "done_excused"],
)
def test_every_card_about_a_plans_report_names_its_year(card: Card) -> None:
    assert "Kết quả thực hiện mô hình năm 2026" in card.text


@pytest.mark.parametrize(
    ("title", "subject"),
    [
        ("Kết quả thực hiện mô hình", "Kết quả thực hiện mô hình năm 2026"),
        ("Chương trình 1306, cả năm", "Chương trình 1306, cả năm 2026"),
        ("Sáu tháng đầu năm", "Sáu tháng đầu năm 2026"),
        ("Tổng kết năm 2026", "Tổng kết năm 2026"),
    ],
)
def test_the_year_is_said_once(title: str, subject: str) -> None:
    assert subject_of(OWED.model_copy(update={"title": title})) == subject


@pytest.mark.parametrize(
    ("today", "words"),
    [
        (
            date(2026, 11, 18),
            "Còn 7 ngày; ngày cuối là 24/11/2026. Đó là ngày nghỉ: ngày làm việc cuối cùng trong "
            "hạn là thứ Hai 23/11.",
        ),
        (
            date(2026, 11, 23),
            "Còn 2 ngày; ngày cuối là 24/11/2026. Đó là ngày nghỉ: đề nghị gửi ngay hôm nay, ngày "
            "làm việc cuối cùng trong hạn.",
        ),
    ],
)
def test_a_last_day_that_is_a_holiday_is_said_with_the_working_day_before_it(
    today: date, words: str
) -> None:
    owed = Obligation(**{**OWED.model_dump(), "due_before": date(2026, 11, 25)})
    facts = PromptedObligation(
        owed, FACTS.unit, FACTS.receiver, today, working_until=date(2026, 11, 23)
    )
    assert words in cards.prompt(facts).text
