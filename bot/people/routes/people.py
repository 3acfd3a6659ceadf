"""Administrators and supervisors: inviting people, the list of those who came in."""

import asyncio
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.conversation.form import Form, Wants
from bot.conversation.reply import (
    Attachment,
    FormPlace,
    Reply,
    ShowCard,
    document,
    send,
    show,
)
from bot.conversation.request import Request
from bot.conversation.router import Route, button, command, message
from bot.conversation.routes import begin
from bot.conversation.view import STANDS
from bot.core import messages
from bot.core.access import require
from bot.core.errors import Refused
from bot.core.rules.permissions import Action
from bot.core.rules.quotas import EVERY_SECOND_WEEK
from bot.documents.limits import MAX_UPLOAD_BYTES
from bot.people.cards import handovers as handover_cards
from bot.people.cards import people as people_cards
from bot.people.forms.find_person import FIND_PERSON
from bot.people.forms.invite import INVITE
from bot.people.forms.move_person import MOVE_PERSON
from bot.people.forms.own_details import NAME, PHONE
from bot.people.papers import invitation_list
from bot.people.papers.qr import qr_png
from bot.people.services import (
    bulk_invitations,
    handovers,
    invitations,
    members,
    own_details,
    role_endings,
)

_CODE = re.compile(r"(?:[?&]start=|/m/)([\w-]{8,64})")


async def invite(request: Request) -> Reply:
    """A new invitation."""
    require(request.actor, Action.INVITE)
    return await begin(request, INVITE, about={"link": request.door.link("")}, anew=True)


async def invite_committee(request: Request) -> Reply:
    """A link into the committee (BCH) of this very site, at one tap."""
    created = await invitations.create_for_committee(request.context, request.number())
    links = invitations.links(request.work, request.door.link(""), created.code)
    return show(
        people_cards.invitation(
            created.invitation_id, links, created.role, created.place, created.expires_at
        )
    )


async def qr(request: Request) -> Reply:
    """The link of the pressed card as a picture. The link is kept nowhere else."""
    link = _CODE.search(request.pressed.text if request.pressed else "")
    if link is None:
        raise Refused(messages.INVITATION_CLOSED)
    try:
        invitation = await invitations.check_link(request.context, request.number(), link[1])
    except invitations.LinkOver as over:
        return show(people_cards.link_over(str(over)), str(over))
    address = request.door.link(link[1])
    caption = people_cards.qr_caption(
        address, invitation.role, invitation.place, invitation.expires_at
    )
    return send(Attachment("photo", caption=caption, data=qr_png(address)))


async def explain_many(request: Request) -> Reply:
    """The list to fill in, and where it is sent back."""
    require(request.actor, Action.INVITE)
    data = await asyncio.to_thread(invitation_list.template)
    file = document(data, invitation_list.TEMPLATE_NAME, people_cards.MANY_CAPTION)
    card = ShowCard(people_cards.many(), place=FormPlace(wants=Wants(files=1)))
    return Reply((*file.parts, card))


async def invite_many(request: Request) -> Reply | None:
    """A filled-in list: a sheet with a link for each. None: the table is something else."""
    file = request.user_input.file
    if file is None or not request.actor.may(Action.INVITE):
        return None
    data = await request.door.fetch(file)
    listed_people = await asyncio.to_thread(invitation_list.read, data)
    if listed_people is None:
        return None
    lines = await bulk_invitations.create_many(
        request.context, listed_people, request.door.link("")
    )
    printed = await asyncio.to_thread(invitation_list.sheet, lines)
    caption = people_cards.many_caption(len(lines), lines[0].until)
    return document(printed, invitation_list.SHEET_NAME, caption)


def _is_list(request: Request) -> bool:
    file = request.user_input.file
    name = file.name.lower() if file is not None and file.kind == "document" else ""
    return name.endswith(".xlsx") and bool(file and (file.size or 0) <= MAX_UPLOAD_BYTES)


async def revoke(request: Request) -> Reply:
    """Make a link useless."""
    try:
        closed = await invitations.revoke(request.context, request.number())
    except invitations.LinkOver as over:
        return show(people_cards.link_over(str(over)), str(over))
    return show(people_cards.revoked(closed.role, closed.place), messages.INVITATION_REVOKE_DONE)


async def list_links(request: Request) -> Reply:
    """The links that can still be used."""
    links = await invitations.open_invitations(request.context)
    return show(
        people_cards.links(
            [(link.invitation_id, link.role, link.place, link.expires_at) for link in links]
        )
    )


async def list_people(request: Request) -> Reply:
    """The people in scope, ten at a time."""
    page = await members.listed(request.work, request.actor, request.number() or 1)
    return show(people_cards.people(page.people, page.number, page.pages, page.total, page.manages))


async def download(request: Request) -> Reply:
    """All of them as xlsx."""
    page = await members.listed(request.work, request.actor, None)
    data = await asyncio.to_thread(_workbook, page.people, request.now)
    return document(data, f"can-bo-{request.now:%Y%m%d}.xlsx")


