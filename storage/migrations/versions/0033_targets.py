"""Targets of units, and what units declare of them"""

from datetime import datetime

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None


def _moment(name: str, *, nullable: bool = False) -> sa.Column[datetime]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _to(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{other}")
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name)


def upgrade() -> None:
    op.create_table(
        "unit_target",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan", sa.String(length=30), nullable=False),
        sa.Column("target", sa.String(length=30), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.Column("by_split", sa.Boolean(), nullable=False),
        sa.Column("set_by", sa.Integer(), nullable=False),
        _moment("set_at"),
        _to("unit_target", "unit_id", "unit"),
        _to("unit_target", "set_by", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit_target")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_unit_target_plan_unit_target_year"), "unit_target", ["plan", "year"])
    op.create_table(
        "declaration",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan", sa.String(length=30), nullable=False),
        sa.Column("target", sa.String(length=30), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.Column("of_total", sa.Integer(), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("files", sa.JSON(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        _moment("at"),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        _moment("decided_at", nullable=True),
        _to("declaration", "unit_id", "unit"),
        _to("declaration", "person_id", "person"),
        _to("declaration", "decided_by", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_declaration")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_declaration_plan_declaration_year"), "declaration", ["plan", "year"])


def downgrade() -> None:
    op.drop_table("declaration")
    op.drop_table("unit_target")
