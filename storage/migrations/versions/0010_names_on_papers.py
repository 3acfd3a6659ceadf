"""The name of a unit within a sentence, and what its reports carry out"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("letterhead") as table:
        table.add_column(
            sa.Column("short_name", sa.String(length=200), nullable=False, server_default="")
        )
        table.add_column(sa.Column("bases", sa.JSON(), nullable=False, server_default="{}"))
    with op.batch_alter_table("letterhead") as table:
        table.alter_column("short_name", server_default=None)
        table.alter_column("bases", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("letterhead") as table:
        table.drop_column("bases")
        table.drop_column("short_name")
