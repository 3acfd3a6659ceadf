"""Inviting many at once: all of a list, or what is wrong with it."""

from collections.abc import Sequence

import structlog

from bot.core.access import require
from bot.core.context import Context
from bot.core.errors import Refused
from bot.core.rules.permissions import Action
from bot.people.papers.invitation_list import MOST, SheetLine, ToInvite
from bot.people.services.invitation_places import NamedPlace, check_fit, may_invite, unit_place
from bot.people.services.invitations import new_invitation

log = structlog.get_logger()

NOBODY = "Trong tệp chưa có ai. Đề nghị ghi mỗi người một dòng: họ tên, vai trò, mã đơn vị."
TOO_MANY = "Mỗi lần mời nhiều nhất {} người; đề nghị chia thành nhiều tệp."
NO_ROLE = "chưa ghi đúng vai trò (chọn trong danh sách của ô)"
NO_NAME = "chưa ghi họ tên"
NO_UNIT = "chưa ghi mã đơn vị"
MOST_SHOWN = 15


async def create_many(context: Context, people: Sequence[ToInvite], link: str) -> list[SheetLine]:
    """A link for each, to be used once; `link` is what comes before their codes.

    Raises Refused, naming the lines that are wrong: then nobody is invited.
    """
    require(context.actor, Action.INVITE)
    if not people or len(people) > MOST:
        raise Refused(TOO_MANY.format(MOST) if people else NOBODY)
    wrong, lines = [], []
    async with context.work.write() as session:
        for person in people:  # an administrator's list: a few hundred at most, some queries each
            try:
                if not person.name:
                    raise Refused(NO_NAME)
                if person.role is None:
                    raise Refused(NO_ROLE)
                if not person.unit_code:
                    raise Refused(NO_UNIT)
                named = NamedPlace(unit_code=person.unit_code)
                place = await unit_place(session, context.work, context.actor, named, context.now)
                await may_invite(session, context.work, context.actor, place)
                check_fit(person.role, place)
            except Refused as refused:
                wrong.append(f"Dòng {person.line}: {str(refused)[:1].lower()}{str(refused)[1:]}")
                continue
            invitation, code = new_invitation(context, person.role, place, name=person.name)
            session.add(invitation)
            until = invitation.expires_at
            lines.append(SheetLine(person.name, person.role, place.name, link + code, until))
        if wrong:
            more = [f"… và {len(wrong) - MOST_SHOWN} dòng nữa."] if len(wrong) > MOST_SHOWN else []
            raise Refused("\n".join(["Chưa mời ai:", *wrong[:MOST_SHOWN], *more]))
    log.info("people.invited", actor=context.actor.person_id, people=len(lines))
    return lines
