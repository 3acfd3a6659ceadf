"""A leader writes to many: in chat, at the outbox, on both databases."""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from typing import Any, cast

import pytest
from python_calamine import load_workbook
from sqlmodel import select
from telegram.error import Forbidden, RetryAfter
from telegram.ext import ExtBot

from bot.announcements.cards.announcements import BLOCKED, LATE, NEVER_IN
from bot.announcements.facts.announcements import AnnouncementText
from bot.announcements.papers import unreached_table
from bot.announcements.services import sending, writing
from bot.channels.outbox import Dispatcher
from bot.channels.telegram.sending import TelegramSender
from bot.core.access import actor_of
from bot.core.context import Context
from bot.core.errors import Refused
from bot.core.work import Work
from storage import outbox
from storage.addresses import TELEGRAM
from storage.enums import AnnouncementState, Audience, Lane, Role, UnitKind
from storage.folding import fold
from storage.models import Announcement, Membership, OutboxMessage, Person, PersonAddress, Unit
from storage.people import address_row
from storage.store import Store
from tests import cast as town_cast
from tests.cast import (
    AN,
    BINH,
    CUC,
    DUNG,
    GIANG,
    HA,
    KCN,
    KHOA,
    LAN,
    LONG_HOA,
    MAI,
    MONDAY,
    SEN_VANG,
    TINH,
    VAULT,
    Character,
    clock_at,
)
from tests.client import PHOTO, Town

WORDS = "Đề nghị các đồng chí nộp báo cáo trước 25/11."


@pytest.fixture
async def work(any_store: Store, settings: Any) -> Work:
    await town_cast.settle(any_store)
    return Work(any_store, settings, settings.make_calendar(), VAULT)


async def acting(work: Work, one: Character) -> Context:
    return Context(work, await actor_of(work, one.address), MONDAY)


async def rows(work: Work, table: Any) -> list[Any]:
    async with work.read() as session:
        return list((await session.exec(select(table).order_by(table.id))).all())


# ---- To whom --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("author", "place", "audience", "readers"),
    [
        (DUNG, KCN, Audience.OFFICERS, {AN, BINH}),
        (DUNG, KCN, Audience.EVERYBODY, {AN, BINH, MAI}),
        (DUNG, KCN, Audience.REPRESENTATIVES, {MAI}),
        (GIANG, TINH, Audience.OFFICERS, {AN, BINH, CUC}),
        (GIANG, TINH, Audience.LEADERS, {DUNG, KHOA}),
        (GIANG, LONG_HOA, Audience.CADRES, {CUC}),
        (HA, TINH, Audience.LEADERS, {DUNG, GIANG, KHOA}),
    ],
)
async def test_it_goes_to_those_of_the_audience_within_the_unit_and_never_to_the_author(
    work: Work, author: Character, place: Any, audience: Audience, readers: set[Character]
) -> None:
    context = await acting(work, author)
    expected = await writing.reach(work, context.actor, place.id, audience)
    await writing.send(context, AnnouncementText(place.id, audience, WORDS))
    messages = await rows(work, OutboxMessage)
    assert {m.person_id for m in messages} == {reader.id for reader in readers}
    assert expected.readers == len(readers)
    assert {m.lane for m in messages} == {Lane.BROADCAST}
    assert all(author.full_name in m.text and WORDS in m.text for m in messages)


@pytest.mark.parametrize(
    ("author", "place"), [(AN, KCN), (MAI, SEN_VANG), (DUNG, LONG_HOA), (DUNG, TINH), (KHOA, KCN)]
)
async def test_nobody_writes_beyond_what_they_lead(
    work: Work, author: Character, place: Any
) -> None:
    context = await acting(work, author)
    with pytest.raises(Refused):
        await writing.reach(work, context.actor, place.id, Audience.EVERYBODY)
    with pytest.raises(Refused):
        await writing.send(context, AnnouncementText(place.id, Audience.EVERYBODY, WORDS))
    assert await rows(work, OutboxMessage) == []


