"""Several programs on one database: whose an update is, and what is left of a chat"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("inbox_update") as table:
        table.add_column(sa.Column("chat", sa.String(64), nullable=True))
        table.add_column(sa.Column("holder", sa.Integer(), nullable=True))
    where = sa.text("answered_at IS NULL")
    op.create_index(
        "ix_inbox_update_chat_left",
        "inbox_update",
        ["chat"],
        sqlite_where=where,
        postgresql_where=where,
    )


def downgrade() -> None:
    op.drop_index("ix_inbox_update_chat_left", "inbox_update")
    with op.batch_alter_table("inbox_update") as table:
        table.drop_column("holder")
        table.drop_column("chat")
