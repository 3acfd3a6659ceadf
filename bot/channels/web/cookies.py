"""What a browser of the staff holds: one cookie, which no script and no other site ever gets."""

import hashlib
import hmac
import secrets

from starlette.requests import Request as HttpRequest
from starlette.responses import Response

from bot.people.rules.web_sessions import HANDED_OUT

LONGEST_TOKEN = 200
_NONCE_BYTES = 16


class SessionCookie:
    """`secure`: the pages are reached by https, as they are but for a demo on one's own machine."""

    def __init__(self, secure: bool) -> None:
        self._secure = secure
        self.name = "__Host-satcoso" if secure else "satcoso"

    def token(self, request: HttpRequest) -> str:
        """What the browser brought; "" where it brought nothing that could be ours."""
        token = request.cookies.get(self.name, "")
        return token if len(token) <= LONGEST_TOKEN else ""

    def set(self, response: Response, token: str) -> None:
        """Not sent along from any other site, not even by a link there: from a chat one comes to
        the entry, which goes on with one tap.
        """
        response.set_cookie(
            self.name,
            token,
            max_age=int(HANDED_OUT.longest.total_seconds()),
            path="/",
            secure=self._secure,
            httponly=True,
            samesite="strict",
        )

    def drop(self, response: Response) -> None:
        response.delete_cookie(
            self.name, path="/", secure=self._secure, httponly=True, samesite="strict"
        )


class EntryCookie:
    """What a browser gets with a page that lets somebody in. Its form is good in this browser
    alone, so that nobody else's page, and no link, puts one into another's account unasked.
    """

    def __init__(self, secure: bool) -> None:
        self._secure = secure
        self.name = "__Host-satcoso-vao" if secure else "satcoso-vao"

    def nonce(self, request: HttpRequest) -> str:
        """What the browser brought; where that is nothing of ours, a new one."""
        nonce = self._of(request)
        return nonce or secrets.token_urlsafe(_NONCE_BYTES)

    def set(self, response: Response, nonce: str) -> None:
        """For as long as the browser is open."""
        response.set_cookie(
            self.name, nonce, path="/", secure=self._secure, httponly=True, samesite="strict"
        )

    def drop(self, response: Response) -> None:
        response.delete_cookie(
            self.name, path="/", secure=self._secure, httponly=True, samesite="strict"
        )

    def is_own(self, request: HttpRequest, mark: str) -> bool:
        """Whether the form was on a page that was made for this browser."""
        nonce = self._of(request)
        return bool(nonce) and is_own_form(nonce, mark)

    def _of(self, request: HttpRequest) -> str:
        nonce = request.cookies.get(self.name, "")
        return nonce if len(nonce) <= LONGEST_TOKEN else ""


def form_mark(token: str) -> str:
    """Stands in every form of a page; only whoever holds the cookie can work it out."""
    return hmac.new(token.encode(), b"form", hashlib.sha256).hexdigest()


def is_own_form(token: str, mark: str) -> bool:
    """Whether the form was on a page that was made for this very browser."""
    return hmac.compare_digest(form_mark(token).encode(), mark.encode())
