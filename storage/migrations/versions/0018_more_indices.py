"""More indices, for what walks through every page of years of work still went through whole"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

NEW = (
    ("case", ["author_id"]),
    ("case_file", ["file_id"]),
    ("report_file", ["file_id"]),
    ("alert", ["at"]),
    ("alert", ["case_id"]),
    ("promise", ["state", "until"]),
    ("summary_proposal", ["case_id"]),
)
PARTIAL = (
    ("ix_alert_not_over", "over_at IS NULL"),
    ("ix_alert_judged_wrong", "wrong_at IS NOT NULL"),
)
# `latest` is half of its table: an index of it is only in the way of the others.
OLD = (("summary_section", "latest"), ("summary_correction", "latest"))


def upgrade() -> None:
    for table, column in OLD:
        op.drop_index(op.f(f"ix_{table}_{column}"), table)
    for table, columns in NEW:
        op.create_index(_name(table, columns), table, columns)
    for name, condition in PARTIAL:
        where = sa.text(condition)
        op.create_index(name, "alert", ["at"], sqlite_where=where, postgresql_where=where)


def downgrade() -> None:
    for name, _ in PARTIAL:
        op.drop_index(name, "alert")
    for table, columns in NEW:
        op.drop_index(_name(table, columns), table)
    for table, column in OLD:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def _name(table: str, columns: list[str]) -> str:
    return op.f("ix_" + "_".join(f"{table}_{column}" for column in columns))
