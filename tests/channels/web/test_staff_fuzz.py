"""What nobody's browser sends: no effect, and no error that nobody caught."""

import random
from contextlib import AsyncExitStack

import httpx
import pytest

from bot.channels.web.posts import MOST_BYTES
from tests.cast import AN
from tests.channels.web.staff_browser import StaffBrowser, a_client, link_of
from tests.channels.web.test_staff import everything
from tests.client import Town

PATHS = (
    *("/", "/gui", "/nha", "/lam", "/ra", "/vao", "/trong-telegram", "/livez", "/metrics"),
    *("/vao/x", "/vao/moi-x", "/m/x", "/m/moi-x", "/m/cs-1", "/xem/home", "/xem/ov:w:20261116:1"),
    *("/xem/p:open:1", "/xem/case:open:1", "/xem/%00", "/xem/a%0d%0aSet-Cookie:x=1", "/muc/start"),
    *("/muc/%2e%2e", "/muc/tongquan%0d%0aX-A:b", "/web/../pages.py", "/web/%2e%2e/site.py"),
    *(
        "/bao-cao/",
        "/bao-cao/tuan",
        "/bao-cao/nop",
        "/bao-cao/tep/x",
        "/.git/config",
        "/config.toml",
    ),
    *("//evil.test", "/\\evil.test", "/data/satcoso.db", "/xem/" + "9" * 300, "/vao/" + "é" * 200),
)
VALUES = (
    *("", "x", "0", "-1", "9" * 40, "home", "p:invite", "f:1:-:send", "web:endall", "own:new"),
    *("<script>alert(1)</script>", "\x00", "\r\nSet-Cookie: a=b", "' OR 1=1 --", "{{ 7*7 }}"),
    *("${7*7}", "../../etc/passwd", "\ud7ff", "a" * 5_000, "số", "%s%n", "null", "[]", "true"),
)
NAMES = ("press", "command", "words", "page", "mark", "number", "code", "stated", "shown", "")
TYPES = (
    *("application/x-www-form-urlencoded", "multipart/form-data", "application/json", ""),
    *("multipart/form-data; boundary=x", "text/plain", "application/x-www-form-urlencoded; a=b"),
)
OF_NO_EFFECT = ("inbox_update", "tally")  # that something was sent; that a receipt was wrong


def a_request(dice: random.Random) -> dict[str, object]:
    """Anything but what a page of ours would send."""
    fields = {dice.choice(NAMES): dice.choice(VALUES) for _ in range(dice.randrange(5))}
    if fields.get("press") in ("begin", "own:new"):  # a worker may begin
        fields["press"] = "home"
    headers = {
        "content-type": dice.choice(TYPES),
        "cookie": f"__Host-satcoso={dice.choice(('', 'x', 'a' * 43, 'a' * 5_000))}",
        "sec-fetch-site": dice.choice(("same-origin", "cross-site", "none", "x")),
        "host": dice.choice(("congdoan.test", "evil.test", "", "a" * 300)),
        "x-forwarded-for": dice.choice(("", "1.2.3.4", "' OR 1=1", "::1, x")),
        "content-length": dice.choice(("", "0", "-1", "x", str(MOST_BYTES + 1), "5")),
    }
    body = (
        httpx.QueryParams(fields).__str__().encode() if dice.random() < 0.7 else dice.randbytes(40)
    )
    kept = {n: v for n, v in headers.items() if v and dice.random() < 0.6}
    method = dice.choice(("GET", "POST", "POST", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH"))
    return {"method": method, "url": dice.choice(PATHS), "headers": kept, "content": body}


async def throw(town: Town, count: int, seed: int) -> None:
    dice = random.Random(seed)
    before = await everything(town)
    async with AsyncExitStack() as stack:
        client = await stack.enter_async_context(a_client(town))
        staff = StaffBrowser(await stack.enter_async_context(a_client(town)))
        await staff.come_in(town, AN)
        await staff.open("/muc/kehoach")  # that she was at work today is noted once
        path = await link_of(town, AN)
        standing = await everything(town)
        for number in range(count):
            request = a_request(dice)
            sender = staff.client if number % 3 == 0 else client
            if sender is staff.client:
                request["headers"].pop("cookie", None)  # the true one, with a form of nobody's
            answer = await sender.request(**request)
            assert answer.status_code < 500, request
            assert "set-cookie" not in answer.headers or answer.headers["set-cookie"].startswith(
                '__Host-satcoso=""'
            ), request
            for header in ("x-a", "location"):
                assert "evil" not in answer.headers.get(header, ""), request
            assert "<script>alert" not in answer.text, request
        after = await everything(town)
        changed = {t for t in after if after[t] != standing[t]} - {*OF_NO_EFFECT}
        assert changed == set(), changed
        assert path
    assert before.keys() == after.keys()


async def test_two_hundred_requests_of_nobody_have_no_effect(town: Town) -> None:
    await throw(town, 200, seed=7)


@pytest.mark.soak
async def test_ten_thousand_requests_of_nobody_have_no_effect(town: Town) -> None:
    await throw(town, 10_000, seed=11)
