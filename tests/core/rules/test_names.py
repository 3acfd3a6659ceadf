"""The order of a Vietnamese name."""

import pytest

from bot.core.rules.names import full_name


@pytest.mark.parametrize(
    ("first", "last", "name"),
    [
        ("Lan", "Hồ Thị", "Hồ Thị Lan"),
        ("Hồ Thị", "Lan", "Hồ Thị Lan"),
        ("Hồ Thị Lan", "", "Hồ Thị Lan"),
        ("Hoàng", "Nguyễn", "Nguyễn Hoàng"),
        ("Nguyễn", "Hà", "Nguyễn Hà"),
        ("Hà", "Đặng Thu", "Đặng Thu Hà"),
        ("Sơn", "Mai", "Mai Sơn"),
        ("John", "Smith", "John Smith"),
        ("  ", " Tú ", "Tú"),
        ("", "", ""),
    ],
)
def test_a_name_reads_family_name_first_however_it_was_filled_in(
    first: str, last: str, name: str
) -> None:
    assert full_name(first, last) == name
