"""Reports that plans ask for again and again, without days, by configuration."""

from datetime import date
from itertools import pairwise
from typing import get_args

import pytest
from pydantic import ValidationError

from bot.config.settings import ExtraReport, Programmes
from bot.core.errors import ConfigError
from bot.core.rules.programmes import OWING
from bot.programmes import load
from bot.summaries.rules.obligations import owed_between


def extra(every: str = "quarter", **more: object) -> ExtraReport:
    values = {
        "plan": "doan-vien",
        "key": "giao-ban",
        "title": "Giao ban phát triển đoàn viên",
        "every": every,
        "before_day": 10,
        "source": "II.8",
    }
    return ExtraReport.model_validate(values | more)


def owed_in_2027(every: str) -> list[tuple[str, date, date, date]]:
    plans = load(Programmes(active=("doan-vien",), extra_reports=(extra(every),)))
    owed = owed_between(plans, date(2027, 1, 1), date(2027, 12, 31))
    rows = [(o.report.title, o.first_day, o.last_day, o.due_before) for o in owed]
    return sorted(rows, key=lambda row: row[3])


def test_a_quarterly_one_is_late_from_the_tenth_of_the_month_after() -> None:
    title = "Giao ban phát triển đoàn viên, quý {}"
    assert owed_in_2027("quarter") == [
        (title.format("IV"), date(2026, 10, 1), date(2026, 12, 31), date(2027, 1, 10)),
        (title.format("I"), date(2027, 1, 1), date(2027, 3, 31), date(2027, 4, 10)),
        (title.format("II"), date(2027, 4, 1), date(2027, 6, 30), date(2027, 7, 10)),
        (title.format("III"), date(2027, 7, 1), date(2027, 9, 30), date(2027, 10, 10)),
    ]


@pytest.mark.parametrize(("every", "times"), [("month", 12), ("half", 2), ("year", 1)])
def test_every_day_of_the_year_is_covered_once(every: str, times: int) -> None:
    rows = owed_in_2027(every)
    assert len(rows) == times
    for (_, _, last, _), (_, first, _, _) in pairwise(rows):
        assert (first - last).days == 1


@pytest.mark.parametrize(
    ("reports", "words"),
    [
        ((extra(plan="nha-o"),), "not in programmes.active"),
        ((extra(), extra()), "has a report of this key already"),
    ],
)
def test_a_mistake_is_said_with_its_key(reports: tuple[ExtraReport, ...], words: str) -> None:
    with pytest.raises(ConfigError, match=words):
        load(Programmes(active=("doan-vien",), extra_reports=reports))


def test_halves_of_the_year_are_called_as_cadres_call_them() -> None:
    titles = [title for title, *_ in owed_in_2027("half")]
    assert titles == [
        "Giao ban phát triển đoàn viên, 6 tháng cuối năm",
        "Giao ban phát triển đoàn viên, 6 tháng đầu năm",
    ]


def test_what_a_report_covers_ends_with_february_in_every_year() -> None:
    plans = load(Programmes(active=("doan-vien",), extra_reports=(extra("month"),)))
    ends = {
        year: [
            report.last_day for report in owed_between(plans, date(year, 3, 1), date(year, 3, 31))
        ]
        for year in (2027, 2028)
    }
    assert ends == {2027: [date(2027, 2, 28)], 2028: [date(2028, 2, 29)]}


@pytest.mark.parametrize("levels", [("upper",), ("direct_site",), ("upper", "direct_site")])
def test_who_owes_it_is_said_in_the_same_line(levels: tuple[str, ...]) -> None:
    plans = load(Programmes(active=("doan-vien",), extra_reports=(extra(levels=levels),)))
    owed = owed_between(plans, date(2027, 1, 1), date(2027, 12, 31))
    assert {report.report.levels for report in owed} == {levels}


@pytest.mark.parametrize("levels", [(), ("site",), ("province",)])
def test_nobody_or_whoever_owes_no_reports_is_refused(levels: tuple[str, ...]) -> None:
    with pytest.raises(ValidationError):
        extra(levels=levels)


def test_without_a_word_of_it_the_unions_above_the_sites_owe_it() -> None:
    assert extra().levels == ("upper",)
    assert set(OWING) == set(get_args(get_args(ExtraReport.model_fields["levels"].annotation)[0]))
