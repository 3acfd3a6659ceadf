"""Whatever the program sends, also what a later edit of the same card hides."""

import io
import re
import sys
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import pytest
from telegram import InputFile
from telegram.ext import ExtBot

from bot.channels.telegram import calls


class Sent:
    """Everything that was ever sent to a chat, edits and files too, as one text each."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.to: dict[int, list[str]] = defaultdict(list)
        post, sent = ExtBot._do_post, self

        async def do_post(bot: Any, endpoint: str, data: dict[str, Any], **more: Any) -> Any:
            sent.take(data)
            return await post(bot, endpoint, data, **more)

        monkeypatch.setattr(ExtBot, "_do_post", do_post)
        call = calls.call

        async def light_call(bot: ExtBot[int], method: str, fields: dict[str, Any]) -> Any:
            sent.take(fields)
            return await call(bot, method, fields)

        for module in _that_call_lightly(call):
            monkeypatch.setattr(module, "call", light_call)

    def take(self, data: dict[str, Any]) -> None:
        if chat := data.get("chat_id"):
            self.to[int(chat)] += [text for value in data.values() for text in _texts(value)]

    def words(self, chat: int) -> str:
        return "\n".join(self.to[chat])


def _that_call_lightly(call: Any) -> list[Any]:
    """The modules that call the Bot API past python-telegram-bot's own way."""
    ours = [m for name, m in sys.modules.items() if name.startswith("bot.")]
    return [module for module in ours if getattr(module, "call", None) is call]


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, InputFile):
        content = value.input_file_content
        yield from unpacked(content if isinstance(content, bytes) else content.read())
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _texts(one)
    elif value is not None:
        yield str(value)


def unpacked(data: bytes) -> Iterator[str]:
    """The text of a file, of docx and xlsx that of every part."""
    if not zipfile.is_zipfile(io.BytesIO(data)):  # people send files that only begin as one does
        yield data.decode("utf-8", "replace")
        return
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        for name in parts.namelist():
            yield re.sub(r"<[^>]+>", "", parts.read(name).decode("utf-8", "replace"))
