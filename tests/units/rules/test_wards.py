"""Where a site lies by the words of its address, to a ward's centre."""

import pytest

from bot.units.rules.wards import centre, wards_of
from storage.folding import fold

LONG_XUYEN, CHAU_DOC = (10.366, 105.423), (10.684, 105.117)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["Số 4, đường Trần Hưng Đạo, phường Long Xuyên"], LONG_XUYEN),
        (["12 Nguyễn Huệ, P. Long Xuyên, An Giang"], LONG_XUYEN),
        (["KCN Bình Hòa", "CĐ phường Châu Đốc"], CHAU_DOC),
        (["", "Công đoàn Châu Đốc"], CHAU_DOC),
        (["Đường Châu Đốc nối dài"], None),
        (["Khu phố 2"], None),
        ([], None),
    ],
)
def test_a_ward_is_read_from_an_address_or_from_the_unit_above(
    words: list[str], expected: tuple[float, float] | None
) -> None:
    wards = wards_of(fold("LĐLĐ tỉnh An Giang"))
    assert centre(wards, [fold(text) for text in words]) == expected


def test_every_province_has_its_wards_and_all_lie_in_viet_nam() -> None:
    names = "Lai Châu", "Hà Nội", "Hồ Chí Minh", "Quảng Trị", "Cà Mau", "Huế", "Đắk Lắk"
    counts = {name: len(wards_of(fold(f"LĐLĐ {name}"))) for name in names}
    assert counts["Lai Châu"] == 38
    assert all(counts.values())
    everywhere = [spot for name in names for spot in wards_of(fold(name)).values()]
    assert all(8 < north < 24 and 102 < east < 115 for north, east in everywhere)


def test_an_invented_province_has_none() -> None:
    assert wards_of(fold("LĐLĐ tỉnh Cửu Long")) == {}
