"""The visits that a unit's people made at another's sites are found by their index"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    where = sa.text("made_by_id IS NOT NULL")
    op.create_index(
        "ix_visit_made_by", "visit", ["made_by_id"], sqlite_where=where, postgresql_where=where
    )


def downgrade() -> None:
    op.drop_index("ix_visit_made_by", "visit")
