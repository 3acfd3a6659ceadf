"""What changed in a database, by whatever means: triggers on every table write it down."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Table, text

from bot.core.rules.permissions import Actor
from storage.models import metadata
from storage.store import Store

# Whose a row is, where it can be somebody's own.
OWNER = {
    "draft": "owner",
    "outbox_message": "person_id",
    "person": "id",
    "person_address": "person_id",
    "reporter_account": "look",
    "tally": "look",
}
NOBODYS = ("inbox_update", "stored_file", "schedule_mark")  # every update writes them


@dataclass(frozen=True)
class Change:
    table: str
    what: str
    owner: str

    def is_of(self, actor: Actor) -> bool:
        """Whether somebody who may do nothing here may have caused it."""
        if self.table in NOBODYS:
            return True
        own = (*actor.owners, actor.look, str(actor.person_id or "nobody"))
        return self.table in OWNER and any(self.owner.startswith(key) for key in own)


async def watch(store: Store) -> None:
    """From now on."""
    async with store.write() as session:
        connection = await session.connection()
        await connection.execute(text("CREATE TABLE watched (name TEXT, what TEXT, owner TEXT)"))
        for table in metadata.sorted_tables:
            for trigger in _triggers(table):
                await connection.execute(text(trigger))


async def changes(store: Store) -> list[Change]:
    """What changed since this was asked last."""
    async with store.write() as session:
        connection = await session.connection()
        rows = (await connection.execute(text("SELECT name, what, owner FROM watched"))).all()
        await connection.execute(text("DELETE FROM watched"))
    return [Change(*row) for row in rows]


def _triggers(table: Table) -> Iterator[str]:
    differs = " OR ".join(f'OLD."{c.name}" IS NOT NEW."{c.name}"' for c in table.columns)
    for what, row, when in (
        ("INSERT", "NEW", ""),
        ("UPDATE", "NEW", f"WHEN {differs}"),
        ("DELETE", "OLD", ""),
    ):
        owner = f"{row}.{OWNER[table.name]}" if table.name in OWNER else "''"
        yield (
            f'CREATE TRIGGER "watch_{table.name}_{what}" AFTER {what} ON "{table.name}" {when} '
            f"BEGIN INSERT INTO watched VALUES ('{table.name}', '{what}', {owner} || ''); END"
        )
