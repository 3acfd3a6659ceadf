"""The pages of the staff: every card that the chat has, by the same routes.

What only looks is had by links, so that one can go back, open beside and print; what acts is sent
by the page's form, once, and only from a page made for this very browser.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import quote

import structlog
from starlette.requests import Request as HttpRequest
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from bot.channels.at_work import note_day
from bot.channels.web.answering import Answering, Submission, new_number, noted, spoken
from bot.channels.web.cookies import SessionCookie, form_mark, is_own_form
from bot.channels.web.looking import COMMANDS, NotALook, is_look, looking
from bot.channels.web.markup import plain, with_links
from bot.channels.web.offline import LEFT, PLACE
from bot.channels.web.pages import Block, MenuEntry, WebPage, blocks_of, response, text_block
from bot.channels.web.posts import NotTaken, Post, read_post
from bot.channels.web.uploads import Uploads
from bot.conversation import router
from bot.conversation.form import UserInput
from bot.conversation.reply import Attachment, Reply, SendFiles, ShowCard
from bot.conversation.request import Request
from bot.core import access, messages
from bot.core.context import Context
from bot.core.errors import Refused
from bot.core.rendering import render
from bot.core.rules.permissions import Action, Actor
from bot.core.speech import organisation_name
from bot.home.commands import commands_for
from bot.home.services import unread_notices
from bot.people.services import web_sessions

HOME, LOOK, COMMAND, ACT, LEAVE = "/nha", "/xem/", "/muc/", "/lam", "/ra"
SEARCH, REPORT = "tim", "baocao"
LONGEST_BUTTON = 64
RAISE, WORKERS_PAGE = "own:new", "/"
"""What somebody of the staff brings as a worker is brought by the workers' page, where a receipt
leads back to it and nothing joins it to whoever is in here."""
CALLED_HERE = {"web": "Mở trên máy khác"}
ELSEWHERE = (SEARCH, "theodoi", "dulieu")
COMMAND_PATHS = {**{name: COMMAND + name for name in COMMANDS}, "phananh": WORKERS_PAGE}
_INVITATION = re.compile(r"(?:[?&]start=|/m/)moi-[\w-]{8,64}")

log = structlog.get_logger()


@dataclass(frozen=True)
class StaffCaller:
    """Somebody of the staff at their browser. `token`: what it holds."""

    token: str
    web_session_id: int
    actor: Actor
    seen_at: datetime | None


class StaffPages:
    """Behind the entry, for whoever holds a session."""

    def __init__(self, answering: Answering, cookie: SessionCookie) -> None:
        self._answering, self._cookie = answering, cookie
        self._uploads = Uploads(answering.work, named=True)

    @property
    def routes(self) -> Sequence[BaseRoute]:
        return (
            Route(HOME, self.home, methods=["GET"]),
            Route(LOOK + "{button:str}", self.look, methods=["GET"]),
            Route(COMMAND + "{command:str}", self.command, methods=["GET"]),
            Route(ACT, self.act, methods=["POST"]),
            Route(ACT, self.back_home, methods=["GET"]),
            Route(LEAVE, self.leave, methods=["POST"]),
        )

    async def home(self, request: HttpRequest) -> Response:
        return await self._look(request, command="start")

    async def look(self, request: HttpRequest) -> Response:
        """What a card's button leads to, where it only looks."""
        button = request.path_params["button"]
        if len(button) > LONGEST_BUTTON or not is_look(button):
            return await self._look(request, command="start", notice=messages.STALE_BUTTON)
        return await self._look(request, button=button)

    async def command(self, request: HttpRequest) -> Response:
        """An entry of the menu."""
        command = request.path_params["command"]
        if command not in COMMANDS:
            return await self._look(request, command="start", notice=messages.UNKNOWN_COMMAND)
        return await self._look(request, command=command)

    async def back_home(self, _request: HttpRequest) -> Response:
        return RedirectResponse(HOME, status_code=303)

    async def who(self, request: HttpRequest) -> Actor | None:
        """For other pages of the staff: whose session a request comes with."""
        caller = await self._caller(request)
        return caller.actor if caller else None

    async def act(self, request: HttpRequest) -> Response:
        """What a page's form brought, done once."""
        caller = await self._caller(request)
        if caller is None:
            return await self._closed_meanwhile(request)
        try:
            post = await read_post(request)
            submission = self._submission(caller, post)
        except NotTaken as why:
            reply = Reply(toast=messages.WEB_NOT_READ)
            return await self._page(caller, reply, why.status)
        await self._note_day(caller, submission.command, submission.press)
        try:
            taken_files = await self._uploads.take(post.files, self._now)
        except Refused as why:
            return await self._shown_instead(caller, str(why))
        submission = replace(submission, files=taken_files)
        reply = await self._answering.answer(caller.actor, submission)
        await self._uploads.drop_unused(taken_files)
        if await self._caller(request) is None:  # it was the last thing that was done here
            return self._left()
        return await self._page(caller, reply)

    async def leave(self, request: HttpRequest) -> Response:
        """The pages are closed on this device."""
        caller = await self._caller(request)
        if caller:
            try:
                post = await read_post(request)
                self._submission(caller, post)
            except NotTaken as why:
                return await self._page(caller, Reply(toast=messages.WEB_NOT_READ), why.status)
            await web_sessions.leave(self._answering.work, caller.token, self._now)
        return self._left()

    def _left(self) -> Response:
        answer = RedirectResponse(LEFT, status_code=303)
        self._cookie.drop(answer)
        return answer

    # ---- Who asks

    async def _caller(self, request: HttpRequest) -> StaffCaller | None:
        """None: nobody whom we know, or no longer, or who holds no role any more."""
        token = self._cookie.token(request)
        visitor = await web_sessions.visitor(self._answering.work, token, self._now)
        if visitor is None:
            return None
        actor, seen_at = await access.actor_and_day(self._answering.work, visitor.address)
        return StaffCaller(token, visitor.web_session_id, actor, seen_at) if actor.grants else None

    def _to_the_entry(self, request: HttpRequest) -> Response:
        return response(entry_page(self.title, request.url.path), 401)

    async def _closed_meanwhile(self, request: HttpRequest) -> Response:
        """What was typed is there to be copied, for it was not taken."""
        try:
            words = (await read_post(request)).get("words").strip()
        except NotTaken:
            words = ""
        page = entry_page(self.title, notice=messages.WEB_CLOSED)
        if words:
            unsent = text_block(render("web/not_taken", words=words))
            page = replace(page, blocks=[unsent, *page.blocks])
        return response(page, 401)

    async def _note_day(self, caller: StaffCaller, command: str, button: str) -> None:
        context = Context(self._answering.work, caller.actor, self._now)
        await note_day(context, caller.seen_at, command=command, button=button)

    # ---- What is asked

    async def _look(
        self, request: HttpRequest, *, button: str = "", command: str = "", notice: str = ""
    ) -> Response:
        caller = await self._caller(request)
        if caller is None:
            return self._to_the_entry(request)
        await self._note_day(caller, command, button)
        work = looking(self._answering.work)
        asked_for = Request(
            *(work, caller.actor, self._now, self._answering.door),
            user_input=UserInput(words=""),
            button=button,
            command=command,
            web_session_id=caller.web_session_id,
        )
        try:
            reply = await router.answer(self._answering.routes, asked_for)
        except Refused as why:
            return await self._shown_instead(caller, str(why))
        except NotALook:
            log.warning("web.not_a_look", button=button.partition(":")[0], command=command)
            return await self._shown_instead(caller, messages.STALE_BUTTON)
        except Exception as error:
            sentence = messages.FAILED.format(code=noted(error))
            return await self._page(caller, Reply(toast=sentence, alert=True), 500)
        if file := _only_file(reply):
            return download(file)
        return await self._page(caller, replace(reply, toast=notice or _unsaid(reply)))

    async def _shown_instead(self, caller: StaffCaller, sentence: str) -> Response:
        standing = await self._answering.where_one_is(caller.actor)
        return await self._page(caller, replace(standing, toast=spoken(caller.actor, sentence)))

    def _submission(self, caller: StaffCaller, post: Post) -> Submission:
        """Raises NotTaken: the form was on no page that was made for this browser."""
        number = post.get("number")
        if not is_own_form(caller.token, post.get("mark")) or not number.isdecimal():
            raise NotTaken(403)
        return Submission(
            int(number[:18]),
            self._now.minute * 60 + self._now.second,
            post.get("press"),
            post.get("command"),
            post.get("words"),
            page_text=post.get("shown"),
            web_session_id=caller.web_session_id,
        )

    # ---- What is shown

    async def _page(self, caller: StaffCaller, reply: Reply, status: int = 200) -> Response:
        blocks = [_with_links(block) for block in await blocks_of(reply, COMMAND_PATHS)]
        context = Context(self._answering.work, caller.actor, self._now)
        page = WebPage(
            blocks or [Block()],
            ACT,
            self.title,
            self._hidden(caller, blocks),
            reply.toast,
            paths=_paths(blocks),
            menu=menu_of(caller.actor),
            who=caller.actor.name,
            web_session_id=caller.web_session_id,
            unread=await unread_notices(context),
            at=self._now,
        )
        return response(page, status)

    def _hidden(self, caller: StaffCaller, blocks: Sequence[Block]) -> dict[str, str]:
        fields = {"mark": form_mark(caller.token), "number": str(new_number())}
        invitation = _INVITATION.search("".join(block.html for block in blocks))
        return fields | ({"shown": invitation[0]} if invitation else {})

    @property
    def title(self) -> str:
        return organisation_name(self._answering.work.settings.organisation)

    @property
    def _now(self) -> datetime:
        return self._answering.clock.now()


