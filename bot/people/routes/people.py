"""Administrators and supervisors: inviting people, the list of those who came in."""

import re
from io import BytesIO

import segno
from telegram import Message, Update
from telegram.ext import CallbackQueryHandler, CommandHandler

from bot.channels.telegram.context import Context
from bot.conversation import engine
from bot.conversation.form import Form
from bot.conversation.routes import show
from bot.core import messages
from bot.core.access import require
from bot.core.errors import Refused
from bot.core.rules.permissions import Action
from bot.home.routes.joining import set_menu
from bot.people.cards import people as people_cards
from bot.people.forms.find_person import FIND_PERSON
from bot.people.forms.invite import INVITE, link
from bot.people.forms.own_details import NAME, PHONE
from bot.people.services import invitations, members, role_endings

_CODE = re.compile(r"[?&]start=([\w-]{8,64})")


async def invite(update: Update, context: Context) -> None:
    """A new invitation."""
    require(context.actor, Action.INVITE)
    about = {"bot": context.bot.username}
    shown = await engine.start(
        context.work, context.actor, INVITE, context.now, about=about, anew=True
    )
    await show(context, shown)


async def qr(update: Update, context: Context) -> None:
    """The link of the pressed card as a picture. The link is kept nowhere else."""
    found = _CODE.search(_text(update))
    if found is None:
        raise Refused(messages.INVITATION_CLOSED)
    try:
        open_one = await invitations.check_link(
            context.work, context.actor, _number(context), found[1], context.now
        )
    except invitations.LinkOver as over:
        await context.show(people_cards.link_over(str(over)), str(over))
        return
    address = link(context.bot.username, found[1])
    caption = people_cards.qr_caption(address, open_one.role, open_one.place, open_one.expires_at)
    await context.send_picture(qr_png(address), caption)


def qr_png(address: str) -> BytesIO:
    """A QR code that is read from a printed page as well as from a screen."""
    picture = BytesIO()
    segno.make(address, error="m", micro=False).save(picture, kind="png", scale=10, border=4)
    picture.seek(0)
    return picture


async def revoke(update: Update, context: Context) -> None:
    """Make a link useless."""
    number = _number(context)
    try:
        closed = await invitations.revoke(context.work, context.actor, number, context.now)
    except invitations.LinkOver as over:
        await context.show(people_cards.link_over(str(over)), str(over))
        return
    await context.show(
        people_cards.revoked(closed.role, closed.place), messages.INVITATION_REVOKE_DONE
    )


async def links(update: Update, context: Context) -> None:
    """The links that can still be used."""
    found = await invitations.open_invitations(context.work, context.actor, context.now)
    await context.show(
        people_cards.links(
            [(one.invitation_id, one.role, one.place, one.expires_at) for one in found]
        )
    )


async def people(update: Update, context: Context) -> None:
    """The people in scope, ten at a time."""
    page = await members.listed(context.work, context.actor, _number(context) or 1)
    await context.show(
        people_cards.people(page.people, page.number, page.pages, page.total, page.manages)
    )


async def find(update: Update, context: Context) -> None:
    """Search by name."""
    require(context.actor, Action.SEE_PEOPLE)
    await _begin(context, FIND_PERSON)


async def open_person(update: Update, context: Context) -> None:
    await _show_person(context, _number(context))


async def ask_to_end(update: Update, context: Context) -> None:
    """The first of two taps."""
    person, held = await role_endings.role_to_end(context.work, context.actor, _number(context))
    await context.show(people_cards.ending(person.name, held, person.id or 0))


async def end(update: Update, context: Context) -> None:
    """The second tap."""
    over = await role_endings.end(context.work, context.actor, _number(context), context.now)
    if over.telegram_id:
        await set_menu(context, over.telegram_id)
    context.runtime.dispatcher.wake()
    await context.show(people_cards.ended(over.name, over.role, over.place, over.visits, over.told))


async def ask_quota(update: Update, context: Context) -> None:
    """How many visits a week."""
    facts = await members.facts(context.work, context.actor, _number(context), context.now)
    if not facts.may_set_quota:
        raise Refused(messages.NOT_ALLOWED)
    usual = context.work.settings.assignment.quota
    await context.show(
        people_cards.quota(
            facts.person.name, facts.person.id or 0, facts.quota, usual, members.MOST_QUOTA
        )
    )


async def set_quota(update: Update, context: Context) -> None:
    number = context.match.group(2) if context.match else "x"
    person_id = _number(context)
    chosen = None if number == "x" else int(number)
    await members.set_quota(context.work, context.actor, person_id, chosen)
    await _show_person(context, person_id, messages.QUOTA_SET)


async def own_name(update: Update, context: Context) -> None:
    await _begin_own(context, NAME)


async def own_phone(update: Update, context: Context) -> None:
    await _begin_own(context, PHONE)


async def _begin_own(context: Context, form: Form) -> None:
    if not context.actor.grants:
        raise Refused(messages.NOT_ALLOWED)
    await _begin(context, form)


async def _begin(context: Context, form: Form, **about: str) -> None:
    shown = await engine.start(context.work, context.actor, form, context.now, about=about)
    await show(context, shown)


async def _show_person(context: Context, person_id: int, toast: str = "") -> None:
    facts = await members.facts(context.work, context.actor, person_id, context.now)
    await context.show(people_cards.person(facts), toast)


def _number(context: Context) -> int:
    """The first number of the pressed button; 0 for a command."""
    return int(context.match.group(1)) if context.match else 0


def _text(update: Update) -> str:
    message = update.callback_query.message if update.callback_query else None
    return message.text or "" if isinstance(message, Message) else ""


HANDLERS = (
    CommandHandler("moi", invite),
    CommandHandler("nhansu", people),
    CallbackQueryHandler(invite, pattern=r"^p:invite$"),
    CallbackQueryHandler(qr, pattern=r"^p:qr:(\d{1,9})$"),
    CallbackQueryHandler(revoke, pattern=r"^p:revoke:(\d{1,9})$"),
    CallbackQueryHandler(links, pattern=r"^p:links$"),
    CallbackQueryHandler(people, pattern=r"^p:list:(\d{1,5})$"),
    CallbackQueryHandler(find, pattern=r"^p:find$"),
    CallbackQueryHandler(open_person, pattern=r"^p:open:(\d{1,9})$"),
    CallbackQueryHandler(ask_to_end, pattern=r"^p:end:(\d{1,9})$"),
    CallbackQueryHandler(end, pattern=r"^p:sure:(\d{1,9})$"),
    CallbackQueryHandler(ask_quota, pattern=r"^p:quota:(\d{1,9})$"),
    CallbackQueryHandler(set_quota, pattern=r"^p:set:(\d{1,9}):(x|\d{1,2})$"),
    CallbackQueryHandler(own_name, pattern=r"^p:name$"),
    CallbackQueryHandler(own_phone, pattern=r"^p:phone$"),
)
