"""The workers' pages: no cookies, nothing in an address, every page made of what a form brought."""

import secrets
from collections.abc import Callable, Sequence

from starlette.requests import Request as HttpRequest
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from bot.channels.web.answering import Answering, Submission
from bot.channels.web.pages import Block, WebPage, blocks_of, response
from bot.channels.web.posts import NotTaken, Post, read_post
from bot.channels.web.tokens import PageToken, first_token, opened_token, sealed_token
from bot.conversation.reply import Reply
from bot.core import access
from bot.core.card import Button
from bot.core.speech import organisation_name
from storage.addresses import WEB, Address

ACTION = "/gui"
MAILBOX_BYTES = 16
FOOTER = (("press", "home", "🏠 Trang chính"),)
SILENT_TOO_LONG = "Trang này đã để lâu nên được đóng lại, để người khác không xem được."
NOT_READ = "Công đoàn chưa nhận được nội dung vừa gửi. Mời anh/chị thử lại."


class WorkersPages:
    """The entry and everything behind it. `telegram_link`: the other way, for a parameter."""

    def __init__(self, answering: Answering, telegram_link: Callable[[str], str]) -> None:
        self._answering, self._telegram_link = answering, telegram_link

    @property
    def routes(self) -> Sequence[BaseRoute]:
        return (
            Route("/", self.enter, methods=["GET"]),
            Route("/m/{parameter:str}", self.enter, methods=["GET"]),
            Route(ACTION, self.act, methods=["POST"]),
            Route(ACTION, self.back_to_start, methods=["GET"]),
        )

    async def enter(self, request: HttpRequest) -> Response:
        """Nothing is kept before somebody presses a button."""
        return response(self._entry())

    async def back_to_start(self, _request: HttpRequest) -> Response:
        return RedirectResponse("/", status_code=303)

    async def act(self, request: HttpRequest) -> Response:
        try:
            post = await read_post(request)
        except NotTaken as why:
            return response(self._entry(NOT_READ), why.status)
        now = self._answering.clock.now()
        if post.get("press") == "begin":
            token = first_token(secrets.token_hex(MAILBOX_BYTES), now)
            sent = Submission(token.number, press="own:new")
            return await self._answered(token, sent)
        token_sent = opened_token(self._answering.work.vault, post.get("page"), now)
        if token_sent is None:
            return response(self._entry(SILENT_TOO_LONG))
        return await self._answered(token_sent, _sent(token_sent, post))

    async def _answered(self, token: PageToken, sent: Submission) -> Response:
        address = Address(WEB, token.mailbox)
        actor = await access.actor_of(self._answering.work, address)
        return await self._page(token, await self._answering.answer(actor, sent))

    async def _page(self, token: PageToken, reply: Reply) -> Response:
        vault, now = self._answering.work.vault, self._answering.clock.now()
        page = WebPage(
            await blocks_of(reply),
            ACTION,
            self._title,
            {"page": sealed_token(vault, token.following(now))},
            reply.toast,
            FOOTER,
        )
        return response(page)

    def _entry(self, notice: str = "") -> WebPage:
        begin = Block("Công đoàn xin chào anh/chị.", rows=((Button("Gửi ý kiến", "begin"),),))
        return WebPage([begin], ACTION, self._title, notice=notice)

    @property
    def _title(self) -> str:
        return organisation_name(self._answering.work.settings.organisation)


def _sent(token: PageToken, post: Post) -> Submission:
    return Submission(
        token.number, token.count, post.get("press"), post.get("command"), post.get("words")
    )
