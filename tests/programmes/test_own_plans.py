"""The five plans that come with the program say what the plans say."""

import tomllib
from datetime import date
from pathlib import Path

import pytest

from bot.programmes import OWN, load
from bot.settings import Programmes

PLANS = {plan.key: plan for plan in load(Programmes(folder=Path("nowhere")))}
PYPROJECT = Path(__file__).parents[2] / "pyproject.toml"


def test_all_five_count_unless_the_operator_says_otherwise():
    assert list(PLANS) == ["sat-co-so", "viec-lam", "nang-suat", "doan-vien", "ctr-1306"]
    assert {file.stem for file in OWN.glob("*.toml")} == set(PLANS)


def test_the_files_are_packed_with_the_program():
    packed = tomllib.loads(PYPROJECT.read_text("utf-8"))["tool"]["setuptools"]["package-data"]
    assert "programmes/*.toml" in packed["bot"]


@pytest.mark.parametrize(
    ("key", "where", "takes_difficulties"),
    [
        ("sat-co-so", "An Giang", "Ban Tổ chức"),
        ("viec-lam", "Quảng Trị", "Ban Công tác cơ sở"),
        ("nang-suat", "Lai Châu", "Ban Chính sách Pháp luật và Quan hệ lao động"),
        ("doan-vien", "Quảng Ninh", "Ban Tổ chức - Kiểm tra"),
        ("ctr-1306", "Quảng Trị", "Ban Chính sách - Pháp luật"),
    ],
)
def test_whose_plan_it_is_and_who_takes_difficulties(key, where, takes_difficulties):
    assert where in PLANS[key].issuer
    assert PLANS[key].difficulties.startswith(takes_difficulties)


@pytest.mark.parametrize(
    ("key", "day", "in_force"),
    [
        ("sat-co-so", date(2020, 5, 14), False),
        ("sat-co-so", date(2026, 12, 14), True),
        ("viec-lam", date(2026, 11, 16), True),
        ("nang-suat", date(2021, 3, 10), False),
        ("nang-suat", date(2021, 3, 11), True),
        ("doan-vien", date(2033, 12, 31), True),
        ("doan-vien", date(2034, 1, 1), False),
        ("ctr-1306", date(2018, 12, 31), False),
        ("ctr-1306", date(2023, 12, 31), True),
        ("ctr-1306", date(2024, 1, 1), False),
    ],
)
def test_when_a_plan_is_in_force(key, day, in_force):
    assert PLANS[key].in_force(day) is in_force


@pytest.mark.parametrize(
    ("number", "department"),
    [
        *((n, "Ban Tổ chức - Kiểm tra") for n in ("1.1", "1.2", "1.3", "1.4")),
        *((n, "Văn phòng") for n in ("1.5", "2.7")),
        *((n, "Ban Tài chính") for n in ("2.2", "2.5")),
        *((n, "Ban Công tác cơ sở") for n in ("2.1", "2.3", "2.4", "2.6", "3.1", "3.2")),
    ],
)
def test_viec_lam_gives_every_task_to_its_department(number, department):
    tasks = {task.number: task for task in PLANS["viec-lam"].tasks}
    assert len(tasks) == 14
    assert tasks[number].department == department
    assert tasks[number].source == f"II.{number}"


def test_doan_vien_has_its_two_stages_and_its_two_months():
    found = [(t.value, t.measure, t.first_year, t.last_year) for t in PLANS["doan-vien"].targets]
    assert found == [
        (25_000, "đoàn viên", None, 2028),
        (100, "%", None, 2028),
        (30_000, "đoàn viên", 2029, 2033),
        (100, "%", 2029, 2033),
    ]
    for words, workers in zip((1, 3), ("25", "20"), strict=True):
        assert f"từ {workers} lao động" in PLANS["doan-vien"].targets[words].text
    assert PLANS["doan-vien"].campaign_months == (5, 7)
    assert PLANS["doan-vien"].reports == (), "the plan names no day for the yearly review"


def test_ctr_1306_has_seven_targets_of_all_and_one_of_seventy():
    values = [(t.value, t.measure) for t in PLANS["ctr-1306"].targets]
    assert values == [(100, "%")] * 7 + [(70, "%")]


@pytest.mark.parametrize(
    ("key", "reports"),
    [
        ("sat-co-so", [("nam", (15, 12), (1, 1), (31, 12), "full")]),
        (
            "ctr-1306",
            [
                ("6-thang", (10, 6), (1, 1), (30, 6), "short"),
                ("nam", (25, 11), (1, 1), (31, 12), "short"),
            ],
        ),
        ("viec-lam", []),
        ("nang-suat", []),
    ],
)
def test_which_reports_are_owed_by_when_for_which_days(key, reports):
    found = [(r.key, r.before, r.first, r.last, r.outline) for r in PLANS[key].reports]
    assert found == reports


@pytest.mark.parametrize("plan", PLANS.values(), ids=PLANS)
def test_every_figure_and_task_says_where_in_the_plan_it_stands(plan):
    parts = (*plan.tasks, *plan.targets, *plan.reports)
    assert parts
    for part in parts:
        assert part.source[0] in "IV", part
