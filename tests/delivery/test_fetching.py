"""Fetching knows whether Telegram answers, and does not fill the log when it does not."""

import pytest
from structlog.testing import capture_logs
from telegram.error import Conflict, NetworkError
from telegram.request import HTTPXRequest

from bot.delivery import fetching
from bot.delivery.fetching import Fetching


@pytest.mark.parametrize(("code", "works"), [(200, True), (409, False), (502, False)])
async def test_only_an_answer_counts_and_only_for_a_while(monkeypatch, code, works):
    async def answer(*_args, **_kwargs):
        return code, b"{}"

    monkeypatch.setattr(HTTPXRequest, "do_request", answer)
    request = Fetching()
    assert not request.works()
    await request.do_request("url", "POST")
    assert request.works() is works
    monkeypatch.setattr(fetching, "LATELY_SECONDS", 0)
    assert not request.works()


async def test_a_second_program_on_the_token_is_one_clear_line():
    request = Fetching()
    with capture_logs() as said:
        for error in (Conflict("x"), NetworkError("y"), Conflict("x"), NetworkError("y")):
            request.failed(error)
    assert [line["event"] for line in said] == ["telegram.conflict", "updates.not_fetched"]
    assert said[0]["advice"] == "another program is using this bot's token"
