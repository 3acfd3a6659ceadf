"""The /sandbox/groups interface: making groups, writing in them, growing, throwing the bot out.

In an address a group goes by its number without the minus.
"""

from starlette.requests import Request
from starlette.routing import Route

from bot.sandbox.control import control, query_number, read_json
from bot.sandbox.errors import Json, Refusal
from bot.sandbox.found_entities import add_found
from bot.sandbox.groups import Group
from bot.sandbox.messages import base_message
from bot.sandbox.people import Person
from bot.sandbox.views import group_view
from bot.sandbox.world import World


async def list_groups(world: World, request: Request) -> list[Json]:
    return [group_view(world, group, world.chats.event) for group in world.groups]


async def create(world: World, request: Request) -> Json:
    """`title`, `people` (the first makes it and lets the bot in), `start`: what the link carried
    that let it in.
    """
    body = await read_json(request)
    title, ids = str(body.get("title", "")).strip(), [int(key) for key in body.get("people", [])]
    if not title or not ids:
        raise Refusal("a group needs a title and people")
    maker = world.people.need(ids[0])
    group = world.groups.add(title, ids)
    update_ids = [_membership(world, group, maker, "left", "member")]
    if body.get("start"):
        update_ids += _say(world, group, maker, f"/start@{world.username} {body['start']}")
    return {"id": group.id, "update_ids": update_ids}


async def send(world: World, request: Request) -> Json:
    """`person` writes `text`. With privacy mode the bot hears of commands only."""
    body = await read_json(request)
    group, person = _group(world, request), world.people.need(int(body.get("person") or 0))
    if person.id not in group.members:
        raise Refusal("the person is not in this group", 403)
    return {"update_ids": _say(world, group, person, str(body.get("text", "")))}


async def upgrade(world: World, request: Request) -> Json:
    """The group becomes a supergroup; the bot hears of it in both."""
    group = _group(world, request)
    maker = world.people.need(group.members[0])
    supergroup = world.groups.upgrade(group)
    pairs = (
        (group, {"migrate_to_chat_id": supergroup.id}),
        (supergroup, {"migrate_from_chat_id": group.id}),
    )
    update_ids = [
        number for where, content in pairs for number in _post(world, where, maker, content)
    ]
    return {"id": supergroup.id, "update_ids": update_ids}


async def remove(world: World, request: Request) -> Json:
    """Somebody throws the bot out."""
    group = _group(world, request)
    group.has_bot = False
    maker = world.people.need(group.members[0])
    return {"update_ids": [_membership(world, group, maker, "member", "kicked")]}


async def chat(world: World, request: Request) -> Json:
    return group_view(world, _group(world, request), int(query_number(request, "after")))


def _group(world: World, request: Request) -> Group:
    return world.groups.need(-int(request.path_params["id"]))


def _say(world: World, group: Group, person: Person, text: str) -> list[int | None]:
    if not text.strip():
        raise Refusal("the text is empty")
    entities = add_found(text.strip(), [])
    content: Json = {"text": text.strip()} | ({"entities": entities} if entities else {})
    return _post(world, group, person, content)


def _post(world: World, group: Group, person: Person, content: Json) -> list[int | None]:
    message = base_message(world, group, person.user()) | content
    world.chats.add(group.id, message, by_bot=False)
    heard = group.has_bot and (str(content.get("text", "/")).startswith("/"))
    return [world.updates.add("message", message)] if heard else []


def _membership(world: World, group: Group, person: Person, before: str, after: str) -> int | None:
    states: list[Json] = [{"user": world.bot(), "status": s} for s in (before, after)]
    for state in states:
        if state["status"] == "kicked":
            state["until_date"] = 0
    update = {
        "chat": group.chat(),
        "from": person.user(),
        "date": world.clock.timestamp(),
        "old_chat_member": states[0],
        "new_chat_member": states[1],
    }
    world.chats.touch(group.id)
    return world.updates.add("my_chat_member", update)


def group_routes() -> list[Route]:
    return [
        control("/groups", "GET", list_groups),
        control("/groups", "POST", create),
        control("/groups/{id:int}/send", "POST", send),
        control("/groups/{id:int}/upgrade", "POST", upgrade),
        control("/groups/{id:int}/remove", "POST", remove),
        control("/groups/{id:int}/chat", "GET", chat),
    ]
