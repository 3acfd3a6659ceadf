"""Card texts, written in the few tags that Telegram takes, as HTML that is safe on a page.

Templates have escaped what people wrote. This holds all the same whatever a text contains: only
the tags below come out, only with the attributes named here.
"""

import re
from collections.abc import Mapping, Sequence
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

_HEADING = re.compile(r"[^\w<]*<b>[^<]+</b>(?: · .*| \([^)]*\)|, [^.]*)?")
_ENTRY = re.compile(
    r"^(\d{1,3})\. ((?:[^\w<\n]*<strong>[^<\n]+</strong>)?)([^<\n·]*)", re.MULTILINE
)
_TYPED = re.compile(r"/([a-z]{3,20}) ([^/\n]+)")
_FIELD = (
    '<span class="field"><input name="words" maxlength="200" autocomplete="off" '
    'aria-label="Vài chữ trong tên" placeholder="{1}">'
    '<button name="command" value="{0}">Tìm</button></span>'
)
_NUMBERED = re.compile(r"[^\w]*(\d{1,3})(?:\.|$)")
_COMMAND_LINK = '<a href="{}">{}</a>'
_COMMAND_BUTTON = '<button class="word" name="command" value="{}">{}</button>'


@dataclass
class _Rebuilt(HTMLParser):
    """`commands`: what /name does, by its name; it becomes a link where `paths` has one, else a
    button of the page's form.
    """

    commands: Mapping[str, str] = field(default_factory=dict)
    paths: Mapping[str, str] = field(default_factory=dict)
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
        if self.parts and self.parts[-1].startswith("</blockquote>"):
            data = data.removeprefix("\n")  # a quotation ends its line by itself
        typed = _TYPED.fullmatch(data)
        if typed and typed[1] in self.commands and self.open_tags[-1:] == [("code", "</code>")]:
            self.parts.append(_FIELD.format(typed[1], escape(typed[2])))
            return
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
            parts += [
                escape(data[end : match.start()]),
                _verb(match),
                self._command(match[2], label),
            ]
            # In a list of commands the label is often what the words after it begin with.
            said_again = f": {label.strip('“”')}".casefold()
            again = data[match.end() :].casefold().startswith(said_again)
            end = match.end() + (len(said_again) if again else 0)
        return "".join([*parts, escape(data[end:])])

    def _command(self, name: str, label: str) -> str:
        if path := self.paths.get(name):
            return _COMMAND_LINK.format(escape(path), escape(label))
        return _COMMAND_BUTTON.format(name, escape(label))


def _verb(command: re.Match[str]) -> str:
    """What one does to a command here: nobody types it."""
    return {"": "", "g": "bấm ", "b": "bấm ", "d": "bấm "}.get((command[1] or "")[:1], "Bấm ")


def with_labels(words: str, commands: Mapping[str, str]) -> str:
    """Plain words in which each /name is called as it is on the page."""

    def called(command: re.Match[str]) -> str:
        label = commands.get(command[2])
        return f"{_verb(command)}{label}" if label else command[0]

    return _COMMAND.sub(called, words)


NO_TEXT = Markup()


@dataclass(frozen=True)
class Marked:
    """A card's text for a page: its first line, where that is a heading, apart from the rest.
    `name`: that line in any case, for those who listen.
    """

    heading: str
    html: Markup
    name: str = ""


def marked(
    text: str, commands: Mapping[str, str], paths: Mapping[str, str] | None = None
) -> Marked:
    """`commands`: what each /name does, in words; those not named stay as they are. `paths`: those
    that a link leads to."""
    heading, rest = "", text.strip()
    first, _, below = rest.partition("\n")
    if _HEADING.fullmatch(first):
        heading, rest = plain(first), below.strip()
    html = Markup(_Rebuilt(commands, paths or {}).rebuilt(rest))  # noqa: S704 - it escapes all but its tags
    return Marked(heading, html, plain(first))


def with_links(html: Markup, buttons: Sequence[tuple[str, str]]) -> Markup:
    """A list whose entries lead where their buttons do: the number and the name, or what stands in
    its place. `buttons`: label and path, "" for those that act, in their order.

    By the numbers that labels begin with, where those are the entries' own in their order: two may
    bear one number. Else by the name, where that is all of a label.
    """
    entries = list(_ENTRY.finditer(html))
    numbered = [(n[1], path) for label, path in buttons if (n := _NUMBERED.match(label))]
    numbers = [entry[1] for entry in entries]
    if [number for number, _ in numbered[: len(numbers)]] == numbers:
        paths = [path for _, path in numbered]
    else:
        by_name = dict(buttons)
        paths = [by_name.get(_name(entry), "") for entry in entries]
    pending = iter(paths)
    return Markup(_ENTRY.sub(lambda entry: _linked(entry, next(pending)), html))  # noqa: S704


def _name(entry: re.Match[str]) -> str:
    return plain(entry[2])


def _linked(entry: re.Match[str], path: str) -> str:
    number, name, words = entry.groups()
    if not path:
        return entry[0]
    called, rest = (name, words) if name else (words.rstrip(), words[len(words.rstrip()) :])
    return f'<a href="{escape(path)}">{number}. {called}</a>{rest}'


def plain(text: str) -> str:
    """Without tags, for a heading or the page's title."""
    return unescape(re.sub(r"<[^>]*>", "", text)).strip()
