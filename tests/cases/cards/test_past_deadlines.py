"""A moment that is past is not printed as if it were still to come."""

from datetime import timedelta

import pytest

from bot.cases.cards import alerts, concerns, site_requests
from bot.cases.facts.alerts import AlertSeen
from bot.cases.facts.site_requests import OwnRequest
from bot.core.card import Card
from storage.enums import AlertLevel, CaseStatus
from storage.models import Alert, Case, Unit
from tests.cast import MONDAY

BY = MONDAY + timedelta(hours=2)  # 09:00 16/11/2026


def _alert(days: int) -> str:
    alert = Alert(
        id=1,
        key="k",
        unit_id=1,
        home_id=1,
        at=MONDAY,
        size=1,
        level=AlertLevel.ALARM,
        signs=["stoppage"],
        words="Sắp ngừng việc",
    )
    unit = Unit(id=1, name="CĐ các KCN tỉnh", path="/1/")
    facts = AlertSeen(alert, None, unit, unit, report_by=BY, meet_by=BY)
    return alerts.alert(facts, MONDAY + timedelta(days=days)).text


def _case() -> Case:
    return Case(
        id=1, code="K7", unit_id=1, home_id=1, text="Thiếu nước", created_at=MONDAY, settle_by=BY
    )


def _own(days: int, status: CaseStatus = CaseStatus.IN_PROGRESS) -> str:
    own = concerns.OwnCase(_case(), status, "", "", 0, 0, (), ())
    return concerns.own_case(own, MONDAY + timedelta(days=days)).text


def _request(days: int) -> str:
    case = _case()
    request = OwnRequest(case, case, "May Sen Vàng", "CĐ các KCN tỉnh", "", (), False, True)
    card: Card = site_requests.detail(request, MONDAY + timedelta(days=days))
    return card.text


def test_an_alert_of_which_no_short_report_came_says_that_it_is_late() -> None:
    assert "và gửi báo cáo nhanh trước 09:00 16/11/2026." in _alert(0)
    late = _alert(21)
    assert "Báo cáo nhanh đã quá hạn (09:00 16/11/2026), đề nghị gửi ngay." in late
    assert "trước 09:00" not in late


def test_the_hours_in_which_both_sides_are_to_be_met_are_said_to_be_over() -> None:
    assert "quá thời điểm" not in _alert(0)
    assert "chậm nhất 09:00 16/11/2026, nay đã quá thời điểm này (" in _alert(21)


def test_a_worker_reads_that_the_promised_day_is_past() -> None:
    assert "có kết quả chậm nhất" in _own(0)
    late = _own(21)
    assert "đã quá ngày hẹn trả lời (" in late
    assert "có kết quả chậm nhất" not in late


def test_what_is_settled_is_not_late() -> None:
    assert "ngày hẹn" not in _own(21, CaseStatus.SETTLED)


@pytest.mark.parametrize(("days", "words"), [(0, "⏳ Hạn giải"), (21, "⏰ Quá hạn giải")])
def test_a_committee_reads_that_its_request_is_late(days: int, words: str) -> None:
    assert f"{words} quyết 16/11/2026" in _request(days)
