"""Which results a report can state, what the file may say, numbers as people write them."""

import re
import tomllib
from typing import Any

import pytest

from bot.visits.rules.results import OWN, amount, figures_of, kinds_of, last_day_of, sums_of

MONEY = """[[results.measures]]
key = "money"
kind = "money"
ask = "Bao nhiêu tiền?"
words = "{words}"
unit = "{unit}"
"""


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("25", 25),
        ("25 người", 25),
        ("khoảng 30 suất", 30),
        ("0", 0),
        ("1.234", 1_234),
        ("1 200", 1_200),
        ("1.500.000", 1_500_000),
        ("1.500.000đ", 1_500_000),
        ("1,500,000 đồng", 1_500_000),
        ("2 triệu", 2_000_000),
        ("2tr5", 2_500_000),
        ("7 TRIỆU RƯỠI", 7_500_000),
        ("2,5 triệu", 2_500_000),
        ("500k", 500_000),
        ("500 nghìn", 500_000),
        ("25 triệu 500 nghìn", 25_500_000),
        ("1 tỷ 2", 1_200_000_000),
        ("1.5 tỷ đồng", 1_500_000_000),
    ],
)
def test_numbers_are_understood_as_people_write_them(words: str, number: int) -> None:
    assert amount(words) == number


@pytest.mark.parametrize(
    "words",
    [
        *("1,5", "20-25", "20 25", "2 chục", "không", "nhiều", "1.500 triệu", "200,000"),
        *("2 triệu/người", "2 triệu đồng và 3 triệu", "vài trăm", "3 trăm", "", "rưỡi triệu"),
    ],
)
def test_what_might_be_another_number_is_asked_about(words: str) -> None:
    assert amount(words) is None


KIND = """
[[results]]
key = "care"
label = "Chăm lo"
words = "chăm lo"
times = "lượt"
"""
MEASURE = """
[[results.measures]]
key = "people"
kind = "number"
ask = "Bao nhiêu người?"
words = "người"
unit = "người"
"""


@pytest.mark.parametrize(
    ("text", "mistake"),
    [
        ("[[result]]", "result: there is no such key"),
        ("results = 3", "results: it must be a list of tables"),
        (KIND.replace("care", "Care!"), 'results "Care!": a key is 2 to 12 small letters'),
        (KIND + KIND, "results: 'care' is there 2 times"),
        (KIND.replace('times = "lượt"', ""), 'results "care", times: it is missing'),
        (KIND.replace("lượt", "  "), 'results "care", times: it is empty'),
        (KIND.replace("lượt", "{lượt}"), "'{' must not stand in it"),
        (KIND + 'colour = "red"', 'results "care", colour: there is no such key'),
        (KIND + 'expires = "TƯLĐTT"', 'there must be a measure "expires" of the kind "day"'),
        (KIND + MEASURE + MEASURE, "'people' is there 2 times"),
        (KIND + MEASURE.replace('"number"', '"count"'), "kind: it must be one of number, money"),
        (
            KIND + MONEY.format(words="đồng", unit="đồng"),
            "words = 'đồng': of money they stand before",
        ),
        (KIND + MONEY.format(words="đồng quà", unit="Đồng"), "words = 'đồng quà': of money they"),
        (KIND + MONEY.format(words="tiền quà", unit=""), "unit: it is empty"),
        (KIND + MONEY.format(words="tiền quà", unit="") + "summed = false\n", "unit: it is empty"),
        (KIND + MEASURE + "most = -1", "leave nothing to answer"),
        (KIND + MEASURE + 'most = "ten"', "most = 'ten': it must be a whole number"),
        (KIND + MEASURE + 'optional = "yes"', "optional = 'yes': it must be true or false"),
        (KIND + MEASURE + 'after = "signed"', "it must name a measure that stands before"),
        (KIND + MEASURE.replace("number", "choice"), "choices: there must be 2 to 20"),
        (KIND + MEASURE + 'choices = [["a"]]', 'choices: it must be a list of ["key", "Words"]'),
        (KIND + MEASURE.replace('"Bao nhiêu người?"', '""'), "ask: it is empty"),
    ],
)
def test_a_mistake_in_the_file_is_told_with_its_place(text: str, mistake: str) -> None:
    with pytest.raises(ValueError, match=re.escape(mistake)):
        kinds_of(tomllib.loads(text))


def test_every_mistake_is_told_at_once() -> None:
    text = KIND.replace('times = "lượt"', "") + MEASURE.replace('"number"', '"count"')
    with pytest.raises(ValueError, match=r"(?s)kind: it must be one of.*times: it is missing"):
        kinds_of(tomllib.loads(text))


def test_a_file_with_nothing_in_it_asks_nothing() -> None:
    assert kinds_of({}) == ()


def stated(kind: str, **values: Any) -> dict[str, Any]:
    return {"kind": kind, "values": values}


def test_results_add_up_by_kind_measure_and_choice() -> None:
    sums = sums_of(
        [
            stated("care", people=25, money=12_500_000),
            stated("care", people=5, gifts=5),
            stated("training", skill="law", people=30),
            stated("training", skill="law", people=12),
            stated("party", introduced=0),
            stated("meal", people=900, price=25_000),
            stated("recruiters", trained=40, rewarded=5, money=10_000_000),
        ]
    )
    assert sums == {
        "res_care": 2,
        "res_care_people": 30,
        "res_care_money": 12_500_000,
        "res_care_gifts": 5,
        "res_training": 2,
        "res_training_is_law": 2,
        "res_training_people": 42,
        "res_party": 1,
        "res_party_introduced": 0,
        "res_meal": 1,
        "res_meal_people": 900,
        "res_recruiters": 1,
        "res_recruiters_trained": 40,
        "res_recruiters_rewarded": 5,
        "res_recruiters_money": 10_000_000,
    }, "what one meal costs adds up to nothing"


def test_what_an_older_file_named_adds_nothing_and_breaks_nothing() -> None:
    assert sums_of([stated("festival", guests=3)]) == {}
    assert last_day_of(stated("festival", expires="2027-01-01")) is None
    assert sums_of([stated("cba", **{"class": "z"})]) == {"res_cba": 1}


def test_every_figure_has_a_key_of_its_own_that_fits_a_button() -> None:
    keys = [figure.key for figure in figures_of(OWN)]
    assert len(set(keys)) == len(keys) > 40
    assert all(len(f"fig:999999999:{key}:999".encode()) <= 64 for key in keys)


def test_what_unions_report_on_is_there() -> None:
    by_key = {kind.key: kind for kind in OWN}
    assert [measure.key for measure in by_key["care"].measures] == ["people", "gifts", "money"]
    assert [measure.key for measure in by_key["cba"].measures] == ["signed", "expires", "class"]
    assert {"dialogue", "conference", "inspection", "advice", "party", "training"} <= set(by_key)
    skills = by_key["training"].measure("skill")
    assert skills
    assert len(skills.choices) == 11, "ten of the plan, and others"
    needed = by_key["need"].measure("skill")
    assert needed
    assert needed.choices == skills.choices
