"""Sửa họ tên, số điện thoại: one question each."""

from dataclasses import dataclass
from typing import Any

from bot.conversation.form import Form, Moment, Step, UserInput
from bot.conversation.kinds import Words
from bot.core.card import Card
from bot.core.context import Context
from bot.people.cards import people
from bot.people.services import own_details
from storage.models import Draft


@dataclass(frozen=True)
class FullName(Words):
    def take(self, user_input: UserInput, value: Any, at: Moment) -> Any:
        return own_details.official_name(super().take(user_input, value, at))


@dataclass(frozen=True)
class Phone(Words):
    def take(self, user_input: UserInput, value: Any, at: Moment) -> Any:
        return own_details.phone_number(super().take(user_input, value, at))


async def _rename(context: Context, draft: Draft) -> Card:
    name = await own_details.rename(context.work, context.actor, draft.answers["name"])
    return people.own_details(name, "")


async def _set_phone(context: Context, draft: Draft) -> Card:
    phone = await own_details.set_phone(context.work, context.actor, draft.answers["phone"])
    return people.own_details(context.actor.name, phone)


NAME = Form(
    name="own_name",
    title="Họ và tên",
    steps=(
        Step(
            "name",
            "Họ tên",
            "Đồng chí gõ đủ họ và tên, ví dụ: Nguyễn Văn An.",
            FullName(200),
        ),
    ),
    submit=_rename,
    review=False,
)

PHONE = Form(
    name="own_phone",
    title="Số điện thoại",
    steps=(
        Step(
            "phone",
            "Điện thoại",
            "Đồng chí gõ số điện thoại công vụ. Lãnh đạo, quản trị và cơ sở đồng chí phụ trách "
            "sẽ thấy số này.",
            Phone(200),
        ),
    ),
    submit=_set_phone,
    review=False,
)
