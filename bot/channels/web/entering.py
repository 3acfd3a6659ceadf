"""How the staff come in: by a one-time link, by an invitation, or from inside of Telegram.

To open a link keeps and changes nothing: messengers look at links before anybody does. It is used
up by the button on the page, which says whose link it is and counts in the browser that the page
was made for: nobody comes into the pages of another without having read the name and pressed.
"""

from collections.abc import Sequence
from dataclasses import replace

from starlette.requests import Request as HttpRequest
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from bot.channels.telegram.mini_app import stated
from bot.channels.web.answering import Answering
from bot.channels.web.cookies import EntryCookie, SessionCookie, form_mark
from bot.channels.web.headers import POLICY
from bot.channels.web.pages import Asset, WebPage, response, text_block
from bot.channels.web.posts import NotTaken, Post, read_post
from bot.channels.web.staff import HOME, entry_page
from bot.conversation.form import Wants
from bot.core import messages
from bot.core.card import Button
from bot.core.errors import Refused
from bot.core.rendering import render
from bot.core.speech import organisation_name
from bot.people.cards import web_sessions as cards
from bot.people.facts.web_sessions import Entered
from bot.people.routes.web_sessions import ENTRANCE
from bot.people.rules.web_sessions import device_of
from bot.people.services import invitations, web_sessions
from bot.people.services.invitations import CODE_PREFIX
from storage.addresses import TELEGRAM, Address
from storage.enums import Device

ENTER = ENTRANCE.rstrip("/")
MINI_APP = "/trong-telegram"  # "/telegram" is where Telegram brings updates
LONGEST_CODE = 100
ENTER_ROW = ((Button("Vào trang web", ""),),)
SCRIPT = Asset("mini-app.js", "text/javascript; charset=utf-8")
POLICY_WITH_SCRIPT = f"{POLICY}; script-src 'self'"


class EntryPages:
    """The ways in."""

    def __init__(
        self, answering: Answering, cookie: SessionCookie, entry_cookie: EntryCookie
    ) -> None:
        self._answering, self._cookie, self._entry_cookie = answering, cookie, entry_cookie

    @property
    def routes(self) -> Sequence[BaseRoute]:
        return (
            SCRIPT.route,
            Route(ENTER, self.explain, methods=["GET"]),
            Route(ENTER, self.enter, methods=["POST"]),
            Route(ENTRANCE + "{code:str}", self.offer, methods=["GET"]),
            Route(f"/m/{CODE_PREFIX}{{rest:str}}", self.offer_invitation, methods=["GET"]),
            Route(MINI_APP, self.inside_telegram, methods=["GET"]),
            Route(MINI_APP, self.enter_from_telegram, methods=["POST"]),
        )

    async def explain(self, _request: HttpRequest) -> Response:
        return response(entry_page(self._title))

    async def offer(self, request: HttpRequest) -> Response:
        """One button, below the name of whose link it is."""
        return await self._offered(request, request.path_params["code"][:LONGEST_CODE])

    async def offer_invitation(self, request: HttpRequest) -> Response:
        return await self._offered(request, CODE_PREFIX + request.path_params["rest"])

    async def enter(self, request: HttpRequest) -> Response:
        try:
            post = await read_post(request)
        except NotTaken as why:
            return self._explained(messages.WEB_NOT_READ, why.status)
        code = post.get("code")
        if not self._entry_cookie.is_own(request, post.get("mark")):
            return await self._offered(request, code, messages.WEB_PRESS_AGAIN)
        try:
            entered = await self._entered(code, post, request)
        except Refused as why:
            if code.startswith(CODE_PREFIX) and str(why) == messages.FULL_NAME_NEEDED:
                return await self._offered(request, code, str(why))
            return self._explained(str(why))
        return self._let_in(entered)

    async def inside_telegram(self, _request: HttpRequest) -> Response:
        """What Telegram states stands behind the # of the address, for the page's script alone."""
        block = text_block(render("web/from_telegram"))
        hidden = {"stated": ""}
        page = WebPage([block], MINI_APP, self._title, hidden, script=SCRIPT.address)
        answer = response(page)
        answer.headers["Content-Security-Policy"] = POLICY_WITH_SCRIPT
        return answer

    async def enter_from_telegram(self, request: HttpRequest) -> Response:
        """What Telegram states names who it is; the button below the name lets them in."""
        try:
            post = await read_post(request)
        except NotTaken as why:
            return self._explained(messages.WEB_NOT_READ, why.status)
        work, now = self._answering.work, self._answering.clock.now()
        who = stated(post.get("stated"), work.settings.telegram.token, now)
        if who is None:
            return self._explained(messages.WEB_NOT_STATED)
        address = Address(TELEGRAM, str(who.telegram_id))
        try:
            if not self._entry_cookie.is_own(request, post.get("mark")):
                name = await web_sessions.name_at(work, address)
                page = self._confirming(name, MINI_APP, {"stated": post.get("stated")})
                return self._only_here(request, page)
            entered = await web_sessions.enter_by_statement(
                work, address, who.mark, self._device(request), now
            )
        except Refused as why:
            return self._explained(str(why))
        return self._let_in(entered)

    async def _entered(self, code: str, post: Post, request: HttpRequest) -> Entered:
        """Raises Refused."""
        work, now = self._answering.work, self._answering.clock.now()
        if not code.startswith(CODE_PREFIX):
            return await web_sessions.enter(work, code, self._device(request), now)
        name = post.get("words")
        _, entered = await invitations.accept_on_web(work, code, name, self._device(request), now)
        return entered

    async def _offered(self, request: HttpRequest, code: str, notice: str = "") -> Response:
        """The page whose button lets in whom the link is for, if it lets anybody in."""
        work, now = self._answering.work, self._answering.clock.now()
        try:
            if code.startswith(CODE_PREFIX):
                page = await self._invited(code)
            else:
                name = await web_sessions.name_on_link(work, code, now)
                page = self._confirming(name, ENTER, {"code": code})
        except Refused as why:
            return self._explained(str(why))
        return self._only_here(request, replace(page, notice=notice), 403 if notice else 200)

    async def _invited(self, code: str) -> WebPage:
        """Raises Refused."""
        work, now = self._answering.work, self._answering.clock.now()
        invitation, asks_name = await invitations.look_at(work, code, now)
        card = cards.invited(invitation.role, invitation.place, asks_name)
        block = text_block(card.text, () if asks_name else ENTER_ROW, Wants(words=asks_name))
        return WebPage([block], ENTER, self._title, {"code": code})

    def _confirming(self, name: str, action: str, hidden: dict[str, str]) -> WebPage:
        block = text_block(render("web/enter_once", name=name), ENTER_ROW)
        return WebPage([block], action, self._title, hidden)

    def _only_here(self, request: HttpRequest, page: WebPage, status: int = 200) -> Response:
        """A page whose form counts in this browser alone."""
        nonce = self._entry_cookie.nonce(request)
        marked_page = replace(page, hidden={**page.hidden, "mark": form_mark(nonce)})
        answer = response(marked_page, status)
        self._entry_cookie.set(answer, nonce)
        return answer

    def _explained(self, notice: str, status: int = 403) -> Response:
        return response(entry_page(self._title, notice=notice), status)

    def _let_in(self, entered: Entered) -> Response:
        answer = RedirectResponse(HOME, status_code=303)
        self._cookie.set(answer, entered.token)
        self._entry_cookie.drop(answer)
        return answer

    @staticmethod
    def _device(request: HttpRequest) -> Device:
        return device_of(request.headers.get("user-agent", ""))

    @property
    def _title(self) -> str:
        return organisation_name(self._answering.work.settings.organisation)
