"""What is said around an alert: to the worker whose words raised it, and to those who lead."""

import re
from datetime import timedelta
from pathlib import Path

import pytest

from bot.cases.cards import alerts, concerns, labels
from bot.cases.cards.worker_messages import AFFECTED
from bot.cases.facts.alerts import AlertSeen
from bot.cases.rules.deadlines import CaseClocks
from storage.enums import AlertLevel, CaseStatus, Category, Severity, UnitKind
from storage.models import Alert, Case, Unit
from tests.cast import MONDAY

DANGER = "Nếu còn nguy hiểm hoặc có người bị thương"


def a_case(text: str, severity: Severity = Severity.URGENT, affected: int | None = None) -> Case:
    return Case(
        id=1,
        code="ABC",
        text=text,
        category=Category.KHAC,
        severity=severity,
        status=CaseStatus.RECEIVED,
        unit_id=1,
        home_id=1,
        affected=affected,
        created_at=MONDAY,
        settle_by=MONDAY + timedelta(days=3),
    )


def receipt(case: Case) -> str:
    return concerns.receipt(case, "May Sen Vàng", CaseClocks(), 0).text


def test_where_somebody_may_be_hurt_the_receipt_says_whom_to_call() -> None:
    assert DANGER in receipt(a_case("Máy dập hôm qua đứt tay thằng bạn tôi"))


@pytest.mark.parametrize("text", ["mai cả xưởng ngừng việc", "mai ca xuong ngung viec"])
def test_whoever_announces_a_stoppage_reads_that_the_union_comes(text: str) -> None:
    said = receipt(a_case(text))
    assert DANGER not in said
    assert "sẽ gặp doanh nghiệp và anh chị em ở đó" in said
    assert "không nói ai đã báo" in said


def test_whoever_came_by_the_web_reads_that_they_have_to_look_again_with_their_number() -> None:
    by_web = a_case("Cơm ca có sâu")
    by_web.door = "web"
    assert "xem lại một lần" in receipt(by_web)
    assert "nhập số bí mật" in receipt(by_web)
    assert "/theodoi" not in receipt(by_web)
    assert "/theodoi" in receipt(a_case("Cơm ca có sâu"))


def test_what_is_urgent_otherwise_gets_no_line_of_danger() -> None:
    said = receipt(a_case("Lương tháng 9 chưa có, xin xem gấp"))
    assert DANGER not in said
    assert "giữ trật tự" not in said


def alert_text(affected: int | None) -> str:
    unit = Unit(
        code="k", name="CĐ các KCN tỉnh", folded="", kind=UnitKind.UPPER, known_since=MONDAY
    )
    alert = Alert(
        id=1,
        key="k",
        unit_id=1,
        home_id=1,
        case_id=1,
        at=MONDAY,
        level=AlertLevel.ALARM,
        signs=["stoppage:ngưng máy"],
    )
    case = a_case("mai ngưng máy", affected=affected)
    return alerts.alert(AlertSeen(alert, case, unit, None), MONDAY).text


def test_how_many_are_affected_is_said_as_the_worker_said_it_and_in_one_place() -> None:
    guessed = {key: (words, guess) for key, (words, guess) in AFFECTED.items() if guess > 1}
    assert guessed.keys() == labels.AFFECTED_GROUPS.keys()
    for key, (words, guess) in guessed.items():
        case = a_case("mai ngưng máy", affected=guess)
        case.affected_group = key
        assert labels.affected_of(case) == words.lower()
    assert labels.affected_of(a_case("mai ngưng máy", affected=60)) == "khoảng 60 người"
    area = Path(alerts.__file__).parents[1]
    for path in (*area.rglob("*.html"), *area.rglob("*.py")):
        number_itself = re.search(r"affected[|]number|{case[.]affected}", path.read_text("utf-8"))
        assert number_itself is None, path


@pytest.mark.parametrize(("affected", "said"), [(None, False), (1, False), (60, True)])
def test_one_person_is_no_number_worth_saying(affected: int | None, said: bool) -> None:
    assert ("khoảng" in alert_text(affected)) is said


def test_a_stoppage_is_named_in_the_words_of_the_office() -> None:
    assert "có thông tin về ngừng việc tập thể: “ngưng máy”" in alert_text(None)
