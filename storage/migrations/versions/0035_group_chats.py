"""Groups that units have linked; messages owed to them"""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None

GROUP = "fk_outbox_message_group_chat_id_group_chat"


def upgrade() -> None:
    op.create_table(
        "group_chat",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=True),
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("chat", sa.String(length=40), nullable=True),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("linked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ending", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(
            ["made_by"], ["person.id"], name=op.f("fk_group_chat_made_by_person")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_group_chat_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_chat")),
        sa.UniqueConstraint("channel", "chat", name=op.f("uq_group_chat_channel_chat")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_group_chat_code_hash")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_group_chat_unit_id"), "group_chat", ["unit_id"])
    _add_reference()


def _add_reference() -> None:
    """SQLite's own way: the large table is not copied for a column that is empty."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            f"ALTER TABLE outbox_message ADD COLUMN group_chat_id INTEGER CONSTRAINT {GROUP}"
            " REFERENCES group_chat (id)"
        )
    else:
        op.add_column("outbox_message", sa.Column("group_chat_id", sa.Integer(), nullable=True))
        op.create_foreign_key(GROUP, "outbox_message", "group_chat", ["group_chat_id"], ["id"])


def downgrade() -> None:
    op.execute("DELETE FROM outbox_message WHERE group_chat_id IS NOT NULL")
    kwargs = {"sqlite_autoincrement": True} if op.get_bind().dialect.name == "sqlite" else {}
    with op.batch_alter_table("outbox_message", table_kwargs=kwargs) as batch_op:
        batch_op.drop_constraint(batch_op.f(GROUP), type_="foreignkey")
        batch_op.drop_column("group_chat_id")
    op.drop_table("group_chat")
