"""The report of a visit without coverage: a page that a phone keeps, and what it asks for and sends
when it can. The one place of the web door that needs JavaScript.

The page itself is everybody's and says nothing; who asks for the week or sends something is known
by the session of the staff's pages.
"""

import asyncio
import json
import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import structlog
from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import ClientDisconnect
from starlette.requests import Request as HttpRequest
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from bot.channels.web.pages import STYLE, Asset
from bot.conversation.engine import MAX_FILE_BYTES
from bot.conversation.whole_form import Unfit
from bot.core import messages
from bot.core.clock import Clock
from bot.core.context import Context, believed
from bot.core.errors import Refused, TurnLost
from bot.core.measures import measured
from bot.core.rules.permissions import Actor
from bot.core.rules.writing import one_line
from bot.core.work import Work
from bot.documents.pictures import Unclean, anew
from bot.visits.cards.reports import receipt_words
from bot.visits.forms import offline_report
from bot.visits.forms.offline_report import DIGEST, FilesMissing, WrittenReport
from bot.visits.services import offline_files
from bot.visits.services.offline_files import KINDS, PhoneFile

PLACE = "/bao-cao/"
LEFT = f"{PLACE}ra"
"""Where whoever closes their pages on this device comes by: what waits there is then shown to
nobody until they come back."""
MOST_REPORT_BYTES = 512 * 1024
OUR_HEADER = "x-bao-cao"  # no page of somebody else's can send it
_FOLDER = Path(__file__).parent / "static" / "offline"
_SCRIPT, _PICTURE = "text/javascript; charset=utf-8", "image/png"
_SHARED = tuple(Asset(f"offline/{name}.js", _SCRIPT) for name in ("store", "sending"))
_OF_PAGE = tuple(Asset(f"offline/{name}.js", _SCRIPT) for name in ("questions", "page"))
_LEAVING = Asset("offline/leave.js", _SCRIPT)
_OWN_STYLE = Asset("offline/offline.css", "text/css; charset=utf-8")
_ICONS = {size: Asset(f"offline/icon-{size}.png", _PICTURE) for size in (192, 512)}
_ASSETS = (*_SHARED, *_OF_PAGE, _LEAVING, _OWN_STYLE, *_ICONS.values())

_HEADERS = {
    "Cache-Control": "no-cache",
    "Content-Security-Policy": "; ".join(
        (
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self' blob:",
            "connect-src 'self'",
            "manifest-src 'self'",
            "worker-src 'self'",
            "form-action 'none'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
        )
    ),
    "Permissions-Policy": "camera=(self), geolocation=(self), microphone=(self)",
}

Who = Callable[[HttpRequest], Awaitable[Actor | None]]
"""Whose session a request comes with; None: nobody's."""

log = structlog.get_logger()


class _Answer(Exception):  # noqa: N818 - it ends the handling with this
    def __init__(self, status: int, **words: Any) -> None:
        super().__init__(status)
        self.response = JSONResponse(words, status_code=status)


