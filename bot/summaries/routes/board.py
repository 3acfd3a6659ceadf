"""/baocaonam: what one's own unit owes, or the board of what others owe."""

import asyncio
from dataclasses import replace
from datetime import datetime

from bot.conversation.asking import Decision, asked_first
from bot.conversation.reply import Reply, document, show
from bot.conversation.request import Request
from bot.conversation.router import Route, button, command
from bot.core import messages
from bot.core.card import Card
from bot.core.context import Context
from bot.core.errors import Refused
from bot.core.rules.permissions import PERIODIC_REPORTS, SEEING_BOARDS
from bot.summaries.cards import board as board_cards
from bot.summaries.cards import messages as summary_says
from bot.summaries.facts.board import BoardFacts
from bot.summaries.papers import answers_xlsx
from bot.summaries.routes.own_obligations import list_own
from bot.summaries.services import board, board_unit, pages, sending


async def home_part(context: Context) -> Card | None:
    """What units still owe to the actor's unit, when its time comes near."""
    return board_cards.brief(await board.near(context))


async def start(request: Request) -> Reply:
    """/baocaonam"""
    work, actor, now = request.work, request.actor, request.now
    if not actor.may_any(*PERIODIC_REPORTS):
        raise Refused(messages.NOT_ALLOWED)
    own = await pages.owed(Context(work, actor, now))
    receives = actor.may_any(*SEEING_BOARDS)
    facts = await board.groups(Context(work, actor, now), 0) if receives else None
    if facts and facts.lines:
        return show(board_cards.choice() if own else board_cards.groups(facts))
    if own:
        return await list_own(request, own)
    return show(board_cards.nothing())


async def list_groups(request: Request) -> Reply:
    work, actor, now = request.work, request.actor, request.now
    facts = await board.groups(Context(work, actor, now), request.number())
    own = await pages.owed(Context(work, actor, now))
    return show(board_cards.groups(replace(facts, owes=bool(own))))


async def open_board(request: Request) -> Reply:
    obligation, page = request.number(0), request.number(1)
    facts = await board.board(request.context, obligation, page)
    return show(board_cards.board(facts))


async def download_board(request: Request) -> Reply:
    """All units of the board as xlsx."""
    facts = await board.board(request.context, request.number(), None)
    data = await asyncio.to_thread(_board_workbook, facts, request.now)
    return document(data, f"tinh-hinh-nop-{request.now:%Y%m%d}.xlsx")


def _board_workbook(facts: BoardFacts, now: datetime) -> bytes:
    from bot.summaries.papers.list_tables import board_xlsx  # with it comes what writes workbooks

    return board_xlsx(facts, now)


async def open_unit(request: Request) -> Reply:
    return await _show_unit(request, request.number(0), request.number(1))


async def ask_to_accept(request: Request) -> Decision:
    obligation, back = request.number(), request.number(2)
    facts = await board_unit.unit(request.context, obligation, back)
    return Decision(
        f"Tiếp nhận báo cáo của {facts.row.unit}? Đã tiếp nhận thì không trả lại được nữa.",
        "✅ Tiếp nhận",
        f"board:unit:{obligation}:{back}",
    )


async def accept(request: Request) -> Reply:
    """Accept the version that the card showed, and no other."""
    obligation, version, back = (request.number(position) for position in range(3))
    await sending.accept(request.context, obligation, version)
    return await _show_unit(request, obligation, back, summary_says.ACCEPTED)


async def download_answers(request: Request) -> Reply:
    """The table of answers to a request, as a document."""
    table = await board.answers(request.context, request.number())
    data = await asyncio.to_thread(answers_xlsx.make, table)
    return document(data, f"tra-loi-{table.due_before:%Y%m%d}.xlsx")


async def _show_unit(request: Request, obligation: int, back: int, toast: str = "") -> Reply:
    facts = await board_unit.unit(request.context, obligation, back)
    return show(board_cards.unit(facts), toast)


_ID, _SMALL = r"(\d{1,9})", r"(\d{1,4})"

ROUTES: tuple[Route, ...] = (
    command("baocaonam", start),
    button(rf"board:groups:{_SMALL}", list_groups),
    button(rf"board:open:{_ID}(?::{_SMALL})?", open_board),
    button(rf"board:x:{_ID}", download_board),
    button(rf"board:unit:{_ID}:{_SMALL}", open_unit),
    *asked_first(rf"board:accept:{_ID}:{_SMALL}:{_SMALL}", ask_to_accept, accept),
    button(rf"board:answers:{_ID}", download_answers),
)
