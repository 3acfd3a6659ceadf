"""The law's limits: counted from the day of the event, or said in words where it is not known."""

from dataclasses import replace
from datetime import date

import pytest

from bot.cases.rules.legal_dates import (
    NOTHING_KNOWN,
    Complexity,
    LegalFacts,
    LegalTerm,
    Opponent,
    add_months,
    as_stored,
    days_named,
    from_stored,
    legal_terms,
    limits,
    procedures,
    procedures_of,
)
from bot.config.settings import Settings
from storage.enums import CaseKind, Category

CALENDAR = Settings().make_calendar()
OFFICE = replace(NOTHING_KNOWN, opponent=Opponent.OFFICE)
COMPLEX = replace(NOTHING_KNOWN, complexity=Complexity.COMPLEX)
VERY = replace(NOTHING_KNOWN, complexity=Complexity.VERY_COMPLEX)
REMOTE = replace(NOTHING_KNOWN, remote=True)
BOTH = replace(COMPLEX, remote=True)
A, B = CaseKind.COMPLAINT, CaseKind.DENUNCIATION


def day(iso: str) -> date:
    return date.fromisoformat(iso)


def terms(kind: CaseKind, facts: LegalFacts, category: Category = Category.KHAC) -> list[LegalTerm]:
    """Under the calendar of Vietnam, looked at on 16/11/2026."""
    owed = procedures_of(kind, category, facts, nameless=False)
    return list(legal_terms(owed, facts, CALENDAR, day("2026-11-16")))


@pytest.mark.parametrize(
    ("kind", "known", "expected"),
    [
        # Against an employer (Nghị định 24/2018): decision on 05/11/2026 -> 180 days.
        (A, {"since": "2026-11-05"}, {"hết thời hiệu khiếu nại": "2027-05-04"}),
        # 15/05/2027 is a Saturday: the next working day.
        (A, {"since": "2026-11-16"}, {"hết thời hiệu khiếu nại": "2027-05-17"}),
        # 7 working days over a public holiday (24/11).
        (A, {"filed": "2026-11-19"}, {"thụ lý": "2026-12-01"}),
        (A, {"accepted": "2026-11-05"}, {"giải quyết": "2026-12-07"}),  # 05/12 is a Saturday
        (A, {"accepted": "2026-11-04"}, {"giải quyết": "2026-12-04"}),
        # A last day in Tết 2027 moves behind it.
        (A, {"accepted": "2027-01-07"}, {"giải quyết": "2027-02-11"}),
        # A denunciation: 7 or 10 working days.
        (
            B,
            {"filed": "2026-11-02"},
            {
                "thụ lý": "2026-11-11",
                "thụ lý, nếu phải xác minh tại nhiều địa điểm hoặc ủy quyền xác minh": "2026-11-16",
            },
        ),
        (B, {"accepted": "2026-11-04"}, {"giải quyết": "2026-12-04"}),
    ],
)
def test_a_limit_counts_from_the_day_of_the_event(
    kind: CaseKind, known: dict[str, str], expected: dict[str, str]
) -> None:
    facts = replace(NOTHING_KNOWN, **{key: day(iso) for key, iso in known.items()})
    dated = {t.limit.says: t.last_day.isoformat() for t in terms(kind, facts) if t.last_day}
    assert dated == expected


@pytest.mark.parametrize(
    ("kind", "facts", "days"),
    [
        (A, NOTHING_KNOWN, [30]),
        (A, COMPLEX, [45]),
        (A, REMOTE, [45]),
        (A, BOTH, [60]),
        (A, OFFICE, [30]),
        (A, replace(BOTH, opponent=Opponent.OFFICE), [60]),
        (B, NOTHING_KNOWN, [30]),
        (B, COMPLEX, [30, 60]),
        (B, VERY, [30, 60, 90]),
    ],
)
def test_complex_cases_and_remote_places_have_longer(
    kind: CaseKind, facts: LegalFacts, days: list[int]
) -> None:
    found = terms(kind, replace(facts, accepted=day("2026-11-04")))
    assert [t.limit.count for t in found if t.limit.start == "accepted"] == days


@pytest.mark.parametrize(
    ("facts", "days"), [(NOTHING_KNOWN, 180), (OFFICE, 90)], ids=["employer", "office"]
)
def test_ninety_days_are_the_offices_and_half_a_year_the_employers(
    facts: LegalFacts, days: int
) -> None:
    assert terms(A, facts)[0].limit.count == days


@pytest.mark.parametrize("kind", [CaseKind.CONCERN, CaseKind.PROPOSAL, CaseKind.COMPLAINT])
@pytest.mark.parametrize(
    ("category", "disputed"),
    [
        (Category.LUONG, True),
        (Category.SA_THAI, True),
        (Category.BHXH, True),
        (Category.NHA_O, False),
        (Category.CONG_DOAN, False),
    ],
)
def test_a_dispute_of_any_kind_has_its_three_limits(
    kind: CaseKind, category: Category, disputed: bool
) -> None:
    facts = replace(NOTHING_KNOWN, since=day("2026-08-31"))
    found = [t for t in terms(kind, facts, category) if t.limit.procedure == "dispute"]
    dates = [t.last_day.isoformat() for t in found if t.last_day]
    # 28/02/2027 is a Sunday; 31/05 and 31/08/2027 are working days.
    assert dates == (["2027-03-01", "2027-05-31", "2027-08-31"] if disputed else [])


