"""The days that the law counts from, of each case"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # No batch: the table is not made anew, so its ids go on where they were.
    op.add_column("case", sa.Column("law", sa.JSON(), nullable=False, server_default="{}"))


def downgrade() -> None:
    op.drop_column("case", "law")
