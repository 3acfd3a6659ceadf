"""Lists of units that administrators sent, kept on disk from the preview to the decision."""

from dataclasses import dataclass

from bot.core.context import Context
from bot.core.copies import copy_path, write_copy
from bot.core.rules.permissions import Actor
from bot.core.work import Work
from bot.units.services.importing import require_whole_tree
from storage import files, importing
from storage.models import StoredFile

KIND = "import"  # no other file can be opened or dropped here, whatever id a button carries


@dataclass(frozen=True)
class Upload:
    """A document as its channel names it, with its bytes."""

    reference: str
    unique_id: str
    name: str
    data: bytes


async def keep(context: Context, upload: Upload) -> int:
    """Keep the bytes, then the row; returns its id. The same document again is the same row."""
    unique_id = f"{KIND}:{upload.unique_id}"[:60]
    async with context.work.write() as session:
        await require_whole_tree(session, context.actor)
        sha256 = write_copy(context.work.settings.database.files, upload.data)
        stored = await files.by_unique_id(session, context.actor.address.channel, unique_id)
        if stored is None:
            stored = StoredFile(
                channel=context.actor.address.channel,
                reference=upload.reference,
                unique_id=unique_id,
                kind=KIND,
                name=upload.name[:200],
                created_at=context.now,
            )
            session.add(stored)
        stored.created_at = context.now  # sent again, it waits for a decision again
        stored.sha256, stored.size, stored.retry_at = sha256, len(upload.data), None
        await session.flush()
    assert stored.id is not None
    return stored.id


async def find(work: Work, actor: Actor, file_id: int) -> tuple[StoredFile, bytes] | None:
    """A kept list with its bytes; None when it is gone."""
    async with work.read() as session:
        await require_whole_tree(session, actor)
        stored = await session.get(StoredFile, file_id)
    if stored is None or stored.kind != KIND or stored.sha256 is None:
        return None
    try:
        return stored, copy_path(work.settings.database.files, stored.sha256).read_bytes()
    except FileNotFoundError:
        return None


async def drop(work: Work, actor: Actor, file_id: int) -> None:
    """Forget a list, and its bytes if nobody else sent the same."""
    async with work.write() as session:
        await require_whole_tree(session, actor)
        stored = await session.get(StoredFile, file_id)
        if stored is None or stored.kind != KIND or stored.sha256 is None:
            return
        alike = await importing.same_content(session, stored.sha256)
        await session.delete(stored)
    if len(alike) == 1:
        copy_path(work.settings.database.files, stored.sha256).unlink(missing_ok=True)