def menu_of(actor: Actor) -> list[MenuEntry]:
    """The commands of the person's roles, as links where they only look."""
    entries = []
    for name, label in commands_for(actor):
        if name not in ELSEWHERE:
            called = CALLED_HERE.get(name, label)
            entries.append(MenuEntry(called, name, COMMAND_PATHS.get(name, "")))
        if name == REPORT and actor.may(Action.WORK_VISIT):
            entries.append(MenuEntry("Viết báo cáo khi không có sóng", path=PLACE))
    return entries


def entry_page(title: str, path: str = "", notice: str = "") -> WebPage:
    """Who comes without a session. `path`: what they asked for, to be asked for once more: a link
    in another app does not bring the cookie along.
    """
    block = text_block(render("web/staff_entry"))
    again = MenuEntry("Mở lại trang", path=path or HOME)
    workers = MenuEntry("Người lao động gửi ý kiến", path=WORKERS_PAGE)
    return WebPage([block], "/vao", title, notice=notice, links=(again, workers))


def _unsaid(reply: Reply) -> str:
    """What is said over the button of a look, where the card does not say it as well: in a chat,
    where the card may look as before, it says that somebody has looked."""
    cards = (part.card for part in reply.parts if isinstance(part, ShowCard))
    return "" if any(reply.toast in plain(card.text) for card in cards) else reply.toast


