"""Planning an import: the tree in any order, every mistake named, nothing done twice."""

from datetime import date
from itertools import permutations
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.units.rules.import_plan import NOTHING, ImportRow, KnownUnit, Mistake
from bot.units.rules.importing import plan

TODAY = date(2026, 11, 16)


def known(code, name="", kind="site_union", parent="TINH", **values):
    ratings = values.pop("ratings", {})
    given = {"name": name or code, "kind": kind, "parent": parent, **values}
    return KnownUnit(code, {**NOTHING, **given}, ratings)


TOP = known("TINH", "LĐLĐ tỉnh", "federation", None)
KCN = known("KCN", "CĐ các KCN", "upper")
SEN = known("SEN", "May Sen Vàng", parent="KCN", workers=1850, women=1400, members=1790)
TOWN = (TOP, KCN, SEN)


def row(line, code, **given):
    return ImportRow(line, code, given)


def new(line, code, parent=None, kind="site_union", **given):
    named = {"name": code, "kind": kind, **given}
    return ImportRow(line, code, named | ({"parent": parent} if parent else {}))


def planned(*rows, known=TOWN):
    return plan(rows, known, "TINH", TODAY)


def wrong(*rows, known=TOWN):
    return [(m.line, m.column, m.words) for m in planned(*rows, known=known).mistakes]


def test_a_new_unit_is_added_and_the_others_stay():
    found = planned(new(2, "GO", "KCN", "enterprise", workers=132))
    (change,) = found.new
    assert (change.before, change.after["workers"], change.after["parent"]) == (None, 132, "KCN")
    assert (found.changed, found.same, found.missing) == ((), 0, 3)


def test_a_known_unit_changes_only_in_what_is_given():
    (change,) = planned(row(2, "SEN", workers=1900)).changed
    assert change.keys == ["workers"]
    assert (change.before["workers"], change.after["workers"]) == (1850, 1900)


def test_a_row_that_says_what_is_known_changes_nothing():
    found = planned(row(2, "sen", name="May Sen Vàng", kind="site_union", parent="kcn"))
    assert (found.new, found.changed, found.same, found.missing) == ((), (), 1, 2)


def test_a_cleared_cell_goes_back_to_nothing():
    (change,) = planned(row(2, "SEN", members=None)).changed
    assert change.after["members"] == 0


def test_a_new_unit_without_a_parent_goes_under_the_top_one():
    (change,) = planned(new(2, "LH", kind="upper")).new
    assert change.after["parent"] == "TINH"


def test_a_new_federation_that_lands_under_the_top_one_is_pointed_out():
    found = planned(new(2, "AG", kind="federation"))
    assert found.warnings == (Mistake(2, "parent", "được đặt trực thuộc TINH"),)


def test_a_department_that_names_its_parent_needs_no_second_look():
    assert planned(new(2, "TC", "TINH", "federation")).warnings == ()


def test_the_first_list_of_all_makes_its_only_orphan_the_top():
    rows = [new(2, "A1", "KCN"), new(3, "KCN", "AG", "upper"), new(4, "AG", kind="federation")]
    found = plan(rows, [], "TINH", TODAY)
    assert {c.code: c.after["parent"] for c in found.new} == {"A1": "KCN", "KCN": "AG", "AG": None}


def test_of_several_orphans_in_the_first_list_the_configured_one_is_the_top():
    rows = [new(2, "KCN", kind="upper"), new(3, "tinh", kind="federation")]
    found = plan(rows, [], "TINH", TODAY)
    assert {c.code: c.after["parent"] for c in found.new} == {"KCN": "tinh", "tinh": None}


def test_of_several_orphans_without_a_top_each_is_a_mistake():
    rows = [new(2, "KCN", kind="upper"), new(3, "AG", kind="federation")]
    found = plan(rows, [], "TINH", TODAY)
    assert [(m.line, m.column) for m in found.mistakes] == [(2, "parent"), (3, "parent")]


def test_the_tree_may_come_in_any_order():
    rows = [
        new(2, "LH", kind="upper"),
        new(3, "P1", "LH", "upper"),
        new(4, "P2", "P1", "upper"),
        new(5, "A1", "P2"),
    ]
    for order in permutations(rows):
        found = planned(*order)
        assert not found.mistakes
        assert {c.code: c.after["parent"] for c in found.new}["A1"] == "P2"


def test_a_circle_is_named_on_every_row_in_it():
    rows = [new(2, "A", "B", "upper"), new(3, "B", "A", "upper"), new(4, "C", "C", "upper")]
    said = "các đơn vị là cấp trên của nhau thành vòng tròn, đề nghị sửa mã cấp trên"
    assert wrong(*rows) == [(line, "parent", said) for line in (2, 3, 4)]


