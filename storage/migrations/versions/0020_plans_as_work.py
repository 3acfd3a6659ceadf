"""The plans as work: tasks with owner, last day and result; units' own plans; when BCH meet"""

from datetime import datetime

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def _moment(name: str, *, nullable: bool = False) -> sa.Column[datetime]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _key(table: str) -> list[sa.PrimaryKeyConstraint]:
    return [sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}"))]


def _to(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{other}")
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name)


def upgrade() -> None:
    op.create_table(
        "plan_task",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan", sa.String(length=30), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("taken_by", sa.Integer(), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        _moment("due_set_at"),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("files", sa.JSON(), nullable=False),
        _moment("created_at"),
        _moment("updated_at"),
        sa.Column("updated_by", sa.Integer(), nullable=False),
        _moment("remind_at", nullable=True),
        sa.Column("reminded", sa.JSON(), nullable=False),
        _to("plan_task", "unit_id", "unit"),
        _to("plan_task", "owner_id", "person"),
        _to("plan_task", "taken_by", "person"),
        _to("plan_task", "updated_by", "person"),
        *_key("plan_task"),
        sa.UniqueConstraint(
            "plan", "number", "unit_id", "year", name=op.f("uq_plan_task_plan_number_unit_id_year")
        ),
        sqlite_autoincrement=True,
    )
    for column in ("unit_id", "owner_id", "remind_at"):
        op.create_index(op.f(f"ix_plan_task_{column}"), "plan_task", [column])
    op.create_table(
        "plan_task_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        _moment("at"),
        sa.Column("actor_id", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(length=20), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("files", sa.JSON(), nullable=False),
        _to("plan_task_event", "task_id", "plan_task"),
        _to("plan_task_event", "actor_id", "person"),
        *_key("plan_task_event"),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_plan_task_event_task_id"), "plan_task_event", ["task_id"])
    op.create_table(
        "unit_plan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("plan", sa.String(length=30), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column("issued", sa.Date(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("files", sa.JSON(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        _moment("at"),
        _to("unit_plan", "unit_id", "unit"),
        _to("unit_plan", "person_id", "person"),
        *_key("unit_plan"),
        sa.UniqueConstraint("unit_id", "plan", "year", name=op.f("uq_unit_plan_unit_id_plan_year")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "site_meeting",
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("starts_at", sa.Time(), nullable=False),
        sa.Column("rule", sa.String(length=32), nullable=False),
        sa.Column("set_by", sa.Integer(), nullable=False),
        _moment("set_at"),
        _to("site_meeting", "site_id", "unit"),
        _to("site_meeting", "set_by", "person"),
        sa.PrimaryKeyConstraint("site_id", name=op.f("pk_site_meeting")),
    )


def downgrade() -> None:
    for table in ("site_meeting", "unit_plan", "plan_task_event", "plan_task"):
        op.drop_table(table)
