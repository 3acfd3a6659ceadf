"""An officer may ask to go to a site a week later"""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # the default stays: without it the whole table would be written anew
    op.add_column(
        "visit",
        sa.Column("wants_next_week", sa.Boolean(), nullable=False, server_default=sa.false()),
    )


def downgrade() -> None:
    with op.batch_alter_table("visit") as table:
        table.drop_column("wants_next_week")
