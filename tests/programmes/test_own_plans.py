"""The five plans that come with the program say what the plans say."""

import tomllib
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from bot.config.settings import Programmes
from bot.core.labels import TOPICS
from bot.programmes import OWN, load

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
    assert len([one for one in tasks.values() if one.source.startswith("II.")]) == 14
    assert tasks[number].department == department
    assert tasks[number].source == f"II.{number}"


@pytest.mark.parametrize(
    ("key", "number", "department", "source"),
    [
        ("sat-co-so", "4.3", "Ban Tổ chức, các ban nghiệp vụ", "IV.2.1"),
        ("sat-co-so", "4.5", "Ủy viên Thường vụ phụ trách cụm, khối", "IV.2.1"),
        ("sat-co-so", "4.6", "CĐ cấp trên trực tiếp cơ sở", "IV.2.2"),
        ("sat-co-so", "4.9", "BCH CĐCS", "IV.3"),
        ("viec-lam", "4", "Ban Công tác cơ sở", "III.1"),
        ("viec-lam", "5", "CĐ cấp trên trực tiếp cơ sở, CĐCS", "III.2"),
        ("nang-suat", "6", "Ban Chính sách Pháp luật và Quan hệ lao động", "III.1"),
        ("nang-suat", "7", "CĐ cấp trên trực tiếp cơ sở", "III.2"),
        ("nang-suat", "8", "CĐCS", "III.3"),
        ("doan-vien", "9", "Ủy viên BCH, Ủy viên Ban Thường vụ LĐLĐ tỉnh", "III.1"),
        ("doan-vien", "12", "Ban Tổ chức - Kiểm tra", "III.3"),
        ("ctr-1306", "8", "LĐLĐ tỉnh", "IV.1"),
        ("ctr-1306", "9", "Ban Chính sách - Pháp luật", "IV.1"),
        ("ctr-1306", "11", "CĐ cấp trên trực tiếp cơ sở", "IV.2"),
    ],
)
def test_who_carries_a_plan_out_has_a_task_in_it(key, number, department, source):
    (task,) = [one for one in PLANS[key].tasks if one.number == number]
    assert (task.department, task.source) == (department, source)


@pytest.mark.parametrize(
    ("key", "sources"),
    [
        ("sat-co-so", {"III.2.1": 7, "III.2.2": 7}),
        ("nang-suat", {"II.1": 1, "II.2": 1, **{f"II.3.{n}": 1 for n in range(1, 5)}}),
        ("doan-vien", {f"II.{n}": 1 for n in range(1, 9)}),
        ("ctr-1306", {f"III.{n}": 1 for n in range(1, 7)}),
    ],
)
def test_every_heading_of_the_plan_is_a_task_and_every_paragraph_of_the_model(key, sources):
    content = "III." if key in ("sat-co-so", "ctr-1306") else "II."
    found = Counter(t.source for t in PLANS[key].tasks if t.source.startswith(content))
    assert found == sources


def test_the_model_asks_for_a_visit_every_week():
    (target,) = PLANS["sat-co-so"].targets
    assert (target.value, target.measure) == (1, "lần/tuần")
    assert target.source == "IV.2.1, IV.2.2"


@pytest.mark.parametrize(
    ("key", "documents"),
    [
        ("sat-co-so", ["04a/NQ-TLĐ ngày 24/6/2014"]),
        ("viec-lam", ["134/KH-UBND ngày 28/7/2021", "16/CT-TTg ngày 14/6/2021"]),
        ("nang-suat", ["233/KH-LĐLĐ ngày 11/3/2021", "07/CT-TTg ngày 04/02/2020"]),
        ("doan-vien", ["06/NQ-BCH ngày 27/8/2024"]),
        ("ctr-1306", ["1306/CTr-TLĐ", "2019–2023"]),
    ],
)
def test_a_plan_names_its_document_and_what_it_carries_out(key, documents):
    for document in documents:
        assert document in PLANS[key].source


@pytest.mark.parametrize(
    ("key", "topics"),
    [
        ("sat-co-so", set(TOPICS)),
        ("viec-lam", {"growth", "jobs", "wages", "safety", "care"}),
        ("nang-suat", {"emulation", "jobs", "wages", "insurance", "safety"}),
        ("doan-vien", {"growth", "party", "training", "meetings", "democracy"}),
        ("ctr-1306", {"emulation", "business", "democracy", "wages", "insurance", "safety"}),
    ],
)
def test_what_a_plan_speaks_of_is_asked_at_visits(key, topics):
    assert {topic.key for topic in PLANS[key].topics} >= topics


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
    found = [(t.value, t.measure, t.last_year, t.source) for t in PLANS["ctr-1306"].targets]
    assert found == [(100, "%", None, "II")] * 7 + [(70, "%", 2023, "II")]


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


def test_departments_and_levels_are_called_as_this_office_calls_them() -> None:
    names = {"Ban Tổ chức": "Ban Xây dựng tổ chức", "Ban Tổ chức - Kiểm tra": "Ban Cán bộ"}
    called = {plan.key: plan for plan in load(Programmes(folder=Path("nowhere"), names=names))}
    plan, before = called["doan-vien"], PLANS["doan-vien"]
    assert plan.responsible == "Ban Cán bộ LĐLĐ tỉnh"
    assert plan.difficulties == "Ban Cán bộ LĐLĐ tỉnh"
    assert "Ban Cán bộ" in {task.department for task in plan.tasks}
    assert called["sat-co-so"].responsible == "Ban Xây dựng tổ chức LĐLĐ tỉnh"
    assert "qua Ban Xây dựng tổ chức" in str(called["sat-co-so"].tasks)
    assert (plan.title, plan.issuer, plan.source) == (before.title, before.issuer, before.source)