def test_against_an_office_or_in_a_denunciation_nothing_is_said_of_labour_disputes() -> None:
    for kind, facts in ((A, OFFICE), (B, NOTHING_KNOWN)):
        names = {t.limit.procedure for t in terms(kind, facts, Category.LUONG)}
        assert "dispute" not in names


@pytest.mark.parametrize("kind", [A, B])
def test_without_the_day_there_is_no_date(kind: CaseKind) -> None:
    found = terms(kind, NOTHING_KNOWN, Category.LUONG)
    assert found
    assert {t.last_day for t in found} == {None}


def test_what_is_over_is_not_shown_and_what_has_passed_says_so() -> None:
    facts = replace(NOTHING_KNOWN, since=day("2026-01-05"))
    late = terms(A, facts)[0]
    assert (late.last_day, late.over) == (day("2026-07-06"), True)  # 04/07 is a Saturday
    filed = replace(facts, filed=day("2026-05-04"))
    assert [t.limit.says for t in terms(A, filed)] == ["thụ lý", "giải quyết"]
    accepted = replace(filed, accepted=day("2026-05-11"))
    assert [t.limit.says for t in terms(A, accepted)] == ["giải quyết"]


@pytest.mark.parametrize(("today", "over"), [("2026-07-06", False), ("2026-07-07", True)])
def test_the_last_day_is_still_in_time(today: str, over: bool) -> None:
    facts = replace(NOTHING_KNOWN, since=day("2026-01-05"))
    first = legal_terms(("employer_complaint",), facts, CALENDAR, day(today))[0]
    assert (first.last_day, first.over) == (day("2026-07-06"), over)


@pytest.mark.parametrize("kind", [A, B])
def test_whoever_is_not_named_has_no_clock_of_complaints(kind: CaseKind) -> None:
    assert procedures_of(kind, Category.KHAC, NOTHING_KNOWN, nameless=True) == ()
    assert procedures_of(CaseKind.CONCERN, Category.LUONG, NOTHING_KNOWN, nameless=True)


def test_every_limit_has_its_article_its_source_and_the_day_it_was_checked() -> None:
    assert limits()
    for limit in limits():
        source = procedures()[limit.procedure]
        assert limit.article.startswith(("Điều", "khoản"))
        assert (source.source, source.in_force_from, source.checked_on) > ("", date.min, date.min)
        assert limit.start in ("since", "filed", "accepted")
    # Each complaint has exactly one time to settle, whatever is noted.
    for name in ("employer_complaint", "office_complaint"):
        for complexity in Complexity:
            for remote in (True, False):
                facts = replace(NOTHING_KNOWN, complexity=complexity, remote=remote)
                owed = legal_terms((name,), facts, CALENDAR, day("2026-11-16"))
                assert [t.limit.start for t in owed] == ["since", "filed", "accepted"]


def test_facts_are_kept_and_read_again() -> None:
    facts = LegalFacts(
        Opponent.OFFICE, day("2026-11-05"), None, day("2026-11-10"), Complexity.COMPLEX, True
    )
    assert from_stored(as_stored(facts)) == facts
    assert from_stored({}) == NOTHING_KNOWN
    assert as_stored(NOTHING_KNOWN) == {}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Ngày 5/11 công ty ra quyết định sa thải", ["2026-11-05"]),
        ("quyet dinh ngay 05/11/2026, toi nhan ngay 7-11-2026", ["2026-11-05", "2026-11-07"]),
        ("từ 20/12 đến nay chưa có lương", ["2025-12-20"]),
        ("ngày 31/02 và 40/13, 24/7", ["2026-07-24"]),
        ("công ty 1/5 đường 2025", ["2026-05-01"]),
        ("ngày 20/11/2026", []),  # not yet come
        ("không có ngày nào", []),
    ],
)
def test_days_that_the_words_name_are_offered(text: str, found: list[str]) -> None:
    assert [d.isoformat() for d in days_named(text, day("2026-11-16"))] == found


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        ("2026-08-31", 6, "2027-02-28"),
        ("2027-08-31", 6, "2028-02-29"),
        ("2026-12-15", 12, "2027-12-15"),
        ("2026-11-30", 1, "2026-12-30"),
        ("2026-10-31", 1, "2026-11-30"),
        ("2026-01-31", 11, "2026-12-31"),
    ],
)
def test_months_end_where_there_is_no_such_day(start: str, months: int, end: str) -> None:
    assert add_months(day(start), months) == day(end)
