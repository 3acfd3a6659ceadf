"""By which door a notice went, and whether it was opened; codes that confirm an address"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None

COLUMNS: dict[str, tuple[sa.types.TypeEngine[Any], Any]] = {
    "door": (sa.String(length=16), ""),
    "mailbox": (sa.String(length=120), ""),
    "opened": (sa.Boolean(), sa.false()),
}


def upgrade() -> None:
    # SQLite's own way: the large table is not copied for columns that are empty.
    for name, (kind, empty) in COLUMNS.items():
        column = sa.Column(name, kind, nullable=False, server_default=empty)
        op.add_column("outbox_message", column)
        if op.get_bind().dialect.name != "sqlite":
            op.alter_column("outbox_message", name, server_default=None)
    op.create_table(
        "address_code",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("mailbox", sa.String(length=100), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("made_today", sa.Integer(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_address_code_person_id_person")
        ),
        sa.PrimaryKeyConstraint("person_id", "channel", name=op.f("pk_address_code")),
    )
    op.create_index(op.f("ix_address_code_code_hash"), "address_code", ["code_hash"])


def downgrade() -> None:
    op.drop_table("address_code")
    kwargs = {"sqlite_autoincrement": True} if op.get_bind().dialect.name == "sqlite" else {}
    with op.batch_alter_table("outbox_message", table_kwargs=kwargs) as batch_op:
        for name in COLUMNS:
            batch_op.drop_column(name)
