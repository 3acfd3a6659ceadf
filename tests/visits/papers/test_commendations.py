"""Tờ trình khen thưởng: to the level above, for what is listed and nothing else."""

from dataclasses import replace
from datetime import date

from bot.summaries.papers.samples import COMMENDED, HEAD, PROVINCE_HEAD
from bot.visits.papers.commendations import CommendationPaper, Commended, commendation_paper
from storage.enums import CommendationKind
from tests.documents.measuring import Opened, text_of

PERSON = Commended(
    CommendationKind.PERSON,
    "chị Lê Thị Hồng tư vấn cho NLĐ về BHXH",
    "CĐCS Công ty Thủy sản Sông Lành",
    date(2026, 11, 16),
)


def text(**changes: object) -> str:
    return text_of(commendation_paper(replace(COMMENDED, **changes), None))  # type: ignore[arg-type]


def test_an_upper_union_asks_the_province_and_signs_itself() -> None:
    words = text()
    assert "Kính gửi: Ban Thường vụ Liên đoàn Lao động tỉnh An Giang" in words
    assert "Ban Thường vụ Công đoàn các Khu công nghiệp tỉnh An Giang kính đề nghị Ban" in words
    signing = Opened(commendation_paper(COMMENDED, None)).signing
    assert [line.text for line in signing][:2] == ["TM. BAN THƯỜNG VỤ", "CHỦ TỊCH"]


def test_the_province_asks_the_confederation() -> None:
    words = text(head=PROVINCE_HEAD)
    assert "Kính gửi: Tổng Liên đoàn Lao động Việt Nam" in words


def test_it_goes_to_whom_it_is_addressed_and_to_the_archive() -> None:
    foot = [line.text for line in Opened(commendation_paper(COMMENDED, None)).foot if line.text]
    assert foot == ["Nơi nhận:", "- Như trên;", "- Lưu: VT."]


def test_only_kinds_that_occur_are_named() -> None:
    words = text(rows=(PERSON,))
    assert "xét khen thưởng 01 cá nhân như sau:" in words
    assert "ngày 16 tháng 11 năm 2026" in words
    assert "tập thể" not in words.lower()
    assert "cách làm hay" not in words.lower()


def test_days_of_several_decisions_are_said_from_the_first_to_the_last() -> None:
    words = text(rows=(PERSON, replace(PERSON, decided=date(2026, 2, 3))))
    assert "từ ngày 03 tháng 02 năm 2026 đến ngày 16 tháng 11 năm 2026" in words


def test_a_paper_of_january_does_not_move_last_years_visits_into_the_new_year() -> None:
    words = text(rows=(replace(PERSON, decided=date(2026, 12, 28)),), day=date(2027, 1, 5))
    assert "Qua công tác đi cơ sở, cán bộ công đoàn đã phát hiện" in words


def test_an_item_is_spelled_and_leaves_the_form_of_reward_to_fill_in() -> None:
    words = text(rows=(PERSON,))
    assert (
        "1. Chị Lê Thị Hồng tư vấn cho người lao động về bảo hiểm xã hội. "
        "Đơn vị: Công đoàn cơ sở Công ty Thủy sản Sông Lành.\nHình thức đề nghị: …" in words
    )
    assert "đề xuất ngày" not in words


def test_a_paper_is_of_the_unit_whose_head_it_carries() -> None:
    own = CommendationPaper(replace(HEAD, superior="Công đoàn ngành Dệt may"), date.max, (PERSON,))
    assert "Kính gửi: Ban Thường vụ Công đoàn ngành Dệt may" in text_of(
        commendation_paper(own, None)
    )
