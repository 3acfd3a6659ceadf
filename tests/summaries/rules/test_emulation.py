"""Emulation scores: points by share, and an own file of the office that says what is wrong."""

from typing import Any

import pytest

from bot.core.errors import ConfigError
from bot.summaries.rules.emulation import OWN, ScoreMeasure, measures_of, on_hundred, points_of
from bot.summaries.rules.targets import Reached
from bot.summaries.services import emulation_file

MEASURE = ScoreMeasure(key="m", sheet="M", words="M", counts="coverage", points=20)


@pytest.mark.parametrize(
    ("reached", "full_at", "wanted"),
    [
        (Reached(10, 10), 100, 200),
        (Reached(12, 10), 100, 200),  # no more than all
        (Reached(1, 3), 100, 67),
        (Reached(0, 10), 100, 0),
        (Reached(8, 10), 80, 200),
        (Reached(4, 10), 80, 100),
        (Reached(0, 0), 100, None),
        (Reached(5), 100, None),
        (None, 100, None),
    ],
)
def test_points_go_by_the_share_and_nothing_brings_none(reached, full_at, wanted) -> None:
    measure = ScoreMeasure(
        key="m", sheet="M", words="M", counts="coverage", points=20, full_at=full_at
    )
    assert points_of(measure, reached) == wanted


def test_a_total_is_of_what_a_unit_could_get() -> None:
    assert on_hundred(300, 400) == 750
    assert on_hundred(0, 400) == 0
    assert on_hundred(0, 0) is None


def test_the_programs_own_measures_are_a_hundred_points_a_year_and_recruiting_counts() -> None:
    for year in (2026, 2028, 2029, 2033):
        counting = [measure for measure in OWN if measure.counts_in(year)]
        assert sum(measure.points for measure in counting) == 100
        assert {"members_gained", "union_share"} <= {measure.counts for measure in counting}
        assert len({measure.sheet for measure in counting}) == len(counting)
    workers = [m.from_workers for m in OWN if m.counts == "union_share" and m.counts_in(2029)]
    assert workers == [20]


def entry(**changes: Any) -> dict[str, Any]:
    values = {"key": "m", "sheet": "M", "words": "M", "counts": "coverage", "points": 20, **changes}
    return {key: value for key, value in values.items() if value is not None}


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({}, "there must be 1 to"),
        ({"measures": []}, "there must be 1 to"),
        ({"measures": [entry(points=None)]}, 'measures "m", points: it is missing'),
        ({"measures": [entry(points="20")]}, "points = '20': it must be a whole number"),
        ({"measures": [entry(points=True)]}, "points = True: it must be a whole number"),
        ({"measures": [entry(points=0)]}, "points = 0: it must be 1 to"),
        ({"measures": [entry(counts="x")]}, "counts = 'x': it is one of visits_kept"),
        ({"measures": [entry(weight=3)]}, "weight: there is no such key"),
        ({"measures": [entry(sheet="a/b")]}, "sheet: a sheet's name has none of"),
        ({"measures": [entry(counts="union_share")]}, "from_workers: union_share needs"),
        ({"measures": [entry(), entry(sheet="N")]}, "'m' is there 2 times"),
        ({"measures": [entry(), entry(key="n")]}, "two have the sheet 'M' in the same year"),
        ({"measures": [entry()], "x": 1}, "x: there is no such key"),
    ],
)
def test_a_mistake_in_the_file_is_said(values: dict[str, Any], sentence: str) -> None:
    with pytest.raises(ValueError, match=r"(?s).*") as mistake:
        measures_of(values)
    assert sentence in str(mistake.value)


def test_the_offices_own_file_takes_the_place_of_ours(tmp_path) -> None:
    file = tmp_path / "emulation.toml"
    assert emulation_file.load(file) == OWN
    file.write_text('[[measures]]\nkey = "m"\nsheet = "M"\nwords = "M"\n', "utf-8")
    with pytest.raises(ConfigError, match=r'emulation\.toml: measures "m", counts: it is missing'):
        emulation_file.load(file)
    with file.open("a", encoding="utf-8") as more:
        more.write('counts = "coverage"\npoints = 20\n')
    assert emulation_file.load(file) == (MEASURE,)
    file.write_text("measures = ", "utf-8")
    with pytest.raises(ConfigError, match="this is not TOML"):
        emulation_file.load(file)
