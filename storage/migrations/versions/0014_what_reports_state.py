"""What reports state: arrears as chosen; whose people made a visit, and whether a leader did"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # `made_by_id` has no foreign key: SQLite would rebuild the table, and no unit is ever deleted.
    with op.batch_alter_table("visit_report") as table:
        table.add_column(sa.Column("arrears_state", sa.String(length=32), nullable=True))
    with op.batch_alter_table("visit") as table:
        table.add_column(sa.Column("made_by_id", sa.Integer(), nullable=True))
        table.add_column(sa.Column("by_leader", sa.Boolean(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("visit") as table:
        table.drop_column("by_leader")
        table.drop_column("made_by_id")
    with op.batch_alter_table("visit_report") as table:
        table.drop_column("arrears_state")
