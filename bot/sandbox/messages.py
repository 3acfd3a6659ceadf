"""Messages of the bot: checked, stamped with the sandbox's time, put into a chat."""

import re
from typing import Any

from bot.sandbox.chats import Entry
from bot.sandbox.entities import parse_html, trimmed
from bot.sandbox.errors import ApiError, Json, bad, forbidden
from bot.sandbox.found_entities import add_found
from bot.sandbox.groups import Group
from bot.sandbox.keyboards import check_markup, inline_markup, reply_keyboard
from bot.sandbox.params import Params
from bot.sandbox.people import Person
from bot.sandbox.world import World

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
_CONTROL = re.compile(r"[\x00-\x09\x0b\x0c\x0e-\x1f]")


def formatted(params: Params, name: str, item: Json | None = None) -> tuple[str, list[Json]]:
    """Text (or caption) and entities of a call, or of one item of an album."""
    source = params if item is None else Params(item, {})
    raw = _CONTROL.sub(" ", source.text(name)).replace("\r", "")
    mode = source.text("parse_mode").lower()
    if mode == "html":
        text, entities = parse_html(raw)
    elif mode:
        raise bad("unsupported parse_mode (the sandbox knows HTML only)")
    else:
        key = "entities" if name == "text" else "caption_entities"
        text, entities = raw, source.json(key, [])
    text, entities = trimmed(text, entities)
    return text, add_found(text, entities)


def text_content(params: Params) -> Json:
    text, entities = formatted(params, "text")
    if not text:
        raise bad("message text is empty")
    if len(text) > TEXT_LIMIT:
        raise bad("message is too long")
    return {"text": text} | ({"entities": entities} if entities else {})


def caption_content(params: Params, item: Json | None = None) -> Json:
    text, entities = formatted(params, "caption", item)
    if len(text) > CAPTION_LIMIT:
        raise bad("message caption is too long")
    content: Json = {"caption": text} if text else {}
    return content | ({"caption_entities": entities} if entities else {})


def recipient(world: World, chat_id: int) -> Person | Group:
    """The person or group written to, or Telegram's reason why that cannot be."""
    if group := world.groups.get(chat_id):
        return _with_the_bot(group)
    person = world.people.get(chat_id)
    if person is None:
        raise bad("chat not found")
    if person.account_deleted:
        raise forbidden("user is deactivated")
    if person.blocked:
        raise forbidden("bot was blocked by the user")
    if not person.started:
        raise forbidden("bot can't initiate conversation with a user")
    return person


def _with_the_bot(group: Group) -> Group:
    if group.moved_to:
        raise ApiError(
            400,
            "Bad Request: group chat was upgraded to a supergroup chat",
            migrate_to_chat_id=group.moved_to,
        )
    if not group.has_bot:
        raise forbidden(f"bot was kicked from the {group.kind} chat")
    return group


def base_message(world: World, person: Person | Group, sender: Json) -> Json:
    return {
        "message_id": world.chats.next_message_id(),
        "from": sender,
        "chat": person.chat(),
        "date": world.clock.timestamp(),
    }


def send(world: World, params: Params, content: Json, cost: float = 1) -> Json:
    """Put a message with this content into the chat that the call names."""
    person = recipient(world, params.number("chat_id"))
    markup = check_markup(params.json("reply_markup")) if params.has("reply_markup") else None
    extras = _reply(world, params, person.id) | (_inline(markup) if markup else {})
    keyboard = reply_keyboard(markup) if markup else None
    world.limits.take(person.id, cost)
    if markup and "inline_keyboard" not in markup:
        world.chats.of(person.id).keyboard = keyboard
    message = base_message(world, person, world.bot()) | content | extras
    if params.flag("protect_content"):
        message["has_protected_content"] = True
    world.chats.of(person.id).typing_until = 0.0
    return world.chats.add(person.id, message, by_bot=True).message


def own_message(world: World, params: Params, missing: str) -> Entry:
    """The bot's message that a call is about; `missing` is what to say when there is none."""
    recipient(world, params.number("chat_id"))
    entry = world.chats.find(params.number("chat_id"), params.number("message_id"))
    if entry is None:
        raise bad(missing)
    return entry


def edit(world: World, params: Params, change: Json, replaced: tuple[str, ...]) -> Json:
    """Change a message of the bot; its keyboard goes unless it is given again."""
    entry = own_message(world, params, "message to edit not found")
    if not entry.by_bot:
        raise bad("message can't be edited")
    markup = check_markup(params.json("reply_markup")) if params.has("reply_markup") else {}
    if markup and "inline_keyboard" not in markup:
        raise bad("inline keyboard expected")
    current = {key: value for key, value in entry.message.items() if key != "edit_date"}
    dropped_keys = (*replaced, "reply_markup")
    unchanged = {key: value for key, value in current.items() if key not in dropped_keys}
    edited = unchanged | change | (_inline(markup) if markup else {})
    if edited == current:
        raise bad(_NOT_MODIFIED)
    world.limits.take(params.number("chat_id"), 0.25)
    entry.message = edited | {"edit_date": world.clock.timestamp()}
    world.chats.touch(params.number("chat_id"), params.number("message_id"))
    return entry.message


def _inline(markup: Json) -> Json:
    inline = inline_markup(markup) if "inline_keyboard" in markup else None
    return {"reply_markup": inline} if inline else {}


def _reply(world: World, params: Params, chat_id: int) -> Json:
    reply_parameters: Any = params.json("reply_parameters") or {
        "message_id": params.number("reply_to_message_id")
    }
    if not reply_parameters.get("message_id"):
        return {}
    entry = world.chats.find(chat_id, int(reply_parameters["message_id"]))
    if entry is not None:
        without = {k: v for k, v in entry.message.items() if k != "reply_to_message"}
        return {"reply_to_message": without}
    if reply_parameters.get("allow_sending_without_reply") or params.flag(
        "allow_sending_without_reply"
    ):
        return {}
    raise bad("message to be replied not found")


_NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly "
    "the same as a current content and reply markup of the message"
)
