"""Who is in charge of a site by the list, and who is invited, before they come in"""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table, column in (("unit", "officer_name"), ("invitation", "name")):
        op.add_column(
            table, sa.Column(column, sa.String(length=100), nullable=False, server_default="")
        )
    op.add_column("unit", sa.Column("weekly_quota", sa.Integer(), nullable=True))


def downgrade() -> None:
    for table, column in (
        ("unit", "weekly_quota"),
        ("unit", "officer_name"),
        ("invitation", "name"),
    ):
        op.drop_column(table, column)
