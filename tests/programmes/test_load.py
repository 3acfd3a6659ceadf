"""Plans of the operator's own: a file is enough, and a mistake in one is named."""

import re
import tomllib
from dataclasses import fields, replace
from datetime import date
from pathlib import Path

import pytest

from bot.config.loading import load as load_config
from bot.config.settings import Programmes
from bot.core.errors import ConfigError
from bot.core.rules.programmes import Programme, ReportDue, Target, Task, Topic
from bot.programmes import load
from tests.programmes.plans import put, sixth

HANDBOOK = Path(__file__).parents[2] / "docs" / "programmes.md"


def mistakes(tmp_path: Path, *active: str, **section: object) -> list[str]:
    chosen = Programmes(active=active or ("nha-o",), folder=tmp_path, **section)
    with pytest.raises(ConfigError) as said:
        load(chosen)
    return str(said.value).replace(f"{tmp_path}/", "").splitlines()


def test_a_sixth_plan_is_a_file_and_a_name(tmp_path):
    put(tmp_path, "nha-o", sixth())
    plans = load(Programmes(active=("sat-co-so", "nha-o"), folder=tmp_path))
    assert [plan.key for plan in plans] == ["sat-co-so", "nha-o"]
    (report,) = plans[1].reports
    assert (report.before, report.first, report.last) == ((20, 12), (1, 10), (31, 12))
    assert (report.sections, report.figures) == (("II", "V"), ("I", "III.2"))
    assert plans[1].topics == (Topic("housing", "Nhà trọ", "nhà trọ, giá điện"), Topic("care"))


def test_the_example_of_the_handbook_is_a_plan(tmp_path):
    examples = re.findall(r"```toml\n(.*?)```", HANDBOOK.read_text("utf-8"), re.DOTALL)
    put(tmp_path, "nha-o", examples[-1])
    (plan,) = load(Programmes(active=("nha-o",), folder=tmp_path))
    told = tomllib.loads(examples[-1])
    every = {field.name for field in fields(Programme)}
    assert set(told) == every, "it shows every key"
    for key, one in (("tasks", Task), ("targets", Target), ("reports", ReportDue)):
        assert set(told[key][0]) == {field.name for field in fields(one)}
    assert plan.units == ("KCN",)


def test_a_file_of_the_same_name_takes_the_place_of_ours(tmp_path):
    put(tmp_path, "ctr-1306", sixth().replace('"nha-o"', '"ctr-1306"'))
    plans = load(Programmes(active=("ctr-1306", "doan-vien"), folder=tmp_path))
    assert plans[0].title == "Nhà ở cho công nhân"
    assert plans[1].campaign_months == (5, 7)


def test_a_plan_that_has_ended_can_be_kept_on():
    chosen = Programmes(active=("ctr-1306",), prolonged={"ctr-1306": date(2030, 12, 31)})
    (plan,) = load(chosen)
    assert plan.in_force(date(2026, 6, 9))
    original = load(Programmes(active=("ctr-1306",)))[0]
    assert replace(plan, targets=()) == replace(original, targets=(), ends=date(2030, 12, 31))
    *of_every_year, until_2023 = original.targets
    assert plan.targets == (*of_every_year, replace(until_2023, last_year=2030))


def test_no_plan_at_all_is_a_choice_too(tmp_path):
    assert load(Programmes(active=(), folder=tmp_path)) == ()


def test_the_folder_lies_beside_the_configuration(tmp_path):
    config = tmp_path / "config.toml"
    config.write_text('[telegram]\ntoken = "1:x"\n[programmes]\nactive = ["nha-o"]\n', "utf-8")
    put(tmp_path / "programmes", "nha-o", sixth())
    settings = load_config(config)
    assert settings.programmes.folder == tmp_path / "programmes"
    assert [plan.key for plan in load(settings.programmes)] == ["nha-o"]


def test_a_plan_that_is_not_there_is_named_with_those_that_are(tmp_path):
    put(tmp_path, "nha-o", sixth())
    (line,) = mistakes(tmp_path, "nha-0")
    assert line.startswith("programmes.active: there is no plan 'nha-0', neither in ")
    assert "there are ctr-1306, " in line
    assert "nha-o" in line


@pytest.mark.parametrize("name", ["../nha-o", "a/../nha-o", ""])
def test_a_plan_is_a_name_and_not_a_way_out_of_the_folder(tmp_path, name):
    put(tmp_path, "nha-o", sixth())
    put(tmp_path.parent, "nha-o", sixth())
    assert "there is no plan" in mistakes(tmp_path, name)[0]


