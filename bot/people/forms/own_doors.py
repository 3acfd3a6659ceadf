"""Thêm thư điện tử: the address, then the code from the letter."""

from dataclasses import dataclass
from typing import Any

from bot.conversation.form import Form, Moment, Step, UserInput
from bot.conversation.kinds import Words
from bot.core.card import Card
from bot.core.context import Context
from bot.people.cards import own_doors as cards
from bot.people.services import own_doors
from storage.models import Draft


@dataclass(frozen=True)
class EmailAddress(Words):
    def take(self, user_input: UserInput, value: Any, at: Moment) -> Any:
        return own_doors.email_address(super().take(user_input, value, at))


async def _send_code(context: Context, draft: Draft) -> Card:
    return cards.code_sent(await own_doors.send_code(context, draft.answers["address"]))


async def _confirm(context: Context, draft: Draft) -> Card:
    return cards.confirmed(await own_doors.confirm_email(context, draft.answers["code"]))


OWN_EMAIL = Form(
    name="own_email",
    title="Thư điện tử",
    steps=(
        Step(
            "address",
            "Địa chỉ",
            "Đồng chí gõ địa chỉ thư điện tử, ví dụ: nguyenvanan@gmail.com.",
            EmailAddress(254),
        ),
    ),
    submit=_send_code,
    review=False,
)

OWN_EMAIL_CODE = Form(
    name="own_email_code",
    title="Mã xác nhận",
    steps=(Step("code", "Mã", "Đồng chí gõ mã 6 số trong thư.", Words()),),
    submit=_confirm,
    review=False,
)
