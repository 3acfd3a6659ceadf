"""Telegram's HTML, parsed as strictly as Telegram does: text and entities, or a refusal."""

import re
from dataclasses import dataclass, field

from bot.sandbox.errors import Json, bad

_TYPES = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "code": "code",
    "pre": "pre",
    "a": "text_link",
    "tg-spoiler": "spoiler",
    "blockquote": "blockquote",
}
_ENTITY = re.compile(r"&(?:#(\d{1,8})|#x([0-9a-fA-F]{1,8})|(lt|gt|amp|quot)(?![a-zA-Z]));?")
_NAME = re.compile(r"<(/?)([^\s>]*)")
_ATTRIBUTE = r"""\s+([^\s=>/"']+)(?:\s*=\s*("[^"]*"|'[^']*'|[\w.\-]+))?"""
_REST_OF_START = re.compile(rf"((?:{_ATTRIBUTE})*)\s*>")
_REST_OF_END = re.compile(r"\s*>")
_LINK = re.compile(r"(?:https?|tg|mailto):\S+")


def units(text: str) -> int:
    """Length in UTF-16 code units, in which Telegram counts offsets."""
    return len(text) + sum(letter > "\uffff" for letter in text)


@dataclass
class _Open:
    tag: str
    offset: int
    link: str


@dataclass
class _Parser:
    source: str
    at: int = 0
    text: str = ""
    offset: int = 0
    nested: list[_Open] = field(default_factory=list)
    entities: list[Json] = field(default_factory=list)

    def run(self) -> None:
        while self.at < len(self.source):
            letter = self.source[self.at]
            if letter == "<":
                self._tag()
            elif letter == "&":
                self._entity()
            else:
                self._plain()
        if self.nested:
            raise self._wrong(
                f'Can\'t find end tag corresponding to start tag "{self.nested[-1].tag}"'
            )

    def _wrong(self, reason: str) -> Exception:
        return bad(f"can't parse entities: {reason}")

    def _here(self) -> str:
        return f"at byte offset {len(self.source[: self.at].encode())}"

    def _put(self, text: str) -> None:
        self.text += text
        self.offset += units(text)

    def _plain(self) -> None:
        end = re.compile(r"[<&]|\Z").search(self.source, self.at)
        stop = end.start() if end else len(self.source)
        self._put(self.source[self.at : stop])
        self.at = stop

    def _entity(self) -> None:
        match = _ENTITY.match(self.source, self.at)
        letter = _decoded(match) if match else ""
        self._put(letter or "&")
        self.at = match.end() if match and letter else self.at + 1

    def _tag(self) -> None:
        name = _NAME.match(self.source, self.at)
        assert name is not None
        if name[1]:
            self._end(name[2], name.end())
        else:
            self._start(name[2].lower(), name.end())

    def _start(self, tag: str, after: int) -> None:
        if after == len(self.source):
            raise self._wrong(f"Unclosed start tag {self._here()}")
        if tag not in _TYPES:
            raise self._wrong(f'Unsupported start tag "{tag}" {self._here()}')
        rest = _REST_OF_START.match(self.source, after)
        if rest is None:
            raise self._wrong(f'Unclosed start tag "{tag}" {self._here()}')
        attributes = {key: value.strip("\"'") for key, value in re.findall(_ATTRIBUTE, rest[1])}
        self.nested.append(_Open(tag, self.offset, decode(attributes.get("href", ""))))
        self.at = rest.end()

    def _end(self, tag: str, after: int) -> None:
        if not self.nested:
            raise self._wrong(f"Unexpected end tag {self._here()}")
        rest = _REST_OF_END.match(self.source, after)
        if rest is None:
            raise self._wrong(f"Unclosed end tag {self._here()}")
        opened = self.nested.pop()
        if tag and tag != opened.tag:
            pair = f'expected "</{opened.tag}>", found "</{tag}>"'
            raise self._wrong(f"Unmatched end tag {self._here()}, {pair}")
        self._close(opened)
        self.at = rest.end()

    def _close(self, opened: _Open) -> None:
        length = self.offset - opened.offset
        entity: Json = {"type": _TYPES[opened.tag], "offset": opened.offset, "length": length}
        if opened.tag == "a":
            if not _LINK.fullmatch(opened.link):
                return  # Telegram drops a link that leads nowhere and keeps its text
            entity["url"] = opened.link
        if length:
            self.entities.append(entity)


def parse_html(source: str) -> tuple[str, list[Json]]:
    """Text and entities of Telegram HTML; raises "can't parse entities: …"."""
    parser = _Parser(source)
    parser.run()
    outer_first = reversed(parser.entities)  # an inner entity is closed before its outer one
    return parser.text, sorted(outer_first, key=lambda e: (e["offset"], -e["length"]))


def decode(text: str) -> str:
    """Replace the character references that Telegram knows; leave all else as it is."""
    return _ENTITY.sub(lambda match: _decoded(match) or match[0], text)


def _decoded(match: re.Match[str]) -> str:
    if match[3]:
        return {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}[match[3]]
    number = int(match[1]) if match[1] else int(match[2], 16)
    legal = 0 < number < 0x10FFFF and not 0xD800 <= number <= 0xDFFF
    return chr(number) if legal else ""


def trimmed(text: str, entities: list[Json]) -> tuple[str, list[Json]]:
    """Telegram removes white space around a text; entities move and shrink with it."""
    start = units(text) - units(text.lstrip())
    text = text.strip()
    trimmed_entities = []
    for entity in entities:
        first = max(entity["offset"] - start, 0)
        last = min(entity["offset"] + entity["length"] - start, units(text))
        if last > first:
            trimmed_entities.append(entity | {"offset": first, "length": last - first})
    return text, trimmed_entities
