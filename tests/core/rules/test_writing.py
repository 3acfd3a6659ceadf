"""What is typed on any phone comes to the same letters, and nothing hides in it."""

import unicodedata

import pytest

from bot.core.rules.writing import composed, one_line

NAMES = ("Nguyễn Thị Ánh", "Thủy sản Sông Lành", "Đặng Hữu Đường", "ƯỚC MƠ", "Quý Uyên")


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("form", ["NFC", "NFD", "NFKC", "NFKD"])
def test_a_name_has_one_spelling(name, form):
    assert one_line(unicodedata.normalize(form, name)) == name


@pytest.mark.parametrize(
    "blank", ["", " ", "\u200b", "\u3164", "\u2800", "\u00a0\u00ad", "\u202e\u202c", "\u115f"]
)
def test_blanks_are_nothing(blank):
    assert one_line(blank) == ""


@pytest.mark.parametrize("words", ["ចំពោះកម្មករ", "គ្រាន់តែ", "สวัสดีครับ", "नमस्ते"])
def test_signs_of_other_scripts_are_letters(words):
    assert composed(words) == unicodedata.normalize("NFC", words)


def test_lines_of_a_message_stay_lines():
    assert composed("Một\u200b,\nhai\r\n\tba") == "Một,\nhai \n\tba"
