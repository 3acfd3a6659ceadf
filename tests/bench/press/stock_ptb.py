"""The floor: python-telegram-bot as its documentation shows it, which only answers and edits."""

import itertools
import sys

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.constants import ParseMode
from telegram.ext import ApplicationBuilder, CallbackQueryHandler, ContextTypes

from tests.bench.press.card import TEXT, rows

count = itertools.count()


async def press(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
    query, n = update.callback_query, next(count)
    assert query is not None
    await query.answer()
    await query.edit_message_text(
        TEXT.format(n=n),
        parse_mode=ParseMode.HTML,
        reply_markup=InlineKeyboardMarkup(
            [
                [InlineKeyboardButton(label, callback_data=data) for label, data in r]
                for r in rows(n)
            ]
        ),
    )


if __name__ == "__main__":
    application = ApplicationBuilder().token("123456:x").base_url(f"{sys.argv[1]}/bot").build()
    application.add_handler(CallbackQueryHandler(press))
    application.run_polling()
