"""Reports that were written on a phone without coverage are known again by the phone's key"""

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("visit_report", sa.Column("phone_key", sa.String(32), nullable=True))
    op.create_index("ix_visit_report_phone_key", "visit_report", ["phone_key"], unique=True)


def downgrade() -> None:
    op.drop_index("ix_visit_report_phone_key", "visit_report")
    with op.batch_alter_table("visit_report") as table:
        table.drop_column("phone_key")
