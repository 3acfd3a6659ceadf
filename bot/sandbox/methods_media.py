"""Bot API methods that send files, and getFile."""

from collections.abc import Callable
from typing import Any

from bot.sandbox.errors import Json, bad
from bot.sandbox.files import DOWNLOAD_LIMIT
from bot.sandbox.messages import caption_content, recipient, send
from bot.sandbox.params import Params
from bot.sandbox.registry import method
from bot.sandbox.world import World

KINDS = ("photo", "document", "voice", "video", "audio", "video_note")


def _media(world: World, params: Params, kind: str, reference: str) -> Any:
    """A file's part of a message: uploaded now, or known by its file_id."""
    if reference.startswith("attach://"):
        return world.files.keep(kind, params.attached(reference))
    if reference.startswith(("http://", "https://")):
        raise bad("failed to get HTTP URL content")  # the sandbox works offline
    return world.files.again(kind, reference)


def _sender(kind: str) -> Callable[[World, Params], Json]:
    def send_media(world: World, params: Params) -> Json:
        upload = params.upload(kind)
        caption = caption_content(params)
        recipient(world, params.number("chat_id"))
        if upload is None and not params.has(kind):
            raise bad(f"there is no {kind} in the request")
        if upload is not None and not upload.data:
            raise bad("file must be non-empty")
        part = (
            world.files.keep(kind, upload)
            if upload
            else _media(world, params, kind, params.text(kind))
        )
        return send(world, params, {kind: part} | caption)

    return send_media


for _kind in KINDS:
    method(f"send{_kind.title().replace('_', '')}")(_sender(_kind))


@method("sendMediaGroup")
def send_media_group(world: World, params: Params) -> list[Json]:
    """Two to ten photos or documents as one album."""
    items = params.json("media", [])
    if not isinstance(items, list) or not 2 <= len(items) <= 10:
        raise bad("wrong number of media in the group: 2 to 10 are expected")
    captions = [caption_content(params, item) for item in items]
    recipient(world, params.number("chat_id"))
    for item in items:
        if item.get("type") not in KINDS or not item.get("media"):
            raise bad("can't parse InputMedia")
    parts = [{i["type"]: _media(world, params, i["type"], i["media"])} for i in items]
    world.limits.take(params.number("chat_id"), len(items))
    group = {"media_group_id": str(10**16 + world.chats.event)}
    pairs = zip(parts, captions, strict=True)
    return [send(world, params, part | caption | group, cost=0) for part, caption in pairs]


@method("getFile")
def get_file(world: World, params: Params) -> Json:
    file = world.files.index.get(params.text("file_id"))
    if file is None:
        raise bad("invalid file_id")
    view = file["view"]
    if view["file_size"] > DOWNLOAD_LIMIT:
        raise bad("file is too big")
    facts = {key: view[key] for key in ("file_id", "file_unique_id", "file_size")}
    return facts | {"file_path": file["path"]}
