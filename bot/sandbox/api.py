"""The Bot API over HTTP: /bot<token>/<method> and /file/bot<token>/<path>."""

import asyncio
import inspect
import logging
import mimetypes
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from bot.sandbox import methods_bot, methods_media, methods_messages
from bot.sandbox.connection import unless_gone
from bot.sandbox.errors import ApiError, Json, too_many
from bot.sandbox.limits import REFUSED, Fault
from bot.sandbox.params import Params, read_params
from bot.sandbox.registry import METHODS
from bot.sandbox.world import World

log = logging.getLogger(__name__)

# Importing the modules registers their methods.
REGISTERED_BY = (methods_bot, methods_media, methods_messages)
_UNAUTHORIZED = ApiError(401, "Unauthorized")
_BROKEN = ApiError(500, "Internal Server Error")
_PORTAL = "<html>Not Telegram's: something on the way answers in its place</html>"
_NOT_FOUND = ApiError(404, "Not Found: method not found")
_WORDING = {
    "400": "Bad Request: something odd",
    "401": "Unauthorized",
    "403": "Forbidden: something odd",
    "404": "Not Found",
    "500": "Internal Server Error",
    "502": "Bad Gateway",
}


class Dropped(Response):
    """Closes the connection before the answer is complete: a network error for the client."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        promised = [(b"content-length", b"1000")]
        await send({"type": "http.response.start", "status": 200, "headers": promised})


def api_routes() -> list[Route]:
    return [
        Route("/bot{token}/{method}", call, methods=["GET", "POST"]),
        Route("/file/bot{token}/{path:path}", download, methods=["GET"]),
    ]


async def call(request: Request) -> Response:
    world: World = request.app.state.world
    try:
        if request.path_params["token"] != world.token:
            raise _UNAUTHORIZED
        return await _call(world, request)
    except ApiError as error:
        return JSONResponse(error.body(), error.code)
    except Exception:  # the bot must see Telegram's form even where the sandbox is at fault
        log.exception("%s failed", request.path_params["method"])
        return JSONResponse(_BROKEN.body(), 500)


async def _call(world: World, request: Request) -> Response:
    name = request.path_params["method"].lower()
    if name not in METHODS:
        raise _NOT_FOUND
    try:
        params = await read_params(request)
    except HTTPException as error:
        raise ApiError(400, f"Bad Request: {error.detail}") from None
    world.calls[name] += 1
    fault = world.faults.next(name)
    if fault is not None and fault.kind in (*REFUSED, "drop", "garbled"):
        return _fail(fault)
    if fault is not None and fault.kind == "delay":
        await asyncio.sleep(fault.seconds)
    answer = await _perform(world, request, name, params)
    return Dropped() if fault is not None and fault.kind == "lost" else answer


def _fail(fault: Fault) -> Response:
    if fault.kind == "drop":
        return Dropped()
    if fault.kind == "garbled":
        return Response(_PORTAL, media_type="text/html")
    if fault.kind == "429":
        # Telegram names whole seconds; a test may order a shorter pause
        raise too_many(round(fault.seconds) if fault.seconds >= 1 else fault.seconds)
    raise ApiError(int(fault.kind), _WORDING[fault.kind])


async def _perform(world: World, request: Request, name: str, params: Params) -> Response:
    result: Any = METHODS[name](world, params)
    if inspect.isawaitable(result):
        result = await unless_gone(request, result)
    body: Json = {"ok": True, "result": result}
    return JSONResponse(body)


async def download(request: Request) -> Response:
    world: World = request.app.state.world
    if request.path_params["token"] != world.token:
        return JSONResponse(_UNAUTHORIZED.body(), 401)
    path = request.path_params["path"]
    data = world.files.read(path)
    if data is None:
        return JSONResponse(ApiError(404, "Not Found").body(), 404)
    return Response(data, media_type=mimetypes.guess_type(path)[0] or "application/octet-stream")
