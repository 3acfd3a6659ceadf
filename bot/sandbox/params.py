"""The parameters of one Bot API call, however they were sent."""

import json
from collections.abc import Mapping
from typing import Any

from starlette.datastructures import UploadFile
from starlette.requests import Request

from bot.sandbox.errors import ApiError, bad
from bot.sandbox.files import Upload

UPLOAD_LIMIT = 50 * 1024 * 1024


class Params:
    """Values by name: strings from a form, real JSON values from a JSON body."""

    def __init__(self, values: Mapping[str, Any], uploads: Mapping[str, Upload]) -> None:
        self._values = values
        self._uploads = uploads

    def has(self, name: str) -> bool:
        return self._values.get(name) not in (None, "")

    def text(self, name: str) -> str:
        value = self._values.get(name, "")
        value = value if isinstance(value, str) else json.dumps(value)
        if any("\ud800" <= letter <= "\udfff" for letter in value):
            raise bad("strings must be encoded in UTF-8")
        return value

    def number(self, name: str, default: int = 0) -> int:
        try:
            return int(self._values.get(name) or default)
        except (TypeError, ValueError):
            raise bad(f"can't parse {name}") from None

    def decimal(self, name: str) -> float:
        try:
            return float(self._values[name])
        except (KeyError, TypeError, ValueError):
            raise bad(f"invalid {name} specified") from None

    def flag(self, name: str) -> bool:
        return str(self._values.get(name, "")).lower() in ("true", "1", "yes")

    def json(self, name: str, default: Any = None) -> Any:
        """A structure: an object as it is, or JSON text in a form field."""
        value = self._values.get(name)
        if not isinstance(value, str):
            return default if value is None else value
        try:
            return json.loads(value) if value else default
        except ValueError:
            raise bad(f"can't parse {name} JSON object") from None

    def upload(self, name: str) -> Upload | None:
        """The file sent under a name, or the one that "attach://…" points at."""
        value = self._values.get(name)
        if isinstance(value, str) and value.startswith("attach://"):
            return self.attached(value)
        return self._uploads.get(name)

    def attached(self, reference: str) -> Upload:
        upload = self._uploads.get(reference.removeprefix("attach://"))
        if upload is None:
            raise bad("wrong file identifier/HTTP URL specified")
        return upload


async def read_params(request: Request) -> Params:
    """Query, form, JSON or multipart: Telegram takes all four."""
    values: dict[str, Any] = dict(request.query_params)
    if request.method != "POST":
        return Params(values, {})
    if request.headers.get("content-type", "").startswith("application/json"):
        return Params(values | await _read_json(request), {})
    uploads: dict[str, Upload] = {}
    async with request.form() as form:
        for name, value in form.multi_items():
            if isinstance(value, UploadFile):
                uploads[name] = await read_upload(value)
            else:
                values[name] = value
    return Params(values, uploads)


async def read_upload(file: UploadFile) -> Upload:
    data = await file.read()
    if len(data) > UPLOAD_LIMIT:
        raise ApiError(413, "Request Entity Too Large")
    return Upload(file.filename or "file", file.content_type or "", data)


async def _read_json(request: Request) -> dict[str, Any]:
    body = await request.body()
    try:
        values = json.loads(body or b"{}")
    except ValueError:
        values = None
    if not isinstance(values, dict):
        raise bad("can't parse JSON object")
    return values