def test_a_known_unit_cannot_be_moved_below_itself():
    below = known("P1", kind="upper", parent="KCN")
    assert wrong(row(2, "KCN", parent="P1"), known=(*TOWN, below)) == [
        (2, "parent", "các đơn vị là cấp trên của nhau thành vòng tròn, đề nghị sửa mã cấp trên")
    ]


def test_the_top_unit_cannot_be_moved():
    assert [w[:2] for w in wrong(row(2, "TINH", parent="KCN"))] == [(2, "parent")] * 2


def test_an_unknown_parent_is_named():
    words = "không có đơn vị nào mang mã KCX, đề nghị sửa mã hoặc thêm đơn vị đó"
    assert wrong(new(2, "A1", "KCX")) == [(2, "parent", words)]


def test_a_code_given_twice_is_named_with_its_first_line():
    words = "mã a1 đã có ở dòng 2, đề nghị xóa một dòng"
    assert wrong(new(2, "A1"), new(7, "a1")) == [(7, "code", words)]


@pytest.mark.parametrize(
    ("parent", "child"),
    [
        ("site_union", "site_union"),
        ("site_union", "enterprise"),
        ("enterprise", "site_union"),
        ("site_union", "upper"),
        ("upper", "federation"),
    ],
)
def test_some_kinds_cannot_lie_under_others(parent, child):
    assert wrong(new(2, "A", kind=parent), new(3, "B", "A", child)) == [
        (3, "parent", "A không thể là cấp trên của loại đơn vị này, đề nghị sửa")
    ]


def test_a_unit_that_holds_others_cannot_turn_into_a_site():
    assert wrong(row(2, "KCN", kind="site_union")) == [
        (2, "kind", "không đổi loại được vì còn đơn vị trực thuộc (May Sen Vàng)")
    ]


def test_an_enterprise_turns_into_a_union():
    go = known("GO", kind="enterprise")
    (change,) = planned(row(2, "GO", kind="site_union"), known=(*TOWN, go)).changed
    assert change.keys == ["kind"]


def test_a_dissolved_unit_is_left_alone():
    gone = known("XH", kind="upper", dissolved_on=date(2026, 1, 1))
    found = wrong(row(2, "XH", workers=1), new(3, "A1", "XH"), known=(*TOWN, gone))
    assert [(line, column) for line, column, _ in found] == [(2, "code"), (3, "parent")]


def test_a_tree_deeper_than_twenty_levels_is_refused():
    rows = [new(n, f"U{n}", f"U{n - 1}" if n > 2 else "TINH", "upper") for n in range(2, 23)]
    assert [line for line, _, _ in wrong(*rows)] == [21, 22]


def test_more_women_than_workers_is_a_mistake_also_against_what_is_known():
    assert [w[:2] for w in wrong(row(2, "SEN", women=1851))] == [(2, "women")]
    assert [w[:2] for w in wrong(row(2, "SEN", workers=1000))] == [(2, "women")]


def test_more_members_than_workers_is_pointed_out_but_taken():
    found = planned(row(2, "SEN", members=1851))
    assert not found.mistakes
    assert [(w.line, w.column) for w in found.warnings] == [(2, "members")]


@pytest.mark.parametrize(
    ("latitude", "longitude", "columns"),
    [
        (10.37, 105.43, []),
        (8.64, 111.92, []),  # Trường Sa
        (105.43, 10.37, ["latitude"]),
        (48.85, 2.35, ["latitude", "longitude"]),
        (10.37, None, ["longitude"]),
        (0, 0, ["latitude", "longitude"]),
    ],
)
def test_a_place_must_lie_in_vietnam(latitude, longitude, columns):
    given = {k: v for k, v in (("latitude", latitude), ("longitude", longitude)) if v is not None}
    assert [column for _, column, _ in wrong(row(2, "SEN", **given))] == columns


@pytest.mark.parametrize(
    ("given", "columns"),
    [
        ({"rating": "XS", "rating_year": 2025}, []),
        ({"rating": "XS"}, ["rating_year"]),
        ({"rating": "XS", "rating_year": 2027}, ["rating_year"]),
        ({"rating": "XS", "rating_year": 25}, ["rating_year"]),
        ({"rating": "XS", "rating_year": 2025, "kind": "enterprise"}, ["rating"]),
    ],
)
def test_a_rating_needs_its_year_and_a_union(given, columns):
    assert [column for _, column, _ in wrong(row(2, "SEN", **given))] == columns


