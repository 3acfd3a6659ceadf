"""A form as a browser sends it, within bounds."""

from collections.abc import Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass

from starlette.datastructures import FormData, UploadFile
from starlette.formparsers import FormParser, MultiPartException, MultiPartParser
from starlette.requests import ClientDisconnect
from starlette.requests import Request as HttpRequest
from starlette.types import Message, Receive

from bot.core.rules.writing import composed

MOST_BYTES = 32 * 1024 * 1024  # of one sending, files included
MOST_HELD = 256 * 1024 * 1024  # of all that is being read and handled at the same time
MOST_FIELDS, MOST_FILES = 20, 10
LONGEST_FIELD = 64 * 1024
_KINDS = ("application/x-www-form-urlencoded", "multipart/form-data")


class NotTaken(Exception):  # noqa: N818 - it reads as what happened
    """What came is no form of ours, or too large. `status` as HTTP has it."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


@dataclass(frozen=True)
class Post:
    """`fields`: the first of each name, in composed letters; `files`: as they came; `share`: of the
    memory, given back when nobody holds this any more.
    """

    fields: Mapping[str, str]
    files: Sequence[UploadFile] = ()
    share: object = None

    def get(self, name: str) -> str:
        return self.fields.get(name, "")


async def read_post(request: HttpRequest) -> Post:
    """What a form sent. Raises NotTaken; nothing larger than the bounds is held."""
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        raise NotTaken(403)  # a page of somebody else's sends it
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() not in _KINDS:
        raise NotTaken(415)
    if request.headers.get("content-length", "0").isdecimal():
        if int(request.headers.get("content-length", "0")) > MOST_BYTES:
            raise NotTaken(413)
    else:
        raise NotTaken(400)
    share = _Share()
    try:
        form = await _form(HttpRequest(request.scope, _counted(request, share)))
        return _post_of(form, share)
    except (MultiPartException, ClientDisconnect, ValueError):
        raise NotTaken(400) from None


async def _form(request: HttpRequest) -> FormData:
    bounds = {"max_fields": MOST_FIELDS, "max_part_size": LONGEST_FIELD}
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    async with aclosing(request.stream()) as stream:
        if kind == _KINDS[0]:
            return await FormParser(request.headers, stream, **bounds).parse()
        return await _InMemory(request.headers, stream, max_files=MOST_FILES, **bounds).parse()


def _post_of(form: FormData, share: "_Share") -> Post:
    fields: dict[str, str] = {}
    files = []
    for name, value in form.multi_items():
        if isinstance(value, UploadFile):
            if value.filename and value.size:
                files.append(value)
        elif name not in fields:
            fields[name] = composed(value.replace("\r\n", "\n").replace("\0", ""))
    return Post(fields, files, share)


class _InMemory(MultiPartParser):
    """What comes says where it was made and by whom: it is made anew before it is on a disk."""

    spool_max_size = MOST_BYTES + 1


class _Share:
    """What one sending takes of the memory for all of them, for as long as anybody holds it."""

    held = 0

    def __init__(self) -> None:
        self.size = 0

    def grow(self, size: int) -> None:
        """Raises NotTaken: it is too large, or too many come at once."""
        self.size += size
        _Share.held += size
        if self.size > MOST_BYTES:
            raise NotTaken(413)
        if _Share.held > MOST_HELD:
            raise NotTaken(503)

    def __del__(self) -> None:
        _Share.held -= self.size


def _counted(request: HttpRequest, share: _Share) -> Receive:
    async def receive() -> Message:
        message = await request.receive()
        share.grow(len(message.get("body", b"")))
        return message

    return receive
