"""A form as a browser sends it, within bounds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException
from starlette.requests import ClientDisconnect
from starlette.requests import Request as HttpRequest
from starlette.types import Message, Receive

from bot.core.rules.writing import composed

MOST_BYTES = 32 * 1024 * 1024  # of one sending, files included
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
    """`fields`: the first of each name, in composed letters; `files`: as they came."""

    fields: Mapping[str, str]
    files: Sequence[UploadFile] = ()

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
    bounded = HttpRequest(request.scope, _counted(request))
    try:
        form = await bounded.form(
            max_files=MOST_FILES, max_fields=MOST_FIELDS, max_part_size=LONGEST_FIELD
        )
    except _TooMuch:
        raise NotTaken(413) from None
    except (MultiPartException, HTTPException, ClientDisconnect, ValueError):
        raise NotTaken(400) from None
    return _post_of(form)


def _post_of(form: FormData) -> Post:
    fields: dict[str, str] = {}
    files = []
    for name, value in form.multi_items():
        if isinstance(value, UploadFile):
            if value.filename and value.size:
                files.append(value)
        elif name not in fields:
            fields[name] = composed(value.replace("\r\n", "\n").replace("\0", ""))
    return Post(fields, files)


class _TooMuch(Exception):  # noqa: N818
    """More came than was said."""


def _counted(request: HttpRequest) -> Receive:
    received = 0

    async def receive() -> Message:
        nonlocal received
        message = await request.receive()
        received += len(message.get("body", b""))
        if received > MOST_BYTES:
            raise _TooMuch
        return message

    return receive
