"""The kinds of steps: what each offers, accepts and shows."""

from bot.conversation.kinds.base import Base
from bot.conversation.kinds.several import (
    FILE_NAMES,
    GOOD,
    MAX_PIECES,
    NOT_KNOWN,
    TROUBLE,
    Checklist,
    Items,
    Note,
    counted,
    only_captions,
    text_of,
)
from bot.conversation.kinds.single import (
    Choice,
    Day,
    Location,
    Money,
    Number,
    OneOf,
    Picked,
    QuickWords,
    Unlisted,
    Words,
)

__all__ = [
    "FILE_NAMES",
    "GOOD",
    "MAX_PIECES",
    "NOT_KNOWN",
    "TROUBLE",
    "Base",
    "Checklist",
    "Choice",
    "Day",
    "Items",
    "Location",
    "Money",
    "Note",
    "Number",
    "OneOf",
    "Picked",
    "QuickWords",
    "Unlisted",
    "Words",
    "counted",
    "only_captions",
    "text_of",
]