def test_a_rating_that_is_known_changes_nothing():
    rated = known("A1", ratings={2025: "XS"})
    same = planned(row(2, "A1", rating="XS", rating_year=2025), known=(*TOWN, rated))
    other = planned(row(2, "A1", rating="T", rating_year=2025), known=(*TOWN, rated))
    assert (same.same, len(other.changed)) == (1, 1)
    assert same.digest() != other.digest()


def test_a_new_unit_needs_a_name_and_a_kind():
    assert [w[:2] for w in wrong(row(2, "A1"))] == [(2, "kind"), (2, "name")]


def test_with_one_mistake_there_is_nothing_to_import():
    found = planned(new(2, "A1"), new(3, "A2", "KCX"))
    assert (found.new, found.changed) == ((), ())


def test_the_digest_tells_plans_apart():
    one = planned(row(2, "SEN", workers=1500))
    assert one.digest() == planned(row(9, "SEN", workers=1500)).digest()
    assert one.digest() != planned(row(2, "SEN", workers=1600)).digest()
    smaller = known("SEN", "May Sen Vàng", parent="KCN", workers=1800)
    assert one.digest() != planned(row(2, "SEN", workers=1500), known=(TOP, KCN, smaller)).digest()


@given(st.lists(st.integers(-1, 9), min_size=1, max_size=10), st.randoms())
def test_exactly_the_units_that_never_reach_the_top_are_refused(above, random):
    """`above`: for each unit the number of its parent; -1, or nobody there: the top one."""
    above = [parent if parent < len(above) else -1 for parent in above]

    def lost(n):
        for _ in above:
            n = above[n] if n >= 0 else n
        return n >= 0

    rows = [
        new(n + 2, f"U{n}", f"U{parent}" if parent >= 0 else "TINH", "upper")
        for n, parent in enumerate(above)
    ]
    random.shuffle(rows)
    found = planned(*rows)
    assert {m.line - 2 for m in found.mistakes} == {n for n in range(len(above)) if lost(n)}
    assert len(found.new) == (0 if found.mistakes else len(above))


def test_a_long_chain_does_not_take_long():
    rows = [new(n, f"U{n}", f"U{n + 1}", "upper") for n in range(2, 20_000)]
    Random(1).shuffle(rows)
    assert planned(*rows).mistakes


LH = known("LH", "CĐ phường Long Hòa", "upper")
MERGED = {"dissolved_on": date(2026, 11, 10), "successor": "LH"}


def test_what_lies_under_a_merged_unit_goes_to_its_successor():
    found = planned(row(2, "KCN", **MERGED), known=(*TOWN, LH))
    ended, moved = found.changed
    assert (ended.code, ended.ends, ended.after["successor"]) == ("KCN", True, "LH")
    assert (moved.code, moved.follows, moved.after["parent"]) == ("SEN", "KCN", "LH")


def test_a_parent_in_the_same_file_goes_before_the_successor():
    rows = (row(2, "KCN", **MERGED), row(3, "SEN", parent="TINH", workers=1900))
    found = {c.code: c for c in planned(*rows, known=(*TOWN, LH)).changed}
    assert (found["SEN"].after["parent"], found["SEN"].follows) == ("TINH", "")


def test_a_row_without_a_parent_goes_along_too():
    rows = (row(2, "KCN", **MERGED), row(3, "SEN", workers=1900))
    found = {c.code: c.after for c in planned(*rows, known=(*TOWN, LH)).changed}
    assert (found["SEN"]["parent"], found["SEN"]["workers"]) == ("LH", 1900)


def test_a_list_that_was_written_out_needs_only_the_merged_units_row_changed():
    """Every other row still names its old parent, in its own case."""
    rows = row(2, "KCN", **MERGED), row(3, "SEN", parent="kcn")
    _, moved = planned(*rows, known=(*TOWN, LH)).changed
    assert (moved.code, moved.after["parent"], moved.follows) == ("SEN", "LH", "KCN")
    rows = row(2, "KCN", **MERGED), row(3, "SEN", parent="KCN", name="Sen Mới")
    _, renamed = planned(*rows, known=(*TOWN, LH)).changed
    assert (renamed.after["parent"], renamed.follows) == ("LH", "")


def test_a_new_unit_is_not_set_under_one_that_is_dissolved():
    rows = row(2, "KCN", **MERGED), row(3, "NEW", name="Mới", kind="site_union", parent="KCN")
    assert [w[:2] for w in wrong(*rows, known=(*TOWN, LH))] == [(3, "parent")]