async def test_others_cannot_look_at_it_steer_it_or_answer_it(work: Work) -> None:
    number = await writing.send(
        await acting(work, GIANG), AnnouncementText(LONG_HOA.id, Audience.CADRES, WORDS)
    )
    for other in (DUNG, AN, CUC, LAN):
        for act in (sending.progress, sending.pause, sending.go_on, sending.unreached):
            with pytest.raises(Refused):
                await act(await acting(work, other), number)
    for other in (DUNG, AN, LAN, CUC):  # it has not gone out to Cúc yet
        with pytest.raises(Refused):
            await sending.to_answer(await acting(work, other), number)


async def test_where_nobody_is_nothing_is_written(work: Work) -> None:
    with pytest.raises(Refused, match="chưa có đồng chí nào"):
        await writing.send(
            await acting(work, GIANG), AnnouncementText(LONG_HOA.id, Audience.LEADERS, WORDS)
        )
    assert await rows(work, Announcement) == []


# ---- Going out ------------------------------------------------------------------------------


class Telegram:
    """Takes messages one by one and refuses those it is told to; can stop at any of them."""

    def __init__(self) -> None:
        self.sent: list[tuple[int, str]] = []
        self.refused: dict[int, Exception] = {}
        self.after: Callable[[], Any] | None = None

    async def send_message(
        self, chat: int, text: str, reply_markup: Any, rate_limit_args: int
    ) -> None:
        if chat in self.refused:
            raise self.refused[chat]
        self.sent.append((chat, text))


class Office:
    """The dispatcher as it is after a start of the program."""

    def __init__(self, work: Work, telegram: Telegram) -> None:
        self.work, self.clock = work, clock_at(MONDAY)
        door = TelegramSender(cast("ExtBot[int]", telegram))
        self.dispatcher = Dispatcher(work.store, self.clock, {TELEGRAM: door}, VAULT)

    async def some(self, batches: int) -> None:
        """So many batches, as if the program ended after them."""
        left = iter(range(batches))
        claim = self.dispatcher._claim

        async def limited() -> Any:
            return await claim() if next(left, None) is not None else None

        self.dispatcher._claim = limited  # type: ignore[method-assign]
        await self.dispatcher.drain()
        self.dispatcher._claim = claim  # type: ignore[method-assign]


FIRST = 1000
MANY = 1000


async def move_in(work: Work) -> None:
    """A thousand more representatives, one of whom never came in."""
    async with work.write() as session:
        session.add_all(
            Person(id=n, name=f"Người {n}", folded=fold(f"Người {n}"), joined_at=MONDAY)
            for n in range(FIRST, FIRST + MANY - 1)
        )
        await session.flush()
        session.add_all(
            address_row(n, Character(n, "", 8_000_000_000 + n).address)
            for n in range(FIRST, FIRST + MANY - 1)
            if n != FIRST
        )
        session.add_all(
            Membership(person_id=n, role=Role.REPRESENTATIVE, unit_id=SEN_VANG.id)
            for n in range(FIRST, FIRST + MANY - 1)
        )


@pytest.mark.wide
async def test_a_thousand_get_it_once_whatever_happens_and_three_are_named_who_do_not(
    work: Work,
) -> None:
    await move_in(work)
    giang, telegram = await acting(work, GIANG), Telegram()
    blocked, busy = 8_000_000_000 + FIRST + 1, 8_000_000_000 + FIRST + 2
    telegram.refused = {blocked: Forbidden("bot was blocked by the user"), busy: RetryAfter(600)}
    number = await writing.send(giang, AnnouncementText(TINH.id, Audience.REPRESENTATIVES, WORDS))
    office = Office(work, telegram)
    await office.some(10)
    early = await sending.progress(giang, number)
    assert 0 < early.reached < MANY
    assert early.reached + early.waiting + early.unreached == MANY

    paused = await sending.pause(giang, number)
    before = len(telegram.sent)
    await office.dispatcher.drain()
    assert len(telegram.sent) == before
    assert paused.held > 0

    await sending.go_on(giang, number)
    office = Office(work, telegram)  # the program starts again
    await office.dispatcher.recover()
    await office.some(5)
    async with work.write() as session:  # what matters more comes in between
        urgent = OutboxMessage(
            dedupe_key="answer",
            person_id=AN.id,
            lane=Lane.ANSWER,
            text="trả lời",
            not_before=MONDAY,
            created_at=MONDAY,
        )
        await outbox.add(session, urgent)
    place = len(telegram.sent)
    await office.some(1)
    assert "trả lời" in [text for _, text in telegram.sent[place:]]
    await office.dispatcher.drain()
    office.clock.set(MONDAY + timedelta(days=4))  # nobody tries for ever
    await office.dispatcher.drain()

    await sending.STREAM.ensure(work, office.clock.now())
    over = await sending.progress(giang, number)
    assert over.announcement.state is AnnouncementState.DONE
    assert (over.reached, over.unreached, over.waiting, over.held) == (MANY - 3, 3, 0, 0)
    chats = [chat for chat, text in telegram.sent if WORDS in text]
    assert len(chats) == len(set(chats)) == MANY - 3
    missing = await sending.unreached(giang, number)
    assert {row.why for row in missing.rows} == {BLOCKED, NEVER_IN, LATE}
    assert [m.person_id for m in await rows(work, OutboxMessage) if "đã gửi xong" in m.text] == [
        GIANG.id
    ]
    book = load_workbook(BytesIO(unreached_table.make(missing)))
    assert len(book.get_sheet_by_index(0).to_python()) == 3 + 3


