"""Asking goes on whatever comes back, knows whether it works, and does not fill the log."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any, cast

import pytest
from structlog.testing import capture_logs
from telegram import Bot
from telegram.error import Conflict, InvalidToken, NetworkError, RetryAfter, TelegramError
from telegram.request import HTTPXRequest

from bot.channels.telegram import fetching
from bot.channels.telegram.fetching import Polling, Spell
from bot.channels.telegram.inbox import Inbox, NotStored, Unreadable
from tests.channels.telegram import virtual_time
from tests.client import Town


class Line:
    """Stands for the connection: answers as told, the last answer again and again."""

    def __init__(self, *answers: Exception | bytes | list[Any]) -> None:
        self.answers, self.asked = list(answers), list[str]()

    async def retrieve(self, url: str, **_: object) -> bytes:
        self.asked.append(url)
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, Exception):
            raise answer
        if not answer:
            await asyncio.sleep(int(url.partition("timeout=")[2].partition("&")[0]))
        return answer if isinstance(answer, bytes) else json.dumps({"result": answer}).encode()

    def offsets(self) -> list[int]:
        return [int(url.partition("offset=")[2].partition("&")[0]) for url in self.asked]


POISON = 666


class Box:
    """Stands for the inbox."""

    def __init__(self) -> None:
        self.ids: list[int] = []
        self.full = False

    async def take(self, *raws: Any) -> int:
        ids = [raw.get("update_id") for raw in raws]
        if self.full or POISON in ids:
            raise NotStored
        if None in ids:
            raise Unreadable
        self.ids += ids
        return ids[-1]


class Asking:
    """A Polling between a line and a box."""

    def __init__(self, *answers: Exception | bytes | list[Any]) -> None:
        self.line, self.box = Line(*answers), Box()
        self.polling = Polling(
            cast("Bot", self),
            cast("Inbox", self.box),
            cast("HTTPXRequest", self.line),
            ["message"],
        )
        self.base_url = "https://telegram/bot1:x"
        self.webhook_troubles: list[TelegramError] = []

    async def delete_webhook(self) -> bool:
        if self.webhook_troubles:
            raise self.webhook_troubles.pop()
        return True

    async def for_(self, seconds: float) -> None:
        task = asyncio.create_task(self.polling.run())
        await asyncio.wait({task}, timeout=seconds)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


@pytest.fixture
def soon(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], Awaitable[Any]]], Any]:
    """Runs a story in virtual time."""

    async def told(story: Callable[[], Awaitable[Any]]) -> Any:
        return await story()

    return lambda story: virtual_time.run(monkeypatch, told(story))


def test_it_works_only_where_it_went_well_lately(soon) -> None:
    async def story() -> None:
        asking = Asking([{"update_id": 5}], [])
        assert not asking.polling.works()
        await asking.for_(60)
        assert asking.polling.works()
        asking.line.answers = [NetworkError("x")]
        await asking.for_(fetching.LATELY_SECONDS + 30)
        assert not asking.polling.works()

    soon(story)


def test_whether_telegram_is_there_is_known_at_once_also_where_nobody_writes(soon) -> None:
    """A long poll that nothing ends would keep a start, or the end of an outage, unknown."""

    async def story() -> None:
        asking = Asking([])
        await asking.for_(0.1)
        assert asking.polling.works()
        await asking.for_(60)
        assert len(asking.line.asked) < 12, "afterwards it waits for what comes"
        asking.line.answers = [InvalidToken("x"), []]
        await asking.for_(1.1 + fetching.FIRST_PAUSE)
        assert asking.polling.works()

    soon(story)


def test_a_refusal_is_at_once_no_sign_of_health(soon) -> None:
    async def story() -> None:
        asking = Asking([{"update_id": 5}], InvalidToken("Not Found"))
        await asking.for_(30)
        assert not asking.polling.works()
        asking.line.answers = [[]]
        await asking.for_(30)
        assert asking.polling.works()

    soon(story)


def test_what_cannot_be_stored_or_read_is_not_taken_for_working(soon) -> None:
    async def story() -> None:
        for answer in (b"<html>", b"[]", b'{"result": 7}', [{"message": {}}], ["x"]):
            asking = Asking(answer)
            asking.box.ids.clear()
            await asking.for_(600)
            assert not asking.polling.works()
            assert len(asking.line.asked) < 40  # it does not spin
        full = Asking([{"update_id": 5}])
        full.box.full = True
        await full.for_(600)
        assert not full.polling.works()
        assert set(full.line.offsets()) == {0}

    soon(story)


def test_each_update_is_acknowledged_by_itself(soon) -> None:
    async def story() -> None:
        asking = Asking([{"update_id": 5}, {"no": "id"}, {"update_id": 6}], [{"update_id": 2}], [])
        await asking.for_(5)
        assert asking.box.ids == [5, 6, 2]
        # the last is the farewell, for what was stored
        assert asking.line.offsets() == [0, 7, 3, 3]
        assert "timeout=0" in asking.line.asked[-1]

    soon(story)


def test_asking_goes_on_after_a_spell_of_refusals(soon) -> None:
    async def story() -> None:
        asking = Asking(*[InvalidToken("Not Found")] * 8, [{"update_id": 5}], [])
        asking.webhook_troubles = [NetworkError("x"), InvalidToken("Unauthorized")]
        await asking.for_(290)
        assert asking.box.ids == [5]
        assert asking.polling.works()

    soon(story)


def test_it_ends_where_telegram_says_nothing_but_that_it_does_not_know_the_token(soon) -> None:
    async def story() -> None:
        asking, begin = Asking(InvalidToken("Not Found")), asyncio.get_running_loop().time()
        with pytest.raises(InvalidToken):
            await asking.polling.run()
        passed = asyncio.get_running_loop().time() - begin
        assert fetching.FINAL_AFTER_SECONDS <= passed < fetching.FINAL_AFTER_SECONDS + 60
        assert not asking.polling.works()

    soon(story)


def test_an_outage_never_ends_it(soon) -> None:
    async def story() -> None:
        asking = Asking(*[InvalidToken("x"), NetworkError("y")] * 1000, [{"update_id": 5}], [])
        with capture_logs() as logged:
            await asking.for_(86_400)
        assert asking.box.ids == [5]
        assert len(logged) < 500  # a line for each kind in ten minutes

    soon(story)


def test_telegrams_own_pause_is_kept(soon) -> None:
    async def story() -> float:
        spell, begin = Spell(), asyncio.get_running_loop().time()
        await spell.failed(RetryAfter(35))
        return asyncio.get_running_loop().time() - begin

    assert soon(story) >= 35


def test_a_second_program_on_the_token_is_one_clear_line(soon) -> None:
    async def story() -> list[Any]:
        spell = Spell()
        with capture_logs() as logged:
            for error in (Conflict("x"), NetworkError("y"), Conflict("x"), NetworkError("y")):
                await spell.failed(error)
        return logged

    said = soon(story)
    assert [line["event"] for line in said] == ["telegram.conflict", "updates.not_fetched"]
    assert said[0]["advice"] == "another program is using this bot's token"


@pytest.mark.parametrize("kind", ["401", "404", "429", "500", "502", "drop", "garbled", "lost"])
async def test_people_are_answered_after_any_fault_of_get_updates(
    town: Town, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "_seconds", lambda _error: 0.01)
    an = await town.person("An")
    before = len(an.cards)
    await town.fault("getUpdates", kind, times=3)
    await an.send("/start")
    await an.send("/start")
    assert len(an.cards) == before + 2
    assert town.program.fetching.works()


async def test_what_cannot_be_stored_keeps_nothing_before_it_from_being_stored() -> None:
    updates = [{"update_id": 5}, {"update_id": POISON}, {"update_id": 7}]
    asking = Asking(updates, [])
    await asking.for_(0.5)
    assert asking.box.ids == [5]
    assert asking.line.offsets()[1] == 6, "what was stored is not asked for again"
