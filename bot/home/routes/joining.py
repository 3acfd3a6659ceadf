"""Coming in by a link (/start with a parameter, whose prefix says its kind), and the help."""

from collections.abc import Awaitable, Callable

from telegram import Update
from telegram.error import TelegramError
from telegram.ext import CallbackQueryHandler, CommandHandler, MessageHandler, filters

from bot.cases.routes import concerns
from bot.cases.services import site_links
from bot.channels.telegram.context import Context
from bot.core import access, messages
from bot.core.errors import Refused
from bot.core.rules.names import full_name
from bot.home.cards import help_card
from bot.home.commands import publish_for
from bot.home.home_card import home_card
from bot.people.cards import people
from bot.people.services import invitations
from bot.people.services.invitations import CODE_PREFIX, Accepted, OwnInvitation

_LINK_ALONE = r"^\s*(?:https?://)?t\.me/\w+\?start=([\w-]{1,64})\s*$"

Link = Callable[[Context, str], Awaitable[None]]


async def started(update: Update, context: Context) -> None:
    """/start with a parameter."""
    await _follow(context, (context.args or [""])[0])


async def pasted(update: Update, context: Context) -> None:
    """A link written as a message instead of opened."""
    if context.match:
        await _follow(context, context.match.group(1))


async def _follow(context: Context, code: str) -> None:
    for prefix, follow in LINKS:
        if code.startswith(prefix):
            await follow(context, code)
            return
    await context.refuse(messages.START_UNKNOWN)
    await context.show(await home_card(context.work, context.actor, context.now))


async def invited(context: Context, code: str) -> None:
    """An invitation into a role."""
    user = context.incoming.effective_user
    if user is None:
        return
    name = full_name(user.first_name, user.last_name or "")
    try:
        accepted = await invitations.accept(context.work, code, user.id, name, context.now)
    except OwnInvitation as own:
        await context.show(people.own_link(own.invitation_id, str(own)))
    except Refused as why:
        await _turned_away(context, str(why))
    else:
        await _welcome(context, accepted)


async def take_own(update: Update, context: Context) -> None:
    """Who made a link takes the role themselves."""
    number = int(context.match.group(1)) if context.match else 0
    accepted = await invitations.accept_own(context.work, context.actor, number, context.now)
    await _welcome(context, accepted)


async def help_me(update: Update, context: Context) -> None:
    """What one can do here."""
    await context.show(help_card({grant.role for grant in context.actor.grants}))


async def _welcome(context: Context, accepted: Accepted) -> None:
    user = context.incoming.effective_user
    if user is not None:
        context.actor = await access.actor_of(context.work, user.id)
        await set_menu(context, user.id)
    context.runtime.dispatcher.wake()  # the inviter is told
    await context.show(people.welcome(accepted.name, accepted.role, accepted.place))


async def set_menu(context: Context, telegram_id: int) -> None:
    """The commands fitting somebody's present roles; a convenience, so it may fail."""
    actor = await access.actor_of(context.work, telegram_id)
    try:
        await publish_for(context.bot, telegram_id, actor)
    except TelegramError:
        return


async def _turned_away(context: Context, sentence: str) -> None:
    """Say why not. A stranger gets no more: their page would tell them to open the link."""
    await context.refuse(sentence)
    if not context.actor.is_stranger:
        await context.show(await home_card(context.work, context.actor, context.now))


# Links of other kinds get a prefix and a line here.
LINKS: tuple[tuple[str, Link], ...] = (
    (CODE_PREFIX, invited),
    (site_links.PREFIX, concerns.by_link),
)

HANDLERS = (
    CommandHandler("start", started, has_args=True),
    MessageHandler(filters.UpdateType.MESSAGE & filters.Regex(_LINK_ALONE), pasted),
    CommandHandler(("trogiup", "help"), help_me),
    CallbackQueryHandler(take_own, pattern=r"^p:own:(\d{1,9})$"),
)
