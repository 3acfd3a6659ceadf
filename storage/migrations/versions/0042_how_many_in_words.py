"""How many a worker said are affected, where a button and no number said it"""

import sqlalchemy as sa
from alembic import op

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "case", sa.Column("affected_group", sa.String(length=8), nullable=False, server_default="")
    )


def downgrade() -> None:
    op.drop_column("case", "affected_group")
