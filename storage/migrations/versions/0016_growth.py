"""Indices that keep questions quick when there are years of visits and cases"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

# table, columns: what a page asks for, in the order it narrows down
NEW = (
    ("case", ["home_id", "created_at"]),
    ("case", ["site_id", "created_at"]),
    ("visit", ["officer_id", "week"]),
    ("visit", ["unit_id", "week"]),
    ("visit", ["site_id", "status", "week"]),
    ("visit_report", ["author_id", "submitted_at"]),
    ("visit_report", ["visited_on"]),
    ("visit_event", ["actor_id", "at"]),
)
# Each is the beginning of a new one, or (`latest`) half of the table.
OLD = (
    ("case", "home_id"),
    ("case", "site_id"),
    ("visit", "officer_id"),
    ("visit", "unit_id"),
    ("visit", "site_id"),
    ("visit_report", "author_id"),
    ("visit_report", "visit_id"),
    ("visit_report", "latest"),
)


def upgrade() -> None:
    for table, column in OLD:
        op.drop_index(op.f(f"ix_{table}_{column}"), table)
    for table, columns in NEW:
        op.create_index(_name(table, columns), table, columns)
    # No two reports of a visit count: of several the newest does.
    op.execute(
        sa.text(
            "UPDATE visit_report SET latest = :no WHERE latest AND EXISTS (SELECT 1"
            " FROM visit_report AS newer WHERE newer.visit_id = visit_report.visit_id"
            " AND newer.latest AND newer.version > visit_report.version)"
        ).bindparams(sa.bindparam("no", False, sa.Boolean))
    )
    op.create_index(
        "ix_visit_report_latest",
        "visit_report",
        ["visit_id"],
        unique=True,
        sqlite_where=sa.text("latest = 1"),
        postgresql_where=sa.text("latest"),
    )
    _create_partial("ix_case_not_emptied", "case", "emptied_at IS NULL")
    _create_partial("ix_outbox_message_with_text", "outbox_message", "text != ''")


def downgrade() -> None:
    op.drop_index("ix_outbox_message_with_text", "outbox_message")
    op.drop_index("ix_case_not_emptied", "case")
    op.drop_index("ix_visit_report_latest", "visit_report")
    for table, columns in NEW:
        op.drop_index(_name(table, columns), table)
    for table, column in OLD:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def _name(table: str, columns: list[str]) -> str:
    return op.f("ix_" + "_".join(f"{table}_{column}" for column in columns))


def _create_partial(name: str, table: str, condition: str) -> None:
    where = sa.text(condition)
    op.create_index(name, table, ["created_at"], sqlite_where=where, postgresql_where=where)
