"""The answer to a question of a request, as a report says it: a sentence, not a questionnaire."""

import re

from bot.core.rendering import capital
from bot.core.rules.official_names import spelled
from bot.documents.parts import DOTS, ended, padded
from bot.documents.rendering import clean, lines_of

_HOW_MANY = re.compile(r"^(?:.*?\bcó\s+)?bao nhiêu\s+(.+)$", re.IGNORECASE)
_TO_WHAT = re.compile(r"\s+(?:là\s+)?(?:bao nhiêu(?:\s+người)?|gì|như thế nào|thế nào|ra sao)$")
_WHICH = re.compile(r"^((?:\S+\s+){1,3}?)nào\s+")
_WHETHER = re.compile(r"\s+(?:hay\s+)?(?:không|chưa)$")
_WHOLE = re.compile(r"[0-9]{1,12}|[0-9]{1,3}(?:\.[0-9]{3}){1,3}")
_YES, _NO = ("có", "rồi", "đã có"), ("không", "chưa", "không có", "chưa có")


def answer(question: str, text: str) -> list[str]:
    """“Có bao nhiêu doanh nghiệp đã thưởng?” and 4 -> Số doanh nghiệp đã thưởng: 04.

    The paragraphs; an answer of several lines stands below what it is about. Nothing answered:
    dots, to be seen.
    """
    question = spelled(clean(question)).rstrip("?:. ")
    lines = ended(lines_of(text))
    if len(lines) > 1:
        return [f"{about(question)}:", *lines]
    reply = lines[0] if lines else DOTS
    word = reply.rstrip(".").lower()
    if word in (*_YES, *_NO) and question.lower().startswith("có "):
        return [f"{_whether(question, yes=word in _YES)}."]
    if _WHOLE.fullmatch(word):
        reply = f"{padded(int(word.replace('.', '')))}."
    elif word in (*_YES, *_NO):
        reply = f"{word}."
    return [f"{about(question)}: {reply}"]


def about(question: str) -> str:
    """What a question asks for: Số doanh nghiệp …, Doanh nghiệp chưa …"""
    if how_many := _HOW_MANY.match(question):
        return f"Số {how_many[1]}"
    words = _WHETHER.sub("", _TO_WHAT.sub("", question))
    return capital(_WHICH.sub(r"\1", words))


def _whether(question: str, *, yes: bool) -> str:
    """Có doanh nghiệp nào nợ lương không -> Có doanh nghiệp nợ lương; or Không có …"""
    words = _WHETHER.sub("", question)
    return words.replace(" nào ", " ", 1) if yes else f"Không {words[:1].lower()}{words[1:]}"