def test_a_chain_of_mergers_ends_at_the_living_unit():
    rows = (
        row(2, "KCN", **MERGED),
        row(3, "LH", dissolved_on=date(2026, 11, 12), successor="hs"),
        new(4, "HS", kind="upper"),
    )
    found = {c.code: c.after["parent"] for c in planned(*rows, known=(*TOWN, LH)).changed}
    assert found["SEN"] == "HS"


def test_a_unit_that_takes_over_its_own_parent_moves_up():
    below = known("P1", kind="upper", parent="KCN")
    rows = row(2, "KCN", dissolved_on=date(2026, 11, 10), successor="P1")
    found = {c.code: c.after["parent"] for c in planned(rows, known=(*TOWN, below)).changed}
    assert (found["P1"], found["SEN"]) == ("TINH", "P1")


def test_a_unit_that_lives_again_was_merged_into_none():
    gone = known("XH", kind="upper", **MERGED)
    (change,) = planned(row(2, "XH", dissolved_on=None), known=(*TOWN, LH, gone)).changed
    assert (change.after["dissolved_on"], change.after["successor"]) == (None, None)


def test_a_dissolved_unit_may_stand_in_the_file_as_it_is():
    gone = known("XH", kind="upper", **MERGED)
    site = known("X1", parent="XH", dissolved_on=date(2026, 11, 1))
    rows = (row(2, "XH", name="XH", **MERGED), row(3, "X1", parent="xh"))
    found = planned(*rows, known=(*TOWN, LH, gone, site))
    assert (found.mistakes, found.changed, found.same, found.missing) == ((), (), 2, 4)


def test_the_list_of_a_merger_may_be_imported_twice():
    rows = (row(2, "KCN", **MERGED), row(3, "SEN", parent="KCN"), row(4, "LH", parent="TINH"))
    gone, went = known("KCN", kind="upper", **MERGED), known("SEN", parent="LH")
    found = planned(*rows, known=(TOP, gone, went, LH))
    assert (found.mistakes, found.changed, found.same) == ((), (), 3)


def test_who_is_taken_back_under_a_unit_that_lives_again_goes_there():
    rows = (row(2, "KCN", dissolved_on=None), row(3, "SEN", parent="KCN"))
    gone, went = known("KCN", kind="upper", **MERGED), known("SEN", parent="LH")
    found = {c.code: c.after["parent"] for c in planned(*rows, known=(TOP, gone, went, LH)).changed}
    assert found == {"KCN": "TINH", "SEN": "KCN"}


def test_a_wrong_successor_is_one_mistake_however_many_units_were_below():
    rows = (row(2, "KCN", **MERGED | {"successor": "QQ"}), row(3, "SEN", parent="KCN"))
    assert [w[:2] for w in wrong(*rows)] == [(2, "successor")]


@pytest.mark.parametrize(
    ("code", "given", "column", "words"),
    [
        ("SEN", {"successor": "LH"}, "dissolved_on", "cần ghi ngày giải thể"),
        ("SEN", {"dissolved_on": date(2026, 11, 17)}, "dissolved_on", "chưa đến ngày này"),
        ("SEN", {**MERGED, "successor": "QQ"}, "successor", "không có đơn vị nào mang mã QQ"),
        ("SEN", {**MERGED, "successor": "sen"}, "successor", "chính mình"),
        ("SEN", MERGED, "successor", "khác loại"),
        ("KCN", {**MERGED, "successor": "SEN"}, "successor", "khác loại"),
        ("KCN", {**MERGED, "successor": "OLD"}, "successor", "đã giải thể trước đó"),
        ("KCN", {"dissolved_on": date(2026, 11, 1)}, "dissolved_on", "còn 1 đơn vị trực thuộc"),
        ("TINH", {"dissolved_on": date(2026, 11, 1)}, "dissolved_on", "đơn vị cao nhất"),
    ],
)
def test_an_end_that_cannot_be_is_named(code, given, column, words):
    old = known("OLD", kind="upper", dissolved_on=date(2026, 1, 1))
    found = wrong(row(2, code, **given), known=(*TOWN, LH, old))
    assert any(said[1] == column and words in said[2] for said in found), found


def test_units_cannot_be_merged_in_a_circle():
    rows = (row(2, "KCN", **MERGED), row(3, "LH", **MERGED | {"successor": "KCN"}))
    found = wrong(*rows, known=(*TOWN, LH))
    assert [w[:2] for w in found if "vòng tròn" in w[2]] == [(2, "successor"), (3, "successor")]
