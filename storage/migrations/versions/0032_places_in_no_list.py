"""Places that officers reported from and found in no list, until an administrator decides"""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # the default stays: without it the whole table would be written anew
    op.add_column(
        "unit", sa.Column("unconfirmed", sa.Boolean(), nullable=False, server_default=sa.false())
    )


def downgrade() -> None:
    with op.batch_alter_table("unit") as table:
        table.drop_column("unconfirmed")
