"""What came with a case, always as our own copy: Telegram's id would lead to who sent it."""

from collections.abc import Sequence

from bot.context import Context
from bot.delivery import telegram
from bot.messages import says
from storage.models import StoredFile


async def send_copies(context: Context, found: Sequence[StoredFile]) -> None:
    """One after another, never forwarded and never by Telegram's id; what is missing is said."""
    query, chat = context.incoming.callback_query, context.incoming.effective_chat
    if query:
        await telegram.answer(query)
    if chat is None:
        return
    gone = 0
    for file in found:
        path = context.runtime.files.path(file.sha256) if file.sha256 else None
        if path is None or not path.is_file():
            gone += 1
            continue
        await _send(context, chat.id, file.kind, path.read_bytes())
    if gone:
        await context.say(says.FILES_GONE.format(count=gone))


async def _send(context: Context, chat: int, kind: str, data: bytes) -> None:
    if kind == "photo":
        await context.bot.send_photo(chat, data)
    elif kind == "voice":
        await context.bot.send_voice(chat, data)
    else:
        await context.bot.send_document(chat, data, filename="tep-dinh-kem")
