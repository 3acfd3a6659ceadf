"""What channels of plain texts remember of a sender"""

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "text_conversation",
        sa.Column("look", sa.String(length=64), nullable=False),
        sa.Column("card", sa.LargeBinary(), nullable=False),
        sa.Column("notices", sa.LargeBinary(), nullable=True),
        sa.Column("used_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("look", name=op.f("pk_text_conversation")),
    )


def downgrade() -> None:
    op.drop_table("text_conversation")
