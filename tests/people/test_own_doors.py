"""/hoso and /hopthu: where one is reached, confirmed by a code; the notices one has had."""

import re
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import select

from bot.config.settings import Email, Settings, Zalo
from bot.core import messages
from bot.core.access import actor_of
from bot.core.context import Context
from bot.core.errors import Refused
from bot.people.services import own_doors
from storage import outbox
from storage.addresses import EMAIL, WEB, ZALO, Address
from storage.enums import OutboxState
from storage.models import AddressCode, OutboxMessage, PersonAddress
from storage.people import address_row
from tests.cast import AN, BINH, LAN
from tests.channels.smtp import FakeSmtp
from tests.client import Person, Town

MAIL = "an@example.vn"


@pytest.fixture
async def smtp() -> AsyncIterator[FakeSmtp]:
    async with FakeSmtp().open() as server:
        yield server


@pytest.fixture
def settings(settings: Settings, smtp: FakeSmtp) -> Settings:
    email = Email(host="127.0.0.1", port=smtp.port, starttls=False, sender="cd@example.vn")
    return settings.model_copy(update={"email": email})


@pytest.fixture
async def an(town: Town) -> Person:
    return await town.person("An")


async def addresses(town: Town, person_id: int) -> set[tuple[str, str]]:
    async with town.program.work.read() as session:
        rows = await session.exec(select(PersonAddress).where(PersonAddress.person_id == person_id))
        return {(row.channel, row.id) for row in rows.all()}


async def code_in(town: Town, smtp: FakeSmtp) -> str:
    await town.settle()
    return re.findall(r"\b\d{6}\b", smtp.letters[-1].get_content())[0]


async def test_an_address_of_e_mail_counts_after_its_code_came_back(
    town: Town, an: Person, smtp: FakeSmtp
) -> None:
    await an.send("/hoso")
    assert "1. Telegram" in an.card
    await an.click("✉️ Thêm thư điện tử")
    await an.send("không phải thư")
    assert messages.EMAIL_NEEDED in an.cards[-2:][0] + an.card
    await an.send(" An@Example.VN ")
    assert MAIL in an.card
    assert await addresses(town, AN.id) == {("telegram", str(AN.telegram_id))}
    code = await code_in(town, smtp)
    await an.click("Nhập mã")
    await an.send(f"mã {code}")
    assert f"Thông báo gửi được tới {MAIL}" in an.card
    assert (EMAIL, MAIL) in await addresses(town, AN.id)
    await an.send("/hoso")
    assert f"2. Thư điện tử: {MAIL}" in an.card
    await an.click("Bỏ thư điện tử")
    assert (EMAIL, MAIL) not in await addresses(town, AN.id)


async def test_a_wrong_code_is_told_and_five_of_them_end_it(
    town: Town, an: Person, smtp: FakeSmtp
) -> None:
    context = await acting(town)
    await own_doors.send_code(context, MAIL)
    right = await code_in(town, smtp)
    wrong = f"{(int(right) + 1) % 10**6:06}"
    for _ in range(own_doors.MOST_TRIES):
        with pytest.raises(Refused, match=messages.ADDRESS_CODE_WRONG):
            await own_doors.confirm_email(context, wrong)
    with pytest.raises(Refused, match=messages.ADDRESS_CODE_OVER):
        await own_doors.confirm_email(context, right)


async def acting(town: Town, address: Address = AN.address) -> Context:
    work = town.program.work
    return Context(work, await actor_of(work, address), town.clock.now())


async def test_a_code_is_over_after_half_an_hour_and_after_it_was_used(
    town: Town, smtp: FakeSmtp
) -> None:
    context = await acting(town)
    await own_doors.send_code(context, MAIL)
    code = await code_in(town, smtp)
    late = Context(context.work, context.actor, context.now + timedelta(minutes=31))
    with pytest.raises(Refused, match=messages.ADDRESS_CODE_OVER):
        await own_doors.confirm_email(late, code)
    assert await own_doors.confirm_email(context, code) == MAIL
    with pytest.raises(Refused, match=messages.ADDRESS_CODE_OVER):
        await own_doors.confirm_email(context, code)


async def test_no_more_than_five_letters_a_day(town: Town) -> None:
    context = await acting(town)
    for number in range(own_doors.MOST_A_DAY):
        await own_doors.send_code(context, f"an{number}@example.vn")
    with pytest.raises(Refused, match=messages.TOO_MANY_CODES):
        await own_doors.send_code(context, MAIL)
    tomorrow = Context(context.work, context.actor, context.now + timedelta(days=1))
    assert await own_doors.send_code(tomorrow, MAIL) == MAIL


