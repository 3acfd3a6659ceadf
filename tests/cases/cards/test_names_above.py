"""Whoever raised a case reads which union has it now, where the program knows."""

import pytest

from bot.cases.cards import cases as cards
from bot.cases.cards.concerns import OwnCase, own_case
from storage.enums import CaseStatus
from storage.models import Case
from tests.cast import KCN, MONDAY, TINH


@pytest.mark.parametrize("kind", ["escalated", "overdue"])
def test_the_author_of_a_case_that_went_up_reads_to_whom_once(kind: str) -> None:
    case = Case(id=1, code="K7", unit_id=1, home_id=1, text="Thiếu nước", created_at=MONDAY)
    text = cards.told_author(case, kind, KCN.name).text
    assert f"đã chuyển lên {KCN.name}." in text
    assert text.count(KCN.name) == 1
    assert "đã chuyển lên cấp trên." in cards.told_author(case, kind, "").text


def test_other_news_has_its_own_words() -> None:
    case = Case(id=1, code="K7", unit_id=1, home_id=1, text="Thiếu nước", created_at=MONDAY)
    assert "Đã lắp quạt" in cards.told_author(case, "settled", "Đã lắp quạt").text


def test_whoever_passed_it_up_reads_to_whom_and_else_that_it_is_not_theirs() -> None:
    assert f"Đã chuyển lên <b>{TINH.name}</b>." in cards.gone_up(TINH.name).text
    assert "chuyển" not in cards.gone_up("").text


def test_the_level_above_is_asked_to_take_it_whoever_sent_it_up() -> None:
    case = Case(id=1, code="K7", unit_id=1, home_id=1, text="Thiếu nước", created_at=MONDAY)
    for by in ("Nguyễn Thị An", ""):
        text = cards.told_escalated(case, cards.Climb(by, "capacity", "", TINH.name, "")).text
        assert "Đề nghị đồng chí nhận hoặc giao người xử lý." in text


def test_a_worker_reads_which_union_has_it_spelt_out() -> None:
    case = Case(id=1, code="K7", unit_id=1, home_id=1, text="Thiếu nước", created_at=MONDAY)
    own = OwnCase(case, CaseStatus.ESCALATED, "", "", 0, 0, (), (), level=TINH.name)
    assert "Đã chuyển Liên đoàn Lao động tỉnh xem xét" in own_case(own, MONDAY).text
