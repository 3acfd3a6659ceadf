"""The spelling names are searched by."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.folding import fold
from tests import cast


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Thủy sản Sông Lành", "thuy san song lanh"),
        ("THUỶ SẢN SÔNG LÀNH", "thuy san song lanh"),  # the other way to place the mark
        ("Đạt", "dat"),
        ("đặc khu Hòn Sao", "dac khu hon sao"),
        ("Đặng Thu Hà", "dang thu ha"),
        ("Nguyễn Thị Ước", "nguyen thi uoc"),
        ("Thu\u0309y sa\u0309n", "thuy san"),  # letters and marks apart, as some phones send
        ("  Gỗ   Minh\tThới ", "go minh thoi"),
        ("Cty TNHH MTV (Hải Long)", "cty tnhh mtv hai long"),
        ("Kho-lạnh/Cửu Bình", "kho lanh cuu binh"),
        ("Số 3", "so 3"),
        ("😀", "grinning"),
        ("", ""),
        ("—…!", ""),
    ],
)
def test_a_name_folds_to_plain_letters(written: str, folded: str) -> None:
    assert fold(written) == folded


@given(st.text())
def test_folding_what_is_folded_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert set(fold(text)) <= set("abcdefghijklmnopqrstuvwxyz0123456789 ")


def test_no_two_sites_of_the_cast_fold_to_the_same() -> None:
    assert len({fold(site.name) for site in cast.SITES}) == len(cast.SITES)