def _paths(blocks: Sequence[Block]) -> dict[str, str]:
    """Button -> where a link leads that does the same."""
    buttons = (button for block in blocks for row in block.rows for button in row)
    return {button.data: path for button in buttons if (path := _path(button.data))}


def _path(button: str) -> str:
    if button == RAISE:
        return WORKERS_PAGE
    return LOOK + quote(button, safe=":") if is_look(button) else ""


def _with_links(block: Block) -> Block:
    """Of a list with buttons for its entries, the entries are links too."""
    buttons = [(button.label, _path(button.data)) for row in block.rows for button in row]
    return replace(block, html=with_links(block.html, buttons))


def _only_file(reply: Reply) -> Attachment | None:
    """The document that was asked for; a card below it only says what the page says anyway."""
    files = [file for part in reply.parts if isinstance(part, SendFiles) for file in part.files]
    others = [p for p in reply.parts if not isinstance(p, SendFiles | ShowCard)]
    if len(files) == 1 and not others and files[0].kind == "document" and files[0].data:
        return files[0]
    return None


def download(file: Attachment) -> Response:
    """For the browser to put away. The name is a file's name and nothing else."""
    name = quote(re.sub(r"[\x00-\x1f/\\]", "_", file.name) or "tep")
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{name}"}
    return Response(file.data or b"", media_type="application/octet-stream", headers=headers)
