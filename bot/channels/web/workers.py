"""The workers' pages: no cookies, nothing in an address, every page made of what a form brought."""

import asyncio
import secrets
from collections.abc import Callable, Sequence
from dataclasses import replace

from starlette.requests import Request as HttpRequest
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from bot.cases.cards.worker_messages import keeping_time
from bot.cases.rules.receipts import grouped, is_whole, new_receipt, typed_receipt
from bot.cases.services import flood, own_cases, site_links
from bot.channels.web.answering import Answering, Submission
from bot.channels.web.pages import Block, WebPage, blocks_of, html_of, response
from bot.channels.web.posts import NotTaken, Post, read_post
from bot.channels.web.receipts import Receipts
from bot.channels.web.tokens import PageToken, first_token, opened_token, sealed_token
from bot.channels.web.uploads import Uploads
from bot.conversation.reply import Reply
from bot.core import access
from bot.core.errors import Refused
from bot.core.rules.permissions import Actor
from bot.core.speech import organisation_name, to_worker
from storage import reporters
from storage.addresses import WEB, Address, UpdateKey
from storage.models import Unit

ACTION = "/gui"
EVEN_SECONDS = 0.6  # a receipt is answered no sooner, right or wrong
FOOTER = (
    ("press", "home", "🏠 Trang chính"),
    ("command", "dulieu", "🗂 Thông tin đang lưu về tôi"),
)
LOOK = "Xem Công đoàn trả lời"
SILENT_TOO_LONG = (
    "Trang này đã để yên quá 30 phút nên được đóng lại, để người khác không xem được. Nội dung gõ "
    "lần cuối chưa được gửi."
)
NOT_READ = "Công đoàn chưa nhận được nội dung vừa gửi. Mời anh/chị thử lại."
TOO_LARGE = (
    "Ảnh, tệp gửi một lần lớn quá 32 MB nên chưa nhận được. Mời anh/chị quay lại trang trước, chọn "
    "ít ảnh hơn rồi gửi lại."
)
NOT_ALL_DIGITS = "Số bí mật gồm đúng 16 chữ số. Mời anh/chị xem lại."
MISTYPED = "Số vừa gõ có chỗ chưa đúng. Mời anh/chị xem lại từng số."
NOBODYS = "Không tìm thấy phản ánh theo số này."
WHY_NOBODYS = (
    "Có thể số gõ chưa đúng: mời anh/chị xem lại từng số. Cũng có thể thông tin đã được xóa theo "
    "yêu cầu của chính người gửi, hoặc đã hết thời gian lưu ({keeping}). Đã xóa thì Công đoàn "
    "không còn gì để biết là trường hợp nào. Còn điều cần nói, mời anh/chị gửi lại từ đầu."
)
TOO_MANY_BEGUN = (
    "Lúc này có quá nhiều lượt mở trang gửi ý kiến nên chưa nhận thêm được. Mời anh/chị {other_way}"
    "gửi qua Telegram bằng nút bên dưới, hoặc thử lại sau một giờ. Nếu gấp, xin gặp Công đoàn tại "
    "nơi làm việc."
)
BY_THE_POSTER = "quét mã trên áp phích ở nơi làm việc rồi gửi, hoặc "
NUMBER_CONFIRMED = "Anh/chị đã giữ số bí mật. Lần sau nhập số đó để xem Công đoàn trả lời."
LAST_FOUR_WRONG = "Bốn số cuối chưa đúng. Mời anh/chị xem lại số ở dưới."


