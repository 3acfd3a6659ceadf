"""Who comes back after having blocked the bot finds what the union asked meanwhile."""

from datetime import date, time

import pytest

from bot.core.rules.calendar import at
from tests.cases.routes.test_cases import RESULT, case, opened, worker  # noqa: F401
from tests.client import Town

QUESTION = "Ca nào, ngày nào?"


@pytest.fixture
async def an(town: Town):
    return await town.person("An")


async def test_a_question_to_a_worker_who_had_blocked_the_bot_is_there_when_they_return(
    town,
    case,  # noqa: F811
    an,
):
    lan = await worker(town)
    await lan.block()
    await opened(an, case)
    for label in ("Nhận xử lý", "Hỏi thêm"):
        await an.click(label)
    await an.send(QUESTION)
    assert not any(QUESTION in text for text in lan.cards)
    await lan.unblock()
    await lan.send("/start")
    assert QUESTION in lan.card
    await lan.click(f"✍️ {case.code}: trả lời")
    await lan.send("Ca đêm thứ Ba")
    await lan.click("Gửi")
    assert any("Ca đêm thứ Ba" in text for text in an.cards)
    await lan.send("/start")
    assert QUESTION not in lan.card


async def test_a_result_that_was_not_delivered_is_there_too(town, case, an):  # noqa: F811
    lan = await worker(town)
    await opened(an, case)
    await an.click("Nhận xử lý")
    await lan.block()
    await an.click("Đã giải quyết")
    await an.send(RESULT)
    await lan.unblock()
    await lan.send("/start")
    assert RESULT in lan.card
    await lan.click(f"🔎 {case.code}: xem kết quả")
    await lan.click("👍 Đã hài lòng")
    await lan.send("/start")
    assert RESULT not in lan.card


async def test_a_worker_with_nothing_waiting_sees_the_welcome_alone(town, case):  # noqa: F811
    lan = await worker(town)
    await lan.send("/start")
    assert lan.card.startswith("Công đoàn xin chào")


async def test_what_is_said_of_when_a_question_arrives_is_true(town, case, an):  # noqa: F811
    lan = await worker(town)
    await opened(an, case)
    await an.click("Nhận xử lý")
    town.clock.set(at(date(2026, 11, 16), time(21, 30)))
    await an.click("Hỏi thêm")
    assert "ban đêm, ngày lễ thì gửi vào buổi sáng kế tiếp" in an.card
    await an.send(QUESTION)
    assert not any(QUESTION in text for text in lan.cards)
    await town.move_to(at(date(2026, 11, 17), time(7, 30)))
    assert any(QUESTION in text for text in lan.cards)
