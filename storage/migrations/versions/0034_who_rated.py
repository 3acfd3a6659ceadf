"""Who decided a unit's rating of a year, when, and from what"""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("unit_rating") as table:
        table.add_column(sa.Column("decided_by", sa.Integer(), nullable=True))
        table.add_column(sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True))
        table.add_column(
            sa.Column("basis", sa.String(length=200), server_default="", nullable=False)
        )
        table.create_foreign_key(
            op.f("fk_unit_rating_decided_by_person"), "person", ["decided_by"], ["id"]
        )


def downgrade() -> None:
    with op.batch_alter_table("unit_rating") as table:
        table.drop_constraint(op.f("fk_unit_rating_decided_by_person"), type_="foreignkey")
        for column in ("basis", "decided_at", "decided_by"):
            table.drop_column(column)
