"""The tasks that a running program consists of: where one ends by itself, the program ends."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Iterator
from contextlib import asynccontextmanager, contextmanager
from functools import partial
from typing import Any

import structlog

log = structlog.get_logger()

AGAIN_SECONDS = 20.0
"""After so long a task that goes on is told once more to stop: being told can be missed, and what
waits for the database (15 s for a lock) is not to be torn away from it."""

Job = Callable[[], Coroutine[Any, Any, None]]


class TaskEnded(Exception):  # noqa: N818 - it reads as what happened
    """A task that runs as long as the program came to an end; its error is the cause."""


class Background:
    """Runs tasks and notices the first that ends without having been told to."""

    def __init__(self) -> None:
        self._changed = asyncio.Event()
        self._ended: tuple[str, BaseException | None] | None = None

    @asynccontextmanager
    async def run(self, name: str, job: Job) -> AsyncIterator[None]:
        """Run `job` until the block is left."""
        task = asyncio.create_task(job(), name=name)
        try:
            with self.watched(name, task):
                yield
        finally:
            await _stop(name, task)

    @contextmanager
    def watched(self, name: str, task: asyncio.Task[Any]) -> Iterator[None]:
        """Notice the end of a task until the block is left; somebody else stops it afterwards."""
        notice = partial(self._end, name)
        task.add_done_callback(notice)
        try:
            yield
        finally:
            task.remove_done_callback(notice)

    async def until(self, stop: Awaitable[object]) -> None:
        """Wait for `stop`. Raises TaskEnded when a task ends before."""
        tasks = {asyncio.ensure_future(stop), asyncio.ensure_future(self._changed.wait())}
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.wait(tasks)
        if self._ended:
            name, error = self._ended
            raise TaskEnded(name) from error

    def _end(self, name: str, task: asyncio.Task[Any]) -> None:
        error = None if task.cancelled() else task.exception()
        if task.cancelled() or self._ended:
            return
        log.error("task.ended", task=name, exc_info=error)
        self._ended = name, error
        self._changed.set()


async def _stop(name: str, task: asyncio.Task[Any]) -> None:
    task.cancel()
    while not (await asyncio.wait({task}, timeout=AGAIN_SECONDS))[0]:
        log.warning("task.not_stopped", task=name)
        task.cancel()
