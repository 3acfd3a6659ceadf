"""What reports propose to commend, decided by leaders; good practices, read by everybody."""

from bot.conversation.asking import Decision, asked_first
from bot.conversation.form import Form
from bot.conversation.reply import Reply, document, show
from bot.conversation.request import Request
from bot.conversation.router import Route, button, command
from bot.conversation.routes import begin
from bot.core.card import Card
from bot.core.context import Context
from bot.core.rules.permissions import Action
from bot.visits.cards import commendations as cards
from bot.visits.forms.commendations import DECLINE, RELEASE
from bot.visits.services import commendation_paper, commendations
from storage.enums import CommendationKind


async def commendations_part(context: Context) -> Card | None:
    """On the home card, where anything waits."""
    if not context.actor.may(Action.DECIDE_COMMENDATION):
        return None
    waiting = await commendations.count(context)
    return cards.home(waiting) if waiting else None


async def show_list(request: Request) -> Reply:
    """/khenthuong"""
    page = request.number() if request.arguments else 0
    return show(cards.listed(await commendations.waiting(request.context, page)))


async def open_proposal(request: Request) -> Reply:
    return show(cards.detail(await commendations.opened(request.context, request.number())))


async def ask_to_accept(request: Request) -> Decision:
    facts = await commendations.opened(request.context, request.number())
    return Decision(
        f"Đồng ý khen theo đề xuất tại {facts.site.name}? Người đề xuất được báo.",
        "✅ Đồng ý khen",
        f"com:open:{request.number()}",
    )


async def accept(request: Request) -> Reply:
    return show(cards.detail(await commendations.accept(request.context, request.number())))


async def classify(request: Request) -> Reply:
    kind = CommendationKind(request.arguments[1])
    return show(cards.detail(await commendations.classify(request.context, request.number(), kind)))


async def ask_to_pass_up(request: Request) -> Decision:
    facts = await commendations.opened(request.context, request.number())
    return Decision(
        f"Chuyển đề xuất tại {facts.site.name} lên cấp trên? Từ đó cấp trên quyết định.",
        "⬆️ Chuyển lên",
        f"com:open:{request.number()}",
    )


async def pass_up(request: Request) -> Reply:
    facts = await commendations.pass_up(request.context, request.number())
    rows = await commendations.waiting(request.context, 0)
    return show(cards.listed(rows), f"Đã chuyển lên {facts.unit.name}.")


async def decline(request: Request) -> Reply:
    return await _begin(request, DECLINE)


async def release(request: Request) -> Reply:
    return await _begin(request, RELEASE)


async def _begin(request: Request, form: Form) -> Reply:
    facts = await commendations.opened(request.context, request.number())
    about = {"commendation_id": facts.row.id, "name": facts.site.name}
    return await begin(request, form, subject=f"commendation:{facts.row.id}", about=about)


async def take_back(request: Request) -> Reply:
    await commendations.take_back(request.context, request.number())
    return await open_proposal(request)


async def download_paper(request: Request) -> Reply:
    file = await commendation_paper.paper_file(request.context)
    return document(file.data, file.name)


async def show_practices(request: Request) -> Reply:
    """/cachlamhay"""
    page = request.number() if request.arguments else 0
    return show(cards.practices(await commendations.practices(request.context, page)))


async def read_practice(request: Request) -> Reply:
    return show(cards.practice(*await commendations.practice(request.context, request.number())))


_ID = r"(\d{1,9})"

ROUTES: tuple[Route, ...] = (
    command("khenthuong", show_list),
    command("cachlamhay", show_practices),
    button(r"com:list:(\d{1,4})", show_list),
    button(rf"com:open:{_ID}", open_proposal),
    *asked_first(rf"com:yes:{_ID}", ask_to_accept, accept),
    button(rf"com:kind:{_ID}:({'|'.join(CommendationKind)})", classify),
    *asked_first(rf"com:up:{_ID}", ask_to_pass_up, pass_up),
    button(rf"com:no:{_ID}", decline),
    button(rf"com:tell:{_ID}", release),
    button(rf"com:hide:{_ID}", take_back),
    button(r"com:paper", download_paper),
    button(r"com:good:(\d{1,4})", show_practices),
    button(rf"com:read:{_ID}", read_practice),
)
