"""Telegram's door: an update becomes a request, a reply becomes calls."""

from collections.abc import Sequence
from datetime import UTC, datetime

from telegram import Message, MessageEntity, Update
from telegram.error import TelegramError
from telegram.ext import ExtBot

from bot.channels.telegram import menus
from bot.channels.telegram.attachments import send_files, what_is_missing
from bot.channels.telegram.context import TelegramContext
from bot.conversation import router
from bot.conversation.form import FileInput, UserInput
from bot.conversation.reply import Reply, SayWords, SendFiles, ShowCard
from bot.conversation.request import Pressed, Request
from bot.conversation.router import Route
from bot.core import messages
from bot.core.context import believed
from bot.core.errors import Refused
from bot.core.rules.writing import composed, one_line
from storage.addresses import TELEGRAM

NO_DATA = "-"  # a button without any: no route knows it


class TelegramDoor:
    """What routes may ask of Telegram."""

    def __init__(self, bot: ExtBot[int]) -> None:
        self._bot = bot

    def link(self, parameter: str, *, to_group: bool = False) -> str:
        start = "startgroup" if to_group else "start"
        return f"https://t.me/{self._bot.username}?{start}={parameter}"

    async def fetch(self, file: FileInput) -> bytes:
        try:
            remote = await self._bot.get_file(file.reference)
            return bytes(await remote.download_as_bytearray())
        except TelegramError:
            raise Refused(messages.FILE_NOT_FETCHED) from None


class Handler:
    """What PTB calls for every update that `prepare` lets through."""

    def __init__(self, routes: Sequence[Route]) -> None:
        self._routes = routes

    async def __call__(self, update: Update, context: TelegramContext) -> None:
        request = request_of(update, context)
        reply = await router.answer(self._routes, request)
        if request.user_input.file:
            context.runtime.files.wake()
        if _says_only_how_it_stands(reply) and context.runtime.inbox.more_of_album(update):
            return  # the last picture of the album shows the card with all of them
        await deliver(reply, context)


def _says_only_how_it_stands(reply: Reply) -> bool:
    """Whether the next reply of the same kind says all of this again."""
    return not reply.alert and all(
        isinstance(part, SayWords) or (isinstance(part, ShowCard) and not part.place.receipt)
        for part in reply.parts
    )


def request_of(update: Update, context: TelegramContext) -> Request:
    """The update in the words of no channel."""
    message, query = update.effective_message, update.callback_query
    pressed = None
    if query:
        user_input = UserInput()
        if isinstance(query.message, Message):
            pressed = Pressed(query.message.message_id, query.message.text or "")
    else:
        user_input = read(message) if message else UserInput()
    command, rest = _command(message) if message and not query else ("", "")
    return Request(
        work=context.work,
        actor=context.actor,
        now=context.now,
        door=TelegramDoor(context.bot),
        user_input=UserInput(words=rest, message_id=user_input.message_id)
        if command
        else user_input,
        button=(query.data or NO_DATA) if query else "",
        command=command,
        edited=update.edited_message is not None and not command,
        pressed=pressed,
        sent_at=sent_at(update, context.now),
    )


def sent_at(update: Update, now: datetime) -> datetime | None:
    """When a message was sent or edited, by Telegram's clock; None where that is just now.

    A press has no time: Telegram says of it only when the card under it was sent. It counts from
    its receipt. A time to come, or one before what Telegram and the inbox keep, is not believed.
    """
    message = update.edited_message or update.message
    if message is None or update.callback_query:
        return None
    moment = message.edit_date if update.edited_message and message.edit_date else message.date
    return believed(moment.astimezone(UTC), now)


def read(message: Message) -> UserInput:
    """What a message gives, whatever its kind."""
    place = message.location
    return UserInput(
        words=_words(message),
        file=_file(message),
        place=(place.latitude, place.longitude) if place else None,
        message_id=message.message_id,
    )


def _words(message: Message) -> str | None:
    """The text or caption in composed letters: two phones type one name in two ways."""
    text = message.text or message.caption
    return composed(text) if text else text


def _command(message: Message) -> tuple[str, str]:
    """The command that a message begins with, without its sign, and the words after it."""
    for entity in message.entities:
        if entity.type == MessageEntity.BOT_COMMAND and entity.offset == 0:
            name = message.parse_entity(entity)[1:].partition("@")[0].lower()
            return name, " ".join((_words(message) or "").split()[1:])
    return "", ""


def _file(message: Message) -> FileInput | None:
    if message.photo:
        best = message.photo[-1]
        return FileInput(best.file_id, best.file_unique_id, "photo", size=best.file_size)
    if message.voice:
        voice = message.voice
        return FileInput(voice.file_id, voice.file_unique_id, "voice", size=voice.file_size)
    for kind, film in (
        ("video", message.video),
        ("video_note", message.video_note),
        ("audio", message.audio),
    ):
        if film:
            name = one_line(getattr(film, "file_name", None) or "")
            return FileInput(film.file_id, film.file_unique_id, kind, name, size=film.file_size)
    if message.document:
        paper = message.document
        name = one_line(paper.file_name or "")
        return FileInput(
            paper.file_id, paper.file_unique_id, "document", name, size=paper.file_size
        )
    return None


async def deliver(reply: Reply, context: TelegramContext) -> None:
    """Show everything, in order.

    Raises TelegramError: a file did not get through. Cards that do not are kept and sent later.
    """
    if reply.alert:
        await context.refuse(reply.toast)
    for part in reply.parts:
        match part:
            case ShowCard():
                await context.show(part, reply.toast)
            case SayWords(words):
                await context.toast(reply.toast)
                await context.say(words)
            case SendFiles(files):
                await context.toast(reply.toast)
                for sentence in what_is_missing(
                    await send_files(context.bot, context.chat_id, files)
                ):
                    await context.say(sentence)
    await context.toast(reply.toast)
    for address in reply.menus_of:
        if address.channel == TELEGRAM:
            await menus.publish_for(context.bot, context.runtime.work, address)
