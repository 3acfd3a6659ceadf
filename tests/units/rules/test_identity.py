"""Rows that seem to mean a new unit and do not, or seem to mean a known one and do not."""

from datetime import date

import pytest

from bot.core.rules.writing import plain_code
from bot.units.rules.importing import plan
from tests.units.rules.test_importing import KCN, TOP, known, new, row

TODAY = date(2026, 11, 16)
LH = known("LH", "CĐ phường Long Hòa", "upper")
WATER = known("001", "CĐCS Cấp nước Miền Lúa", parent="LH")
WOOD = known("DN-01", "Gỗ Minh Thới", "enterprise", "LH")
SEWING = known("KCN-11", "May Sen Vàng", parent="KCN", workers=1850)
MARKET = known("LH01", "Siêu thị Bến Quê", parent="LH", workers=140)
TOWN = (TOP, KCN, LH, WATER, WOOD, SEWING, MARKET)


def wrong(*rows, known=TOWN):
    return [(m.line, m.column, m.words) for m in plan(rows, known, "TINH", TODAY).mistakes]


def named(line, code, name, parent, kind="site_union"):
    return new(line, code, parent, kind, name=name)


@pytest.mark.parametrize(
    ("code", "other"),
    [
        ("1", "001"),
        ("01", "001"),
        ("0001", "001"),
        ("DN-1", "DN-01"),
        ("dn-001", "DN-01"),
        ("DN01", "DN-01"),
        ("DN 01", "DN-01"),
        ("DN.01", "DN-01"),
        ("DN_1", "DN-01"),
        ("KCN11", "KCN-11"),
        ("KCN-011", "KCN-11"),
        ("LH-1", "LH01"),
        ("LH–01", "LH01"),
    ],
)
def test_a_new_code_that_is_hardly_new_is_named_with_the_one_it_resembles(code, other):
    ((line, column, words),) = wrong(named(2, code, "CĐCS Hoàn toàn khác", "LH"))
    assert (line, column) == (2, "code")
    assert f"mã {code} chỉ khác mã {other}" in words
    assert f"đề nghị ghi đúng mã {other}" in words


def test_two_new_codes_that_are_hardly_two_are_named_on_the_later_line():
    rows = [named(2, "N-07", "Một", "LH"), named(3, "N-7", "Hai", "LH")]
    ((line, _, words),) = wrong(*rows)
    assert line == 3
    assert "(dòng 2)" in words


@pytest.mark.parametrize("code", ["002", "DN-10", "DN-011", "DNA-01", "KCN-1-1", "1001", "ĐN-01"])
def test_codes_that_are_two_codes_stay_two(code):
    assert wrong(named(2, code, "CĐCS Hoàn toàn khác", "LH")) == []


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("КСN-11", "KCN-11"),
        ("KCN–11", "KCN-11"),
        ("KCN—11", "KCN-11"),
        ("KCN−11", "KCN-11"),
        ("KCN‑11", "KCN-11"),
        ("ＫＣＮ-11", "KCN-11"),
        ("KCN-１１", "KCN-11"),
        ("KCN\u00ad-11\u200b", "KCN-11"),
        ("ΚCΝ-11", "KCN-11"),
        ("KCN－11", "KCN-11"),
        ("ĐK-01", "ĐK-01"),
    ],
)
def test_a_code_is_the_same_whichever_alphabet_or_dash_it_was_typed_with(typed, meant):
    assert plain_code(typed) == meant


@pytest.mark.parametrize(
    ("code", "other"), [("DN-O1", "DN-01"), ("KCN-l1", "KCN-11"), ("LHO1", "LH01")]
)
def test_letters_that_look_like_digits_are_pointed_out(code, other):
    found = plan([named(2, code, "CĐCS Hoàn toàn khác", "LH")], TOWN, "TINH", TODAY)
    assert not found.mistakes
    (warning,) = found.warnings
    assert f"mã {code} trông giống mã {other}" in warning.words


