"""Whatever is sent to the web door, it answers: nothing breaks, nothing is done that was not asked.

A few hundred requests in `make test`, ten thousand in `make soak`.
"""

import random
import string
from typing import Any

import httpx
import pytest
from sqlmodel import func, select

from bot.channels.web.headers import HEADERS
from bot.core.measures import MEASURES
from storage.models import Case
from tests.channels.web.pages import Browser
from tests.channels.web.test_workers import POSTER, tell
from tests.client import Town

ANSWERS = {200, 303, 307, 308, 400, 403, 404, 405, 413, 415, 503}
METHODS = ("GET", "POST", "POST", "POST", "HEAD", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH")
PATHS = (
    *("/", "/gui", "/gui", "/gui", "/gui/", "/m/", "/m/cs-1-abcdef", "/web/", "//gui", "/healthz"),
    *("/../etc/passwd", "/m/%00", "/m/%2e%2e%2f", "/static/x", "/.git/config", "/wp-login.php"),
    *("/gui?page=1", "/%ff%fe", "/m/" + "a" * 3000, "/gui;x=1", "/bao-cao/", "/trong-telegram"),
)
WITH_SCRIPTS = {"/bao-cao/", "/trong-telegram"}  # of staff: reports without coverage, the Mini App
NASTY = (
    *("", "\0", "'; DROP TABLE case--", "<script>alert(1)</script>", "{{7*7}}", "${jndi:x}"),
    *("\ufffd", "\u202engược", "A" * 5000),
    *("f:1:consent:yes", "f:999999999999999999:-:send", "own:open:1", "case:open:1", "data:erase"),
    *("-1", "1e309", "NaN", "null", "[]", "begin", "receipt", "kept", "home", "box:1", "p:own:1"),
    *("\r\nSet-Cookie: a=b", "1234 5678 9012 3456", "0000000000000097", "٣" * 16),
)


class Fuzzer:
    """Requests of all kinds, from what a page of ours would send to noise."""

    def __init__(self, seed: int, hidden: dict[str, str]) -> None:
        self.dice, self.hidden = random.Random(seed), hidden

    def request(self) -> tuple[str, str, dict[str, Any]]:
        """(method, path, what else)"""
        method, path = self.dice.choice(METHODS), self.dice.choice(PATHS)
        given: dict[str, Any] = {"headers": self.headers()}
        if method == "POST":
            given |= self.body()
        return method, path, given

    def headers(self) -> dict[str, str]:
        names = ("sec-fetch-site", "x-forwarded-for", "cookie", "range", "if-none-match", "te")
        values = ("cross-site", "same-origin", "203.0.113.9", "a=b; c", "bytes=0-1", "*")
        chosen = self.dice.sample(names, self.dice.randrange(3))
        return {name: self.dice.choice(values) for name in chosen}

    def body(self) -> dict[str, Any]:
        kind = self.dice.randrange(5)
        fields = {name: self.value() for name in self.names()}
        if kind == 0:
            content = self.dice.randbytes(self.dice.randrange(400))
            types = ("application/json", "multipart/form-data; boundary=x", "text/plain")
            return {"content": content, "headers": {"content-type": self.dice.choice(types)}}
        if kind == 1:
            name = self.value()[:40].replace("\0", "") or "x"
            return {"data": fields, "files": [("files", (name, self.dice.randbytes(200)))]}
        return {"data": fields}

    def names(self) -> list[str]:
        names = ("page", "press", "command", "words", "receipt", "last", "at", "files", "x")
        return self.dice.sample(names, self.dice.randrange(1, 6))

    def value(self) -> str:
        kind = self.dice.randrange(4)
        if kind == 0:
            return "".join(self.dice.choices(string.printable, k=self.dice.randrange(60)))
        if kind == 1 and self.hidden:
            token = self.hidden["page"]
            place = self.dice.randrange(len(token))
            return self.dice.choice(
                (token, token[:place], token[:place] + "A" + token[place + 1 :])
            )
        return self.dice.choice(NASTY)


@pytest.mark.parametrize(
    "count", [200, pytest.param(10_000, marks=pytest.mark.soak)], ids=["few", "many"]
)
async def test_nothing_that_is_sent_breaks_a_page(
    browser: Browser, client: httpx.AsyncClient, town: Town, count: int
) -> None:
    await tell(browser)  # something that could be lost
    await browser.open(POSTER)
    await browser.press("Gửi ý kiến ngay")
    fuzzer = Fuzzer(count, browser.page.hidden)
    before = MEASURES.troubles["web.failed"]
    for number in range(count):
        method, path, given = fuzzer.request()
        try:
            answer = await client.request(method, path, **given)
        except (httpx.InvalidURL, UnicodeEncodeError, ValueError):
            continue  # no browser can send it
        what = f"{number}: {method} {path!r} {given!r}"
        assert answer.status_code in ANSWERS, what
        assert "set-cookie" not in answer.headers, what
        assert answer.headers["x-frame-options"] == HEADERS["X-Frame-Options"], what
        assert "<script" not in answer.text or path in WITH_SCRIPTS, what
    assert MEASURES.troubles["web.failed"] == before
    async with town.program.work.read() as session:
        assert (await session.exec(select(func.count()).select_from(Case))).one() == 1
