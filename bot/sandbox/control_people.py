"""The /sandbox/people interface: who there is, acting as them, reading their chats."""

from typing import Any

from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.routing import Route

from bot.sandbox import acts
from bot.sandbox.connection import unless_gone
from bot.sandbox.control import control, query_number, query_wait, read_json
from bot.sandbox.errors import Json, Refusal
from bot.sandbox.files import Upload
from bot.sandbox.params import read_upload
from bot.sandbox.people import Person
from bot.sandbox.views import chat_view, person_view
from bot.sandbox.world import World

_FILE_FIELDS = ("photo", "voice", "document", "video", "audio", "video_note")
FILES = 10


async def list_people(world: World, request: Request) -> list[Json]:
    return [person_view(world, person) for person in world.people]


async def put_person(world: World, request: Request) -> Json:
    """Create or update; without an id the next free one is given."""
    fields = await read_json(request)
    fields.setdefault("id", world.people.free_id())
    person = world.people.put(fields)
    world.chats.touch(person.id)
    return person_view(world, person)


def _person(world: World, request: Request) -> Person:
    return world.people.need(request.path_params["id"])


async def send(world: World, request: Request) -> Json:
    person = _person(world, request)
    if request.headers.get("content-type", "").startswith("multipart/"):
        return await _send_files(world, person, request)
    body = await read_json(request)
    if body.get("edit"):
        message_id = int(body["edit"])
        if body.get("location"):
            return acts.move_location(world, person, message_id, body["location"])
        return acts.change_text(world, person, message_id, str(body.get("text", "")))
    if body.get("contact"):
        return acts.share_contact(world, person, body["contact"])
    if body.get("location"):
        return acts.share_location(world, person, body["location"])
    return acts.say(world, person, str(body.get("text", "")), body.get("reply_to"))


async def _send_files(world: World, person: Person, request: Request) -> Json:
    files: list[tuple[str, Upload]] = []
    async with request.form() as form:
        for name, value in form.multi_items():
            if isinstance(value, UploadFile) and name in _FILE_FIELDS:
                files.append((name, await read_upload(value)))
        caption, edited = str(form.get("caption", "")), str(form.get("edit", ""))
    if not 1 <= len(files) <= FILES:
        raise Refusal(f"1 to {FILES} files in the fields {', '.join(_FILE_FIELDS)}")
    if edited.isdecimal():
        return acts.change_file(world, person, int(edited), files[0], caption)
    return acts.share_files(world, person, files, caption)


async def click(world: World, request: Request) -> Json:
    return acts.press(world, _person(world, request), await read_json(request))


async def block(world: World, request: Request) -> Json:
    return acts.block(world, _person(world, request), True)


async def unblock(world: World, request: Request) -> Json:
    return acts.block(world, _person(world, request), False)


async def chat(world: World, request: Request) -> Json:
    """Changes after an event; with a timeout, waits for the first one."""
    person = _person(world, request)
    after = int(query_number(request, "after"))
    held = world.chats.of(person.id)
    waiting: Any = world.chats.signal.wait(lambda: held.event > after, query_wait(request))
    await unless_gone(request, waiting)
    return chat_view(world, person, after)


def people_routes() -> list[Route]:
    return [
        control("/people", "GET", list_people),
        control("/people", "POST", put_person),
        control("/people/{id:int}/send", "POST", send),
        control("/people/{id:int}/click", "POST", click),
        control("/people/{id:int}/block", "POST", block),
        control("/people/{id:int}/unblock", "POST", unblock),
        control("/people/{id:int}/chat", "GET", chat),
    ]
