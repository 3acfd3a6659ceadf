"""Entities nobody marked: links, commands, mentions, hashtags and e-mail addresses."""

import re

from bot.sandbox.entities import units
from bot.sandbox.errors import Json

_PATTERNS = {
    "bot_command": re.compile(r"(?<![\w/<>@])/[a-zA-Z0-9_]{1,64}(?:@\w{3,32})?(?![\w/])"),
    "url": re.compile(
        r"(?<![\w@./])(?:https?://[^\s<>\"]+|(?:[a-z0-9-]+\.)+(?:vn|com|org|net|me)(?:/[^\s<>\"]*)?)"
    ),
    "email": re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+\.[\w.-]*\w"),
    "mention": re.compile(r"(?<![\w@/.])@[a-zA-Z]\w{3,31}"),
    "hashtag": re.compile(r"(?<![\w#])#(?!\d+\b)\w{1,256}"),
}
_OPAQUE = ("code", "pre", "text_link")


def add_found(text: str, entities: list[Json]) -> list[Json]:
    """The given entities and those found in the text outside of code and links."""
    spans = [(e["offset"], e["offset"] + e["length"]) for e in entities if e["type"] in _OPAQUE]
    new_entities: list[Json] = []
    for kind, pattern in _PATTERNS.items():
        for match in pattern.finditer(text):
            content = match[0].rstrip(".,;:!?)") if kind == "url" else match[0]
            first = units(text[: match.start()])
            last = first + units(content)
            if not any(first < end and start < last for start, end in spans):
                spans.append((first, last))
                new_entities.append({"type": kind, "offset": first, "length": last - first})
    return sorted([*entities, *new_entities], key=lambda e: (e["offset"], -e["length"]))
