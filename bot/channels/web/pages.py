"""A reply as a page: cards with their buttons, places for words and files, pictures; one form."""

import asyncio
import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from markupsafe import Markup, escape
from starlette.requests import Request as HttpRequest
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from bot.channels.web.markup import NO_TEXT, marked, plain, with_labels
from bot.channels.web.styles import styled
from bot.conversation.form import NOTHING_WANTED, Wants
from bot.conversation.reply import Attachment, Part, Reply, SayWords, ShowCard
from bot.core.card import Rows
from bot.core.rendering import render
from bot.documents.sounds import media_type_of
from bot.home.commands import COMMANDS, HELP, OWN, START, WORKERS

BLOCK = 7_168  # every page fills multiples of so many bytes: who watches the line learns little
STATIC = "/web/"
_KINDS = {"voice": "audio", "audio": "audio", "video": "video", "video_note": "video"}
_TYPES = {"photo": "image/jpeg", "video": "video/mp4"}
_ANY = "application/octet-stream"
NAMELESS = "tep-dinh-kem"


@dataclass(frozen=True)
class ShownFile:
    """A file on a page, inside it: there is no address under which it could be asked for."""

    kind: str  # photo, audio, video, document
    source: str
    name: str
    caption: str

    @property
    def alt(self) -> str:
        """What is to be seen, for whoever does not see it."""
        return plain(self.caption) or "Ảnh"


@dataclass(frozen=True)
class Block:
    """A card, words or files of a page. `name`: its first words, where no heading stands above it.
    `wants`: what can be typed or sent here.
    """

    heading: str = ""
    html: Markup = NO_TEXT
    name: str = ""
    rows: Rows = ()
    wants: Wants = NOTHING_WANTED
    files: Sequence[ShownFile] = ()


@dataclass(frozen=True)
class MenuEntry:
    """One of the page's ways elsewhere: a link to `path`, else the command, sent by the form."""

    label: str
    command: str = ""
    path: str = ""


@dataclass(frozen=True)
class WebPage:
    """`hidden`: the form's fields that nobody sees. `notice` is said above all else. `footer`:
    buttons (name, value, label) that every page of this kind has; `leave`: and a way out.
    `discreet`: its title, which a browser's history keeps, says nothing of what stands on it.

    `receipt`, where its owner has to write it down now; `address`: where it is of use.

    Of the staff: `paths`: where a link leads that does what a button does; `menu`: what stands
    beside every page, for `who` on the device of this number, for whom so many notices wait; `at`:
    when, for what is printed; `links` below; `script`: the only one that may run.
    """

    blocks: Sequence[Block]
    action: str
    title: str
    hidden: Mapping[str, str] = field(default_factory=dict)
    notice: str = ""
    footer: Sequence[tuple[str, str, str]] = ()
    leave: bool = False
    discreet: bool = False
    receipt: str = ""
    address: str = ""
    paths: Mapping[str, str] = field(default_factory=dict)
    menu: Sequence[MenuEntry] = ()
    who: str = ""
    web_session_id: int = 0
    unread: int = 0
    at: datetime | None = None
    links: Sequence[MenuEntry] = ()
    script: str = ""

    @property
    def heading(self) -> str:
        """What the page is about, for its title."""
        if self.discreet:
            return self.title
        names = (block.heading or block.name for block in self.blocks)
        return next(filter(None, names), self.title)


@cache
def command_labels() -> Mapping[str, str]:
    """What stands on the page in place of "/name"."""
    every = (START, *(command for command, _ in COMMANDS), *OWN, *WORKERS, HELP)
    return {name: f"“{label}”" for name, label in every}


def text_block(text: str, rows: Rows = (), wants: Wants = NOTHING_WANTED) -> Block:
    """A card's text that no route has shown."""
    marked_text = marked(text, {})
    return Block(marked_text.heading, marked_text.html, rows=rows, wants=wants)


async def blocks_of(reply: Reply, paths: Mapping[str, str] | None = None) -> list[Block]:
    """What a reply shows, in its order. Files that are not here are named as such. `paths`: of the
    commands that a link leads to."""
    return [await _block(part, paths) for part in reply.parts]


async def _block(part: Part, paths: Mapping[str, str] | None) -> Block:
    if isinstance(part, ShowCard):
        text = marked(part.card.text, command_labels(), paths)
        return Block(text.heading, text.html, text.name, part.card.rows, part.place.wants)
    if isinstance(part, SayWords):
        return Block(html=escape(part.words))
    return Block(files=[await asyncio.to_thread(_shown_file, file) for file in part.files])


def _shown_file(file: Attachment) -> ShownFile:
    data = file.data
    if data is None and file.path and file.path.is_file():
        data = file.path.read_bytes()
    kind = "photo" if file.kind == "photo" else _KINDS.get(file.kind, "document")
    source = ""
    if data is not None:
        media_type = media_type_of(data) if kind == "audio" else _TYPES.get(kind, _ANY)
        source = f"data:{media_type};base64,{base64.b64encode(data).decode()}"
    return ShownFile(kind, source, file.name or NAMELESS, file.caption)


def page_html(page: WebPage) -> str:
    """The page, filled to a multiple of `BLOCK` bytes."""
    takes_files = any(block.wants.files for block in page.blocks)
    takes_words = any(block.wants.words for block in page.blocks)
    facts = {
        **{"page": page, "notice": with_labels(page.notice, command_labels())},
        **{"takes_files": takes_files, "takes_words": takes_words},
    }
    template = "staff" if page.menu or page.links or page.script else "page"
    return html_of(template, title=page.title, heading=page.heading, **facts)


def html_of(template: str, **facts: Any) -> str:
    """A page of a template of its own, which extends `web/base`: title, heading, notice."""
    return filled(styled(render(f"web/{template}", style=STYLE.address, **facts)))


def filled(html: str) -> str:
    """With a comment of spaces at the end, so that its length says nothing."""
    missing = -len(html.encode()) % BLOCK
    return html if missing < 7 else f"{html}<!--{' ' * (missing - 7)}-->"


def response(page: WebPage, status: int = 200) -> Response:
    return HTMLResponse(page_html(page), status_code=status)


class Asset:
    """A file of ours that never changes under its address: its name holds what is in it."""

    def __init__(self, name: str, media_type: str) -> None:
        self.data = (Path(__file__).parent / "static" / name).read_bytes()
        self.media_type = media_type
        stem, _, ending = name.rpartition(".")
        self.address = f"{STATIC}{stem}-{sha256(self.data).hexdigest()[:16]}.{ending}"

    async def serve(self, _request: HttpRequest) -> Response:
        headers = {"Cache-Control": "public, max-age=31536000, immutable"}
        return Response(self.data, media_type=self.media_type, headers=headers)

    @property
    def route(self) -> Route:
        return Route(self.address, self.serve, methods=["GET"])


STYLE = Asset("style.css", "text/css; charset=utf-8")