async def test_an_address_of_somebody_else_is_not_taken(town: Town) -> None:
    async with town.program.work.write() as session:
        session.add(address_row(BINH.id, Address(EMAIL, MAIL)))
    with pytest.raises(Refused, match=messages.ADDRESS_OF_ANOTHER):
        await own_doors.send_code(await acting(town), MAIL)


async def test_neither_code_nor_hash_can_be_read_or_tried_out(town: Town, smtp: FakeSmtp) -> None:
    await own_doors.send_code(await acting(town), MAIL)
    code = await code_in(town, smtp)
    async with town.program.work.read() as session:
        (row,) = (await session.exec(select(AddressCode))).all()
        texts = (await session.exec(select(OutboxMessage.text))).all()
    assert not any(code in text for text in texts)
    assert row.code_hash == town.program.work.vault.look(f"address code:{AN.id}:{code}")


async def test_who_has_no_role_has_no_doors(town: Town) -> None:
    lan = await town.person("Lan")
    await lan.send("/hoso")
    assert "quyền" in lan.card
    await lan.send("/hopthu")
    assert "quyền" in lan.card
    with pytest.raises(Refused):
        await own_doors.send_code(await acting(town, LAN.address), MAIL)


async def test_a_zalo_account_counts_when_its_code_came_from_there(town: Town) -> None:
    context = await acting(town)
    opened = context.work.settings.model_copy(update={"zalo": Zalo(enabled=True, token="1:x")})
    context = Context(replace(context.work, settings=opened), context.actor, context.now)
    code = await own_doors.link_code(context, ZALO)
    there = Address(ZALO, "6ede9afa66b88fe6d6a9")
    elsewhere = Context(context.work, await actor_of(context.work, LAN.address), context.now)
    with pytest.raises(Refused, match=messages.ADDRESS_CODE_OVER):
        await own_doors.accept(elsewhere, code)  # not from the channel it is for
    from_there = Context(context.work, await actor_of(context.work, there), context.now)
    assert await own_doors.accept(from_there, code) == AN.full_name
    with pytest.raises(Refused, match=messages.ADDRESS_CODE_OVER):
        await own_doors.accept(from_there, code)
    assert (await actor_of(context.work, there)).person_id == AN.id
    at_zalo = Context(context.work, await actor_of(context.work, there), context.now)
    with pytest.raises(Refused, match=messages.LAST_ADDRESS):
        await own_doors.drop(at_zalo, ZALO)  # one is in it
    await own_doors.drop(context, ZALO)
    assert (await actor_of(context.work, there)).is_stranger


# ---- The list of notices -------------------------------------------------------------------------


async def test_notices_are_found_whole_and_those_that_only_lay_there_are_marked_until_opened(
    town: Town, an: Person
) -> None:
    work, now = town.program.work, town.clock.now()
    async with work.write() as session:
        session.add(address_row(AN.id, Address(WEB, "an-web")))
        for number, door in enumerate(("telegram", WEB, EMAIL)):
            text = f"<b>Tin {number}</b> cho đồng chí"
            message = OutboxMessage(
                dedupe_key=f"tin:{number}",
                person_id=AN.id,
                text=text,
                not_before=now,
                created_at=now,
                state=OutboxState.SENT,
                sent_at=now,
                door=door,
            )
            await outbox.add(session, message)
    await an.send("/hopthu")
    assert "2 thông báo chưa xem" in an.card
    marked = [line for line in an.card.splitlines() if "🔵" in line]
    assert len(marked) == 2
    assert "Tin 0" not in "".join(marked)
    await an.click("1")
    assert an.card.startswith("Tin 2")
    await an.send("/hopthu")
    assert "1 thông báo chưa xem" in an.card


async def test_nobody_opens_a_notice_of_another(town: Town, an: Person) -> None:
    async with town.program.work.read() as session:
        keys = (await session.exec(select(OutboxMessage.id, OutboxMessage.person_id))).all()
    others = [key for key, person in keys if person not in (None, AN.id)]
    for key in others:
        before = an.card
        await an.forge(f"box:{key}")
        assert an.card == before or messages.NOTICE_GONE in an.card


async def test_of_two_who_ask_for_one_mailbox_the_first_to_confirm_has_it(
    town: Town, an: Person, smtp: FakeSmtp
) -> None:
    first, second = await acting(town), await acting(town, BINH.address)
    await own_doors.send_code(first, MAIL)
    code_of_first = await code_in(town, smtp)
    await own_doors.send_code(second, MAIL)
    code_of_second = await code_in(town, smtp)
    assert await own_doors.confirm_email(first, code_of_first) == MAIL
    with pytest.raises(Refused, match=messages.ADDRESS_OF_ANOTHER):
        await own_doors.confirm_email(second, code_of_second)
