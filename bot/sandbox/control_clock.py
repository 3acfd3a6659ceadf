"""The /sandbox/clock interface: what people set and what the bot follows."""

from starlette.requests import Request
from starlette.routing import Route

from bot.sandbox.connection import unless_gone
from bot.sandbox.control import LONGEST_WAIT, control, query_number, query_wait, read_json
from bot.sandbox.errors import Json, Refusal
from bot.sandbox.moments import parse_iso, parse_step, parse_target
from bot.sandbox.world import World


async def read_clock(world: World, request: Request) -> Json:
    """At once, or with after: when there is a newer version. Whoever waits is connected."""
    clock = world.clock
    if "after" not in request.query_params:
        return clock.view()
    after = query_number(request, "after")
    observer = request.query_params.get("observer")  # the web page watches, it does not lead
    clock.listeners += not observer
    try:
        waiting = clock.signal.wait(lambda: clock.version > after, query_wait(request))
        disconnected = await unless_gone(request, waiting) is None
    finally:
        clock.listeners -= not observer
    if not observer and not disconnected:
        clock.contact()
    return clock.view()


async def move_clock(world: World, request: Request) -> Json:
    """{"to": …} or {"by": …}, {"freeze": …}; with "wait": true, answers once it is there."""
    clock, body = world.clock, await read_json(request)
    if not {"to", "by", "freeze"} & body.keys():
        raise Refusal('say {"to": moment}, {"by": step} or {"freeze": true|false}')
    if "freeze" in body:
        clock.freeze(bool(body["freeze"]))
    if "to" in body:
        clock.move(parse_target(str(body["to"]), clock.now()))
    elif "by" in body:
        clock.move(clock.now() + parse_step(str(body["by"])))
    if body.get("wait"):
        version = clock.version
        waiting = clock.signal.wait(
            lambda: not clock.moving or clock.version != version, LONGEST_WAIT
        )
        await unless_gone(request, waiting)
    return clock.view()


async def set_clock(world: World, request: Request) -> Json:
    """Choose the first moment, before anybody has written anything."""
    if any(chat.entries for _, chat in world.chats.items()):
        raise Refusal("the first moment can be set only before the first message", 409)
    world.clock.set(parse_iso(str((await read_json(request)).get("now", ""))))
    return world.clock.view()


async def reached(world: World, request: Request) -> Json:
    body = await read_json(request)
    now = parse_iso(str(body.get("now", "")))
    world.clock.reached(int(body.get("version", 0)), now, bool(body.get("done")))
    return world.clock.view()


def clock_routes() -> list[Route]:
    return [
        control("/clock", "GET", read_clock),
        control("/clock", "POST", move_clock),
        control("/clock", "PUT", set_clock),
        control("/clock/reached", "POST", reached),
    ]
