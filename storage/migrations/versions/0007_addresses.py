"""People, files, drafts and updates know their channel; all there are came by Telegram

What is sealed cannot be changed without the key: without a channel it is read as Telegram's.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa
from alembic import op
from alembic.operations import BatchOperations

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

CHANNEL = "telegram"
_person = sa.table("person", sa.column("id", sa.Integer), sa.column("telegram_id", sa.BigInteger))
_address = sa.table(
    "person_address",
    sa.column("channel", sa.String),
    sa.column("id", sa.String),
    sa.column("person_id", sa.Integer),
)
_draft = sa.table(
    "draft",
    sa.column("id", sa.Integer),
    sa.column("sources", sa.JSON),
    sa.column("card_channel", sa.String),
    sa.column("card_message_id", sa.BigInteger),
)


def upgrade() -> None:
    _people()
    _updates()
    _files()
    _drafts()


def _people() -> None:
    op.create_table(
        "person_address",
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("id", sa.String(length=100), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_person_address_person_id_person")
        ),
        sa.PrimaryKeyConstraint("channel", "id", name=op.f("pk_person_address")),
    )
    op.create_index(op.f("ix_person_address_person_id"), "person_address", ["person_id"])
    came_in = sa.select(
        sa.literal(CHANNEL), sa.cast(_person.c.telegram_id, sa.String), _person.c.id
    ).where(_person.c.telegram_id.is_not(None))
    op.execute(_address.insert().from_select(["channel", "id", "person_id"], came_in))
    with _counted("person") as batch_op:
        batch_op.drop_constraint(batch_op.f("uq_person_telegram_id"), type_="unique")
        batch_op.drop_column("telegram_id")


def _updates() -> None:
    with op.batch_alter_table("inbox_update", schema=None) as batch_op:
        batch_op.add_column(_channel())
        batch_op.drop_constraint(batch_op.f("pk_inbox_update"), type_="primary")
        batch_op.create_primary_key(batch_op.f("pk_inbox_update"), ["channel", "update_id"])
    with op.batch_alter_table("inbox_update", schema=None) as batch_op:
        batch_op.alter_column("channel", server_default=None)


def _files() -> None:
    with _counted("stored_file") as batch_op:
        batch_op.add_column(_channel())
        batch_op.alter_column("telegram_file_id", new_column_name="reference")
        batch_op.drop_constraint(batch_op.f("uq_stored_file_unique_id"), type_="unique")
        batch_op.create_unique_constraint(
            batch_op.f("uq_stored_file_channel_unique_id"), ["channel", "unique_id"]
        )
    with _counted("stored_file") as batch_op:
        batch_op.alter_column("channel", server_default=None)


def _drafts() -> None:
    with _counted("draft") as batch_op:
        batch_op.add_column(
            sa.Column("card_channel", sa.String(length=16), nullable=False, server_default="")
        )
    with _counted("draft") as batch_op:
        batch_op.alter_column("card_channel", server_default=None)
    connection = op.get_bind()
    for row in connection.execute(sa.select(_draft)).all():
        by_message = row.sources if isinstance(row.sources, dict) else {}
        values = {
            "sources": {f"{CHANNEL}:{message}": step for message, step in by_message.items()},
            "card_channel": "" if row.card_message_id is None else CHANNEL,
        }
        connection.execute(_draft.update().where(_draft.c.id == row.id).values(**values))


def _channel() -> sa.Column[str]:
    return sa.Column("channel", sa.String(length=16), nullable=False, server_default=CHANNEL)


@contextmanager
def _counted(table: str) -> Iterator[BatchOperations]:
    """Changes a table whose ids are given once. SQLite makes it anew, and would count from the rows
    that are left.
    """
    bind = op.get_bind()
    sqlite = bind.dialect.name == "sqlite"
    kwargs = {"sqlite_autoincrement": True} if sqlite else {}
    row = {"name": table}
    reached = sa.text("SELECT seq FROM sqlite_sequence WHERE name = :name")
    last = bind.scalar(reached, row) if sqlite else None
    with op.batch_alter_table(table, table_kwargs=kwargs) as batch_op:
        yield batch_op
    if last is not None:
        bind.execute(sa.text("DELETE FROM sqlite_sequence WHERE name = :name"), row)
        put = sa.text("INSERT INTO sqlite_sequence (name, seq) VALUES (:name, :seq)")
        bind.execute(put, {**row, "seq": last})


def downgrade() -> None:
    raise NotImplementedError("whoever came by another channel has no place in the older tables")
