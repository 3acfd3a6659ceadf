"""Files that are kept, as attachments to send."""

from collections.abc import Sequence

from bot.conversation.reply import Attachment
from bot.core.copies import copy_path
from bot.core.work import Work
from storage.files import is_given_up
from storage.models import StoredFile


def attachments(
    work: Work, files: Sequence[StoredFile], *, copies_only: bool = False
) -> tuple[Attachment, ...]:
    """`copies_only`: never by the channel's own reference, which would lead to who sent it."""
    folder = work.settings.database.files
    return tuple(
        Attachment(
            kind=file.kind,
            name="" if copies_only else file.name,
            path=copy_path(folder, file.sha256) if file.sha256 else None,
            channel=file.channel,
            reference="" if copies_only else file.reference,
            given_up=is_given_up(file),
        )
        for file in files
    )
