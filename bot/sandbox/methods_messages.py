"""Bot API methods that write, change and remove messages."""

import copy

from bot.sandbox.errors import Json, bad
from bot.sandbox.messages import caption_content, edit, own_message, recipient, send, text_content
from bot.sandbox.params import Params
from bot.sandbox.registry import method
from bot.sandbox.world import World

DELETE_WITHIN = 48 * 3600
CALLBACK_LIVES = 15 * 60
TOAST_LIMIT = 200
_OWN = (
    "message_id",
    "from",
    "chat",
    "date",
    "edit_date",
    "reply_markup",
    "reply_to_message",
    "media_group_id",
    "has_protected_content",
)


@method("sendMessage")
def send_message(world: World, params: Params) -> Json:
    return send(world, params, text_content(params))


@method("sendLocation")
def send_location(world: World, params: Params) -> Json:
    place = {key: params.decimal(key) for key in ("latitude", "longitude")}
    return send(world, params, {"location": place})


@method("editMessageText")
def edit_text(world: World, params: Params) -> Json:
    content = text_content_for_edit(params)
    if "text" not in own_message(world, params, "message to edit not found").message:
        raise bad("there is no text in the message to edit")
    return edit(world, params, content, ("text", "entities"))


def text_content_for_edit(params: Params) -> Json:
    """As for a new message, but Telegram words one refusal differently."""
    try:
        return text_content(params)
    except Exception as error:
        if str(error).endswith("message is too long"):
            raise bad("MESSAGE_TOO_LONG") from None
        raise


@method("editMessageCaption")
def edit_caption(world: World, params: Params) -> Json:
    content = caption_content(params)
    return edit(world, params, content, ("caption", "caption_entities"))


@method("editMessageReplyMarkup")
def edit_markup(world: World, params: Params) -> Json:
    return edit(world, params, {}, ())


@method("deleteMessage")
def delete_message(world: World, params: Params) -> bool:
    """Within 48 hours of the sandbox's clock, as in Telegram."""
    entry = own_message(world, params, "message to delete not found")
    if world.clock.timestamp() - entry.message["date"] > DELETE_WITHIN:
        raise bad("message can't be deleted for everyone")
    entry.deleted = True
    world.chats.touch(params.number("chat_id"), params.number("message_id"))
    return True


@method("copyMessage")
def copy_message(world: World, params: Params) -> Json:
    """The content anew, without its sender, keyboard or reply."""
    source = world.chats.find(params.number("from_chat_id"), params.number("message_id"))
    if source is None:
        raise bad("message to copy not found")
    if source.message.get("has_protected_content"):
        raise bad("message can't be copied")
    fields = {key: value for key, value in source.message.items() if key not in _OWN}
    content = copy.deepcopy(fields)
    if params.has("caption"):
        content |= caption_content(params)
    return {"message_id": send(world, params, content)["message_id"]}


@method("sendChatAction")
def send_chat_action(world: World, params: Params) -> bool:
    person = recipient(world, params.number("chat_id"))
    if not params.text("action"):
        raise bad("wrong parameter action in request")
    world.chats.typing(person.id)
    return True


@method("answerCallbackQuery")
def answer_callback(world: World, params: Params) -> bool:
    """Once, and soon: a later answer is too old."""
    text = params.text("text")
    if len(text) > TOAST_LIMIT:
        raise bad("MESSAGE_TOO_LONG")
    callback = world.callbacks.get(params.text("callback_query_id"))
    late = not callback or world.clock.timestamp() - callback["at"] > CALLBACK_LIVES
    if not callback or late or callback["answered"]:
        raise bad("query is too old and response timeout expired or query ID is invalid")
    callback["answered"] = True
    toast = {
        "text": text,
        "show_alert": params.flag("show_alert"),
        "url": params.text("url"),
        "message_id": callback["message"],
        "callback_query_id": params.text("callback_query_id"),
    }
    world.chats.toast(callback["person"], toast)
    return True
