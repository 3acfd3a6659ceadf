"""Runs the sandbox: for good, or inside a test on a port of its own."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import uvicorn
from starlette.applications import Starlette

from bot.sandbox.world import World


class SandboxServer(uvicorn.Server):
    """Ends the long polls first, so that stopping takes no time."""

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        app = self.config.app
        assert isinstance(app, Starlette)
        app.state.world.close()
        await super().shutdown(sockets)


@dataclass
class Served:
    """A running sandbox and the addresses a bot needs."""

    port: int
    world: World

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def base_url(self) -> str:
        return f"{self.url}/bot"

    @property
    def base_file_url(self) -> str:
        return f"{self.url}/file/bot"


def make_server(app: Starlette) -> SandboxServer:
    """A server for sockets that already listen."""
    return SandboxServer(
        uvicorn.Config(
            app,
            log_config=None,  # its own would write past the log of whoever runs it
            log_level="warning",
            timeout_graceful_shutdown=3,
        )
    )


@asynccontextmanager
async def serve(app: Starlette, port: int = 0) -> AsyncIterator[Served]:
    """Serve in this event loop until the block ends; port 0 is any free port."""
    listener = socket.create_server(("127.0.0.1", port))
    server = make_server(app)
    # Not serve(): that would take over the test runner's signal handlers.
    running = asyncio.create_task(server._serve([listener]))
    while not server.started and not running.done():  # noqa: ASYNC110 - uvicorn tells nobody
        await asyncio.sleep(0.005)
    try:
        yield Served(listener.getsockname()[1], app.state.world)
    finally:
        server.should_exit = True
        await running
        listener.close()
