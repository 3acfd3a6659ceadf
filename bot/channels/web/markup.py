"""Card texts, written in the few tags that Telegram takes, as HTML that is safe on a page.

Templates have escaped what people wrote. This holds all the same whatever a text contains: only
the tags below come out, only with the attributes named here.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape, unescape
from html.parser import HTMLParser

from markupsafe import Markup

_PLAIN = {
    **{"b": "strong", "strong": "strong", "i": "em", "em": "em", "u": "u", "ins": "u"},
    **{"s": "s", "strike": "s", "del": "s", "code": "code", "pre": "pre"},
    "blockquote": "blockquote",
}
_SPOILERS = {"tg-spoiler", "span"}
_LINK = re.compile(r"(?:https?://|tel:|mailto:)[^\s]+", re.IGNORECASE)
_COMMAND = re.compile(r"(?:\b([Gg]õ|[Bb]ấm|[Dd]ùng) )?(?<![\w/:.<])/([a-z]{3,20})\b")

_COMMAND_BUTTON = '<button class="word" name="command" value="{}">{}</button>'


@dataclass
class _Rebuilt(HTMLParser):
    """`commands`: what /name does, by its name; it becomes a button of the page's form."""

    commands: Mapping[str, str] = field(default_factory=dict)
    parts: list[str] = field(default_factory=list)
    open_tags: list[tuple[str, str]] = field(default_factory=list)  # (as it came, what closes it)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        opening, closing = self._tag(tag, dict(attrs))
        self.parts.append(opening)
        self.open_tags.append((tag, closing))

    def handle_endtag(self, tag: str) -> None:
        if tag not in (name for name, _ in self.open_tags):
            return
        while self.open_tags:  # what stands open inside is closed with it
            name, closing = self.open_tags.pop()
            self.parts.append(closing)
            if name == tag:
                return

    def handle_data(self, data: str) -> None:
        in_code = any(name in ("code", "pre", "a") for name, _ in self.open_tags)
        self.parts.append(escape(data) if in_code else self._with_commands(data))

    def rebuilt(self, text: str) -> str:
        self.feed(text)
        self.close()
        while self.open_tags:
            self.parts.append(self.open_tags.pop()[1])
        return "".join(self.parts)

    def _tag(self, tag: str, attributes: Mapping[str, str | None]) -> tuple[str, str]:
        if tag in _PLAIN:
            name = _PLAIN[tag]
            if tag == "blockquote" and "expandable" in attributes:
                opening = "<details><summary>Xem đầy đủ</summary><blockquote>"
                return opening, "</blockquote></details>"
            return f"<{name}>", f"</{name}>"
        if tag == "a" and _LINK.fullmatch(address := attributes.get("href") or ""):
            return f'<a href="{escape(address)}" rel="noreferrer noopener">', "</a>"
        is_spoiler = tag == "tg-spoiler" or attributes.get("class") == "tg-spoiler"
        if tag in _SPOILERS and is_spoiler:
            return '<span class="spoiler" tabindex="0">', "</span>"
        return "", ""

    def _with_commands(self, data: str) -> str:
        parts, end = [], 0
        for match in _COMMAND.finditer(data):
            label = self.commands.get(match[2])
            if label is None:
                continue
            verb = {"": "", "g": "bấm ", "b": "bấm ", "d": "bấm "}.get((match[1] or "")[:1], "Bấm ")
            button = _COMMAND_BUTTON.format(match[2], escape(label))
            parts += [escape(data[end : match.start()]), verb, button]
            end = match.end()
        return "".join([*parts, escape(data[end:])])


NO_TEXT = Markup()


@dataclass(frozen=True)
class Marked:
    """A card's text for a page: its first line, where that is a heading, apart from the rest.
    `name`: that line in any case, for those who listen.
    """

    heading: str
    html: Markup
    name: str = ""


def marked(text: str, commands: Mapping[str, str]) -> Marked:
    """`commands`: what each /name does, in words; those not named stay as they are."""
    heading, rest = "", text.strip()
    first, _, below = rest.partition("\n")
    if first.startswith("<b>") and first.endswith("</b>") and first.count("<b>") == 1:
        heading, rest = plain(first), below.strip()
    html = Markup(_Rebuilt(commands).rebuilt(rest))  # noqa: S704 - it escapes all but its tags
    return Marked(heading, html, plain(first))


def plain(text: str) -> str:
    """Without tags, for a heading or the page's title."""
    return unescape(re.sub(r"<[^>]*>", "", text)).strip()
