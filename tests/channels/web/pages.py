"""A browser as far as tests need one: it reads a page, fills in its form and presses a button."""

import asyncio
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser

import httpx
import pytest

from bot.app.serving import HttpServer
from bot.cases.rules.receipts import typed_receipt
from bot.channels.web import receipts

ADDRESS = "https://congdoan.test"
File = tuple[str, bytes, str]  # name, content, type


@dataclass
class _Reader(HTMLParser):
    words: list[str] = field(default_factory=list)
    hidden: dict[str, str] = field(default_factory=dict)
    fields: list[str] = field(default_factory=list)
    buttons: list[tuple[str, str, str]] = field(default_factory=list)  # name, value, label
    links: dict[str, str] = field(default_factory=dict)
    action: str = ""
    _open: tuple[str, str, str] | None = None
    _href: str = ""
    _text: str = ""

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.action = values["action"]
        elif tag == "input" and values.get("type") == "hidden":
            self.hidden[values["name"]] = values["value"]
        elif tag in ("input", "textarea"):
            self.fields.append(values["name"])
        elif tag == "button":
            self._open, self._text = (values["name"], values["value"], ""), ""
        elif tag == "a":
            self._href, self._text = values.get("href", ""), ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "button" and self._open:
            self.buttons.append((*self._open[:2], self._text.strip()))
            self._open = None
        elif tag == "a":
            self.links[self._text.strip()] = self._href

    def handle_data(self, data: str) -> None:
        self._text += data
        self.words.append(data)


class Browser:
    """Holds the page that is shown."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self.client = client
        self.html, self.status, self.content = "", 0, b""
        self._last: tuple[str, dict[str, str], Sequence[File]] | None = None

    @property
    def page(self) -> _Reader:
        reader = _Reader()
        reader.feed(self.html.partition("<body")[2].partition(">")[2])
        return reader

    @property
    def text(self) -> str:
        """What is to be read, with single spaces."""
        return " ".join(" ".join(self.page.words).split())

    @property
    def labels(self) -> list[str]:
        return [label for _, _, label in self.page.buttons]

    async def open(self, path: str) -> None:
        self._show(await self.client.get(path))

    async def press(self, label: str, words: str = "", *, files: Sequence[File] = ()) -> None:
        """The button that this label begins; with what was typed and chosen before."""
        page = self.page
        buttons = [b for b in page.buttons if re.sub(r"^\W+", "", b[2]).startswith(label)]
        assert buttons, f"no button {label!r} among {self.labels}"
        name, value, _ = buttons[0]
        given = {name_: "" for name_ in page.fields if name_ != "files"}
        if words:
            assert "words" in page.fields, f"there is no place for words on: {self.text}"
            given["words"] = words
        await self.send({**page.hidden, **given, name: value}, files=files)

    async def fill(self, label: str, **given: str) -> None:
        """The same with fields of other names."""
        page = self.page
        assert set(given) <= set(page.fields), page.fields
        name, value, _ = next(b for b in page.buttons if label in b[2])
        await self.send({**page.hidden, **given, name: value})

    async def send(
        self, fields: dict[str, str], *, files: Sequence[File] = (), action: str = ""
    ) -> None:
        await self._post(action or self.page.action, fields, files)

    async def reload(self) -> None:
        """What was sent is sent again, as a browser does after asking."""
        assert self._last
        await self._post(*self._last)

    async def _post(self, action: str, fields: dict[str, str], files: Sequence[File]) -> None:
        self._last = (action, fields, files)
        parts = [("files", file) for file in files]
        self._show(await self.client.post(action, data=fields, files=parts or None))

    def _show(self, response: httpx.Response) -> None:
        self.html, self.status = response.text, response.status_code
        self.content = response.content
        self.headers = response.headers


def receipt_on(browser: Browser) -> str:
    digits = re.search(r"(?:\d{4} ){3}\d{4}", browser.text)
    assert digits, browser.text
    return typed_receipt(digits[0]) or ""


def served_in_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """No port is taken: the program's server is asked in this process; a receipt costs little."""

    async def listen_nowhere(_server: HttpServer) -> None:
        await asyncio.Event().wait()

    monkeypatch.setattr(HttpServer, "run", listen_nowhere)
    monkeypatch.setattr(receipts, "MEMORY_KIB", 64)  # the real cost has a test of its own