@pytest.mark.parametrize(
    ("name", "parent", "other"),
    [
        ("Gỗ Minh Thới", "LH", "DN-01"),
        ("gỗ minh thới", "LH", "DN-01"),
        ("GO MINH THOI", "LH", "DN-01"),
        ("CĐCS Gỗ Minh Thới", "LH", "DN-01"),
        ("CĐCS Công ty Gỗ Minh Thới", "LH", "DN-01"),
        ("Công ty TNHH Gỗ Minh Thới", "LH", "DN-01"),
        ("CĐCS Công ty May Sen Vàng", "KCN", "KCN-11"),
        ("Công đoàn cơ sở Công ty TNHH MTV May Sen Vàng", "KCN", "KCN-11"),
        ("Cty CP May Sen Vàng", "KCN", "KCN-11"),
        ("Cấp nước Miền Lúa", "LH", "001"),
        ("CĐCS  Cấp nước - Miền Lúa", "lh", "001"),
    ],
)
def test_a_name_that_its_parent_has_already_is_named_with_its_code(name, parent, other):
    ((line, column, words),) = wrong(named(2, "MOI", name, parent))
    assert (line, column) == (2, "name")
    assert f"mã {other}" in words
    assert "hoặc ghi tên cho phân biệt được" in words


def test_the_same_unit_twice_in_a_list_is_named_on_the_later_line():
    rows = [named(n, f"M{n}0", "CĐCS Trường Bình An", "LH") for n in (2, 5)]
    ((line, _, words),) = wrong(*rows)
    assert line == 5
    assert "dòng 2" in words


@pytest.mark.parametrize(
    ("name", "parent"),
    [
        ("Gỗ Minh Thới", "KCN"),
        ("Gỗ Mình Thới", "LH"),
        ("Gỗ Minh Thới 2", "LH"),
        ("CĐCS Gỗ Minh", "LH"),
        ("CĐCS Cấp nước Miền Lụa", "LH"),
        ("Xây dựng Minh Thới", "LH"),
    ],
)
def test_names_or_places_that_differ_are_two_units(name, parent):
    assert wrong(named(2, "MOI", name, parent)) == []


def test_two_legal_forms_are_two_firms():
    rows = [
        named(2, "A7", "Công ty TNHH An Phát", "LH"),
        named(3, "B8", "Công ty CP An Phát", "LH"),
    ]
    assert wrong(*rows) == []


def test_a_unit_may_take_the_name_of_one_that_is_dissolved():
    gone = known("CU", "Kho lạnh Cửu Bình", parent="LH", dissolved_on=date(2026, 1, 1))
    assert wrong(named(2, "MOI", "Kho lạnh Cửu Bình", "LH"), known=(*TOWN, gone)) == []


def test_a_unit_that_takes_the_name_of_its_neighbour_is_named():
    ((_, column, words),) = wrong(row(2, "DN-01", name="Cấp nước Miền Lúa"))
    assert column == "name"
    assert "001" in words


@pytest.mark.parametrize(
    "changed",
    [
        {"sector": "giáo dục"},
        {"workers": 45, "members": 45},
        {"parent": "KCN"},
        {"address": "12 Trần Phú"},
        {"contact_name": "Hồ Văn Tý"},
        {"workers": 9},
        {"cluster": "Cụm 2"},
        {"kind": "enterprise"},
        {"level_name": "phường"},
        {"sensitive": True},
    ],
)
def test_a_code_used_again_for_another_body_is_refused_with_both_ways_out(changed):
    words = " ".join(
        w for *_, w in wrong(row(2, "LH01", name="CĐCS Trường Tiểu học Bình An", **changed))
    )
    assert "mã LH01 đang là của Siêu thị Bến Quê" in words
    assert "đề nghị ghi mã mới" in words
    assert "một tệp chỉ có mã và tên mới" in words


def test_a_new_name_alone_is_taken_and_pointed_out():
    found = plan([row(2, "LH01", name="CĐCS Trường Tiểu học Bình An")], TOWN, "TINH", TODAY)
    assert [change.keys for change in found.changed] == [["name"]]
    assert "trước là Siêu thị Bến Quê" in found.warnings[0].words


@pytest.mark.parametrize(
    "name",
    [
        "CĐCS Siêu thị Bến Quê",
        "Sieu thi Ben Que",
        "Siêu thị Bến Quê 2",
        "Công ty TNHH Bến Quê",
        "Trung tâm thương mại Bến Quê",
        "SiêuthịBếnQuê",
        "Siêu thị Bến Quế",
    ],
)
def test_another_spelling_of_a_name_is_the_same_body(name):
    assert wrong(row(2, "LH01", name=name, workers=150)) == []
