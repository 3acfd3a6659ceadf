"""What somebody has in hand, and what falls due at a unit, is found among the cases of all years"""

from alembic import op

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_case_home_id_case_settle_by", "case", ["home_id", "settle_by"])
    op.create_index("ix_case_assignee_id_case_status", "case", ["assignee_id", "status"])
    op.drop_index("ix_case_assignee_id", "case")


def downgrade() -> None:
    op.create_index("ix_case_assignee_id", "case", ["assignee_id"])
    op.drop_index("ix_case_assignee_id_case_status", "case")
    op.drop_index("ix_case_home_id_case_settle_by", "case")
