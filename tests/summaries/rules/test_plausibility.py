"""Which numbers are asked about before a summary is accepted, and which are not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.summaries.rules.figures import BY_KEY, FIGURES, Sort
from bot.summaries.rules.plausibility import doubts

HONEST = {
    **{figure.key: 0 for figure in FIGURES if figure.sort is not Sort.SHARE},
    **{"workers": 6026, "women": 3100, "members": 4935, "unions": 4, "enterprises": 1, "sites": 5},
    **{"visits": 48, "sites_reached": 5, "weeks": 50, "weeks_met": 44, "workers_met": 900},
    **{"received": 10, "settled": 6, "passed": 1, "open": 3, "overdue": 1, "new_members": 120},
    "guided": 130,
}


def asked(**changed: int) -> list[tuple[str, ...]]:
    values = {**HONEST, **changed}
    return [doubt.figures for doubt in doubts(values, values, HONEST)]


def test_an_honest_year_raises_no_question():
    assert asked() == []
    assert doubts(HONEST, HONEST, None) == []


@pytest.mark.parametrize(
    ("changed", "figures", "words"),
    [
        ({"visits": 0, "sites_reached": 0, "guided": 0, "workers_met": 40, "new_members": 0},
         ("visits", "workers_met"),
         "Không có lượt đi nào nhưng ghi đã gặp 40 lượt người lao động."),
        ({"visits": 0, "sites_reached": 0, "helped": 7, "workers_met": 0, "new_members": 0},
         ("visits", "helped"),
         "Không có lượt đi nào nhưng ghi 7 lượt hướng dẫn, hỗ trợ tại chỗ."),
        ({"members": 9870, "workers": 10000}, ("members",),
         "Số đoàn viên tăng bất thường: năm trước 4.935, năm nay 9.870."),
        ({"members": 2467}, ("members",),
         "Số đoàn viên giảm bất thường: năm trước 4.935, năm nay 2.467."),
        ({"members": 0, "new_members": 0}, ("members",),
         "Số đoàn viên giảm bất thường: năm trước 4.935, năm nay 0."),
        ({"members": 6027}, ("members", "workers"),
         "Số đoàn viên (6.027) nhiều hơn số lao động (6.026)."),
        ({"women": 6027}, ("women", "workers"),
         "Số lao động nữ (6.027) nhiều hơn tổng số lao động (6.026)."),
        ({"sites_reached": 6}, ("sites_reached", "sites"),
         "Số cơ sở đã đến (6) nhiều hơn tổng số cơ sở (5); nếu có cơ sở đã chuyển đi hoặc giải thể "
         "trong kỳ thì nên ghi rõ."),
        ({"weeks_met": 51}, ("weeks_met", "weeks"),
         "Số tuần có đi (51) nhiều hơn số tuần trong kỳ (50)."),
        ({"open": 4}, ("received", "settled", "passed", "open"),
         "Đã giải quyết 6, đã chuyển 1, đang xử lý 4: cộng lại là 11, không bằng số đã tiếp nhận "
         "(10)."),
        ({"new_members": 4936}, ("new_members", "members"),
         "Đoàn viên mới (4.936) nhiều hơn tổng số đoàn viên (4.935)."),
        ({"visits": 144}, ("visits",),
         "Số lượt đi cơ sở tăng bất thường: năm trước 48, năm nay 144."),
    ],
)  # fmt: skip
def test_what_is_asked_about(changed, figures, words):
    values = {**HONEST, **changed}
    assert [(d.figures, d.sentence) for d in doubts(values, values, HONEST)] == [(figures, words)]


@pytest.mark.parametrize(
    "changed",
    [
        {"members": 9869, "workers": 10000},
        {"members": 2468},
        {"members": 6026},
        {"weeks_met": 50},
        {"visits": 143},
        {"visits": 0, "sites_reached": 0, "guided": 0, "workers_met": 0, "new_members": 0},
    ],
)
def test_what_is_just_within(changed):
    assert asked(**changed) == []


@pytest.mark.parametrize(
    ("computed", "value", "is_asked"),
    [
        (0, 0, False),
        (0, 1, True),
        (20, 24, False),  # by 4
        (25, 30, True),  # by 5, a fifth
        (26, 31, False),  # by 5, less than a fifth
        (25, 20, True),
        (100, 80, True),
        (100, 119, False),
        (4, 0, False),
    ],
)
def test_a_correction_is_asked_about_when_it_is_far(computed, value, is_asked):
    found = doubts({"care_visits": value}, {"care_visits": computed}, None)
    assert [doubt.figures for doubt in found] == [("care_visits",)] * is_asked


def test_a_correction_names_both_numbers():
    [doubt] = doubts({"care_visits": 1200}, {"care_visits": 10}, None)
    label = BY_KEY["care_visits"].label
    assert doubt.sentence == f"{label}: đơn vị ghi 1.200, số liệu cập nhật là 10."


def test_a_new_unit_is_not_compared_with_nothing():
    assert doubts(HONEST, HONEST, {"visits": 0}) == []


def test_a_handful_may_double():
    assert doubts({"members": 12}, {"members": 12}, {"members": 3}) == []


KEYS = st.sampled_from([*HONEST, "coverage", "unknown"])
ANY = st.dictionaries(KEYS, st.integers(-(10**9), 10**9))


@given(ANY, ANY, st.none() | ANY)
def test_it_never_fails_and_always_says_something_readable(values, computed, before):
    for doubt in doubts(values, computed, before):
        assert doubt.figures
        assert set(doubt.figures) <= BY_KEY.keys()
        assert doubt.sentence.endswith(".")
        assert "{" not in doubt.sentence


@st.composite
def plausible(draw):
    """A year as the data would count it."""
    small = st.integers(0, 500)
    workers = draw(st.integers(0, 10**6))
    sites, weeks = draw(small), draw(st.integers(0, 53))
    reached = draw(st.integers(0, sites))
    visits = draw(st.integers(reached, reached * 50))
    members = draw(st.integers(0, workers))
    settled, passed, still = draw(small), draw(small), draw(small)
    return {
        **{"workers": workers, "women": draw(st.integers(0, workers)), "members": members},
        **{"sites": sites, "sites_reached": reached, "visits": visits, "weeks": weeks},
        "weeks_met": draw(st.integers(0, min(weeks, visits))),
        "workers_met": draw(small) if visits else 0,
        "guided": draw(small) if visits else 0,
        "new_members": draw(st.integers(0, members)) if visits else 0,
        "received": settled + passed + still,
        **{"settled": settled, "passed": passed, "open": still},
        "overdue": draw(st.integers(0, passed + still)),
    }


@given(plausible())
def test_a_year_like_the_last_one_raises_no_question(year):
    assert doubts(year, year, year) == []
