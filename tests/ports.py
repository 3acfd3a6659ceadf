"""Ports for servers that are told which one to take, a moment before they take it."""

import itertools
import os
import socket

# Below those that the system gives to whoever calls out (Linux: 32768 and above): a port asked of
# it and given back is soon somebody's own end of a connection, and nobody can listen there.
FIRST, LAST = 10_000, 30_000

_next = itertools.count(os.getpid() * 97)  # test processes beside each other begin far apart


def free_port() -> int:
    """A port that nobody listens on, another one each time."""
    for number in _next:
        port = FIRST + number % (LAST - FIRST)
        try:
            socket.create_server(("127.0.0.1", port)).close()
        except OSError:
            continue
        return port
    raise AssertionError
