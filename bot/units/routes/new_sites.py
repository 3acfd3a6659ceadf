"""An administrator decides about places that officers found in no list."""

from bot.conversation.asking import Decision, asked_first
from bot.conversation.reply import Reply, show
from bot.conversation.request import Request
from bot.conversation.router import Route, button
from bot.conversation.routes import begin
from bot.units.cards import new_sites as cards
from bot.units.forms.new_site import SAME_SITE
from bot.units.services import new_sites


async def show_list(request: Request) -> Reply:
    return await _list(request, "")


async def open_site(request: Request) -> Reply:
    return show(cards.one_site(*await new_sites.opened(request.context, request.number())))


async def ask_to_confirm(request: Request) -> Decision:
    site, above = await new_sites.opened(request.context, request.number())
    return Decision(
        f"Thêm {site.name} vào danh sách, thuộc {above.name}?",
        "✅ Thêm vào danh sách",
        f"unit:see:{site.id}",
    )


async def confirm(request: Request) -> Reply:
    site = await new_sites.confirm(request.context, request.number())
    return await _list(request, f"Đã thêm {site.name}.")


async def ask_to_dismiss(request: Request) -> Decision:
    site, _ = await new_sites.opened(request.context, request.number())
    return Decision(
        f"{site.name} không phải cơ sở? Bỏ rồi thì phải báo lại từ đầu; báo cáo vẫn được giữ.",
        "✖️ Bỏ",
        f"unit:see:{site.id}",
    )


async def dismiss(request: Request) -> Reply:
    await new_sites.dismiss(request.context, request.number())
    return await _list(request, "Đã bỏ; báo cáo vẫn được giữ.")


async def merge(request: Request) -> Reply:
    """With which one: asked for first."""
    site, _ = await new_sites.opened(request.context, request.number())
    about = {"site_id": site.id, "name": site.name}
    return await begin(request, SAME_SITE, subject=f"new_site:{site.id}", about=about, anew=True)


async def _list(request: Request, toast: str) -> Reply:
    return show(cards.listed(await new_sites.waiting(request.context)), toast)


_ID = r"(\d{1,9})"

ROUTES: tuple[Route, ...] = (
    button(r"unit:new", show_list),
    button(rf"unit:see:{_ID}", open_site),
    *asked_first(rf"unit:add:{_ID}", ask_to_confirm, confirm),
    *asked_first(rf"unit:none:{_ID}", ask_to_dismiss, dismiss),
    button(rf"unit:same:{_ID}", merge),
)
