"""No id is given out twice, on SQLite either; tries that the program did not survive are counted"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

TABLES = (
    "alert",
    "case",
    "case_event",
    "cluster",
    "draft",
    "identity_view",
    "invitation",
    "leave",
    "membership",
    "obligation",
    "outbox_message",
    "person",
    "quick_report",
    "report_request",
    "stored_file",
    "summary",
    "summary_correction",
    "summary_proposal",
    "summary_section",
    "summary_version",
    "unit",
    "visit",
    "visit_event",
    "visit_report",
)
DELETED_FROM = ("draft", "identity_view", "leave", "outbox_message", "stored_file")
BEYOND = 1_000_000  # more than any of these had rows; what they were is not known any more


def upgrade() -> None:
    with op.batch_alter_table("stored_file") as batch_op:
        batch_op.add_column(
            sa.Column("interrupted", sa.Integer(), nullable=False, server_default="0")
        )
    if op.get_bind().dialect.name != "sqlite":
        op.alter_column("stored_file", "interrupted", server_default=None)
        return
    _rebuild(autoincrement=True)
    if op.get_bind().scalar(sa.text("SELECT count(*) FROM person")):
        for table in DELETED_FROM:
            _go_on_beyond(table)


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        _rebuild(autoincrement=False)
    with op.batch_alter_table("stored_file") as batch_op:
        batch_op.drop_column("interrupted")


def _rebuild(*, autoincrement: bool) -> None:
    """With all rows, constraints and indexes; references are not enforced meanwhile."""
    for table in TABLES:
        with op.batch_alter_table(
            table, recreate="always", table_kwargs={"sqlite_autoincrement": autoincrement}
        ) as batch_op:
            if table == "stored_file":
                batch_op.alter_column("interrupted", server_default=None)


def _go_on_beyond(table: str) -> None:
    """Ids of rows that are gone may still stand in keys, buttons and answers."""
    bind = op.get_bind()
    highest = bind.scalar(sa.text(f"SELECT coalesce(max(id), 0) FROM {table}"))  # noqa: S608
    bind.execute(sa.text("DELETE FROM sqlite_sequence WHERE name = :name"), {"name": table})
    bind.execute(
        sa.text("INSERT INTO sqlite_sequence (name, seq) VALUES (:name, :seq)"),
        {"name": table, "seq": highest + BEYOND},
    )
