"""The other floor, where aiogram is installed: it only answers and edits as well."""

import asyncio
import itertools
import sys

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup

from tests.bench.press.card import TEXT, rows

count = itertools.count()
dispatcher = Dispatcher()


@dispatcher.callback_query()
async def press(query: CallbackQuery) -> None:
    n = next(count)
    await query.answer()
    await query.message.edit_text(
        TEXT.format(n=n),
        parse_mode="HTML",
        reply_markup=InlineKeyboardMarkup(
            inline_keyboard=[
                [InlineKeyboardButton(text=label, callback_data=data) for label, data in row]
                for row in rows(n)
            ]
        ),
    )


async def main(url: str) -> None:
    session = AiohttpSession(api=TelegramAPIServer.from_base(url))
    await dispatcher.start_polling(Bot("123456:x", session=session))


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
