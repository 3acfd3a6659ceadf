"""What makes hundreds of starts of the whole program cheap, and changes nothing they do.

Each start would read the certificates of all authorities three times, compile every statement
anew and ask a migrated database for its migrations; each stop would sleep for a fifth of a second.
"""

import asyncio
import socket
import ssl
from functools import cache
from types import SimpleNamespace
from typing import Any

import pytest
import uvicorn.server
from sqlalchemy.ext.asyncio import AsyncEngine

import storage.store


def starts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of the program, on a database that is known to be at the newest schema."""

    async def migrated(_store: object) -> None: ...

    monkeypatch.setattr("bot.app.upgrade", migrated)
    monkeypatch.setattr(ssl, "create_default_context", _certificates)


def servers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of the sandbox: they answer and stop without a pause."""
    brisk = SimpleNamespace(**vars(asyncio))
    # uvicorn looks ten times a second whether it should stop
    brisk.sleep = lambda seconds: asyncio.sleep(seconds / 20)
    monkeypatch.setattr(uvicorn.server, "asyncio", brisk)
    monkeypatch.setattr(socket, "create_server", _listener_without_delay)


def statements() -> None:
    """Compiled once for all databases of one kind instead of once for each."""
    make = storage.store._engine
    first: dict[str, AsyncEngine] = {}

    def engine(url: str) -> AsyncEngine:
        made = make(url).sync_engine
        shared = first.setdefault(made.dialect.name, AsyncEngine(made)).sync_engine
        made.dialect, made._compiled_cache = shared.dialect, shared._compiled_cache
        return AsyncEngine(made)

    storage.store._engine = engine


_certificates = cache(ssl.create_default_context)
_create_server = socket.create_server


def _listener_without_delay(*given: Any, **named: Any) -> socket.socket:
    """asyncio sends small packets at once only on sockets it made itself; else it is 40 ms each."""
    listener = _create_server(*given, **named)
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listener
