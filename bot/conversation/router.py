"""Which route answers a request: the first that fits, in the order in which they are declared."""

import re
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, replace

from bot.conversation.reply import Reply
from bot.conversation.request import Request

Handle = Callable[[Request], Awaitable[Reply | None]]
Fits = Callable[[Request], tuple[str, ...] | None]


@dataclass(frozen=True)
class Route:
    """`fits` gives the arguments, None where the request is for somebody else."""

    fits: Fits
    handle: Handle


def command(name: str, handle: Handle) -> Route:
    """/name, with or without words after it."""

    def fits(request: Request) -> tuple[str, ...] | None:
        return tuple((request.user_input.words or "").split()) if request.command == name else None

    return Route(fits, handle)


def button(pattern: str, handle: Handle) -> Route:
    """A button whose data the whole pattern matches; its groups are the arguments."""
    whole = re.compile(pattern)

    def fits(request: Request) -> tuple[str, ...] | None:
        match = whole.fullmatch(request.button) if request.button else None
        return tuple(group or "" for group in match.groups()) if match else None

    return Route(fits, handle)


def message(handle: Handle, when: Callable[[Request], bool] = lambda _: True) -> Route:
    """A message that is no command: words, a file, a place."""

    def fits(request: Request) -> tuple[str, ...] | None:
        plain = not (request.button or request.command or request.edited)
        return () if plain and when(request) else None

    return Route(fits, handle)


def words(pattern: str, handle: Handle) -> Route:
    """A message whose words the whole pattern matches; its groups are the arguments."""
    whole = re.compile(pattern)

    def fits(request: Request) -> tuple[str, ...] | None:
        if request.button or request.command or request.edited:
            return None
        match = whole.fullmatch(request.user_input.words or "")
        return tuple(group or "" for group in match.groups()) if match else None

    return Route(fits, handle)


def correction(handle: Handle) -> Route:
    """A message that was sent before and is now otherwise."""
    return Route(lambda request: () if request.edited else None, handle)


async def answer(routes: Iterable[Route], request: Request) -> Reply:
    """The first reply of a route that fits; one that gives None passes the request on."""
    for route in routes:
        arguments = route.fits(request)
        if arguments is None:
            continue
        reply = await route.handle(replace(request, arguments=arguments))
        if reply is not None:
            return reply
    raise LookupError("no route fits, and none takes what is left")
