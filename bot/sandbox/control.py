"""The /sandbox interface for scripts and the web page: reading, updates, faults, limits."""

import mimetypes
from collections.abc import Awaitable, Callable
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.sandbox.connection import unless_gone
from bot.sandbox.errors import ApiError, Json, Refusal
from bot.sandbox.views import bot_view, chat_view, group_chat_view, state_view
from bot.sandbox.world import World

LONGEST_WAIT = 120.0
_SHOWN_INLINE = ("image/png", "image/jpeg", "audio/ogg", "audio/mpeg", "audio/x-wav", "video/mp4")
Answer = Callable[[World, Request], Awaitable[Any]]


def control(path: str, method: str, answer: Answer) -> Route:
    """A route that answers with JSON, and says in JSON why it refuses."""

    async def endpoint(request: Request) -> Response:
        try:
            return JSONResponse(await answer(request.app.state.world, request))
        except Refusal as refusal:
            return JSONResponse({"error": refusal.reason}, refusal.status)
        except ApiError as error:
            return JSONResponse({"error": error.description}, error.code)
        except HTTPException as error:
            return JSONResponse({"error": error.detail}, error.status_code)
        except (TypeError, ValueError) as error:
            return JSONResponse({"error": f"a value of the wrong kind: {error}"}, 400)

    return Route(f"/sandbox{path}", endpoint, methods=[method])


async def read_json(request: Request) -> Json:
    """The body as an object; an empty body is an empty object."""
    try:
        body = await request.json() if await request.body() else {}
    except ValueError:
        raise Refusal("the body is not JSON") from None
    if not isinstance(body, dict):
        raise Refusal("a JSON object is expected")
    return body


def query_number(request: Request, name: str) -> float:
    try:
        return float(request.query_params.get(name) or 0)
    except ValueError:
        raise Refusal(f"{name} is a number") from None


def query_wait(request: Request) -> float:
    return min(max(query_number(request, "timeout"), 0), LONGEST_WAIT)


async def events(world: World, request: Request) -> Json:
    """What changed in any chat after an event; waits for the first change."""
    after = int(query_number(request, "after"))
    # A number that is too high comes from before a restart: answering at once tells the reader.
    waiting = world.chats.signal.wait(lambda: world.chats.event != after, query_wait(request))
    await unless_gone(request, waiting)
    people = [person for person in world.people if world.chats.of(person.id).event > after]
    chats = {str(person.id): chat_view(world, person, after) for person in people}
    chats |= {
        str(group.id): group_chat_view(world, group, after)
        for group in world.groups
        if world.chats.of(group.id).event > after
    }
    return {"event": world.chats.event, "bot": bot_view(world), "chats": chats}


async def state(world: World, request: Request) -> Json:
    """With wait=idle: once the bot has confirmed every update; with wait=polling: once it polls."""
    conditions: dict[str, Callable[[], bool]] = {
        "idle": lambda: world.updates.waiting() == 0,
        "polling": lambda: world.updates.polling > 0,
    }
    wanted = request.query_params.get("wait", "")
    if wanted and wanted not in conditions:
        raise Refusal("wait is idle or polling")
    if wanted:
        waiting = world.updates.signal.wait(conditions[wanted], query_wait(request))
        await unless_gone(request, waiting)
    return state_view(world)


async def replay(world: World, request: Request) -> Json:
    body = await read_json(request)
    try:
        world.updates.replay([int(update_id) for update_id in body.get("update_ids", [])])
    except KeyError as missing:
        raise Refusal(f"no update {missing} is remembered", 404) from None
    return {"undelivered": world.updates.waiting()}


async def order_fault(world: World, request: Request) -> list[Json]:
    body = await read_json(request)
    method, kind = str(body.get("method", "*")), str(body.get("kind", ""))
    world.faults.order(method, kind, int(body.get("times", 1)), float(body.get("seconds", 1)))
    return world.faults.view()


async def clear_faults(world: World, request: Request) -> list[Json]:
    world.faults.clear()
    return world.faults.view()


async def change_limits(world: World, request: Request) -> Json:
    world.limits.change(await read_json(request))
    return world.limits.view()


async def file(request: Request) -> Response:
    """A file of a chat. Only plain media open in the page; all else is a download."""
    world: World = request.app.state.world
    path = request.path_params["path"]
    data = world.files.read(path)
    if data is None:
        return JSONResponse({"error": "no such file"}, 404)
    kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
    headers = {"X-Content-Type-Options": "nosniff"}
    if kind not in _SHOWN_INLINE:
        headers["Content-Disposition"] = "attachment"
    return Response(data, media_type=kind, headers=headers)


def control_routes() -> list[Route]:
    return [
        control("/events", "GET", events),
        control("/state", "GET", state),
        control("/updates/replay", "POST", replay),
        control("/faults", "POST", order_fault),
        control("/faults", "DELETE", clear_faults),
        control("/limits", "POST", change_limits),
        Route("/sandbox/files/{path:path}", file, methods=["GET"]),
    ]