def _workbook(people: Sequence[people_cards.ListedPerson], now: datetime) -> bytes:
    from bot.people.papers.people_table import people_xlsx  # with it comes what writes workbooks

    return people_xlsx(people, now)


async def list_from_start(request: Request) -> Reply:
    """/nhansu, whatever stands after it."""
    return await list_people(replace(request, arguments=()))


async def find(request: Request) -> Reply:
    """Search by name."""
    require(request.actor, Action.SEE_PEOPLE)
    return await begin(request, FIND_PERSON, about={})


async def open_person(request: Request) -> Reply:
    return await _person(request, request.number())


async def ask_to_end(request: Request) -> Reply:
    """The first of two taps."""
    person, role = await role_endings.role_to_end(request.work, request.actor, request.number())
    in_hand = ""
    if people_cards.hands_over(role):
        in_hand = handover_cards.in_hand(await handovers.offered(request.context, request.number()))
    return show(people_cards.ending(person.name, role, person.id or 0, in_hand))


async def end(request: Request) -> Reply:
    """The second tap."""
    over = await role_endings.end(request.context, request.number())
    card = people_cards.ended(over.name, over.role, over.place, over.visits, bool(over.left))
    return replace(show(card), menus_of=over.addresses)


async def offer_handover(request: Request) -> Reply:
    """What there is to hand over, and to whom."""
    return show(handover_cards.offer(await handovers.offered(request.context, request.number())))


async def ask_to_hand_over(request: Request) -> Reply:
    """The second of two taps."""
    facts = await handovers.offered(request.context, request.number())
    return show(handover_cards.sure(facts, int(request.arguments[1])))


async def hand_over(request: Request) -> Reply:
    membership_id, taker_id = request.number(), int(request.arguments[1])
    after = await handovers.hand_over(request.context, membership_id, taker_id)
    return show(handover_cards.done(after))


async def move(request: Request) -> Reply:
    """To which unit, and who takes over."""
    facts = await handovers.offered(request.context, request.number())
    about = {
        "membership_id": facts.membership_id,
        "role": facts.role.value,
        "name": facts.name,
        "in_hand": handover_cards.in_hand(facts),
    }
    return await begin(request, MOVE_PERSON, about=about, anew=True)


async def ask_quota(request: Request) -> Reply:
    """How many visits a week."""
    facts = await members.facts(request.context, request.number())
    if not facts.may_set_quota:
        raise Refused(messages.NOT_ALLOWED)
    usual = facts.usual_quota
    return show(
        people_cards.quota(
            facts.person.name, facts.person.id or 0, facts.quota, usual, members.MOST_QUOTA
        )
    )


async def set_quota(request: Request) -> Reply:
    person_id, number = request.number(), request.arguments[1]
    special = {"x": None, "h": EVERY_SECOND_WEEK}
    quota = special[number] if number in special else int(number)
    await members.set_quota(request.work, request.actor, person_id, quota)
    return await _person(request, person_id, messages.QUOTA_SET)


async def own_name(request: Request) -> Reply:
    return await _begin_own(request, NAME)


async def own_phone(request: Request) -> Reply:
    return await _begin_own(request, PHONE)


async def _begin_own(request: Request, form: Form) -> Reply:
    if not request.actor.grants:
        raise Refused(messages.NOT_ALLOWED)
    stands = await own_details.present(request.work, request.actor)
    return await begin(request, form, about={STANDS: stands})


async def _person(request: Request, person_id: int, toast: str = "") -> Reply:
    facts = await members.facts(request.context, person_id)
    return show(people_cards.person(facts), toast)


ROUTES: tuple[Route, ...] = (
    command("moi", invite),
    command("nhansu", list_from_start),
    button(r"p:invite", invite),
    button(r"p:bch:(\d{1,9})", invite_committee),
    button(r"p:many", explain_many),
    message(invite_many, when=_is_list),
    button(r"p:qr:(\d{1,9})", qr),
    button(r"p:revoke:(\d{1,9})", revoke),
    button(r"p:links", list_links),
    button(r"p:list:(\d{1,5})", list_people),
    button(r"p:xlsx", download),
    button(r"p:find", find),
    button(r"p:open:(\d{1,9})", open_person),
    button(r"p:end:(\d{1,9})", ask_to_end),
    button(r"p:sure:(\d{1,9})", end),
    button(r"p:hand:(\d{1,9})", offer_handover),
    button(r"p:handto:(\d{1,9}):(\d{1,9})", ask_to_hand_over),
    button(r"p:handok:(\d{1,9}):(\d{1,9})", hand_over),
    button(r"p:move:(\d{1,9})", move),
    button(r"p:quota:(\d{1,9})", ask_quota),
    button(r"p:set:(\d{1,9}):(x|h|\d{1,2})", set_quota),
    button(r"p:name", own_name),
    button(r"p:phone", own_phone),
)
