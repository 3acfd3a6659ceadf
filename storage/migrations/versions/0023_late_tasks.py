"""The overdue tasks of the plans are found by their index"""

from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(op.f("ix_plan_task_state_plan_task_due"), "plan_task", ["state", "due"])


def downgrade() -> None:
    op.drop_index(op.f("ix_plan_task_state_plan_task_due"), "plan_task")
