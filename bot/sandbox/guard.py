"""Who may speak to the sandbox: programs and pages of this machine, no page of another site.

A page anywhere can let a visitor's browser post to 127.0.0.1 (its Origin tells), and a name that
its owner points there makes that page's own address the sandbox's (the Host tells).
"""

from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

_OWN = frozenset({"localhost", "127.0.0.1", "::1"})
_ALL = frozenset({"0.0.0.0", "::", ""})  # noqa: S104 - compared with, not listened on


class Guard:
    """Refuses what names another machine or comes from another site's page.

    `host` is what the sandbox listens on. On all addresses: any number is this machine, since a
    name is what somebody else can point here.
    """

    def __init__(self, app: ASGIApp, host: str) -> None:
        self._app, self._host = app, host.strip("[]").lower()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and (why := self._refusal(Headers(scope=scope))):
            await JSONResponse({"error": why}, 403)(scope, receive, send)
            return
        await self._app(scope, receive, send)

    def _refusal(self, headers: Headers) -> str:
        host = headers.get("host", "")
        if not self._is_own(_name(host)):
            return "the Host is not this machine"
        origin = headers.get("origin")
        if origin is not None and origin.lower() != f"http://{host}".lower():
            return "a page of another site may not do this"
        return ""

    def _is_own(self, name: str) -> bool:
        if name in _OWN or name == self._host:
            return bool(name)
        return self._host in _ALL and _is_number(name)


def _name(host: str) -> str:
    """A Host without its port, `[::1]` as `::1`; empty where it is none."""
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""


def _is_number(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True
