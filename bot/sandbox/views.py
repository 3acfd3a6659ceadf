"""Chats as the web page and scripts read them."""

from bot.sandbox.chats import Chat, Entry
from bot.sandbox.errors import Json
from bot.sandbox.groups import Group
from bot.sandbox.people import Person
from bot.sandbox.world import World

_KINDS = ("photo", "document", "voice", "video", "audio", "video_note")


def chat_view(world: World, person: Person, after: int) -> Json:
    """Everything that changed in a chat after an event, and what is always shown."""
    chat = world.chats.of(person.id)
    return {
        "event": world.chats.event,
        "person": person_view(world, person),
        "messages": [message_view(world, entry) for entry in chat.changed_after(after)],
        "commands": world.commands_for(person.id),
        "keyboard": chat.keyboard,
        "typing": chat.is_typing(),
        "toasts": [toast for toast in chat.toasts if toast["event"] > after],
    }


def group_view(world: World, group: Group, after: int) -> Json:
    """A group with what changed in it after an event; each message says who wrote it."""
    names = {person.id: _name(person) for person in world.people}
    return {
        "event": world.chats.event,
        "id": group.id,
        "title": group.title,
        "kind": group.kind,
        "has_bot": group.has_bot,
        "moved_to": group.moved_to,
        "members": [{"id": key, "name": names.get(key, "")} for key in group.members],
        "messages": [
            message_view(world, entry) | {"by": names.get(entry.message["from"]["id"], "")}
            for entry in world.chats.of(group.id).changed_after(after)
        ],
    }


def group_chat_view(world: World, group: Group, after: int) -> Json:
    """A group as the page shows it, in the shape of a person's chat; its first member writes."""
    chat, there = world.chats.of(group.id), group_view(world, group, after)
    last = _last(chat)
    left = "đã nâng lên nhóm lớn" if group.moved_to else "bot không còn trong nhóm"
    inside = group.has_bot and not group.moved_to
    person = {
        "id": group.id,
        "name": group.title,
        "username": "",
        "label": f"Nhóm, {len(group.members)} người" if inside else f"Nhóm: {left}",
        "role": "group",
        "note": ", ".join(member["name"] for member in there["members"]),
        "started": True,
        "blocked": not inside,
        "event": chat.event,
        "last_message_id": max(chat.entries, default=0),
        "last": message_view(world, last) if last else None,
        "writer": group.members[0],
    }
    empty: Json = {"commands": [], "keyboard": None, "typing": False, "toasts": []}
    return empty | {"event": there["event"], "person": person, "messages": there["messages"]}


def _name(person: Person) -> str:
    return f"{person.last_name} {person.first_name}".strip()


def person_view(world: World, person: Person) -> Json:
    """A person for the list, with the last message as a preview."""
    chat = world.chats.of(person.id)
    last = _last(chat)
    return {
        "id": person.id,
        "name": _name(person),
        "first_name": person.first_name,
        "last_name": person.last_name,
        "username": person.username,
        "label": person.label,
        "role": person.role,
        "note": person.note,
        "started": person.started,
        "blocked": person.blocked,
        "event": chat.event,
        "last_message_id": max(chat.entries, default=0),
        "last": message_view(world, last) if last else None,
    }


def message_view(world: World, entry: Entry) -> Json:
    """Text with entities (never HTML), buttons and media addresses."""
    message = entry.message
    view: Json = {
        "message_id": message["message_id"],
        "from": "bot" if entry.by_bot else "person",
        "date": message["date"],
        "event": entry.event,
        "deleted": entry.deleted,
        "edited": "edit_date" in message,
    }
    if entry.deleted:
        return view
    view["text"] = message.get("text", message.get("caption", ""))
    view["entities"] = message.get("entities", message.get("caption_entities", []))
    view["buttons"] = message.get("reply_markup", {}).get("inline_keyboard", [])
    for key in ("location", "contact", "media_group_id", "has_protected_content"):
        if key in message:
            view[key] = message[key]
    if "reply_to_message" in message:
        view["reply_to"] = message["reply_to_message"]["message_id"]
    return view | {"media": _media(world, message)}


def _media(world: World, message: Json) -> Json | None:
    for kind in _KINDS:
        if kind in message:
            part = message[kind][-1] if kind == "photo" else message[kind]
            url = f"/sandbox/files/{world.files.index[part['file_id']]['path']}"
            name = part.get("file_name", "")
            return {"kind": kind, "url": url, "name": name, "size": part["file_size"]}
    return None


def _last(chat: Chat) -> Entry | None:
    visible_numbers = [number for number, entry in chat.entries.items() if not entry.deleted]
    return chat.entries[max(visible_numbers)] if visible_numbers else None


def bot_view(world: World) -> Json:
    """What people see of the bot itself, and whether it is there."""
    online = world.updates.heard_lately() or bool(world.updates.webhook.get("url"))
    return world.bot() | {"online": online, "description": world.settings.get("description", "")}


def state_view(world: World) -> Json:
    """What tests wait for: is the bot there, has it taken everything, what did it send."""
    return {
        "undelivered": world.updates.waiting(),
        "confirmed_offset": world.updates.confirmed,
        "polling": world.updates.polling > 0,
        "webhook": world.updates.webhook.get("url", ""),
        "event": world.chats.event,
        "sent": {str(key): chat.sent() for key, chat in world.chats.items() if chat.sent()},
        "calls": dict(world.calls),
        "bot": world.bot(),
        "settings": world.settings,
        "limits": world.limits.view(),
        "faults": world.faults.view(),
    }
