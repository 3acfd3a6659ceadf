"""Whose leader decides what is commended; never somebody about themselves."""

from dataclasses import replace

import pytest

from bot.visits.rules.commendations import Leader, deciding_unit, is_named
from storage.folding import fold

PROVINCE = Leader(1, "/1/", "Lê Trường Giang")
ZONE = Leader(2, "/1/2/", "Phạm Tiến Dũng")
DEPUTY = Leader(2, "/1/2/", "Võ Thị Hoa")


@pytest.mark.parametrize(
    ("name", "words", "named"),
    [
        ("Phạm Tiến Dũng", "Đồng chí Phạm Tiến Dũng, chủ tịch", True),
        ("Phạm Tiến Dũng", "dong chi pham tien dung", True),
        ("Phạm Tiến Dũng", "Anh Dũng, tổ 5", False),
        ("Phạm Tiến Dũng", "chị Phạm Tiến Dũngg", False),
        ("Võ An", "chị Võ Anh", False),
        ("", "Tổ 5", False),
    ],
)
def test_a_whole_name_is_known_with_and_without_accents(name: str, words: str, named: bool) -> None:
    assert is_named(fold(name), fold(words)) is named


@pytest.mark.parametrize(
    ("leaders", "words", "above", "unit"),
    [
        ([PROVINCE, ZONE], "Tổ may 5", "", 2),
        ([PROVINCE], "Tổ may 5", "", 1),
        ([], "Tổ may 5", "", None),
        ([PROVINCE, ZONE], "Đồng chí Phạm Tiến Dũng", "", 1),
        ([PROVINCE, ZONE, DEPUTY], "Đồng chí Phạm Tiến Dũng", "", 1),  # a colleague decides not
        ([PROVINCE, ZONE], "Lê Trường Giang và Phạm Tiến Dũng", "", 1),  # nobody else is left
        ([PROVINCE, ZONE], "Tổ may 5", "/1/2/", 1),
        ([PROVINCE, ZONE], "Tổ may 5", "/1/", None),
    ],
)
def test_the_nearest_level_decides_where_nobody_is_named(
    leaders: list[Leader], words: str, above: str, unit: int | None
) -> None:
    folded = [replace(leader, name=fold(leader.name)) for leader in leaders]
    assert deciding_unit(folded, fold(words), above=above) == unit
