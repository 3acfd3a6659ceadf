"""After an update people find the commands of the new version behind the menu button, once."""

import asyncio
from typing import Any

import pytest
from telegram.error import BadRequest, Forbidden, NetworkError

from bot.channels.telegram import menus
from bot.config.settings import Settings
from bot.core.work import Work
from bot.home import commands
from storage import marks
from storage.enums import Lane
from storage.models import Person
from tests import cast
from tests.client import WAIT


class Telegram:
    """Takes menus; `answers`: the error for a chat, each once; `away`: so often it is not there."""

    def __init__(self) -> None:
        self.menus: dict[int, list[str]] = {}
        self.calls: list[tuple[int, int | None]] = []
        self.answers: dict[int, list[Exception]] = {}
        self.away = 0

    async def get_me(self) -> None:
        if self.away:
            self.away -= 1
            raise NetworkError("away")

    async def set_my_commands(
        self, menu: Any, scope: Any = None, rate_limit_args: int | None = None
    ) -> None:
        self.calls.append((scope.chat_id, rate_limit_args))
        if self.answers.get(scope.chat_id):
            raise self.answers[scope.chat_id].pop()
        self.menus[scope.chat_id] = [command.command for command in menu]


@pytest.fixture
async def work(any_store, settings: Settings, monkeypatch) -> Work:
    monkeypatch.setattr(menus, "BETWEEN_CHATS", 0)
    monkeypatch.setattr(menus, "AGAIN_SECONDS", 0)
    await cast.settle(any_store)
    return Work(any_store, settings, settings.make_calendar(), cast.VAULT)


async def keep_current(telegram: Telegram, work: Work) -> None:
    """As a start of the program does, until the menus are what they should be."""
    task = asyncio.create_task(
        menus.keep_current(telegram, work, cast.clock_at(cast.MONDAY))  # type: ignore[arg-type]
    )
    expected = menus.MARK + menus._version(web=work.settings.web.is_on)
    try:
        async with asyncio.timeout(WAIT):
            while True:
                async with work.read() as session:
                    if expected in await marks.all_marks(session):
                        return
                assert not task.done(), "it goes on until it is told to stop"
                await asyncio.sleep(0)
    finally:
        task.cancel()


async def test_everybody_with_a_role_gets_the_menu_of_it_once_behind_all_messages(work) -> None:
    telegram = Telegram()
    await keep_current(telegram, work)
    assert {lane for _, lane in telegram.calls} == {Lane.BROADCAST}
    assert len(telegram.calls) == len(telegram.menus)
    assert {cast.AN.telegram_id, cast.DUNG.telegram_id} <= set(telegram.menus)
    assert "tuannay" in telegram.menus[cast.AN.telegram_id]
    assert "tongquan" in telegram.menus[cast.DUNG.telegram_id]
    assert "tongquan" not in telegram.menus[cast.AN.telegram_id]
    again = Telegram()
    await keep_current(again, work)
    assert again.calls == []


async def test_a_new_command_reaches_everybody_and_one_mark_is_left(work, monkeypatch) -> None:
    await keep_current(Telegram(), work)
    before, *rest = commands.COMMANDS
    monkeypatch.setattr(commands, "COMMANDS", ((("tuanmoi", "Tuần"), before[1]), *rest))
    telegram = Telegram()
    await keep_current(telegram, work)
    assert "tuanmoi" in telegram.menus[cast.AN.telegram_id]
    async with work.read() as session:
        names = await marks.all_marks(session)
    assert len([name for name in names if name.startswith(menus.MARK)]) == 1


async def test_whoever_telegram_did_not_answer_about_is_tried_again_and_the_gone_are_not(
    work,
) -> None:
    telegram = Telegram()
    an, binh, cuc = (p.telegram_id for p in (cast.AN, cast.BINH, cast.CUC))
    telegram.answers = {
        an: [NetworkError("away")],
        binh: [Forbidden("bot was blocked")],
        cuc: [BadRequest("chat not found")],
    }
    await keep_current(telegram, work)
    tries = [chat for chat, _ in telegram.calls]
    assert (tries.count(an), tries.count(binh), tries.count(cuc)) == (2, 1, 1)
    assert an in telegram.menus


async def test_a_chat_that_is_never_answered_about_does_not_keep_the_menus_from_being_done(
    work,
) -> None:
    """Else every start would set them for everybody anew."""
    telegram, an = Telegram(), cast.AN.telegram_id
    telegram.answers = {an: [NetworkError("never")] * 1000}
    await keep_current(telegram, work)
    assert [chat for chat, _ in telegram.calls].count(an) == menus.MOST_TRIES
    assert cast.BINH.telegram_id in telegram.menus
    again = Telegram()
    await keep_current(again, work)
    assert again.calls == []


async def test_while_telegram_is_away_nobody_is_given_up(work) -> None:
    telegram, an = Telegram(), cast.AN.telegram_id
    telegram.away = 3 * menus.MOST_TRIES
    telegram.answers = {an: [NetworkError("away")] * telegram.away}
    await keep_current(telegram, work)
    assert an in telegram.menus


async def test_who_blocks_the_bot_is_left_alone(work) -> None:
    async with work.write() as session:
        (await session.get_one(Person, cast.AN.id)).blocked_at = cast.MONDAY
    telegram = Telegram()
    await keep_current(telegram, work)
    assert cast.AN.telegram_id not in telegram.menus
    assert cast.BINH.telegram_id in telegram.menus
