"""What one tap does: whatever decides something official, tells many or cannot be taken back asks
first (bot/conversation/asking.py). Every button whose handler writes is in one of these tables, so
that a new one is thought about.
"""

import inspect
import re
from collections.abc import Iterator
from functools import cache
from types import CodeType, FunctionType, ModuleType
from typing import Any

import pytest

from bot.app.routes import ROUTES
from bot.conversation.asking import SURE
from bot.conversation.router import Route

pytestmark = pytest.mark.xdist_group("single taps")  # one process reads the handlers for them
ASKED_BEFORE = {
    # Behind a question of their own, or a preview of just what is done.
    *("data:erase", "data:withdraw", "grp:end", "leave:sure", "p:sure", "p:handok", "web:of"),
    *("rec:sure", "org:undone", "org:go", "import:go", "rate:yes", "tgt:give", "sum:send"),
    *("nud:send", "def:ok", "sup:give"),
}
AT_ONCE = {
    # One's own work, which the button names and which can be done otherwise afterwards.
    "visit:confirm": "own week",
    "visit:on": "own day, another can be set",
    "visit:again": "own visit is open again",
    "visit:unswap": "own wish",
    "task:take": "says that one takes it; can be given on",
    "task:again": "open again",
    "case:take": "says that one takes it; can be given on",
    "prm:done": "noted, and can be noted otherwise",
    "report:case": "makes a case of what was reported; it is handled or closed",
    "sum:unfix": "back to the counted number",
    "sum:unprop": "withdraws one's own",
    "rate:say": "a proposal, decided by others",
    "rec:resume": "goes on; can be paused",
    "loose": "where words belong",
    "own:happy": "a worker's own word; can be raised again",
    "p:own": "a link that was sent for this",
    # Settings that are set again by the next tap.
    "ann:pause": "goes on by the next tap",
    "ann:go": "was shown before it was sent",
    "alert:seen": "has read it",
    "alert:wrong": "taken back by the next tap",
    "alert:right": "takes it back",
    "case:set": "set again by the next tap",
    "case:link": "two cases stay two",
    "case:who": "reads a name, which is noted",
    "com:kind": "a kind left open; the decision is another tap",
    "com:hide": "can be released again",
    "grp:new": "a code that nobody has used",
    "p:bch": "a link that can be revoked",
    "p:revoke": "another link can be made",
    "p:zalo": "one's own door, another code can be made",
    "p:drop": "one's own door, can be added again",
    "box": "reads a notice",
    "p:set": "set again by the next tap",
    "web:": "one's own ways in; a new link can be made",
    "import:drop": "a preview that was not taken over",
    "import:top": "begins a preview",
    "obl:owe": "takes an exemption back",
    "tgt:back": "asks for the reason before anything is sent back",
    "obl:remind:": "one unit, at most once an hour; the button names it",
    # Answers to a question that somebody put to whoever presses, with the other answers beside.
    "exc:ok": "the officer can still go, the leader hand it to another",
    "sup:other": "an answer to a wish",
    "sup:keep": "an answer to a wish",
    "case:give": "a colleague chosen from a list; can give it on",
    "sug:ok": "figures that can be set again, each with its history",
    "sug:keep": "the present figures stay",
    "sv:yes": "the committee's word on a visit that it is asked about",
}


def written_by(handle: FunctionType, depth: int = 0) -> bool:
    """Whether a handler, or what it calls of our services, opens a writing transaction."""
    if "work.write()" in inspect.getsource(handle):
        return True
    if depth == 3:
        return False
    names = {*handle.__code__.co_names}
    for inner in handle.__code__.co_consts:
        names |= {*inner.co_names} if isinstance(inner, CodeType) else set()
    return any(written_by(called, depth + 1) for called in _called(handle, names))


def _called(handle: FunctionType, names: set[str]) -> Iterator[FunctionType]:
    for name in names:
        value: Any = handle.__globals__.get(name)
        if isinstance(value, FunctionType) and value.__module__.startswith("bot."):
            if not value.__module__.startswith("bot.conversation"):
                yield value
        elif isinstance(value, ModuleType) and ".services" in value.__name__:
            members = (getattr(value, member, None) for member in names)
            yield from (member for member in members if isinstance(member, FunctionType))


def pattern_of(route: Route) -> str:
    """The pattern of a button; "" for a command or a message."""
    cells = [cell.cell_contents for cell in getattr(route.fits, "__closure__", None) or ()]
    return next((cell.pattern for cell in cells if isinstance(cell, re.Pattern)), "")


@cache  # it takes a second: not every process that collects tests needs it
def writing() -> list[str]:
    """The patterns of the buttons whose handlers write."""
    return [
        pattern
        for route in ROUTES
        if (pattern := pattern_of(route))
        and isinstance(route.handle, FunctionType)
        and ":" in pattern
        and written_by(route.handle)
    ]


def test_the_buttons_that_write_are_seen() -> None:
    assert len(writing()) > 50


def test_what_decides_tells_many_or_cannot_be_taken_back_asks_first() -> None:
    known = (*ASKED_BEFORE, *AT_ONCE)
    unasked = [
        pattern
        for pattern in writing()
        if not pattern.endswith(SURE) and not pattern.startswith(known)
    ]
    assert unasked == []


def test_no_reason_is_left_for_a_button_that_is_gone() -> None:
    gone = [
        key for key in (*ASKED_BEFORE, *AT_ONCE) if not any(p.startswith(key) for p in writing())
    ]
    assert gone == []