async def test_who_has_left_while_it_was_paused_gets_nothing(work: Work) -> None:
    giang, telegram = await acting(work, GIANG), Telegram()
    number = await writing.send(giang, AnnouncementText(TINH.id, Audience.OFFICERS, WORDS))
    await sending.pause(giang, number)
    async with work.write() as session:
        (await session.get_one(Membership, CUC.id)).ended_at = MONDAY
    await sending.go_on(giang, number)
    await Office(work, telegram).dispatcher.drain()
    assert {chat for chat, _ in telegram.sent} == {AN.telegram_id, BINH.telegram_id}


async def test_at_night_it_waits_for_the_morning_and_says_so(work: Work) -> None:
    giang = await acting(work, GIANG)
    night = Context(work, giang.actor, MONDAY + timedelta(hours=15))
    number = await writing.send(night, AnnouncementText(TINH.id, Audience.OFFICERS, WORDS))
    facts = await sending.progress(night, number)
    assert facts.waits_for is not None
    assert facts.waits_for > night.now


async def test_before_it_goes_out_it_is_known_who_will_hardly_get_it(work: Work) -> None:
    async with work.write() as session:
        (await session.get_one(Person, AN.id)).blocked_at = MONDAY
        address = await session.get_one(PersonAddress, (TELEGRAM, str(BINH.telegram_id)))
        await session.delete(address)
    giang = await acting(work, GIANG)
    reach = await writing.reach(work, giang.actor, TINH.id, Audience.OFFICERS)
    assert reach.readers == 3
    assert set(reach.unreachable) == {(AN.full_name, BLOCKED), (BINH.full_name, NEVER_IN)}
    assert reach.units_without == 1  # đặc khu Hòn Sao


# ---- In chat --------------------------------------------------------------------------------


async def write(town: Town, name: str = "Dũng", audience: str = "Cán bộ và lãnh đạo") -> Any:
    leader = await town.person(name)
    await leader.send("/thongbao")
    await leader.click("Soạn thông báo")
    if name != "Dũng":  # he leads one unit and is not asked which
        await leader.click("LĐLĐ tỉnh")
    await leader.click(audience)
    return leader


async def test_a_leader_writes_looks_sends_and_sees_who_has_it(town: Town) -> None:
    an, binh = await town.person("An"), await town.person("Bình")
    await binh.block()
    dung = await write(town)
    await dung.send(WORDS)
    assert "2 đồng chí" in dung.card
    assert WORDS in dung.card
    assert "Thông báo" not in an.card
    await dung.click("Gửi")
    await dung.click("Xem tiến độ")
    assert "1/2" in dung.card
    assert "1 đã chặn tin hoặc bỏ tài khoản" in dung.card
    assert WORDS in an.card
    assert "Người gửi: đồng chí Phạm Tiến Dũng, lãnh đạo CĐ các KCN tỉnh" in an.card
    await dung.click("Ai chưa nhận được")
    assert dung.messages[-1]["media"]["kind"] == "document"
    await town.move_to(town.clock.now() + timedelta(minutes=5))
    assert "đã gửi xong" in dung.card


