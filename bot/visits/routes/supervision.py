"""Supervisors: giving, moving and excusing visits, deciding about swaps."""

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler

from bot.channels.telegram.context import Context
from bot.conversation import engine
from bot.conversation.routes import show
from bot.core.access import require
from bot.core.rules.permissions import Action
from bot.visits.cards import supervision as supervision_cards
from bot.visits.forms.supervision import DIRECT, EXCUSE_FOR
from bot.visits.services import reassignment, supervision


async def direct(update: Update, context: Context) -> None:
    """/giaoviec: a visit on top of the plan."""
    require(context.actor, Action.DIRECT_VISIT)
    await show(context, await engine.start(context.work, context.actor, DIRECT, context.now))


async def excuse(update: Update, context: Context) -> None:
    visit_id = _numbers(context)[0]
    found = await supervision.to_excuse(context.work, context.actor, visit_id)
    shown = await engine.start(
        context.work,
        context.actor,
        EXCUSE_FOR,
        context.now,
        subject=f"visit:{visit_id}",
        about={"visit_id": visit_id, "name": f"{found.site.name} · {found.officer.name}"},
    )
    await show(context, shown)


async def hand_over(update: Update, context: Context) -> None:
    """Who could take the visit over?"""
    visit_id, page = _numbers(context)
    found = await reassignment.candidates(context.work, context.actor, visit_id, page, context.now)
    await context.show(supervision_cards.handing(found))


async def ask_to_give(update: Update, context: Context) -> None:
    """The tap on an officer's name: asked once, for both are told at once."""
    assert context.match is not None
    visit_id, officer_id = (int(found) for found in context.match.groups()[1:3])
    decided, officer = await reassignment.proposed(
        context.work, context.actor, visit_id, officer_id, context.now
    )
    choice = context.match.group(1)
    await context.show(supervision_cards.sure_to_give(decided, officer, choice))


async def give(update: Update, context: Context) -> None:
    """The answer is yes."""
    assert context.match is not None
    visit_id, officer_id, former_id = (int(found) for found in context.match.groups()[:3])
    decided = await reassignment.reassign(
        context.work,
        context.actor,
        visit_id,
        officer_id,
        former_id,
        context.now,
        swap=context.match.group(4) == "s",
    )
    context.runtime.dispatcher.wake()
    await context.show(supervision_cards.reassigned(decided))


async def swap(update: Update, context: Context) -> None:
    """An officer asks for another site."""
    visit_id = _numbers(context)[0]
    found = await reassignment.swap_request(context.work, context.actor, visit_id, context.now)
    await context.show(supervision_cards.swap(found))


async def other_site(update: Update, context: Context) -> None:
    visit_id = _numbers(context)[0]
    decided, former = await reassignment.give_other_site(
        context.work, context.actor, visit_id, context.now
    )
    context.runtime.dispatcher.wake()
    await context.show(supervision_cards.swapped(decided, former))


async def keep_site(update: Update, context: Context) -> None:
    visit_id = _numbers(context)[0]
    decided = await reassignment.keep_site(context.work, context.actor, visit_id, context.now)
    context.runtime.dispatcher.wake()
    await context.show(supervision_cards.kept(decided))


def _numbers(context: Context) -> tuple[int, ...]:
    assert context.match is not None
    return tuple(int(found or 0) for found in context.match.groups())


HANDLERS = (
    CommandHandler("giaoviec", direct),
    CallbackQueryHandler(direct, pattern=r"^sup:new$"),
    CallbackQueryHandler(excuse, pattern=r"^sup:excuse:(\d{1,9})$"),
    CallbackQueryHandler(hand_over, pattern=r"^sup:reassign:(\d{1,9})(?::(\d{1,3}))?$"),
    CallbackQueryHandler(ask_to_give, pattern=r"^sup:to:((\d{1,9}):(\d{1,9}):\d{1,9}:[sn])$"),
    CallbackQueryHandler(give, pattern=r"^sup:give:(\d{1,9}):(\d{1,9}):(\d{1,9}):([sn])$"),
    CallbackQueryHandler(swap, pattern=r"^sup:swap:(\d{1,9})$"),
    CallbackQueryHandler(other_site, pattern=r"^sup:other:(\d{1,9})$"),
    CallbackQueryHandler(keep_site, pattern=r"^sup:keep:(\d{1,9})$"),
)
