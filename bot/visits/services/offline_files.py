"""Files of a report that a phone sends: each by itself, known again by the digest of its bytes."""

import asyncio
import hashlib
from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass

from bot.core import messages
from bot.core.access import require
from bot.core.context import Context
from bot.core.copies import write_copy
from bot.core.errors import Refused
from bot.core.rules.permissions import Action
from storage import files
from storage.addresses import WEB
from storage.models import StoredFile

KINDS = ("photo", "voice", "audio", "document")


@dataclass(frozen=True)
class PhoneFile:
    """`data` as it came, `digest` what the phone says that its SHA-256 is, `clean` what is kept."""

    digest: str
    kind: str
    name: str
    data: bytes
    clean: bytes


async def keep(context: Context, sent: PhoneFile) -> None:
    """Keep our copy and its row; again changes nothing. Raises Refused: cut on the way."""
    require(context.actor, Action.WORK_VISIT)
    if await asyncio.to_thread(_digest, sent.data) != sent.digest:  # twenty megabytes take a while
        raise Refused(messages.FILE_NOT_FETCHED)
    folder = context.work.settings.database.files
    sha256 = await asyncio.to_thread(write_copy, folder, sent.clean)
    unique_id = _unique_id(context, sent.digest)
    async with context.work.write() as session:
        if await files.by_unique_id(session, WEB, unique_id):
            return
        session.add(
            StoredFile(
                channel=WEB,
                reference=files.OF_PHONE,
                unique_id=unique_id,
                kind=sent.kind,
                name=sent.name[:200],
                size=len(sent.clean),
                sha256=sha256,
                created_at=context.now,
            )
        )


def arrived_of(
    context: Context,
) -> Callable[[Collection[str]], Awaitable[Mapping[str, tuple[int, str]]]]:
    """Digests -> (stored file, kind) of those that the actor's phones have sent."""

    async def arrived(digests: Collection[str]) -> Mapping[str, tuple[int, str]]:
        digest_of = {_unique_id(context, digest): digest for digest in digests}
        async with context.work.read() as session:
            rows = await files.by_unique_ids(session, WEB, digest_of)
        return {digest_of[row.unique_id]: (row.id or 0, row.kind) for row in rows}

    return arrived


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _unique_id(context: Context, digest: str) -> str:
    """Nobody's file is another's, though its bytes be the same."""
    return hashlib.sha256(f"{context.actor.person_id}:{digest}".encode()).hexdigest()[:60]