async def test_a_picture_with_its_words_is_one_message_to_each(town: Town) -> None:
    an = await town.person("An")
    dung = await write(town)
    await dung.photo("Mời họp 8 giờ sáng mai")
    await dung.click("Gửi")
    assert an.messages[-1]["media"]["kind"] == "photo"
    assert "Mời họp 8 giờ sáng mai" in an.messages[-1]["text"]
    assert "Trả lời" in an.buttons[0]
    await dung.click("Xem tiến độ")
    await dung.click("📎 Ảnh, tệp kèm theo")
    assert [m["media"]["kind"] for m in dung.messages[-2:] if m.get("media")] == ["photo"]
    assert "Mời họp 8 giờ sáng mai" in dung.card, "the way back stands below"
    await an.forge("ann:attached:1")
    assert "chưa được giao quyền" in an.toasts[-1]


async def test_a_paper_that_telegram_does_not_have_goes_up_from_our_copy(town: Town) -> None:
    an, binh = await town.person("An"), await town.person("Bình")
    dung = await write(town)
    await dung.document("ke-hoach.pdf", b"%PDF-1.7 a plan")
    assert "gõ lời nhắn gửi kèm" in dung.card
    await dung.send("Gửi các đồng chí kế hoạch")
    await town.program.files.fetch_missing()
    await town.fault("sendDocument", "400")
    await dung.click("Gửi")
    assert an.messages[-1]["media"]["kind"] == binh.messages[-1]["media"]["kind"] == "document"


@pytest.mark.parametrize("length", [3001, 801])
async def test_words_too_long_for_one_message_are_refused_before(town: Town, length: int) -> None:
    dung = await write(town)
    if length == 801:
        await dung.photo("Ảnh", data=PHOTO)
    await dung.send("x" * length)
    assert any("nhiều nhất" in text for text in dung.cards[-2:])


async def test_an_answer_goes_to_who_wrote_by_the_button_or_by_plain_words(town: Town) -> None:
    an = await town.person("An")
    dung = await write(town)
    await dung.send(WORDS)
    await dung.click("Gửi")
    await an.click("Trả lời")
    await an.send("Tôi đã rõ, sẽ nộp ngày 24")
    await an.click("Gửi")
    assert "Tôi đã rõ, sẽ nộp ngày 24" in dung.card
    assert "Nguyễn Thị An" in dung.card
    await an.send("xin phép nộp muộn một hôm")
    assert "hay là việc khác" in an.card
    await an.click("Trả lời thông báo")
    await an.click("Gửi")
    assert "xin phép nộp muộn một hôm" in dung.card
    await dung.click("Xem thông báo")
    assert "Trả lời: 2" in dung.card


async def test_words_about_something_else_are_taken_as_always(town: Town) -> None:
    an = await town.person("An")
    dung = await write(town)
    await dung.send(WORDS)
    await dung.click("Gửi")
    await an.send("Sáng nay tôi làm việc với BCH, công nhân phản ánh bữa ăn ca")
    await an.click("Việc khác")
    assert "báo cáo" in an.card.casefold()
    before = len(dung.cards)
    await an.send("công nhân còn hỏi về thưởng Tết")
    assert len(dung.cards) == before


async def test_where_there_are_many_units_the_own_one_comes_first_and_every_one_has_its_name(
    work: Work,
) -> None:
    many = [f"CĐ phường An {n:02}" for n in range(1, 31)]
    async with work.write() as session:
        for n, name in enumerate(many, 100):
            session.add(
                Unit(
                    id=n,
                    code=f"P{n}",
                    name=name,
                    folded=fold(name),
                    kind=UnitKind.UPPER,
                    path=f"/1/{n}/",
                    parent_id=TINH.id,
                    known_since=MONDAY.date(),
                )
            )
    context = await acting(work, GIANG)
    offered = await writing.places(work, context.actor)
    assert offered[0] == (TINH.id, TINH.name)
    assert await writing.unit_name(work, context.actor, 129) == many[-1]
    with pytest.raises(Refused):
        await writing.unit_name(work, (await acting(work, DUNG)).actor, 129)
