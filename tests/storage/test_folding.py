"""The order of names as a Vietnamese office writes its lists."""

import unicodedata
from random import Random

import pytest

from storage.folding import name_order, person_order

LETTERS = "An Ăn Ân Ba Cam Da Đa Em Êm Ga Ha In Ka La Ma Na O Ô Ơ Pa Qua Ra Sa Ta U Ư Va Xa Yên"
TONES = "ma mà mả mã má mạ"
PEOPLE = (
    "Nguyễn Thị An",
    "Trần Văn An",
    "Lê Thị Ánh",
    "Trần Văn Bình",
    "Đỗ Bình",
    "Phạm Tiến Dũng",
    "Lê Đạt",
    "Võ Trường Giang",
    "Huỳnh Đăng Khoa",
    "Bùi Ngọc Mai",
    "Hồ Ý",
)


@pytest.mark.parametrize("order", [LETTERS, TONES, LETTERS.upper()])
def test_words_follow_the_alphabet_then_the_tone(order):
    words = order.split()
    mixed = Random(1).sample(words, len(words))
    assert sorted(mixed, key=name_order) == words


def test_units_are_compared_word_by_word_and_numbers_by_value():
    names = [
        "CĐCS Bao bì Ánh Mai",
        "CĐ các KCN tỉnh",
        "CĐ đặc khu Hòn Sao",
        "CĐ phường Long Hòa",
        "May Sen Vàng 2",
        "May Sen Vàng 10",
        "Điện tử Vi Na Sun",
        "Dệt Tân Lúa",
        "Ông Tư",
        "Ong Vàng",
    ]
    assert sorted(names, key=name_order) == [
        "CĐ các KCN tỉnh",
        "CĐ đặc khu Hòn Sao",
        "CĐ phường Long Hòa",
        "CĐCS Bao bì Ánh Mai",
        "Dệt Tân Lúa",
        "Điện tử Vi Na Sun",
        "May Sen Vàng 2",
        "May Sen Vàng 10",
        "Ong Vàng",
        "Ông Tư",
    ]


def test_people_are_put_by_given_name_then_family_name():
    mixed = Random(2).sample(PEOPLE, len(PEOPLE))
    ordered = sorted(mixed, key=person_order)
    assert [name.split()[-1] for name in ordered] == (
        ["An", "An", "Ánh", "Bình", "Bình", "Dũng", "Đạt", "Giang", "Khoa", "Mai", "Ý"]
    )
    assert ordered[:2] == ["Nguyễn Thị An", "Trần Văn An"]
    assert ordered[3:5] == ["Đỗ Bình", "Trần Văn Bình"]  # đ before t


def test_two_ways_of_typing_one_name_have_one_place():
    for name in PEOPLE:
        assert person_order(unicodedata.normalize("NFD", name)) == person_order(name)
