"""What is wrong with a value, in words for somebody who writes TOML but no Python."""

from collections.abc import Iterator
from datetime import date
from difflib import get_close_matches
from typing import Any

from pydantic import ValidationError

from bot.config.settings import Settings

HOLD_SECRETS = {
    "telegram",
    "telegram.token",
    "telegram.webhook_secret",
    "email.password",
    "zalo.token",
    "zalo.webhook_secret",
    "database",
    "database.url",
}
A_TIME = 'a time is written "08:00:00"'
_DATE = "a date is written 2026-11-20, without quotation marks"
_NUMBER = "a whole number is written 1500 or 1_500, without quotation marks"
_LIST = 'a list is written in brackets: ["a", "b"] or [1, 2]'
_WORDS = "words are written in quotation marks"
_YES_NO = "it is true or false, without quotation marks"
_SECTION = "this is the name of a section, its keys are written below [{key}]"
_TABLE = "names and values are written in braces: {{ name = value }}"
_EXPLANATIONS = {
    "date_from_datetime_inexact": _DATE,
    "date_from_datetime_parsing": _DATE,
    "date_parsing": _DATE,
    "date_type": _DATE,
    "time_parsing": A_TIME,
    "time_type": A_TIME,
    "tuple_type": _LIST,
    "frozen_set_type": _LIST,
    "too_short": "the list must have at least one entry",
    "too_long": "the list may have {max_length} entries at most",
    "int_parsing": _NUMBER,
    "int_type": _NUMBER,
    "int_from_float": _NUMBER,
    "string_type": _WORDS,
    "path_type": _WORDS,
    "string_too_long": "it must have {max_length} characters or fewer",
    "bool_parsing": _YES_NO,
    "bool_type": _YES_NO,
    "greater_than_equal": "it must be {ge} or more",
    "less_than_equal": "it must be {le} or less",
    "literal_error": "it must be {expected}",
    "model_type": _SECTION,
    "dataclass_type": _SECTION,
    "dict_type": _TABLE,
    "value_error": "{error}",
}


def mistakes_in(error: ValidationError) -> Iterator[dict[str, Any]]:
    """Each mistake once: a list is not too short because an entry of it is wrong."""
    mistakes: list[dict[str, Any]] = [dict(mistake) for mistake in error.errors()]
    places = [mistake["loc"] for mistake in mistakes]
    for mistake in mistakes:
        at = mistake["loc"]
        if not any(other[: len(at)] == at and len(other) > len(at) for other in places):
            yield mistake


def explanation(mistake: dict[str, Any]) -> str:
    """What is wrong, as somebody who writes TOML says it."""
    kind = mistake["type"]
    if kind in _EXPLANATIONS:
        return _EXPLANATIONS[kind].format(key=_place(mistake), **mistake.get("ctx", {}))
    words = str(mistake["msg"])
    return f"{words[0].lower()}{words[1:]}"


def written(value: Any) -> str:
    """As TOML has it."""
    return str(value) if isinstance(value, date) else repr(value)


def in_words(mistake: dict[str, Any]) -> str:
    """`assignment.quota = 0: it must be 1 or more`; what may be a secret is not repeated."""
    key = _place(mistake)
    if mistake["type"] in ("extra_forbidden", "unexpected_keyword_argument"):
        return f"{key}: there is no such key{_meant(key)}; config.example.toml lists them all"
    value = mistake["input"]
    hidden = key in HOLD_SECRETS or isinstance(value, dict)
    return f"{key}{'' if hidden else f' = {written(value)}'}: {explanation(mistake)}"


def _place(mistake: dict[str, Any]) -> str:
    """`calendar.holidays, no. 2`: entries of a list are counted as people count."""
    at = mistake["loc"]
    keys = ".".join(part for part in at if isinstance(part, str))
    return keys + "".join(f", no. {part + 1}" for part in at if isinstance(part, int))


def _meant(key: str) -> str:
    """A key beside it, or of that name in another section, that looks like it."""
    keys = list(_keys(Settings().model_dump()))
    above, _, own = key.rpartition(".")
    names = {known_key.rpartition(".")[2]: known_key for known_key in reversed(keys)}
    beside = {k.rpartition(".")[2]: k for k in keys if k.rpartition(".")[0] == above}
    for among in (beside, names):
        if matches := get_close_matches(own, among, n=1, cutoff=0.7):
            return f"; did you mean {among[matches[0]]}?"
    return ""


def _keys(values: dict[str, Any], above: str = "") -> Iterator[str]:
    for name, value in values.items():
        yield f"{above}{name}"
        if isinstance(value, dict):
            yield from _keys(value, f"{above}{name}.")
