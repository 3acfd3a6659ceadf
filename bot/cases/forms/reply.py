"""What a worker says to a case that is there: an answer, something more, why it is not enough."""

from collections.abc import Sequence

from bot.cases.cards import concerns, worker_messages
from bot.cases.forms.concern import ConcernWords, Contact, asks_contact
from bot.cases.rules.cases import CaseAction, allowed_actions
from bot.cases.services import flood, own_cases
from bot.cases.services.own_cases import Addition
from bot.conversation.form import Form, Option, Step
from bot.conversation.kinds import OneOf, text_of
from bot.core.card import Card
from bot.core.context import Context
from bot.core.rules.permissions import Actor
from bot.core.work import Work
from storage.models import Case, Draft


def takes_more(case: Case) -> bool:
    """Whether something can still be added to it."""
    return CaseAction.ADD in allowed_actions(case.status)


def _addition_of(draft: Draft) -> Addition:
    note = draft.answers["note"]
    return Addition(text_of(note), tuple(note["files"]))


async def _add(context: Context, draft: Draft) -> Card:
    case = draft.about["case_id"]
    return concerns.added(await own_cases.add(context, case, _addition_of(draft)))


async def _add_loose(context: Context, draft: Draft) -> Card:
    case = draft.answers["case"]
    return concerns.added(await own_cases.add(context, case, _addition_of(draft)))


async def _again(context: Context, draft: Draft) -> Card:
    case = draft.about["case_id"]
    return concerns.reopened(await own_cases.reopen(context, case, _addition_of(draft)))


async def _give_name(context: Context, draft: Draft) -> Card:
    case, contact = draft.about["case_id"], draft.answers.get("contact") or ""
    return concerns.named(await own_cases.give_name(context, case, contact))


async def _open_ones(work: Work, actor: Actor, draft: Draft) -> Sequence[Option]:
    open_cases = [case for case in await own_cases.mine(work, actor) if takes_more(case)]
    return [Option(str(case.id), concerns.line(case)) for case in open_cases[:8]]


ADD = Form(
    "add",
    "Gửi thêm cho Công đoàn",
    (Step("note", "Nội dung", "Mời anh/chị viết, gửi tin thoại hoặc ảnh.", ConcernWords()),),
    _add,
    words_to="note",
    files_to="note",
    private=True,
    admit=flood.message_sent,
    who="anh/chị",
)

GIVE_NAME = Form(
    "give_name",
    "Nêu tên với Công đoàn",
    (
        Step(
            "contact",
            "Liên hệ",
            worker_messages.ASK_CONTACT,
            Contact(200),
            optional=True,
            sealed=True,
        ),
    ),
    _give_name,
    private=True,
    admit=flood.message_sent,
    asks=asks_contact,
    who="anh/chị",
)

ADD_LOOSE = Form(
    "add_loose",
    "Gửi thêm cho Công đoàn",
    (
        Step("note", "Nội dung", "Mời anh/chị viết, gửi tin thoại hoặc ảnh.", ConcernWords()),
        Step("case", "Phản ánh", "Tin vừa gửi là để bổ sung cho phản ánh nào?", OneOf()),
    ),
    _add_loose,
    words_to="note",
    files_to="note",
    review=False,
    private=True,
    admit=flood.message_sent,
    choices={"case": _open_ones},
    who="anh/chị",
)

AGAIN = Form(
    "again",
    "Mở lại phản ánh",
    (
        Step(
            "note",
            "Nội dung chưa được giải quyết",
            "Anh/chị cho biết nội dung nào chưa được giải quyết?",
            ConcernWords(),
        ),
    ),
    _again,
    words_to="note",
    files_to="note",
    private=True,
    admit=flood.message_sent,
    who="anh/chị",
)
