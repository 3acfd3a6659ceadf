"""What people do: each act changes the chat and becomes an update for the bot."""

from typing import Any

from bot.sandbox.chats import Entry
from bot.sandbox.errors import Json, Refusal
from bot.sandbox.files import Upload
from bot.sandbox.found_entities import add_found
from bot.sandbox.messages import TEXT_LIMIT, base_message
from bot.sandbox.people import Person
from bot.sandbox.world import World


def say(world: World, person: Person, text: str, reply_to: int | None = None) -> Json:
    """Send a text; longer than a message may be, it goes as several, as Telegram's apps do."""
    if not text.strip():
        raise Refusal("the text is empty")
    text = text.strip()
    chunks = [text[at : at + TEXT_LIMIT] for at in range(0, len(text), TEXT_LIMIT)]
    return post(world, person, [_text(chunk) for chunk in chunks], reply_to)


def share_contact(world: World, person: Person, wanted_contact: Any) -> Json:
    """The person's own contact (true), or somebody else's."""
    own: Json = {"phone_number": person.phone_number(), "first_name": person.first_name}
    own |= {"last_name": person.last_name} if person.last_name else {}
    contact = wanted_contact if isinstance(wanted_contact, dict) else own | {"user_id": person.id}
    if not contact.get("phone_number") or not contact.get("first_name"):
        raise Refusal("a contact needs phone_number and first_name")
    return post(world, person, [{"contact": contact}])


def share_location(world: World, person: Person, location: Any) -> Json:
    try:
        place = {key: float(location[key]) for key in ("latitude", "longitude")}
    except (KeyError, TypeError, ValueError):
        raise Refusal("a location needs latitude and longitude") from None
    return post(world, person, [{"location": place}])


def move_location(world: World, person: Person, message_id: int, location: Any) -> Json:
    """A live location moves on: the same message, edited."""
    entry = world.chats.find(person.id, message_id)
    if entry is None or entry.by_bot or "location" not in entry.message:
        raise Refusal("only one's own location can move")
    place = {key: float(location[key]) for key in ("latitude", "longitude")}
    place |= {"live_period": 900}
    return _edited(world, person, message_id, entry.message | {"location": place})


def change_file(
    world: World, person: Person, message_id: int, file: tuple[str, Upload], words: str
) -> Json:
    """Another picture or document in place of the one that was sent."""
    entry = world.chats.find(person.id, message_id)
    kind, upload = file
    if entry is None or entry.by_bot or kind not in entry.message:
        raise Refusal("only one's own file can be replaced, by one of its kind")
    rest = {key: value for key, value in entry.message.items() if not key.startswith("caption")}
    caption = {"caption": words} if words else {}
    return _edited(
        world, person, message_id, rest | {kind: world.files.keep(kind, upload)} | caption
    )


def _edited(world: World, person: Person, message_id: int, message: Json) -> Json:
    entry = world.chats.find(person.id, message_id)
    assert entry is not None
    before = world.chats.event
    entry.message = message | {"edit_date": world.clock.timestamp()}
    world.chats.touch(person.id, message_id)
    update_id = world.updates.add("edited_message", entry.message)
    return {"message_ids": [message_id], "update_ids": [update_id], "event": before}


def share_files(world: World, person: Person, files: list[tuple[str, Upload]], words: str) -> Json:
    """Photos, documents, voices; several become one album, the words its first caption."""
    group = {"media_group_id": str(10**16 + world.chats.event)} if len(files) > 1 else {}
    contents = [{kind: world.files.keep(kind, upload)} | group for kind, upload in files]
    if words and contents:
        entities = add_found(words, [])
        contents[0] |= {"caption": words} | ({"caption_entities": entities} if entities else {})
    return post(world, person, contents)


