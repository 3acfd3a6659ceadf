"""What a chairman signs has no abbreviation."""

import pytest

from bot.core.rules.official_names import official_name, spelled


@pytest.mark.parametrize(
    ("name", "place", "official"),
    [
        ("LĐLĐ tỉnh", "An Giang", "Liên đoàn Lao động tỉnh An Giang"),
        ("LĐLĐ tỉnh", "", "Liên đoàn Lao động tỉnh"),
        ("LĐLĐ tỉnh Cửu Long", "Cửu Long", "Liên đoàn Lao động tỉnh Cửu Long"),
        ("LĐLĐ thành phố", "Cần Thơ", "Liên đoàn Lao động thành phố Cần Thơ"),
        ("CĐ các KCN tỉnh", "An Giang", "Công đoàn các Khu công nghiệp tỉnh An Giang"),
        ("CĐ phường Long Hòa", "An Giang", "Công đoàn phường Long Hòa"),
        ("CĐCS Công ty TNHH May Sen Vàng", "", "Công đoàn cơ sở Công ty TNHH May Sen Vàng"),
        ("CĐCS Trường CĐ Nghề", "", "Công đoàn cơ sở Trường Cao đẳng Nghề"),
        ("CĐCS UBND xã Tân Hội", "", "Công đoàn cơ sở Ủy ban nhân dân xã Tân Hội"),
        ("Công ty DN Steel", "", "Công ty DN Steel"),
        ("Công ty ĐV-BCH Vina", "", "Công ty ĐV-BCH Vina"),
        ("  CĐ   xã  Tân Hội ", "", "Công đoàn xã Tân Hội"),
        ("Công đoàn phường Long Hòa", "An Giang", "Công đoàn phường Long Hòa"),
    ],
)
def test_a_body_has_its_official_name(name: str, place: str, official: str) -> None:
    assert official_name(name, place) == official


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("CĐCS, nghiệp đoàn", "công đoàn cơ sở, nghiệp đoàn"),
        ("Doanh nghiệp chưa có CĐ", "Doanh nghiệp chưa có công đoàn"),
        ("dự họp BCH CĐCS", "dự họp Ban Chấp hành công đoàn cơ sở"),
        ("BHXH, BHYT", "bảo hiểm xã hội, bảo hiểm y tế"),
        ("Tổng LĐLĐ Việt Nam", "Tổng Liên đoàn Lao động Việt Nam"),
        ("thương lượng, TƯLĐTT", "thương lượng, thỏa ước lao động tập thể"),
        ("DNA, CĐX", "DNA, CĐX"),
        ("{unions} CĐCS với {members} ĐV", "{unions} công đoàn cơ sở với {members} đoàn viên"),
        ("", ""),
    ],
)
def test_the_words_of_the_program_are_spelt_out(short: str, full: str) -> None:
    assert spelled(short) == full
