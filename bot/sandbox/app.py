"""Puts the sandbox together as one Starlette application."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from bot.sandbox.api import api_routes
from bot.sandbox.control import control_routes
from bot.sandbox.control_clock import clock_routes
from bot.sandbox.control_groups import group_routes
from bot.sandbox.control_people import people_routes
from bot.sandbox.guard import Guard
from bot.sandbox.persistence import keep_saved, load, save
from bot.sandbox.webhook import deliver
from bot.sandbox.world import World

DEFAULT_TOKEN = "123456:sandbox"  # noqa: S105 - opens nothing but the sandbox
_STATIC = Path(__file__).parent / "static"
_PAGE_HEADERS = {
    "Content-Security-Policy": "default-src 'self'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-cache",
}


def create_app(
    data: Path | None = None, token: str = DEFAULT_TOKEN, host: str = "127.0.0.1"
) -> Starlette:
    """The Bot API, the control interface and the web chat; data=None keeps all in memory.

    `host`: what it will listen on, hence a name by which it may be spoken to.
    The state is at `app.state.world`.
    """
    world = World(data, token)
    if data is not None:
        load(world, data)
    routes: list[BaseRoute] = [*api_routes(), *control_routes(), *people_routes(), *clock_routes()]
    routes += group_routes()
    routes += [
        Route("/", page),
        Route("/static/{name}", page),
        Route("/web", web),
        Route("/web/can-bo", web_of_staff),
    ]
    guard = Middleware(Guard, host=host)
    app = Starlette(routes=routes, middleware=[guard], lifespan=_background(world, data))
    app.state.world, app.state.web = world, ""
    return app


async def page(request: Request) -> Response:
    """The web chat's own files; nothing else is reachable."""
    name = request.path_params.get("name", "index.html")
    if name not in {file.name for file in _STATIC.iterdir()}:
        return Response("not found", 404)
    return FileResponse(_STATIC / name, headers=_PAGE_HEADERS)


async def web(request: Request) -> Response:
    """To the program's own pages for workers, where it has them."""
    if not request.app.state.web:
        return Response("not found", 404)
    return RedirectResponse(request.app.state.web, 307)


async def web_of_staff(request: Request) -> Response:
    """To those for the staff: there they read how one comes in."""
    if not request.app.state.web:
        return Response("not found", 404)
    return RedirectResponse(request.app.state.web + "/vao", 307)


def _background(
    world: World, data: Path | None
) -> Callable[[Starlette], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        tasks = [asyncio.create_task(deliver(world))]
        if data is not None:
            tasks.append(asyncio.create_task(keep_saved(world, data)))
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            if data is not None:
                save(world, data)

    return lifespan
