"""Words that are the same however typed, and texts that say the same."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from bot.core.rules.likeness import PhraseBook, alike, compile_phrase, data, groups, words


@pytest.mark.parametrize(
    ("phrase", "text", "found"),
    [
        ("lương", "lương", True),
        ("lương", "LUONG", True),
        ("lương", "luơng", True),  # accents missing in part
        ("lương", "lượng", False),  # another accent is another word
        ("lương", "lươnggggg", True),
        ("nghỉ", "nghĩ", True),  # hỏi for ngã
        ("hòa", "hoà", True),  # on the other vowel
        ("kỳ", "kì", True),
        ("máy", "mai", False),
        ("không trả", "ko tra", True),
        ("công ty", "cty", True),
        ("công ty", "công. ty", False),  # not across a full stop
        ("nghỉ|bỏ việc", "bo viec", True),
        ("nợ tiền? lương", "nợ lương", True),
        ("nợ tiền? lương", "nợ tiền lương", True),
        ("nợ tiền? lương", "nợ gì lương", False),
        ("cả .. nghỉ", "cả chuyền 5 sắp nghỉ", True),
        ("cả .. nghỉ", "cả chuyền 5 tụi em sắp nghỉ", False),
        ("# tháng", "3 thang", True),
        ("# tháng", "3thang", True),
        ("# tháng", "ba tháng", False),
        ("trọ # k", "trọ 4 k", False),  # "k" alone is "không"
        # In a text with accents a word is that word; what is none may lack its accents.
        ("trả", "kiểm tra sổ sách", False),
        ("phỏng", "kho bị niêm phong", False),
        ("quà", "đêm qua mưa lớn", False),
        ("thưởng", "hai bên thương lượng", False),
        ("xưởng", "cả xuong đều thấy", True),
        ("trả", "khong tra luong", True),
        # Said for one another across the country.
        ("không vào", "hổng vô", True),
        ("làm", "mần", True),
        # Only with its accents, or where the letters leave no doubt.
        ("!vệ sinh", "bo ve sinh", False),
        ("!vệ sinh", "giờ vệ sinh", True),
        ("!không ai", "khong !ai", False),
        ("!không", "khong ai", True),
        ("!không", "ko ai", True),
    ],
)
def test_a_phrase_is_found_as_people_write_it(phrase: str, text: str, found: bool) -> None:
    assert any(True for _ in PhraseBook([compile_phrase(phrase)]).find(words(text))) is found


def test_composed_and_decomposed_letters_are_the_same() -> None:
    assert [w.base for w in words("đi\u0300nh công")] == ["dinh", "cong"]
    assert words("đi\u0300nh") == words("đình")


def test_a_long_text_is_read_quickly() -> None:
    assert len(words("cty trễ lương " * 300)) == 1200


COLD = "Cơm ca trưa nay có con giòi, ăn vậy sao làm nổi"


def test_the_same_concern_in_other_clothes_is_alike() -> None:
    others = [
        (1, "com ca trua nay co con doi!! an vay sao lam noi"),
        (2, "cty trễ lương 2 tháng rồi"),
        (3, COLD),
        (4, "Trưa nay cơm có giòi anh chị ơi"),
    ]
    found = alike(COLD, others)
    assert [key for key, _ in found] == [3, 1]
    assert found[0][1] == 1.0


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("cty trễ lương 2 tháng rồi", "cong ty tre luong 2 thang roi nha"),
        ("quạt hư xưởng nóng như lò gạch", "xuong nong nhu lo gach, quat hu hoai"),
        ("tăng ca tới 9h đêm cả tuần", "ca tuan nay tang ca toi 9h dem"),
        ("Mai cả xưởng ngưng máy", "mai ca xuong ngung may do"),
        ("ko tra luong thang 9", "không trả lương tháng 9"),
    ],
)
def test_likely_duplicates_are_proposed(one: str, other: str) -> None:
    assert alike(one, [(1, other)])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("cty trễ lương 2 tháng rồi", "tăng ca mà không tính tiền"),
        ("em bầu 7 tháng vẫn xếp ca đêm", "em làm 7 tháng chưa ký hợp đồng"),
        ("cơm có giòi", "quạt hư, nóng quá"),
        ("", "cơm có giòi"),
        ("", ""),
        ("😡", "😡"),
    ],
)
def test_other_concerns_are_not(one: str, other: str) -> None:
    assert alike(one, [(1, other)]) == []


def test_sixty_people_with_one_concern_are_one_group() -> None:
    ways = [
        "Nâng định mức lên 120 cái một giờ, không ai đạt, bị trừ lương",
        "nang dinh muc len 120 cai 1 gio ko ai dat, bi tru luong",
        "định mức nâng lên 120 cái/giờ không ai đạt bị trừ lương hết",
    ]
    texts = [(n, ways[n % 3]) for n in range(60)]
    texts[30] = (30, "trưa nay cơm thiu, nhiều người đau bụng")
    found = groups(texts)
    assert [len(group) for group in found] == [59, 1]
    assert found[1] == [30]
    assert groups([]) == []


def test_every_word_of_the_lists_that_lacks_accents_of_another_is_known_as_a_word() -> None:
    """Else in a text with accents it would be taken for the other: "thương" for "thưởng"."""
    lists = [
        data("warning_words.toml", "bot.cases.rules"),
        data("categories.toml", "bot.cases.rules"),
    ]
    spelt = {w for text in texts_of(lists) for w in re.findall(r"[^\W\d_]+", text.casefold())}
    each = {word.base: set[frozenset[str]]() for text in spelt for word in words(text)}
    for text in spelt:
        for word in words(text):
            each[word.base].add(word.marks)
    own = {(w.base, w.marks) for text in data("words.toml")["whole"] for w in words(text)}
    doubtful = {
        (base, tuple(sorted(marks)))
        for base, all_marks in each.items()
        for marks in all_marks
        if marks and any(marks < other for other in all_marks) and (base, marks) not in own
    }
    assert {base for base, _ in doubtful} <= ABBREVIATED


ABBREVIATED = {"hong", "luong", "nguoi", "truong", "xuong", "viec", "ngui"}
"""Spellings of the phone in the lists, and one word for two: "hỏng" and "hổng"."""


def texts_of(value: Any) -> Iterator[str]:
    """Every text in a data file."""
    if isinstance(value, str):
        yield value
    for inner in (
        value.values() if isinstance(value, dict) else value if isinstance(value, list) else []
    ):
        yield from texts_of(inner)


@pytest.mark.parametrize(
    "text", ["a b", "a .. b", "a b? c", "a ~ c", "a|b .. c d", "a? b", "# b", "a # b", ".. b"]
)
@pytest.mark.parametrize(
    "read", ["a b", "a x y z b", "a x y z w b", "a c", "b x c d", "3 b", "a 3 b", "a"]
)
def test_a_book_overlooks_nothing_that_its_phrase_finds_word_by_word(text: str, read: str) -> None:
    phrase, tokens = compile_phrase(text, ("x",)), words(read)
    ends = [min(phrase.ends(tokens, start), default=start) for start in range(len(tokens))]
    expected = [(start, end) for start, end in enumerate(ends) if end > start]
    assert [(f.start, f.end) for f in PhraseBook([phrase]).find(tokens)] == expected
