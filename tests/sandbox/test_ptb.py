"""python-telegram-bot works against the sandbox as against Telegram."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeChat,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaPhoto,
)
from telegram.error import Conflict, Forbidden, InvalidToken, NetworkError, RetryAfter

from tests.sandbox.conftest import LAN, STRANGER, TOKEN, Client


@pytest_asyncio.fixture
async def bot(sandbox: Client) -> AsyncIterator[Bot]:
    served = sandbox.served
    async with Bot(TOKEN, base_url=served.base_url, base_file_url=served.base_file_url) as bot:
        yield bot


async def test_a_card_is_sent_pressed_answered_and_edited(sandbox: Client, bot: Bot) -> None:
    rows = InlineKeyboardMarkup([[InlineKeyboardButton("Có", callback_data="y")]])
    sent = await bot.send_message(LAN, "<b>Đi</b> chứ?", parse_mode="HTML", reply_markup=rows)
    assert sent.text_html == "<b>Đi</b> chứ?"
    await sandbox.post(f"/people/{LAN}/click", message_id=sent.message_id, button="Có")
    query = (await bot.get_updates())[0].callback_query
    assert query is not None
    assert await query.answer("Đã nhận")
    await query.edit_message_text("Xong")
    chat = await sandbox.get(f"/people/{LAN}/chat")
    assert [(m["text"], m["edited"]) for m in chat["messages"]] == [("Xong", True)]


async def test_files_go_out_and_come_back(bot: Bot, png: bytes) -> None:
    sent = await bot.send_document(LAN, b"PK", filename="kế hoạch.docx", caption="Gửi đồng chí")
    assert sent.document is not None
    file = await sent.document.get_file()
    assert bytes(await file.download_as_bytearray()) == b"PK"
    album = await bot.send_media_group(LAN, [InputMediaPhoto(png), InputMediaPhoto(png)])
    assert len({message.media_group_id for message in album}) == 1


async def test_commands_for_one_chat_are_kept(bot: Bot) -> None:
    commands = [BotCommand("lich", "Lịch tuần này")]
    await bot.set_my_commands(commands, scope=BotCommandScopeChat(LAN))
    assert list(await bot.get_my_commands(scope=BotCommandScopeChat(LAN))) == commands
    assert list(await bot.get_my_commands()) == []


async def test_errors_arrive_as_the_right_exceptions(sandbox: Client, bot: Bot) -> None:
    with pytest.raises(Forbidden, match="can't initiate conversation"):
        await bot.send_message(STRANGER, "x")
    await sandbox.post("/faults", method="sendMessage", kind="429", seconds=3)
    with pytest.raises(RetryAfter):
        await bot.send_message(LAN, "x")
    await sandbox.post("/faults", method="sendMessage", kind="lost")
    with pytest.raises(NetworkError):
        await bot.send_message(LAN, "x")
    await bot.set_webhook("https://127.0.0.1:1/hook")
    with pytest.raises(Conflict):
        await bot.get_updates()


async def test_a_wrong_token_is_an_invalid_token(sandbox: Client) -> None:
    other = Bot("1:wrong", base_url=sandbox.served.base_url)
    with pytest.raises(InvalidToken):
        await other.initialize()


async def test_the_webhook_may_be_on_this_machine(bot: Bot) -> None:
    await bot.set_webhook("http://127.0.0.1:1/hook", secret_token="s")
    assert (await bot.get_webhook_info()).url == "http://127.0.0.1:1/hook"
    await bot.delete_webhook()


async def test_the_chat_of_a_known_person_is_given(bot: Bot) -> None:
    assert (await bot.get_chat(LAN)).first_name == "Lan"