def post(world: World, person: Person, contents: list[Json], reply_to: int | None = None) -> Json:
    """Put messages of a person into their chat and queue the updates."""
    if person.blocked:
        raise Refusal("the person has blocked the bot: unblock it first", 409)
    before = world.chats.event
    person.started = True
    reply = _replied(world, person, reply_to)
    entries = [_add(world, person, content | reply) for content in contents]
    keyboard = world.chats.of(person.id).keyboard
    if keyboard and keyboard["one_time"]:
        world.chats.of(person.id).keyboard = None
    update_ids = [world.updates.add("message", entry.message) for entry in entries]
    message_ids = [entry.message["message_id"] for entry in entries]
    return {"message_ids": message_ids, "update_ids": update_ids, "event": before}


def change_text(world: World, person: Person, message_id: int, text: str) -> Json:
    """Edit one's own message."""
    entry = world.chats.find(person.id, message_id)
    if entry is None or entry.by_bot or "text" not in entry.message or not text.strip():
        raise Refusal("only one's own text can be edited, into another text")
    unchanged = {key: value for key, value in entry.message.items() if key != "entities"}
    return _edited(world, person, message_id, unchanged | _text(text.strip()))


def press(world: World, person: Person, body: Json) -> Json:
    """Press an inline button, by its data or the beginning of its label; or forge a press."""
    message_id = int(body.get("message_id") or 0)
    if person.blocked:
        raise Refusal("the person has blocked the bot: unblock it first", 409)
    entry = world.chats.find(person.id, message_id)
    if body.get("forged"):
        return _callback(world, person, message_id, entry, str(body.get("data", "")))
    button = _button(entry, body)
    if "callback_data" not in button:
        return {"url": button.get("url"), "event": world.chats.event}
    return _callback(world, person, message_id, entry, button["callback_data"])


def block(world: World, person: Person, blocked: bool) -> Json:
    """Block or unblock the bot; the bot hears of it through my_chat_member."""
    before = world.chats.event
    if person.blocked == blocked:
        return {"update_ids": [], "event": before}
    person.blocked = blocked
    states = [_member(world, "kicked" if state else "member") for state in (not blocked, blocked)]
    update = {
        "chat": person.chat(),
        "from": person.user(),
        "date": world.clock.timestamp(),
        "old_chat_member": states[0],
        "new_chat_member": states[1],
    }
    world.chats.touch(person.id)
    return {"update_ids": [world.updates.add("my_chat_member", update)], "event": before}


def _text(text: str) -> Json:
    entities = add_found(text, [])
    return {"text": text} | ({"entities": entities} if entities else {})


def _replied(world: World, person: Person, reply_to: int | None) -> Json:
    if not reply_to:
        return {}
    entry = world.chats.find(person.id, reply_to)
    if entry is None:
        raise Refusal(f"no message {reply_to} to reply to", 404)
    quoted = {key: value for key, value in entry.message.items() if key != "reply_to_message"}
    return {"reply_to_message": quoted}


def _add(world: World, person: Person, content: Json) -> Entry:
    message = base_message(world, person, person.user()) | content
    return world.chats.add(person.id, message, by_bot=False)


def _button(entry: Entry | None, body: Json) -> Json:
    markup = entry.message.get("reply_markup", {}) if entry else {}
    buttons = [button for row in markup.get("inline_keyboard", []) for button in row]
    for button in buttons:
        if "data" in body and button.get("callback_data") == body["data"]:
            return dict(button)
        if "button" in body and button["text"].startswith(str(body["button"])):
            return dict(button)
    labels = [button["text"] for button in buttons]
    raise Refusal(f"no such button; the message has {labels}", 404)


def _callback(
    world: World, person: Person, message_id: int, entry: Entry | None, data: str
) -> Json:
    before = world.chats.event
    callback_id = f"{person.id}{world.updates.next_id:012d}"
    inaccessible_message = {"chat": person.chat(), "message_id": message_id, "date": 0}
    world.remember_callback(callback_id, person.id, message_id)
    update = {
        "id": callback_id,
        "from": person.user(),
        "message": entry.message if entry else inaccessible_message,
        "chat_instance": str(person.id * 7919),
        "data": data,
    }
    update_id = world.updates.add("callback_query", update)
    return {"callback_query_id": callback_id, "update_ids": [update_id], "event": before}


def _member(world: World, status: str) -> Json:
    until = {"until_date": 0} if status == "kicked" else {}
    return {"user": world.bot(), "status": status} | until
