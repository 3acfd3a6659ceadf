"""Bot API methods about the bot itself: updates, webhook, commands, descriptions."""

import re
from typing import Any

from bot.sandbox.errors import Json, bad
from bot.sandbox.params import Params
from bot.sandbox.registry import method
from bot.sandbox.world import World

COMMANDS = 100
_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_SCOPES = ("default", "all_private_chats", "chat")


@method("getMe")
def get_me(world: World, params: Params) -> Json:
    return world.bot() | {
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


@method("getUpdates")
async def get_updates(world: World, params: Params) -> list[Json]:
    if params.has("allowed_updates"):
        world.updates.allowed = params.json("allowed_updates", [])
    limit = params.number("limit", 100)
    if not 1 <= limit <= 100:
        limit = 100
    wait = min(max(params.number("timeout"), 0), 50)
    return await world.updates.poll(params.number("offset"), limit, wait)


@method("setWebhook")
def set_webhook(world: World, params: Params) -> bool:
    url = params.text("url")
    if url and not url.startswith(("http://", "https://")):
        raise bad("bad webhook: An HTTPS URL must be provided for webhook")
    if params.has("allowed_updates"):
        world.updates.allowed = params.json("allowed_updates", [])
    certificate = params.upload("certificate")
    hook = {"url": url, "secret_token": params.text("secret_token")} if url else {}
    if url and certificate:
        hook["certificate"] = certificate.data.decode("ascii", "replace")
    _change_webhook(world, params, hook)
    return True


@method("deleteWebhook")
def delete_webhook(world: World, params: Params) -> bool:
    _change_webhook(world, params, {})
    return True


def _change_webhook(world: World, params: Params, hook: Json) -> None:
    world.updates.webhook = hook
    if params.flag("drop_pending_updates"):
        world.updates.pending.clear()
    world.updates.signal.fire()


@method("getWebhookInfo")
def get_webhook_info(world: World, params: Params) -> Json:
    hook = world.updates.webhook
    info: Json = {
        "url": hook.get("url", ""),
        "has_custom_certificate": "certificate" in hook,
        "pending_update_count": world.updates.waiting(),
    }
    errors = {key: hook[key] for key in ("last_error_date", "last_error_message") if key in hook}
    return info | errors


@method("getChat")
def get_chat(world: World, params: Params) -> Json:
    person = world.people.get(params.number("chat_id"))
    if person is None or not (person.started or world.chats.of(person.id).entries):
        raise bad("chat not found")
    return person.chat() | {
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": _NO_GIFTS,
    }


def _scope(params: Params) -> str:
    scope = params.json("scope", {"type": "default"})
    kind = scope.get("type") if isinstance(scope, dict) else None
    if kind not in _SCOPES:
        raise bad("unsupported scope (the sandbox knows default, all_private_chats, chat)")
    return str(scope["chat_id"]) if kind == "chat" else str(kind)


@method("setMyCommands")
def set_commands(world: World, params: Params) -> bool:
    scope = _scope(params)
    if scope.lstrip("-").isdigit() and world.people.get(int(scope)) is None:
        raise bad("chat not found")
    commands = params.json("commands", [])
    if len(commands) > COMMANDS:
        raise bad("BOT_COMMANDS_TOO_MUCH")
    world.commands[scope] = [_command(command) for command in commands]
    _commands_changed(world, scope)
    return True


def _command(command: Any) -> Json:
    name = str(command.get("command", "")).removeprefix("/")
    description = str(command.get("description", ""))
    if not _COMMAND.fullmatch(name):
        raise bad("BOT_COMMAND_INVALID")
    if not 1 <= len(description) <= 256:
        raise bad("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": name, "description": description}


@method("getMyCommands")
def get_commands(world: World, params: Params) -> list[Json]:
    return world.commands.get(_scope(params), [])


@method("deleteMyCommands")
def delete_commands(world: World, params: Params) -> bool:
    world.commands.pop(_scope(params), None)
    _commands_changed(world, _scope(params))
    return True


def _describe(name: str, limit: int) -> None:
    """A pair of methods for one of the bot's descriptions."""

    def store(world: World, params: Params) -> bool:
        if len(params.text(name)) > limit:
            raise bad(f"bot {name.replace('_', ' ')} is too long")
        world.settings[name] = params.text(name)
        world.changed.fire()
        return True

    camel = "".join(word.capitalize() for word in name.split("_"))
    method(f"setMy{camel}")(store)
    method(f"getMy{camel}")(lambda world, params: {name: world.settings.get(name, "")})


_describe("name", 64)
_describe("description", 512)
_describe("short_description", 120)


@method("setChatMenuButton")
def set_menu_button(world: World, params: Params) -> bool:
    button = params.json("menu_button", {"type": "default"})
    if button.get("type") not in ("default", "commands", "web_app"):
        raise bad("MenuButton type is invalid")
    world.settings["menu_button"] = str(button["type"])
    world.changed.fire()
    return True


@method("getChatMenuButton")
def get_menu_button(world: World, params: Params) -> Json:
    return {"type": world.settings.get("menu_button", "default")}


def _commands_changed(world: World, scope: str) -> None:
    """A command menu is part of the view of each chat that it is for."""
    world.changed.fire()
    for person in world.people:
        if scope in (str(person.id), *_SCOPES):
            world.chats.touch(person.id)


_NO_GIFTS = dict.fromkeys(
    (
        "unlimited_gifts",
        "limited_gifts",
        "unique_gifts",
        "premium_subscription",
        "gifts_from_channels",
    ),
    False,
)