@pytest.mark.parametrize(
    ("section", "words"),
    [
        ({"active": ("sat-co-so", "sat-co-so")}, "programmes.active: 'sat-co-so' is there 2 times"),
        (
            {"prolonged": {"ctr-1306": date(2030, 1, 1)}, "active": ("sat-co-so",)},
            "programmes.prolonged.ctr-1306: this plan is not in programmes.active",
        ),
        (
            {"prolonged": {"sat-co-so": date(2030, 1, 1)}, "active": ("sat-co-so",)},
            "programmes.prolonged.sat-co-so: this plan has no end",
        ),
        (
            {"prolonged": {"doan-vien": date(2030, 1, 1)}, "active": ("doan-vien",)},
            "programmes.prolonged.doan-vien = 2030-01-01: the plan runs until 2033-12-31 anyway",
        ),
    ],
)
def test_what_the_configuration_says_of_plans_is_checked(tmp_path, section, words):
    active = section.pop("active")
    assert mistakes(tmp_path, *active, **section) == [words]


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ('"nha-o"', '"nha-oo"', "key = 'nha-oo': it must be the name of the file, 'nha-o'"),
        ("title =", "titel =", "title: this key is missing"),
        (
            "issuer =",
            "x = 1\nissuer =",
            "x: there is no such key; docs/programmes.md lists them all",
        ),
        ("starts = 2026-01-05", 'starts = "5/1/2026"', "starts = '5/1/2026': a date is written"),
        ("ends = 2030-12-31", "ends = 2025-12-31", "ends = 2025-12-31: it lies before starts"),
        ('short = "Nhà ở"', "short = 5", "short = 5: words are written in quotation marks"),
        ('"Ban Chính sách"', '" "', "responsible = ' ': it must have 1 to 200 characters"),
        ("[11]", "[11, 13]", "campaign_months = [11, 13]: months are 1 to 12"),
        ("[11]", "[11, 11]", "campaign_months: 11 is there 2 times"),
        ('number = "2"', 'number = "1"', "tasks: '1' is there 2 times"),
        (
            'department = "Ban Tài chính"\n',
            "",
            'tasks "2", department: this key is missing',
        ),
        ("1_500", '"nhiều"', "targets \"phong\", value = 'nhiều': a whole number is written"),
        ("1_500", "-1", 'targets "phong", value = -1: it must be 0 or more'),
        ("1_500", "1\nfirst_year = 2029", 'targets "phong", last_year = 2028: it lies before'),
        ('key = "care"', 'key = "caer"', 'topics "caer": a new topic needs short and words'),
        (
            'key = "care"',
            'key = "care"\nshort = "Chăm"',
            'topics "care": this topic has words already; only its key is written',
        ),
        ('"housing"', '"Nhà"', 'topics "Nhà", key: a new topic\'s is 1 to 15 of a-z'),
        ('"20/12"', '"20.12"', "reports \"quy-4\", before = '20.12': a day of the year is written"),
        ('"20/12"', '"x/12"', "reports \"quy-4\", before = 'x/12': a day of the year is written"),
        ('"20/12"', '"29/2"', "reports \"quy-4\", before = '29/2': not every year has this day"),
        ('"20/12"', "12", 'reports "quy-4", before = 12: a day of the year is written "15/12"'),
        ('last = "31/12"', 'last = "1/9"', 'reports "quy-4", last: it lies before first'),
        ('"20/12"', '"20/9"', 'reports "quy-4", before: nothing is covered by then'),
        ('"20/12"', '"20/12"\nof_last_year = "x"', "reports \"quy-4\", of_last_year = 'x': "),
        ('"20/12"', "2026-12-20", 'reports "quy-4", before = 2026-12-20: a day of the year is'),
        ("2026-01-05", '"05/01/2026"', "starts = '05/01/2026': a date is written 2026-11-20"),
        ('"short"', '"brief"', "reports \"quy-4\", outline = 'brief': it is one of full, short"),
        ('["II", "V"]', '["VII"]', "reports \"quy-4\", sections: there is no 'VII'; there are II"),
        ('["I", "III.2"]', '["IX"]', "reports \"quy-4\", figures: there is no 'IX'; there are I,"),
        (
            'sections = ["II", "V"]\nfigures = ["I", "III.2"]',
            "sections = []\nfigures = []",
            'reports "quy-4": it needs figures or sections',
        ),
        ('"quy-4"', '"Quý 4"', "reports \"Quý 4\", key = 'Quý 4': it is 1 to 30 of a-z, 0-9"),
        ("key =", "= key", "this is not TOML: "),
        ("[[reports]]", "[reports]", "reports: each of them begins with [[reports]]"),
        ("1_500", "1.500", 'targets "phong", value = 1.5: a whole number is written 1500'),
    ],
)
def test_a_mistake_is_named_with_its_file_and_key(tmp_path, old, new, line):
    text = sixth()
    assert old in text
    put(tmp_path, "nha-o", text.replace(old, new, 1))
    found = mistakes(tmp_path)
    assert any(one.startswith(f"nha-o.toml: {line}") for one in found), found


def test_every_mistake_of_every_plan_is_named_at_once(tmp_path):
    put(tmp_path, "nha-o", sixth().replace("2030", "2020").replace('"20/12"', '"31/2"'))
    put(tmp_path, "b", "key = 5")
    found = mistakes(tmp_path, "nha-o", "b", "c")
    assert len(found) > 8
    assert {line.split(":")[0] for line in found} == {
        "nha-o.toml",
        "b.toml",
        "programmes.active",
    }


def test_two_plans_may_not_give_one_new_topic_different_words(tmp_path):
    put(tmp_path, "nha-o", sixth())
    other = sixth().replace('"nha-o"', '"khac"').replace("giá điện", "giá nước")
    put(tmp_path, "khac", other)
    (line,) = mistakes(tmp_path, "nha-o", "khac")
    assert line == 'khac.toml: topics "housing": nha-o.toml has other words for it'
