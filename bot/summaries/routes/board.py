"""/baocaonam: what one's own unit owes, or the board of what others owe."""

from dataclasses import replace
from datetime import datetime

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler

from bot.channels.telegram.context import Context
from bot.core import messages
from bot.core.card import Card
from bot.core.errors import Refused
from bot.core.rules.permissions import Action, Actor
from bot.core.work import Work
from bot.summaries.cards import board as board_cards
from bot.summaries.cards import messages as summary_says
from bot.summaries.papers import answers_xlsx
from bot.summaries.routes.own_obligations import owing
from bot.summaries.services import board, board_unit, pages, sending


async def home_part(work: Work, actor: Actor, now: datetime) -> Card | None:
    """What units still owe to the actor's unit, when its time comes near."""
    return board_cards.brief(await board.near(work, actor, now))


async def start(update: Update, context: Context) -> None:
    """/baocaonam"""
    if not context.actor.may(Action.SEE_SUMMARY):
        raise Refused(messages.NOT_ALLOWED)
    owes = await pages.owed(context.work, context.actor, context.now)
    receives = context.actor.may(Action.SEE_BOARD)
    facts = await board.groups(context.work, context.actor, 0, context.now) if receives else None
    if facts and facts.lines:
        await context.show(board_cards.choice() if owes else board_cards.groups(facts))
    elif owes:
        await owing(context, owes)
    else:
        await context.show(board_cards.nothing())


async def groups(update: Update, context: Context) -> None:
    (page,) = _numbers(context)
    facts = await board.groups(context.work, context.actor, page, context.now)
    owes = await pages.owed(context.work, context.actor, context.now)
    await context.show(board_cards.groups(replace(facts, owes=bool(owes))))


async def one(update: Update, context: Context) -> None:
    obligation, page = _numbers(context)
    facts = await board.board(context.work, context.actor, obligation, page, context.now)
    await context.show(board_cards.board(facts))


async def unit(update: Update, context: Context) -> None:
    obligation, back = _numbers(context)
    await _unit(context, obligation, back)


async def accept(update: Update, context: Context) -> None:
    """Accept the version that the card showed, and no other."""
    obligation, version, back = _numbers(context)
    await sending.accept(context.work, context.actor, obligation, version, context.now)
    context.runtime.dispatcher.wake()
    await _unit(context, obligation, back, summary_says.ACCEPTED)


async def answers(update: Update, context: Context) -> None:
    """The table of answers to a request, as a document."""
    (obligation,) = _numbers(context)
    found = await board.answers(context.work, context.actor, obligation, context.now)
    await context.send_file(answers_xlsx.make(found), f"tra-loi-{found.due_before:%Y%m%d}.xlsx")


async def _unit(context: Context, obligation: int, back: int, toast: str = "") -> None:
    facts = await board_unit.unit(context.work, context.actor, obligation, back, context.now)
    await context.show(board_cards.unit(facts), toast)


def _numbers(context: Context) -> tuple[int, ...]:
    assert context.match is not None
    return tuple(int(group or 0) for group in context.match.groups())


_ID, _SMALL = r"(\d{1,9})", r"(\d{1,4})"

HANDLERS = (
    CommandHandler("baocaonam", start),
    CallbackQueryHandler(groups, pattern=rf"^board:groups:{_SMALL}$"),
    CallbackQueryHandler(one, pattern=rf"^board:open:{_ID}(?::{_SMALL})?$"),
    CallbackQueryHandler(unit, pattern=rf"^board:unit:{_ID}:{_SMALL}$"),
    CallbackQueryHandler(accept, pattern=rf"^board:accept:{_ID}:{_SMALL}:{_SMALL}$"),
    CallbackQueryHandler(answers, pattern=rf"^board:answers:{_ID}$"),
)
