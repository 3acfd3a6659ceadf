"""What came with a case, always as our own copy: Telegram's id would lead to who sent it."""

from collections.abc import Sequence

from bot.channels.telegram import cards
from bot.channels.telegram.context import Context
from bot.core import messages
from storage.files import is_given_up
from storage.models import StoredFile


async def send_copies(context: Context, found: Sequence[StoredFile]) -> None:
    """One after another, never forwarded and never by Telegram's id; what is missing is said."""
    query, chat = context.incoming.callback_query, context.incoming.effective_chat
    if query:
        await cards.answer(query)
    if chat is None:
        return
    missing: list[StoredFile] = []
    for file in found:
        path = context.runtime.files.path(file.sha256) if file.sha256 else None
        if path is None or not path.is_file():
            missing.append(file)
            continue
        await _send(context, chat.id, file.kind, path.read_bytes())
    for sentence in what_is_missing(missing):
        await context.say(sentence)


def what_is_missing(files: Sequence[StoredFile]) -> list[str]:
    """What is said of files that cannot be shown: some will be there soon, some never."""
    given_up = sum(is_given_up(file) for file in files)
    later = len(files) - given_up
    return [messages.FILES_GONE.format(count=later)] * bool(later) + [
        messages.FILES_GIVEN_UP.format(count=given_up)
    ] * bool(given_up)


async def _send(context: Context, chat: int, kind: str, data: bytes) -> None:
    if kind == "photo":
        await context.bot.send_photo(chat, data)
    elif kind == "voice":
        await context.bot.send_voice(chat, data)
    else:
        await context.bot.send_document(chat, data, filename="tep-dinh-kem")