class WorkersPages:
    """The entry and everything behind it. `telegram_link`: the other way, for a parameter."""

    def __init__(
        self, answering: Answering, receipts: Receipts, telegram_link: Callable[[str], str]
    ) -> None:
        self._answering, self.receipts = answering, receipts
        self._work, self._clock = answering.work, answering.clock
        self._uploads = Uploads(answering.work)
        self._telegram_link = telegram_link

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
        return await self._entry(request.path_params.get("parameter", ""))

    async def back_to_start(self, _request: HttpRequest) -> Response:
        return RedirectResponse("/", status_code=303)

    async def act(self, request: HttpRequest) -> Response:
        """Whatever a form of ours sends."""
        try:
            post = await read_post(request)
        except NotTaken as why:
            notice = TOO_LARGE if why.status == 413 else NOT_READ
            return await self._entry(notice=notice, status=why.status)
        if post.get("press") == "begin":
            return await self._begin(post)
        if post.get("press") == "receipt":
            return await self._open_receipt(post)
        token = opened_token(self._work.vault, post.get("page"), self._clock.now())
        if token is None:
            return await self._entry(notice=SILENT_TOO_LONG)
        return await self._go_on(token, post)

    async def _begin(self, post: Post) -> Response:
        """A worker who is new to us: the receipt is drawn now, and shown when there is something to
        look for with it.
        """
        now, parameter = self._clock.now(), post.get("at")
        site = await self._site(parameter)
        if not await flood.may_begin_on_the_web(self._work, site, now):
            notice = TOO_MANY_BEGUN.format(other_way="" if site else BY_THE_POSTER)
            return await self._entry(parameter, notice)
        receipt = new_receipt(secrets.randbelow)
        token = first_token(await self.receipts.mailbox(receipt), now, receipt)
        opening = Submission(token.number, press="own:new")
        if parameter.startswith(site_links.PREFIX):
            opening = Submission(token.number, command="start", words=parameter)
        actor = await self._actor(token)
        return await self._page(token, actor, await self._answering.answer(actor, opening))

    async def _open_receipt(self, post: Post) -> Response:
        """Back with a receipt. Right or wrong, it takes as long, and the page is of one size."""
        receipt = typed_receipt(post.get("receipt"))
        if receipt is None:
            return self._again(NOT_ALL_DIGITS)
        if not is_whole(receipt):
            return self._again(MISTYPED, typed=grouped(receipt))
        even = asyncio.get_running_loop().time() + EVEN_SECONDS
        try:
            await self.receipts.wait_before(receipt)
        except Refused as busy:
            return self._again(str(busy), 503)
        token = first_token(await self.receipts.mailbox(receipt), self._clock.now())
        actor = await self._actor(token)
        if await self._is_somebodys(actor):
            page = await self._page(token, actor, await self._opened(token, actor))
        else:
            await self.receipts.wrong(receipt)
            page = self._again(self._nobodys)
        await self.receipts.sleep(max(0.0, even - asyncio.get_running_loop().time()))
        return page

    async def _go_on(self, token: PageToken, post: Post) -> Response:
        if token.receipt and await self._answering.is_over(self._writing_down(token)):
            token = replace(token, receipt="")  # a page from before, gone back to
        actor = await self._actor(token)
        if token.receipt and post.get("press") == "kept" and await self._is_somebodys(actor):
            return await self._written_down(token, actor, post)
        try:
            files = await self._uploads.take(post.files, self._clock.now())
        except Refused as why:
            standing = await self._answering.where_one_is(actor)
            refused = replace(standing, toast=to_worker(str(why)), alert=True)
            return await self._page(token, actor, refused)
        press = post.get("press")
        submission = Submission(
            token.number,
            token.count,
            "home" if press == "kept" else press,  # it was written down before, or nothing is left
            post.get("command"),
            post.get("words"),
            files,
        )
        reply = await self._answering.answer(actor, submission)
        await self._uploads.drop_unused(files)
        return await self._page(token, actor, reply)

    async def _written_down(self, token: PageToken, actor: Actor, post: Post) -> Response:
        """The last four digits show that its owner has it: from now on no page carries it."""
        typed = "".join(letter for letter in post.get("last") if letter.isdecimal())
        if typed[-4:] != token.receipt[-4:]:
            opened = await self._opened(token, actor)
            return await self._page(token, actor, replace(opened, toast=LAST_FOUR_WRONG))
        await self._answering.first_time(self._writing_down(token))
        opened = await self._opened(token, actor)
        return await self._page(
            replace(token, receipt=""), actor, replace(opened, toast=NUMBER_CONFIRMED)
        )

    async def _opened(self, token: PageToken, actor: Actor) -> Reply:
        """What was sent: the one concern, or all that there is."""
        own = await own_cases.mine(self._work, actor)
        press = f"own:open:{own[0].id}" if len(own) == 1 else "home"
        return await self._answering.answer(actor, Submission(token.number, press=press))

    def _writing_down(self, token: PageToken) -> UpdateKey:
        """Done once for each receipt, and remembered as long as a page of its can be sent again."""
        return UpdateKey(WEB, int(self._work.vault.look(f"web:kept:{token.mailbox}")[:15], 16))

    async def _page(self, token: PageToken, actor: Actor, reply: Reply) -> Response:
        vault, now = self._work.vault, self._clock.now()
        hidden = {"page": sealed_token(vault, token.following(now))}
        blocks = [_without_home(block) for block in await blocks_of(reply)]
        page = WebPage(
            *(blocks, ACTION, self._title, hidden, reply.toast, FOOTER), leave=True, discreet=True
        )
        if token.receipt and await self._is_somebodys(actor):
            page = replace(
                page,
                blocks=[replace(block, rows=()) for block in page.blocks],
                footer=(),
                leave=False,
                receipt=grouped(token.receipt),
                address=self._work.settings.web.address.partition("://")[2],
            )
        return response(page)

    async def _entry(self, parameter: str = "", notice: str = "", status: int = 200) -> Response:
        site = await self._site(parameter)
        parameter = parameter if site else ""
        html = html_of(
            "entry",
            title=self._title,
            heading=self._title,
            notice=notice,
            action=ACTION,
            site=site.name if site else "",
            parameter=parameter,
            telegram=self._telegram_link(parameter).removesuffix("?start="),
            typed="",
            onion=self._work.settings.web.onion,
        )
        return HTMLResponse(html, status_code=status)

    def _again(self, notice: str, status: int = 200, typed: str = "") -> Response:
        """`typed`: a number that is nobody's receipt, to be looked over and put right."""
        facts = {"title": self._title, "heading": LOOK, "notice": notice, "action": ACTION}
        facts["typed"] = typed
        return HTMLResponse(html_of("again", **facts), status_code=status)

    async def _actor(self, token: PageToken) -> Actor:
        return await access.actor_of(self._work, Address(WEB, token.mailbox))

    async def _is_somebodys(self, actor: Actor) -> bool:
        """Whether something was ever sent under it that is still there."""
        async with self._work.read() as session:
            return await reporters.find(session, self._work.vault, actor.address) is not None

    async def _site(self, parameter: str) -> Unit | None:
        """The site whose poster led here."""
        if not parameter.startswith(site_links.PREFIX):
            return None
        return await site_links.opened(self._work, parameter)

    @property
    def _nobodys(self) -> str:
        keeping = keeping_time(self._work.settings.privacy.keep_months)
        return f"{NOBODYS} {WHY_NOBODYS.format(keeping=keeping)}"

    @property
    def _title(self) -> str:
        return organisation_name(self._work.settings.organisation)


def _without_home(block: Block) -> Block:
    """The way home stands below every page; twice on a small one, people ask what differs."""
    rows = [tuple(button for button in row if button.data != "home") for row in block.rows]
    return replace(block, rows=tuple(filter(None, rows)))