class OfflinePages:
    """One for the program."""

    def __init__(self, work: Work, clock: Clock, who: Who) -> None:
        self._work, self._clock, self._who = work, clock, who
        self._reading = asyncio.Lock()  # one picture at a time: decoded they are large
        self._shell = _page("page.html", (*_SHARED, *_OF_PAGE))
        self._goodbye = _page("left.html", (_SHARED[0], _LEAVING))
        self._worker = _worker(self._shell)
        self._manifest = json.dumps(_manifest(), ensure_ascii=False)

    @property
    def routes(self) -> Sequence[BaseRoute]:
        return (
            Route(PLACE, self.page, methods=["GET"]),
            Route(PLACE.rstrip("/"), self.to_page, methods=["GET"]),
            Route(f"{PLACE}may.js", self.worker, methods=["GET"]),
            Route(f"{PLACE}manifest.webmanifest", self.manifest, methods=["GET"]),
            Route(LEFT, self.left, methods=["GET"]),
            Route(f"{PLACE}tuan", self._answered(self.week), methods=["GET"]),
            Route(f"{PLACE}tep/{{digest:str}}", self._answered(self.file), methods=["POST"]),
            Route(f"{PLACE}nop", self._answered(self.report), methods=["POST"]),
            *(asset.route for asset in _ASSETS),
        )

    async def page(self, _request: HttpRequest) -> Response:
        return Response(self._shell, media_type="text/html; charset=utf-8", headers=_HEADERS)

    async def to_page(self, _request: HttpRequest) -> Response:
        """The address as people type it."""
        return RedirectResponse(PLACE, status_code=303)

    async def left(self, _request: HttpRequest) -> Response:
        return Response(self._goodbye, media_type="text/html; charset=utf-8", headers=_HEADERS)

    async def worker(self, _request: HttpRequest) -> Response:
        return Response(self._worker, media_type=_SCRIPT, headers=_HEADERS)

    async def manifest(self, _request: HttpRequest) -> Response:
        return Response(self._manifest, media_type="application/manifest+json", headers=_HEADERS)

    async def week(self, request: HttpRequest, actor: Actor) -> dict[str, Any]:
        """What waits for a report, and which reports of this person's phones have arrived."""
        context = Context(self._work, actor, self._clock.now())
        week = await offline_report.week_of_phone(context, request.headers.get("x-sites", ""))
        return {"person": {"id": actor.person_id, "name": actor.name}, **week}

    async def file(self, request: HttpRequest, actor: Actor) -> dict[str, Any]:
        """One file of a report to come, under the digest of its bytes; again changes nothing."""
        digest, kind = request.path_params["digest"], request.headers.get("x-kind", "")
        if not DIGEST.fullmatch(digest) or kind not in KINDS:
            raise _Answer(400, sentence=messages.FILE_NOT_FETCHED)
        data = await _body(request, MAX_FILE_BYTES)
        if kind == "photo":
            data_clean = await self._clean(data)
        else:
            data_clean = data
        name = one_line(unquote(request.headers.get("x-name", "")))
        sent = PhoneFile(digest, kind, name, data, data_clean)
        await offline_files.keep(Context(self._work, actor, self._clock.now()), sent)
        return {}

    async def report(self, request: HttpRequest, actor: Actor) -> dict[str, Any]:
        """A report, taken once however often it comes."""
        try:
            sent = json.loads(await _body(request, MOST_REPORT_BYTES))
        except (ValueError, RecursionError):
            raise _Answer(400, sentence=messages.PHONE_REPORT_UNREADABLE) from None
        now = self._clock.now()
        context = Context(self._work, actor, now, sent_at=_written_at(sent, now))
        files_of = offline_files.arrived_of(context)
        submitted = await offline_report.take(context, WrittenReport.read(sent), files_of)
        at = submitted.report.submitted_at.isoformat()
        return {"at": at, "words": receipt_words(submitted), "visit": submitted.visit.id}

    def _answered(
        self, handle: Callable[[HttpRequest, Actor], Awaitable[dict[str, Any]]]
    ) -> Callable[[HttpRequest], Awaitable[Response]]:
        """Whoever asks is known, and whatever goes wrong is an answer that the phone understands:
        a sentence where trying again does not help.
        """

        async def answer(request: HttpRequest) -> Response:
            try:
                with measured("web"):
                    return JSONResponse(await handle(request, await self._actor(request)))
            except _Answer as ending:
                return ending.response
            except FilesMissing as missing:
                return JSONResponse({"files": missing.digests}, status_code=409)
            except Unfit as unfit:
                words = {"sentence": str(unfit), "steps": dict(unfit.steps)}
                return JSONResponse(words, status_code=422)
            except Refused as refused:
                return JSONResponse({"sentence": str(refused)}, status_code=422)
            except (TurnLost, SQLAlchemyError, OSError) as error:
                log.warning("offline.later", error=type(error).__name__)
                return JSONResponse({}, status_code=503)
            except ClientDisconnect:
                return JSONResponse({}, status_code=400)

        return answer

    async def _actor(self, request: HttpRequest) -> Actor:
        same = request.headers.get("sec-fetch-site", "same-origin") == "same-origin"
        if not same or OUR_HEADER not in request.headers:
            raise _Answer(400)
        actor = await self._who(request)
        if actor is None or not actor.person_id:
            raise _Answer(401, left=not request.cookies)  # closed by hand, not by silence
        meant = request.headers.get("x-person", str(actor.person_id))
        if meant != str(actor.person_id):  # somebody else has come in on this phone meanwhile
            raise _Answer(403, person=actor.person_id)
        return actor

    async def _clean(self, data: bytes) -> bytes:
        """A picture made anew: without place, day and phone."""
        try:
            async with self._reading:
                return await asyncio.to_thread(anew, data, photo=True)
        except Unclean:
            raise _Answer(422, sentence=messages.PICTURE_UNREADABLE) from None


def _written_at(sent: Any, now: datetime) -> datetime | None:
    """When the report was handed in, by how long ago the phone says that was: a phone whose clock
    is wrong may still know that. What is not believed counts from its arrival.
    """
    age = sent.get("age") if isinstance(sent, dict) else None
    if type(age) is not int or not 0 < age < timedelta(days=365).total_seconds():
        return None
    return believed(now - timedelta(seconds=age), now)


async def _body(request: HttpRequest, most: int) -> bytes:
    """What was sent, within bounds. Raises _Answer; nothing larger is held."""
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > most:
            raise _Answer(413, sentence=messages.FILE_TOO_LARGE)
    return bytes(body)


def _page(name: str, scripts: Sequence[Asset]) -> str:
    page = (_FOLDER / name).read_text("utf-8")
    parts: Mapping[str, str] = {
        "icon": _ICONS[192].address,
        "style": STYLE.address,
        "own_style": _OWN_STYLE.address,
        "scripts": "\n".join(f'<script src="{s.address}" defer></script>' for s in scripts),
    }
    return re.sub(r"\{(\w+)\}", lambda part: parts[part[1]], page)


def _worker(shell: str) -> str:
    """The service worker: another one as soon as any part of the page is another."""
    parts = (STYLE, *(asset for asset in _ASSETS if asset is not _LEAVING))
    addresses = [PLACE, f"{PLACE}manifest.webmanifest", *(asset.address for asset in parts)]
    digest = sha256(json.dumps([shell, addresses]).encode()).hexdigest()[:16]
    constants = {
        "SHELL_NAME": f"bao-cao-{digest}",
        "SHELL": addresses,
        "SCRIPTS": [asset.address for asset in _SHARED],
    }
    head = "".join(f"var {name} = {json.dumps(value)};\n" for name, value in constants.items())
    return head + (_FOLDER / "worker.js").read_text("utf-8")


def _manifest() -> dict[str, Any]:
    return {
        "name": "Báo cáo đi cơ sở",
        "short_name": "Báo cáo",
        "lang": "vi",
        "id": PLACE,
        "start_url": PLACE,
        "scope": PLACE,
        "display": "standalone",
        "background_color": "#f4f6f8",
        "theme_color": "#0b4f8a",
        "icons": [
            {"src": icon.address, "sizes": f"{size}x{size}", "type": _PICTURE}
            for size, icon in _ICONS.items()
        ],
    }
