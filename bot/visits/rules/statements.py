"""What the words of a report state about a question: something, nothing, or neither for sure.

"Không có" typed into a field is an answer, and the answer is none: it must never count as one.
"""

import re
import unicodedata
from collections.abc import Iterable

from bot.core.rules.writing import plain_words
from storage.enums import Arrears

NOTHING_STATED = (
    r"(?:hiện |hiện tại |hiện nay |tạm thời |đến nay )?"
    r"(?:không|ko|k|kg|khong|không có|ko có|k có|khong co|chưa|chưa có|chua|chua co|0|-+|/|\.+|x)"
    r"(?: gì| gi| ai| nội dung| đề xuất| kiến nghị| nhu cầu| phát sinh| ghi nhận| thấy)*"
    r"(?: cả| hết| ạ)?"
)
"""A pattern of plain words that say there is none; JavaScript reads it too."""


def states_none(words: str) -> bool:
    """Whether these words only say that there is none: "không", "Không có gì.", "chưa có"."""
    return bool(re.fullmatch(NOTHING_STATED, plain_words(words)))


def states_something(words: str) -> bool:
    """Whether there are words, and they do not say that there is none."""
    return bool(plain_words(words)) and not states_none(words)


ARREARS_TOPICS = ("wages", "insurance")
"""Where the checklist speaks of arrears."""

_WAGES = re.compile(
    r"\b(?:no|cham|tre|giam|thieu|chua (?:tra|phat|chi|co))(?: [\w/]+){0,4}? (?:luong|tien cong)\b"
    r"|\bluong(?: [\w/]+){0,3}? (?:cham|tre|chua (?:tra|phat|co))\b"
)
_INSURANCE = re.compile(
    r"\b(?:no|cham|tron|tre|chua (?:dong|nop|chot|tham gia))(?: [\w/]+){0,4}?"
    r" (?:bhxh|bhyt|bhtn|bh|bao hiem)\b"
    r"|\b(?:bhxh|bao hiem)(?: [\w/]+){0,2}? (?:cham|no|chua (?:dong|nop))\b"
)
_DOUBT = re.compile(
    r"\b(?:khong|ko|k|kg|hong|chua|het|xong|da tra|da dong|da nop|da giai quyet|nam ngoai"
    r"|nam truoc|truoc day|nghe noi|hinh nhu|co the|nguy co|neu|so)\b"
)
_NO_ARREARS = re.compile(
    r"(?:hien |hien nay |den nay )?(?:khong|ko|k|chua|khong co|khong con|khong bi|het)"
    r"(?: tinh trang| phat sinh| ghi nhan| viec)?(?: no| cham| cham dong| tron dong| dong| luong"
    r"| bhxh| bhyt| bhtn| bao hiem| va| hoac| cung| khong| gi)+"
)


def arrears_named(words: str) -> Arrears | None:
    """What words say of arrears: NONE, WAGES …; UNCLEAR where they speak of it and leave a doubt
    ("không còn nợ lương tháng 8?", "nghe nói nợ BHXH"); None where they do not speak of it.
    """
    text = _bare(words)
    if _NO_ARREARS.fullmatch(text):
        return Arrears.NONE
    wages, insurance = _WAGES.search(text), _INSURANCE.search(text)
    if not (wages or insurance):
        return None
    if _DOUBT.search(_INSURANCE.sub(" ", _WAGES.sub(" ", text))):
        return Arrears.UNCLEAR
    return Arrears.BOTH if wages and insurance else Arrears.WAGES if wages else Arrears.INSURANCE


def arrears_of(state: Arrears | None, words: str, topic_words: Iterable[str]) -> Arrears | None:
    """What one report says of arrears at its site; None: nothing.

    `state` is what the officer chose, and settles it. Reports from before it was asked have only
    `words`, and all of them what the checklist says under wages and insurance (`topic_words`):
    these count where they are clear.
    """
    if state is not None:
        return state
    if plain_words(words):
        return Arrears.NONE if states_none(words) else arrears_named(words) or Arrears.UNCLEAR
    named = {arrears_named(text) for text in topic_words} - {None}
    if named == {Arrears.WAGES, Arrears.INSURANCE} or Arrears.BOTH in named:
        return Arrears.BOTH
    return named.pop() if len(named) == 1 else Arrears.UNCLEAR if named else None


def _bare(words: str) -> str:
    """Without accents, case and punctuation: as typed in a hurry."""
    decomposed = unicodedata.normalize("NFD", words.casefold().replace("đ", "d"))
    letters = "".join(char for char in decomposed if not unicodedata.combining(char))
    return " ".join(re.findall(r"[\w/]+", letters))
