"""Messages keep their moment, and the day they were given up"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("outbox_message", schema=None) as batch_op:
        batch_op.add_column(sa.Column("retry_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("given_up_on", sa.Date(), nullable=True))
        batch_op.create_index(
            batch_op.f("ix_outbox_message_given_up_on"), ["given_up_on"], unique=False
        )


def downgrade() -> None:
    with op.batch_alter_table("outbox_message", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_outbox_message_given_up_on"))
        batch_op.drop_column("given_up_on")
        batch_op.drop_column("retry_at")
