"""Alerts that no case raised, and those that were none; more of the enterprise in short reports"""

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa
from alembic import op
from alembic.operations import BatchOperations

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


@contextmanager
def _changing(table: str) -> Iterator[BatchOperations]:
    """Changes a table whose ids are given once. SQLite makes it anew, and would count from the rows
    that are left.
    """
    bind = op.get_bind()
    sqlite = bind.dialect.name == "sqlite"
    kwargs = {"sqlite_autoincrement": True} if sqlite else {}
    row = {"name": table}
    reached = sa.text("SELECT seq FROM sqlite_sequence WHERE name = :name")
    last = bind.scalar(reached, row) if sqlite else None
    with op.batch_alter_table(table, table_kwargs=kwargs) as batch_op:
        yield batch_op
    if last is not None:
        bind.execute(sa.text("DELETE FROM sqlite_sequence WHERE name = :name"), row)
        put = sa.text("INSERT INTO sqlite_sequence (name, seq) VALUES (:name, :seq)")
        bind.execute(put, {**row, "seq": last})


def upgrade() -> None:
    with _changing("alert") as batch_op:
        batch_op.alter_column("case_id", existing_type=sa.Integer(), nullable=True)
        batch_op.add_column(sa.Column("home_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("report_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("raised_by", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("words", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("wrong_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("wrong_by", sa.Integer(), nullable=True))
    op.execute(
        'UPDATE alert SET home_id = (SELECT home_id FROM "case" WHERE "case".id = alert.case_id)'
    )
    with _changing("alert") as batch_op:
        batch_op.alter_column("home_id", existing_type=sa.Integer(), nullable=False)
        batch_op.alter_column("words", existing_type=sa.Text(), server_default=None)
        batch_op.create_foreign_key(
            batch_op.f("fk_alert_home_id_unit"), "unit", ["home_id"], ["id"]
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_alert_report_id_visit_report"), "visit_report", ["report_id"], ["id"]
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_alert_raised_by_person"), "person", ["raised_by"], ["id"]
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_alert_wrong_by_person"), "person", ["wrong_by"], ["id"]
        )
    with _changing("quick_report") as batch_op:
        batch_op.add_column(sa.Column("cause", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(
            sa.Column("ownership", sa.String(length=16), nullable=False, server_default="")
        )
        batch_op.add_column(sa.Column("has_union", sa.Boolean(), nullable=True))
    with _changing("quick_report") as batch_op:
        batch_op.alter_column("cause", existing_type=sa.Text(), server_default=None)
        batch_op.alter_column("ownership", existing_type=sa.String(length=16), server_default=None)


def downgrade() -> None:
    with _changing("quick_report") as batch_op:
        batch_op.drop_column("has_union")
        batch_op.drop_column("ownership")
        batch_op.drop_column("cause")
    op.execute(
        "DELETE FROM quick_report WHERE alert_id IN (SELECT id FROM alert WHERE case_id IS NULL)"
    )
    op.execute("DELETE FROM alert WHERE case_id IS NULL")
    with _changing("alert") as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_alert_wrong_by_person"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_alert_raised_by_person"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_alert_report_id_visit_report"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_alert_home_id_unit"), type_="foreignkey")
        for name in ("wrong_by", "wrong_at", "words", "raised_by", "report_id", "home_id"):
            batch_op.drop_column(name)
        batch_op.alter_column("case_id", existing_type=sa.Integer(), nullable=False)
